// Classes below top-level statements that name a local function, a local and a lambda's parameter of these.
// output: exe
// errors: CS0103 CS8801
var kept = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
AuthenticationResult result;
await Send(await kept.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync());

Task Send(AuthenticationResult sent) => Twice(() => Send(sent));

static Task Twice(Func<Task> again) => Twice(again);

Console.WriteLine(result.BindingCertificate.Thumbprint);

internal sealed class Below(IManagedIdentityApplication app)
{
    private readonly object _kept = kept;

    public async Task SendAsync()
    {
        var mine = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
        await Send(mine);
        await Twice(() => Send(result));
        await kept.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
        await again();
        Func<AuthenticationResult, Task> send = Send;
        await send(sent);
    }
}

internal sealed class Handing
{
    public void Hand(IManagedIdentityApplication app, AuthenticationResult handed)
    {
        app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession();
        Send(handed);
    }
}

internal sealed class Holding
{
    public async Task HoldAsync(IManagedIdentityApplication app)
    {
        var request = app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession();
        await Twice(async () => await Send(await request.ExecuteAsync()));
    }
}
