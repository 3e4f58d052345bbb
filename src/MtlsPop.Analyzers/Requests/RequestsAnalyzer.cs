using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MtlsPop.Analyzers.Framework;

namespace MtlsPop.Analyzers.Requests;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RequestsAnalyzer() : MtlsPopAnalyzer(
    new CallUnderstood(),
    new AttestationMissing(),
    new AttestationWithoutBinding(),
    new BoundAndBearerTogether(),
    new RequestNotBound(),
    new PlatformCannotBind(),
    new ApplicationPerCall(),
    new SilentBeforeClient(),
    new ScopeWithoutDefault());
