using System.Net.Http.Json;

namespace MtlsPop;

/// <summary>Whether a request can be sent a second time.</summary>
internal static class Replay
{
    /// <summary>Whether the body lies in memory, within the limit. Anything else may have been read half.</summary>
    public static bool HasRepeatableBody(HttpRequestMessage request, long maxBytes) =>
        request.Content is null || (LiesInMemory(request.Content) && request.Content.Headers.ContentLength <= maxBytes);

    private static bool LiesInMemory(HttpContent content) => content switch
    {
        ByteArrayContent or ReadOnlyMemoryContent => true,
        JsonContent => content.Headers.ContentLength is not null, // it has a length only once it is buffered
        MultipartContent parts => parts.All(LiesInMemory),
        _ => false, // a stream does not tell whether it was buffered
    };

    /// <summary>Whether doing it twice is the same as doing it once, for when it is not known that the server did nothing.</summary>
    public static bool IsIdempotent(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Options
        || method == HttpMethod.Put || method == HttpMethod.Delete || method == HttpMethod.Trace;
}
