namespace MtlsPop;

/// <summary>A token or request that would not have been bound, and was refused for that reason.</summary>
/// <remarks>The message says what to do. It never carries a token, an assertion, claims or a whole thumbprint.</remarks>
public sealed class MtlsPopException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="error">Why the token or request was refused.</param>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">What was caught, if anything.</param>
    public MtlsPopException(MtlsPopError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>Why the token or request was refused.</summary>
    public MtlsPopError Error { get; }
}
