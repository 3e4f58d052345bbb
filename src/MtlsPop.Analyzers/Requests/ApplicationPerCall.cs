using System.Collections.Immutable;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Requests;

/// <summary>A method that runs per call builds the application which it asks for a token, and with it a new, empty cache.</summary>
internal sealed class ApplicationPerCall() : Rule<ShortLivedApplication>(Rules.ApplicationPerCall)
{
    /// <summary>The property of a finding whose application makes a bound request.</summary>
    public const string Binds = "binds";

    private static readonly ImmutableDictionary<string, string?> _bound = ImmutableDictionary<string, string?>.Empty.Add(Binds, null);

    protected override void Judge(ShortLivedApplication application, Report report) =>
        report.At(application.Build.Token, application.IsBound ? _bound : ImmutableDictionary<string, string?>.Empty, application.Identity == Identity.ManagedIdentity ? "binding certificate" : "token cache");
}
