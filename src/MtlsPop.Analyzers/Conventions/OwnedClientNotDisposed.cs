using System.Collections.Immutable;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>A class keeps clients of a binding certificate, and is not disposable.</summary>
internal sealed class OwnedClientNotDisposed() : Rule<OwnedClients>(Rules.OwnedClientNotDisposed)
{
    protected override void Judge(OwnedClients owned, Report report) => report.At(
        owned.Type.Identifier,
        ImmutableArray.CreateRange(owned.Fields, field => field.Locations[0]),
        owned.Type.Identifier.ValueText,
        owned.Fields[0].Name);
}
