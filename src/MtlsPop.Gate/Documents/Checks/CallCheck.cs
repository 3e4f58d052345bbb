using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Gate.Scanning;

namespace MtlsPop.Gate.Documents.Checks;

/// <summary>Calls of MSAL that do not compile as they are written. What the document does not declare is not held against it.</summary>
internal static class CallCheck
{
    public const string Item = "calls";

    private const string Msal = "Microsoft.Identity.Client";

    /// <summary>No such member, no such parameter, no such overload.</summary>
    private static readonly string[] _errors = ["CS0117", "CS1061", "CS1501", "CS1503", "CS1660", "CS1739", "CS1929", "CS7036"];

    public static IEnumerable<LoggedResult> Of(CheckedDocument document)
    {
        foreach (var compiled in document.Programs)
        {
            var model = compiled.Model;
            var root = compiled.Program.Tree.GetRoot();
            var faults = 0;
            foreach (var error in model.GetDiagnostics().Where(diagnostic => _errors.Contains(diagnostic.Id)))
            {
                if (compiled.Program.PlaceOf(error.Location) is not { } place || !IsOfMsal(root.FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true), model))
                    continue;
                faults++;
                yield return DocumentCheck.Fault(DocumentRules.NoSuchCall, place, document.MsalVersion, FirstSentence(error));
            }

            if (faults == 0 && compiled.Program.Blocks.FirstOrDefault(block => UnfencedCode.CallsMsal(block.Block.Text)) is { } block)
                yield return DocumentCheck.Evidence(Item, document.PlaceOf(block.Block.Lines.First(line => UnfencedCode.CallsMsal(line.Text)), 0, 1));
        }
    }

    /// <summary>The call around the error, or what it is called on, is MSAL's.</summary>
    private static bool IsOfMsal(SyntaxNode node, SemanticModel model)
    {
        var call = node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault();
        if (call is null)
            return false;

        var found = model.GetSymbolInfo(call);
        var called = found.Symbol is { } symbol ? [symbol] : found.CandidateSymbols;
        return called.Any(method => Owns(method.ContainingAssembly))
            || (call.Expression is MemberAccessExpressionSyntax access && Owns(model.GetTypeInfo(access.Expression).Type?.ContainingAssembly));
    }

    private static bool Owns(IAssemblySymbol? assembly) => assembly?.Name is Msal or Msal + ".KeyAttestation";

    private static string FirstSentence(Diagnostic error) => error.GetMessage(CultureInfo.InvariantCulture).Split(" and no accessible extension method", 2)[0];
}
