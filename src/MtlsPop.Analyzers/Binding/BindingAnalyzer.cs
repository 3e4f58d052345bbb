using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Framework;

namespace MtlsPop.Analyzers.Binding;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BindingAnalyzer() : MtlsPopAnalyzer(
    new BindingCertificateUnchecked(),
    new WrongScheme(),
    new TokenSentWithoutCertificate(),
    new ClientPerCall(),
    new BindingCertificateDisposed(),
    new BindingCertificateExported(),
    new TokenTypeComparedByCase(),
    new InsecureResource(),
    new PrivateKeyDisposed(),
    new HandedResultUnchecked());
