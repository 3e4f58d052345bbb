using System.Net.Http.Json;

namespace MtlsPop;

/// <summary>Whether a request can be sent a second time.</summary>
internal static class Replay
{
    /// <summary>Whether the body lies in memory, within the limit. Anything else may have been read half.</summary>
    public static bool HasRepeatableBody(HttpRequestMessage request, long maxBytes) => request.Content switch
    {
        null => true,
        ByteArrayContent or ReadOnlyMemoryContent => request.Content.Headers.ContentLength <= maxBytes,
        JsonContent => request.Content.Headers.ContentLength <= maxBytes, // it has a length only once it is buffered
        _ => false,
    };

    /// <summary>Whether doing it twice is the same as doing it once, for when it is not known that the server did nothing.</summary>
    public static bool IsIdempotent(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Options
        || method == HttpMethod.Put || method == HttpMethod.Delete || method == HttpMethod.Trace;
}
