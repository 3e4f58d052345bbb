// Ways out of finally blocks, through loops, into switch sections and round again.
internal sealed class Ways(IManagedIdentityApplication app)
{
    public async Task<AuthenticationResult?> AcquireAsync(int way, CancellationToken cancellationToken)
    {
        AuthenticationResult? result = null;
        start:
        try
        {
            while (true)
            {
                try
                {
                    switch (way)
                    {
                        case 0: goto case 1;
                        case 1: goto case 2;
                        case 2 when result is null: goto start;
                        case 2: goto case 0;
                        default:
                            try { result = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync(cancellationToken); }
                            finally { try { way--; } finally { result ??= await AcquireAsync(way, cancellationToken); } }
                            if (way < -3)
                                goto end;
                            continue;
                    }
                }
                catch (MsalException e) when (e.ErrorCode is "a" || way++ > 3) { goto start; }
                catch (OperationCanceledException) { break; }
                finally { lock (this) { using (new HttpClient()) { foreach (var _ in new[] { 1 }) { way += 2; } } } }
            }
        }
        catch { goto start; }
        finally { way = 0; }
        end:
        return way > 9 ? result : result?.BindingCertificate is null ? throw new InvalidOperationException() : result;
    }
}
