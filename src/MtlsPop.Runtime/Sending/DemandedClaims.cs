using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MtlsPop;

/// <summary>
/// Keeps the claims of a challenge away from the handlers and loggers between the connection and the handler that answers it.
/// </summary>
internal static partial class DemandedClaims
{
    // Empty where a refusal demands none that can be read.
    private static readonly ConditionalWeakTable<HttpResponseMessage, string> _taken = [];

    /// <summary>Takes the claims out of the header of a refusal.</summary>
    public static void Take(HttpResponseMessage response)
    {
        if (response.StatusCode < HttpStatusCode.BadRequest
            || !response.Headers.NonValidated.TryGetValues(ClaimsChallenge.Header, out var values))
        {
            return;
        }

        _taken.AddOrUpdate(response, ClaimsChallenge.In(response) ?? "");
        var withheld = values.Select(static value => Claims().Replace(value, "claims=\"*\"")).ToArray();
        response.Headers.Remove(ClaimsChallenge.Header);
        response.Headers.TryAddWithoutValidation(ClaimsChallenge.Header, withheld);
    }

    public static string? Of(HttpResponseMessage response) =>
        response.StatusCode != HttpStatusCode.Unauthorized ? null :
        !_taken.TryGetValue(response, out var claims) ? ClaimsChallenge.In(response) :
        claims.Length > 0 ? claims : null;

    // Withheld also where they cannot be read: they may be secret all the same.
    [GeneratedRegex("""\bclaims[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"?|[^ \t,]*)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Claims();
}
