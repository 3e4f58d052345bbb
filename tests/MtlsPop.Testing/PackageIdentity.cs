namespace Microsoft.CodeAnalysis.Testing;

public sealed class PackageIdentity(string id, string version)
{
    public string Id { get; } = id;

    public string Version { get; } = version;

    public override string ToString() => $"{Id} {Version}";
}
