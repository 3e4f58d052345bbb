using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Framework;

namespace MtlsPop.Analyzers.Federation;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FederationAnalyzer() : MtlsPopAnalyzer(
    new ManagedIdentityOnSecondLeg(),
    new AssertionNotBound(),
    new AssertionBoundToOtherToken(),
    new FirstLegNotBound(),
    new ExchangeAudienceMalformed(),
    new AssertionDropsCertificate(),
    new FirstLegCaptured());
