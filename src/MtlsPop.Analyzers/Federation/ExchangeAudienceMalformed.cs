using System.Collections.Immutable;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Federation;

/// <summary>
/// A first leg asks for an exchange audience under a name that its cloud, or the kind of its request, does not know.
/// <para>Reports: a first leg that asks for the exchange audience of another cloud, or for a scope without /.default.</para>
/// <para>Leaves alone: clouds that are not known; audiences that are not constant.</para>
/// </summary>
internal sealed class ExchangeAudienceMalformed() : Rule<FirstLeg>(Rules.ExchangeAudienceMalformed)
{
    public const string Replacement = nameof(Replacement);

    protected override IEnumerable<FirstLeg> Find(TypeModel type, CancellationToken cancellation) => FirstLeg.Of(type);

    protected override void Judge(FirstLeg leg, Report report)
    {
        if (leg.Audience is { } audience && leg.RightAudience is { } right && audience != right)
            report.Add(new Finding(leg.Place, audience, right) { Properties = ImmutableDictionary<string, string?>.Empty.Add(Replacement, right) });
    }
}
