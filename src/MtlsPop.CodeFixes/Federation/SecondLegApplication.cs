using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Federation;

/// <summary>The text of a confidential client that exchanges the first leg's token: each assertion is acquired anew, and bound.</summary>
internal sealed class SecondLegApplication(FirstLegCall? firstLeg, ClientIdentity identity, SyntaxNode scope, FixContext context)
{
    /// <summary>Steps that the application being replaced was given, which the new one takes too.</summary>
    public IReadOnlyList<string> FurtherSteps { get; init; } = [];

    /// <summary>Comments that stood above the acquisition, and go with it.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>The assertion callback that the code has, where that acquires the first leg itself.</summary>
    public string? OwnCallback { get; init; }

    /// <summary>The builder, with all that it needs.</summary>
    public string Builder => string.Join("\n    ", Steps());

    /// <summary>The application, built.</summary>
    public string Application => $"{Builder}\n    .{MsalNames.Build}()";

    private IEnumerable<string> Steps()
    {
        yield return Qualified(MsalNames.ConfidentialClientApplicationBuilder, MsalNames.MsalAssembly);
        yield return $".{MsalNames.Create}({identity.ClientId})";
        yield return identity.Authority;
        foreach (var step in FurtherSteps)
            yield return step;

        // Until 4.83.3 a bound assertion is experimental, and needs a region.
        if (MsalLibrary.In(context.Compilation) is { BindingNeedsRegion: true } msal)
        {
            yield return $".{MsalNames.WithAzureRegion}({Qualified("ConfidentialClientApplication", MsalNames.MsalAssembly)}.AttemptRegionDiscovery)";
            if (msal.BoundAssertionsAreExperimental)
                yield return $".{MsalNames.WithExperimentalFeatures}()";
        }

        yield return $".{MsalNames.WithClientAssertion}({Indentation.Increase(OwnCallback ?? Callback(firstLeg!), "    ")})";
    }

    private string Callback(FirstLegCall acquisition)
    {
        var options = FreshName.In(scope, context, "options", "assertionOptions");
        var cancellation = FreshName.In(scope, context, "cancellationToken", "callbackCancellation");
        var result = FreshName.In(scope, context, "firstLeg");
        return $$"""
            async ({{options}}, {{cancellation}}) =>
            {
            {{string.Concat(Comments.Select(comment => $"    {comment}\n"))}}    var {{result}} = await {{Indentation.Increase(acquisition.Code(cancellation), "    ")}}
                    .ConfigureAwait(false);
                if ({{result}}.{{MsalNames.BindingCertificate}} is null)
                    throw new {{Qualified(nameof(InvalidOperationException), nameof(System))}}("The first leg's token is not bound to a certificate.");

                return new {{Qualified(MsalNames.ClientSignedAssertion, MsalNames.MsalAssembly)}}
                {
                    {{MsalNames.Assertion}} = {{result}}.{{MsalNames.AccessToken}},
                    {{MsalNames.TokenBindingCertificate}} = {{result}}.{{MsalNames.BindingCertificate}},
                };
            }
            """.Replace("\r\n", "\n");
    }

    private string Qualified(string type, string @namespace) =>
        context.CanName(type) ? type : $"{@namespace}.{type}";
}
