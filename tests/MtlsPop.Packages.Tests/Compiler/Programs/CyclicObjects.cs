// Objects that hold themselves and each other, also in arrays, dictionaries, tuples and closures.
internal sealed class Node
{
    public Node? Next;
    public object? Value;

    public static async Task<object> LinkAsync(IManagedIdentityApplication app, IEnumerable<string> resources)
    {
        var first = new Node();
        first.Next = first;
        var second = new Node { Next = first, Value = app };
        first.Value = second;
        (first.Next, second.Next) = (second, first);
        object[] array = [first, second, null!];
        array[2] = array;
        var map = new Dictionary<object, object> { [first] = second };
        map[map] = array;
        foreach (var resource in resources)
        {
            var result = await app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync();
            first = new Node { Next = first, Value = (result, first, second, array) };
            second = new Node { Next = second.Next?.Next, Value = new { first, second, result } };
            array = [array, first, second];
            map = new Dictionary<object, object>(map.Append(new(map, array)));
            Func<object> closure = () => first;
            first.Value = closure;
            second.Value = (Func<object>)(() => closure() ?? second);
        }

        return first.Next!.Next!.Next!.Value is AuthenticationResult kept ? kept.BindingCertificate.Thumbprint : map;
    }
}
