// Queries over queries, in their own clauses.
internal static class Queries
{
    public static object Of(IManagedIdentityApplication app, IEnumerable<string> resources)
    {
        var results = from resource in resources select app.AcquireTokenForManagedIdentity(resource).WithMtlsProofOfPossession().ExecuteAsync().Result;
        for (var i = 0; i < 3; i++)
        {
            results = from one in results
                      from two in results
                      let pair = (one, two, results)
                      join three in results on one.TokenType equals three.TokenType into same
                      where same.Any(s => (from t in pair.results where t == s select t).Any())
                      orderby one.ExpiresOn, two.ExpiresOn descending
                      group same by pair.one into grouped
                      from g in grouped
                      from last in g
                      select grouped.Key ?? last;
        }

        return results.Select(result => result.BindingCertificate.Thumbprint).Aggregate((a, b) => a + b);
    }
}
