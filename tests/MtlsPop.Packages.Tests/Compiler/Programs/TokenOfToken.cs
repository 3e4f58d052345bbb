// A result that is asked with the result before it, by way of fields, properties and parameters.
internal sealed class Relay(IConfidentialClientApplication app)
{
    private AuthenticationResult? _last;

    public AuthenticationResult Last { get => _last ?? Last; private set => _last = _last is null ? value : Last = value; }

    public async Task<string> AcquireAsync(AuthenticationResult? before, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var result = await app
                .AcquireTokenForClient([$"{before?.AccessToken}{_last?.AccessToken}"])
                .WithMtlsProofOfPossession()
                .ExecuteAsync(cancellationToken);
            before = before?.ExpiresOn > result.ExpiresOn ? before : _last = result;
            Last = before ?? Last;
            _last = await Task.FromResult(before).ContinueWith(task => task.Result ?? _last ?? Last);
        }

        return before?.BindingCertificate.Thumbprint ?? await AcquireAsync(Last, cancellationToken);
    }
}
