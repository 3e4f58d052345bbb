using System.Text;

namespace MtlsPop;

/// <summary>One challenge of a WWW-Authenticate header, as far as it matters here.</summary>
/// <param name="Scheme">The authentication scheme.</param>
/// <param name="Claims">The value of its <c>claims</c>, if it has any that can be trusted to be the one that was meant.</param>
internal readonly record struct Challenge(string Scheme, string? Claims)
{
    public bool IsFor(string scheme) => scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Reads a WWW-Authenticate header in one pass: RFC 9110, section 11.6.1, and leniently where servers differ. It never throws.
/// </summary>
internal ref struct ChallengeReader
{
    private readonly ReadOnlySpan<char> _text;
    private int _position;
    private string? _scheme;
    private string? _claims;
    private HashSet<string>? _names;
    private bool _isUnreadable;

    private ChallengeReader(ReadOnlySpan<char> text) => _text = text;

    public static List<Challenge> Read(string header)
    {
        var challenges = new List<Challenge>();
        new ChallengeReader(header).ReadInto(challenges);
        return challenges;
    }

    private void ReadInto(List<Challenge> challenges)
    {
        while (SkipTo(IsTokenStart))
        {
            var name = Take(IsTokenCharacter).ToString();
            var afterName = _position;
            Take(IsBlank);
            if (!TrySkip('='))
            {
                _position = afterName;
                End(challenges);
                _scheme = name;
                continue;
            }

            Take(IsBlank);
            AddParameter(name, TrySkip('"') ? QuotedString() : Take(IsUnquotedCharacter).ToString());
        }

        End(challenges);
    }

    // A parameter that is there twice could mean either, so the challenge is not acted upon.
    private void AddParameter(string name, string? value)
    {
        _names ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        _isUnreadable |= value is null || !_names.Add(name);
        if (name.Equals("claims", StringComparison.OrdinalIgnoreCase))
        {
            _claims = value;
        }
    }

    private void End(List<Challenge> challenges)
    {
        if (_scheme is not null)
        {
            challenges.Add(new Challenge(_scheme, _isUnreadable ? null : _claims));
        }

        (_scheme, _claims, _isUnreadable) = (null, null, false);
        _names?.Clear();
    }

    /// <summary>The rest of a quoted string, or null where it does not end.</summary>
    private string? QuotedString()
    {
        var value = new StringBuilder();
        while (_position < _text.Length)
        {
            var character = _text[_position++];
            if (character == '"')
            {
                return value.ToString();
            }

            if (character == '\\' && _position < _text.Length)
            {
                character = _text[_position++];
            }

            value.Append(character);
        }

        return null;
    }

    private bool SkipTo(Func<char, bool> isWanted)
    {
        while (_position < _text.Length && !isWanted(_text[_position]))
        {
            _position++;
        }

        return _position < _text.Length;
    }

    private ReadOnlySpan<char> Take(Func<char, bool> isWanted)
    {
        var start = _position;
        while (_position < _text.Length && isWanted(_text[_position]))
        {
            _position++;
        }

        return _text[start.._position];
    }

    private bool TrySkip(char character)
    {
        if (_position >= _text.Length || _text[_position] != character)
        {
            return false;
        }

        _position++;
        return true;
    }

    private static bool IsBlank(char character) => character is ' ' or '\t';

    private static bool IsTokenStart(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    private static bool IsTokenCharacter(char character) =>
        IsTokenStart(character) || "-.!#$%&'*+^`|~".Contains(character, StringComparison.Ordinal);

    private static bool IsUnquotedCharacter(char character) => character is not (' ' or '\t' or ',' or '"' or ';');
}
