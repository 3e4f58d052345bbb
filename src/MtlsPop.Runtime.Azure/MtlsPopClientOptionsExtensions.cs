using Azure.Core;

namespace MtlsPop;

/// <summary>Puts Azure SDK clients on the transport that sends bound tokens.</summary>
public static class MtlsPopClientOptionsExtensions
{
    /// <summary>
    /// Makes the client send over the credential's transport: <c>new SecretClient(uri, credential, new
    /// SecretClientOptions().UseMtlsPop(credential))</c>.
    /// </summary>
    /// <typeparam name="TOptions">The options of one kind of client.</typeparam>
    /// <param name="options">The options.</param>
    /// <param name="credential">The credential that the client is given.</param>
    /// <returns>The options.</returns>
    public static TOptions UseMtlsPop<TOptions>(this TOptions options, MtlsPopCredential credential)
        where TOptions : ClientOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credential);
        options.Transport = credential.Transport;
        return options;
    }
}
