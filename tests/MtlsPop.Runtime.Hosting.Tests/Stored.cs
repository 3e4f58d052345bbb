using System.Security.Cryptography.X509Certificates;

namespace MtlsPop.HostingTests;

/// <summary>Certificates in the user's store while a test runs.</summary>
internal sealed class Stored : IDisposable
{
    private readonly X509Certificate2Collection _certificates = [];

    public Stored(params X509Certificate2[] certificates)
    {
        _certificates.AddRange(certificates);
        Change(store => store.AddRange(_certificates));
    }

    public void Dispose() => Change(store => store.RemoveRange(_certificates));

    private static void Change(Action<X509Store> change)
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        change(store);
    }
}
