// A list that takes in the list that a field remembers, behind ifs, and is remembered then.
internal sealed class Collected(IConfidentialClientApplication app)
{
    private List<object> _seen = [];

    public async Task CollectAsync(bool first, bool second, bool third, bool fourth)
    {
        var seen = new List<object>();
        if (first)
            seen.Add(app);
        if (second)
            seen.Add(seen);
        if (third)
            seen.Add(await app.AcquireTokenForClient(["scope/.default"]).WithMtlsProofOfPossession().ExecuteAsync());
        if (fourth)
            seen.Insert(0, _seen);
        foreach (var one in _seen)
            seen.Add(one);
        seen.AddRange(_seen);
        _seen = seen;
    }
}

internal sealed class Remembered
{
    private Dictionary<string, object> _last = [];

    public async Task NextAsync(IManagedIdentityApplication app, bool first, bool second)
    {
        var map = new Dictionary<string, object>();
        if (first)
            map["first"] = app;
        if (second)
            map["second"] = await app.AcquireTokenForManagedIdentity("r").WithMtlsProofOfPossession().ExecuteAsync();
        map["last"] = _last;
        _last = map;
    }
}
