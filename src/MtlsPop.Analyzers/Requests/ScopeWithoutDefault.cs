using System.Collections.Immutable;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Requests;

/// <summary>A confidential client asks in its own name for a scope that is not a resource's default. The exchange audience is MPOP4005's.</summary>
internal sealed class ScopeWithoutDefault() : Rule<ClientScope>(Rules.ScopeWithoutDefault)
{
    public const string Replacement = nameof(Replacement);

    protected override void Judge(ClientScope scope, Report report)
    {
        if (ExchangeAudience.Is(new Flow.Constant(scope.Text)) == Fact.No)
            report.At(scope.Place, ImmutableDictionary<string, string?>.Empty.Add(Replacement, scope.AsDefault), scope.Text, scope.AsDefault);
    }
}
