// Collections that are spread into their successors.
internal sealed class Spread(IConfidentialClientApplication app)
{
    private string[] _scopes = [];
    private List<AuthenticationResult> _results = [];

    public async Task AcquireAsync(int times)
    {
        string[] scopes = [.. _scopes];
        Span<int> span = [.. stackalloc int[3]];
        times += span.Length;
        while (times-- > 0)
        {
            scopes = [.. scopes, .. scopes, .. _scopes, $"{scopes}"];
            _scopes = [.. scopes[..^1], scopes[^1] + scopes[0]];
            _results = [.. _results, await app.AcquireTokenForClient(scopes).WithMtlsProofOfPossession().ExecuteAsync(), .. _results];
            (scopes, _scopes) = (_scopes, scopes);
        }

        if (_results is [var first, .. var middle, { BindingCertificate: not null } last])
            _results = [last, .. middle, first];
    }
}
