using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Microsoft.CodeAnalysis.Testing;

internal static class DiagnosticComparison
{
    private static readonly PropertyInfo _arguments = typeof(Diagnostic).GetProperty("Arguments", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static void Verify(ImmutableArray<DiagnosticResult> expected, ImmutableArray<Diagnostic> actual, IVerifier verify)
    {
        var unexpected = actual.ToList();
        var missing = expected.Where(diagnostic => !unexpected.Remove(unexpected.Find(candidate => Matches(diagnostic, candidate))!)).ToList();
        if (missing.Count == 0 && unexpected.Count == 0)
            return;

        var message = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"Expected {expected.Length} diagnostics, and there are {actual.Length}.");
        foreach (var diagnostic in missing)
            message.AppendLine(CultureInfo.InvariantCulture, $"- missing:    {Describe(diagnostic)}");
        foreach (var diagnostic in unexpected)
            message.AppendLine(CultureInfo.InvariantCulture, $"+ unexpected: {Describe(diagnostic)}");
        verify.Fail(message.ToString());
    }

    private static bool Matches(DiagnosticResult expected, Diagnostic actual) =>
        expected.Id == actual.Id
        && expected.Severity == actual.Severity
        && HasLocations(expected, actual)
        && HasMessage(expected, actual);

    private static bool HasLocations(DiagnosticResult expected, Diagnostic actual)
    {
        if (!expected.HasLocation)
            return actual.Location == Location.None;
        return Is(expected.Spans[0], actual.Location)
            && (expected.Options.HasFlag(DiagnosticOptions.IgnoreAdditionalLocations)
                || (expected.Spans.Length - 1 == actual.AdditionalLocations.Count
                    && expected.Spans.Skip(1).Zip(actual.AdditionalLocations, Is).All(same => same)));

        static bool Is(DiagnosticLocation expected, Location actual)
        {
            var span = actual.GetLineSpan();
            return span.Path == expected.Span.Path
                && span.StartLinePosition == expected.Span.StartLinePosition
                && (expected.Options.HasFlag(DiagnosticLocationOptions.IgnoreLength) || span.EndLinePosition == expected.Span.EndLinePosition);
        }
    }

    private static bool HasMessage(DiagnosticResult expected, Diagnostic actual) => expected switch
    {
        { Message: { } message } => message == actual.GetMessage(CultureInfo.InvariantCulture),
        { MessageArguments: { } arguments } => arguments.Select(argument => $"{argument}")
            .SequenceEqual(((IReadOnlyList<object?>)_arguments.GetValue(actual)!).Select(argument => $"{argument}")),
        _ => true,
    };

    private static string Describe(DiagnosticResult diagnostic)
    {
        var spans = diagnostic.Spans.Select(location => location.Options.HasFlag(DiagnosticLocationOptions.IgnoreLength)
            ? $"{location.Span.Path}({location.Span.StartLinePosition})"
            : $"{location.Span}");
        return $"{diagnostic.Id} {diagnostic.Severity} at {string.Join(" and ", spans.DefaultIfEmpty("no location"))}: {diagnostic.Message ?? string.Join(", ", diagnostic.MessageArguments ?? ["any message"])}";
    }

    private static string Describe(Diagnostic diagnostic)
    {
        var spans = diagnostic.AdditionalLocations.Prepend(diagnostic.Location).Select(location => $"{location.GetLineSpan()}");
        return $"{diagnostic.Id} {diagnostic.Severity} at {string.Join(" and ", spans)}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
    }
}
