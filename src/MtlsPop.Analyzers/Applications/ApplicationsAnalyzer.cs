using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Framework;

namespace MtlsPop.Analyzers.Applications;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ApplicationsAnalyzer() : MtlsPopAnalyzer(
    new CertificateChainNotSent(),
    new AuthorityNotTenanted(),
    new RegionMalformed(),
    new RegionMissing(),
    new CredentialCannotBind(),
    new FactoryCannotPresentCertificate(),
    new ExperimentalAssertion());
