using System.Diagnostics.CodeAnalysis;

namespace Microsoft.CodeAnalysis.Testing;

public class DefaultVerifier : IVerifier
{
    private readonly string _context;

    public DefaultVerifier()
        : this("")
    {
    }

    private DefaultVerifier(string context) => _context = context;

    public virtual void Empty<T>(string collectionName, IEnumerable<T> collection) =>
        True(!collection.Any(), $"Expected '{collectionName}' to be empty, and it has {collection.Count()} elements.");

    public virtual void NotEmpty<T>(string collectionName, IEnumerable<T> collection) =>
        True(collection.Any(), $"Expected '{collectionName}' not to be empty.");

    public virtual void Equal<T>(T expected, T actual, string? message = null) =>
        True(EqualityComparer<T>.Default.Equals(expected, actual), $"{message}\nExpected: {expected}\nActual:   {actual}");

    public virtual void SequenceEqual<T>(
        IEnumerable<T> expected, IEnumerable<T> actual, IEqualityComparer<T>? equalityComparer = null, string? message = null) =>
        True(expected.SequenceEqual(actual, equalityComparer), $"{message}\nExpected: {string.Join(", ", expected)}\nActual:   {string.Join(", ", actual)}");

    public virtual void True([DoesNotReturnIf(false)] bool assert, string? message = null)
    {
        if (!assert)
            Fail(message);
    }

    public virtual void False([DoesNotReturnIf(true)] bool assert, string? message = null)
    {
        if (assert)
            Fail(message);
    }

    [DoesNotReturn]
    public virtual void Fail(string? message = null) => throw new InvalidOperationException(_context + message);

    public virtual void LanguageIsSupported(string language) =>
        True(language == LanguageNames.CSharp, $"The language '{language}' is not supported.");

    public virtual IVerifier PushContext(string context) => new DefaultVerifier($"{_context}Context: {context}\n");
}
