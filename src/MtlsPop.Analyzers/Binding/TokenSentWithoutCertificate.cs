using System.Collections.Immutable;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Binding;

/// <summary>A bound token is given to a client that surely has no client certificate.</summary>
internal sealed class TokenSentWithoutCertificate() : Rule<UncertifiedToken>(Rules.TokenSentWithoutCertificate)
{
    protected override void Judge(UncertifiedToken token, Report report) => report.At(token.Place, ImmutableArray.Create(token.Client.GetLocation()));
}
