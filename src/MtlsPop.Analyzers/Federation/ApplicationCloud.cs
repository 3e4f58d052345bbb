using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Federation;

/// <summary>The cloud that an application signs in to.</summary>
internal static class ApplicationCloud
{
    /// <summary>The cloud of an application, by the constant authority that it is given last; null where that is not known.</summary>
    public static string? Of(CallLog application)
    {
        if (application.IsOpenTo(MsalNames.WithAuthority) || application.Last(MsalNames.WithAuthority) is not { } authority)
            return null;

        return authority.Arguments.Length == 0 ? null : authority.Arguments[0].Value switch
        {
            ConstantValue { Data: string address } => OfAddress(address),
            TextValue { Parts: [ConstantValue { Data: string beginning }, ..] } when EndsItsHost(beginning) => OfAddress(beginning),
            ConstantValue { Data: int instance } when authority.Arguments[0].Parameter?.Type.Name == "AzureCloudInstance" => instance switch
            {
                1 => "",
                2 => "China",
                4 => "USGov",
                _ => null,
            },
            _ => null,
        };
    }

    private static string? OfAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Clouds.NameOf(uri.Host) : null;

    /// <summary>What comes after the host may be anything: <c>$"https://login.microsoftonline.us/{tenant}"</c>.</summary>
    private static bool EndsItsHost(string beginning) => beginning.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0 && beginning.IndexOf('/', scheme + 3) > 0;
}
