using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace MtlsPop.StandIns;

/// <summary>Lets MSAL bind a managed identity's tokens on a machine without Windows and KeyGuard, by reaching into it.</summary>
/// <remarks>
/// This is a stand-in for tests and this sample, and protects nothing: a software key is reported as one in KeyGuard.
/// Known to work from MSAL 4.86.1 to 4.92.0; it fails loudly where MSAL's inside has moved.
/// </remarks>
public static class KeyGuardStandIn
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly Assembly _msal = typeof(IManagedIdentityApplication).Assembly;
    private static readonly Lazy<RSA> _key = new(static () => RSA.Create(2048));

    /// <summary>Does what <c>WithMtlsProofOfPossession</c> does on Windows.</summary>
    public static AcquireTokenForManagedIdentityParameterBuilder Bind(
        AcquireTokenForManagedIdentityParameterBuilder builder, PoPOptions? options = null)
    {
        InstallKey();
        var parameters = builder.GetType().GetProperty("CommonParameters", Any)!.GetValue(builder)!;
        parameters.GetType().GetProperty("IsMtlsPopRequested", Any)!.SetValue(parameters, true);
        parameters.GetType().GetProperty("MtlsPopMinStrength", Any)!.SetValue(parameters, options?.MinStrength ?? MtlsBindingStrength.None);
        return builder;
    }

    private static void InstallKey()
    {
        var provider = TypeNamed("IManagedIdentityKeyProvider");
        var field = TypeNamed("ManagedIdentityKeyProviderFactory").GetField("s_provider", Any)!;
        if (field.GetValue(null) is not KeyProvider)
        {
            field.SetValue(null, DispatchProxy.Create(provider, typeof(KeyProvider)));
        }
    }

    private static Type TypeNamed(string name) => _msal.GetType($"Microsoft.Identity.Client.ManagedIdentity.{name}", throwOnError: true)!;

    /// <summary>Answers <c>GetOrCreateKeyAsync</c>.</summary>
    public class KeyProvider : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var keyGuard = Enum.Parse(TypeNamed("ManagedIdentityKeyType"), "KeyGuard");
            var info = Activator.CreateInstance(TypeNamed("ManagedIdentityKeyInfo"), Any, null, [_key.Value, keyGuard, "stand-in"], null)!;
            return typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(info.GetType()).Invoke(null, [info]);
        }
    }
}
