using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Framework;

namespace MtlsPop.Analyzers.Conventions;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConventionsAnalyzer() : MtlsPopAnalyzer(
    new ConfigureAwaitMissing(),
    new CancellationNotPassed(),
    new CancellationNotOffered(),
    new InputNotValidated(),
    new DisposalNotChecked(),
    new OwnedClientNotDisposed(),
    new DirectFlowCalledLeg());
