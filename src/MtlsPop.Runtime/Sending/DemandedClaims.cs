using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MtlsPop;

/// <summary>
/// Keeps the claims of a challenge away from the handlers and loggers between the connection and the handler that answers it.
/// </summary>
internal static partial class DemandedClaims
{
    private static readonly ConditionalWeakTable<HttpResponseMessage, string> _taken = [];

    /// <summary>Takes the claims out of the header of a refusal.</summary>
    public static void Take(HttpResponseMessage response)
    {
        if (response.StatusCode < HttpStatusCode.BadRequest
            || !response.Headers.NonValidated.TryGetValues(ClaimsChallenge.Header, out var values))
        {
            return;
        }

        if (ClaimsChallenge.In(response) is { } claims)
        {
            _taken.Add(response, claims);
        }

        var withheld = values.Select(static value => Claims().Replace(value, "claims=\"*\"")).ToArray();
        response.Headers.Remove(ClaimsChallenge.Header);
        response.Headers.TryAddWithoutValidation(ClaimsChallenge.Header, withheld);
    }

    public static string? Of(HttpResponseMessage response) =>
        response.StatusCode != HttpStatusCode.Unauthorized ? null :
        _taken.TryGetValue(response, out var claims) ? claims :
        ClaimsChallenge.In(response);

    // Whether they can be read or not.
    [GeneratedRegex("""\bclaims[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"?|[^ \t,]*)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Claims();
}
