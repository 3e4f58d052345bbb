// What only the run knows: dynamic receivers, function pointers, late arguments.
// unsafe
internal static class Late
{
    public static async Task<object> AcquireAsync(dynamic app, IManagedIdentityApplication machine)
    {
        dynamic request = app.AcquireTokenForClient(new[] { "scope/.default" }).WithMtlsProofOfPossession();
        request = request[request](request) ?? request.With(request: request);
        dynamic result = await request.ExecuteAsync();
        result.BindingCertificate = result.BindingCertificate.Thumbprint[^1];
        foreach (var one in result)
            request += one(ref result, out dynamic other) ? other : machine.AcquireTokenForManagedIdentity(one).WithMtlsProofOfPossession();
        return await (Task<AuthenticationResult>)result(request);
    }

    public static unsafe Task<AuthenticationResult> Pointed(IManagedIdentityApplication app)
    {
        delegate*<IManagedIdentityApplication, AcquireTokenForManagedIdentityParameterBuilder> request = &Request;
        delegate*<IManagedIdentityApplication, AcquireTokenForManagedIdentityParameterBuilder>* self = &request;
        return (*self)(app).ExecuteAsync();
    }

    private static AcquireTokenForManagedIdentityParameterBuilder Request(IManagedIdentityApplication app) =>
        app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession();
}
