namespace MtlsPop;

/// <summary>Says at start what is wrong with the options of an application, each fault in a sentence of its own.</summary>
internal static class ApplicationOptionsValidator
{
    public static IEnumerable<string> Failures(MtlsPopApplicationOptions options)
    {
        var failures = IdentityFailures(options, hasFirstLeg: options.FirstLeg is not null, where: "");
        if (options.FirstLeg is { } firstLeg)
        {
            failures = failures.Concat(IdentityFailures(firstLeg, hasFirstLeg: false, where: "FirstLeg:"));
        }

        return failures.Concat(CacheFailures(options)).Concat(WarmUpFailures(options));
    }

    private static IEnumerable<string> IdentityFailures(MtlsPopIdentityOptions options, bool hasFirstLeg, string where)
    {
        var credentials = (options.Certificate is null ? 0 : 1) + (options.ManagedIdentity is null ? 0 : 1) + (hasFirstLeg ? 1 : 0);
        if (credentials != 1)
        {
            yield return $"{where}Give exactly one of Certificate, ManagedIdentity{(where.Length == 0 ? " and FirstLeg" : "")}; "
                + $"there {(credentials == 0 ? "is none" : $"are {credentials}")}.";
            yield break;
        }

        if (options.ManagedIdentity is { } identity)
        {
            if (options.ClientId is not null || options.Authority is not null || options.Region is not null)
            {
                yield return $"{where}A managed identity has no ClientId, Authority or Region here: "
                    + "name it by ManagedIdentity:UserAssignedClientId, or leave them out.";
            }

            foreach (var failure in ManagedIdentityFailures(identity, $"{where}ManagedIdentity:"))
            {
                yield return failure;
            }

            yield break;
        }

        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return $"{where}ClientId is missing.";
        }

        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out _))
        {
            yield return $"{where}Authority must be an address with its tenant, such as "
                + "https://login.microsoftonline.com/contoso.onmicrosoft.com.";
        }

        foreach (var failure in options.Certificate is { } certificate ? CertificateFailures(certificate, $"{where}Certificate:") : [])
        {
            yield return failure;
        }
    }

    private static IEnumerable<string> ManagedIdentityFailures(MtlsPopManagedIdentityOptions options, string where)
    {
        var names = new[] { options.UserAssignedClientId, options.UserAssignedResourceId, options.UserAssignedObjectId }
            .Count(static name => name is not null);
        if (names + (options.SystemAssigned ? 1 : 0) != 1)
        {
            yield return $"{where}Give exactly one of SystemAssigned, UserAssignedClientId, "
                + "UserAssignedResourceId and UserAssignedObjectId.";
        }
    }

    private static IEnumerable<string> CertificateFailures(MtlsPopCertificateOptions options, string where)
    {
        var sources = (options.Store is null ? 0 : 1) + (options.File is null ? 0 : 1) + (options.Callback is null ? 0 : 1);
        if (sources != 1)
        {
            yield return $"{where}Give exactly one of Store, File and Callback.";
        }

        if (options.Store is { } store && !CertificateStore.TryParse(store, out _, out _))
        {
            yield return $"{where}Store has '{store}': write CurrentUser or LocalMachine, a slash, and the name of the store, "
                + "as in CurrentUser/My.";
        }

        if (options.Store is not null && options.Subject is null == options.Thumbprint is null)
        {
            yield return $"{where}Store needs exactly one of Subject and Thumbprint to find the certificate by.";
        }

        if (options.Thumbprint is { } thumbprint && (thumbprint.Length is not (40 or 64) || !thumbprint.All(char.IsAsciiHexDigit)))
        {
            yield return $"{where}Thumbprint must be the 40 or 64 hexadecimal digits of a SHA-1 or SHA-256 hash, without blanks.";
        }

        if (options.ReloadInterval <= TimeSpan.Zero)
        {
            yield return $"{where}ReloadInterval must be positive.";
        }
    }

    private static IEnumerable<string> CacheFailures(MtlsPopApplicationOptions options)
    {
        if (options.SharedCache is not { Enabled: true } cache)
        {
            yield break;
        }

        if (options.ManagedIdentity is not null)
        {
            yield return "SharedCache is of no use to a managed identity, whose key never leaves its machine, nor do its tokens: "
                + "leave SharedCache out.";
        }

        if (cache.MaxTokensInMemory < 1 || cache.Timeout <= TimeSpan.Zero || cache.RetryAfter <= TimeSpan.Zero)
        {
            yield return "SharedCache:MaxTokensInMemory, Timeout and RetryAfter must be positive.";
        }
    }

    private static IEnumerable<string> WarmUpFailures(MtlsPopApplicationOptions options) =>
        from scope in options.WarmUpScopes
        where string.IsNullOrWhiteSpace(scope) || scope.Contains(' ')
        select $"WarmUpScopes has '{scope}': give one scope in each entry, such as https://graph.microsoft.com/.default.";
}
