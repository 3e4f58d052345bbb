using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>Where an application signs in: in the directory of one tenant, or of many. An application that is told nothing signs in at <c>common</c>.</summary>
internal static class Authority
{
    public static ThreeState IsTenanted(CallLog application, State state)
    {
        if (IsOfOtherKind(application))
            return ThreeState.Unknown;

        var tenanted = ThreeState.No;
        foreach (var step in application.Steps)
        {
            if (!IsAboutIt(step))
                continue;

            switch (IsTenanted(step, state))
            {
                case ThreeState.Unknown: return ThreeState.Unknown;
                case ThreeState.Yes: tenanted = ThreeState.Yes; break;
            }
        }

        foreach (var step in application.Perhaps)
        {
            if (IsAboutIt(step) && IsTenanted(step, state) != tenanted)
                return ThreeState.Unknown;
        }

        return tenanted;
    }

    public static Step? LastStep(CallLog application) =>
        application.Last(MsalNames.WithTenantId) ?? application.Last(MsalNames.WithAuthority) ?? application.Perhaps.LastOrDefault(IsAboutIt);

    /// <summary>An authority of B2C, AD FS, or a generic one.</summary>
    public static bool IsOfOtherKind(CallLog application) => application.Steps.Any(IsOfOtherKind) || application.Perhaps.Any(IsOfOtherKind);

    private static bool IsOfOtherKind(Step step) => step.Name != MsalNames.WithAuthority && step.Name.EndsWith("Authority", StringComparison.Ordinal);

    private static bool IsAboutIt(Step step) => step.Name is MsalNames.WithTenantId or MsalNames.WithAuthority;

    private static ThreeState IsTenanted(Step step, State state)
    {
        if (step["authorityAudience"] is { } audience)
            return audience is ConstantValue { Data: int number } && number is MultipleOrganizations or OrganizationsAndPersonal ? ThreeState.No : ThreeState.Unknown;

        if (step["authorityUri"] is { } uri)
            return TextOf(uri, state) is { } address ? IsTenant(FirstSegment(address)) : ThreeState.Unknown;

        return (step["tenantId"] ?? step["tenant"]) is ConstantValue { Data: string tenant } ? IsTenant(tenant) : ThreeState.Unknown;
    }

    // The values of AadAuthorityAudience.
    private const int OrganizationsAndPersonal = 2;
    private const int MultipleOrganizations = 3;

    private static string? TextOf(AbstractValue uri, State state) => uri switch
    {
        ConstantValue { Data: string text } => text,
        AllocatedObject made when state[made] is { Steps: { Length: > 0 } steps } && steps[0]["uriString"] is ConstantValue { Data: string text } => text,
        _ => null,
    };

    private static string? FirstSegment(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Segments.Length > 1 ? uri.Segments[1].TrimEnd('/') : null;

    /// <summary>MSAL does not mind <c>consumers</c>: that is one directory.</summary>
    private static ThreeState IsTenant(string? name) =>
        string.IsNullOrEmpty(name) ? ThreeState.Unknown : ThreeStates.Of(!IsShared(name!));

    private static bool IsShared(string name) =>
        name.Equals("common", StringComparison.OrdinalIgnoreCase) || name.Equals("organizations", StringComparison.OrdinalIgnoreCase);
}
