using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Federation;

/// <summary>
/// The acquisition of the first leg's token, as it is written inside an assertion callback: bound, attested, and with the callback's
/// cancellation.
/// </summary>
internal sealed class FirstLegCall
{
    private readonly List<string> _steps;

    private FirstLegCall(List<string> steps, bool attests)
    {
        _steps = steps;
        Attests = attests;
    }

    /// <summary>Whether it calls <c>WithAttestationSupport</c>, whose namespace must be imported.</summary>
    public bool Attests { get; }

    /// <summary>The call, each step on its own line.</summary>
    public string Code(string cancellation) => string.Join("\n    ", _steps.Select(step => step.Replace(CancellationPlace, cancellation)));

    private const string CancellationPlace = "\0";

    /// <summary>A managed identity's request for a token to exchange.</summary>
    public static FirstLegCall Of(string managedIdentity, FixContext context)
    {
        var steps = new List<string> { managedIdentity, $".{MsalNames.AcquireTokenForManagedIdentity}(\"{Clouds.ExchangeAudience}\")", $".{MsalNames.WithMtlsProofOfPossession}()" };
        var attests = Attest(steps, context);
        steps.Add($".{MsalNames.ExecuteAsync}({CancellationPlace})");
        return new FirstLegCall(steps, attests);
    }

    /// <summary>An acquisition that the code makes; null where it cannot be made in a lambda at this place.</summary>
    public static FirstLegCall? Of(InvocationExpressionSyntax acquisition, int position, FixContext context)
    {
        if (!CapturedVariables.AreVisible(acquisition, position, context))
            return null;

        var calls = Calls(acquisition);
        if (calls[calls.Count - 1].Method != MsalNames.ExecuteAsync)
            return new FirstLegCall([WithCancellation(acquisition, context)], attests: false);

        var steps = new List<string>();
        if (calls[0].Receiver is { } first)
            steps.Add(first);
        steps.AddRange(
            calls.Take(calls.Count - 1)
                .Select(call => $"{(call.Receiver is null && steps.Count == 0 ? "" : ".")}{call.Method}{call.Arguments}"));
        var names = calls.ConvertAll(call => call.Method);
        var managed = names.Contains(MsalNames.AcquireTokenForManagedIdentity);
        if ((managed || names.Contains(MsalNames.AcquireTokenForClient)) && !names.Contains(MsalNames.WithMtlsProofOfPossession))
            steps.Add($".{MsalNames.WithMtlsProofOfPossession}()");
        var attests = managed && (names.Contains(MsalNames.WithAttestationSupport) || Attest(steps, context));
        steps.Add($".{MsalNames.ExecuteAsync}({CancellationPlace})");
        return new FirstLegCall(steps, attests);
    }

    /// <summary>
    /// The call that acquires the first leg's token: the one that was found, or the one behind the token that is the assertion.
    /// </summary>
    public static InvocationExpressionSyntax? AcquisitionOf(InvocationExpressionSyntax? assertion, FixContext context)
    {
        if (context.Diagnostic.AdditionalLocations is [var found]
            && context.Root.FindNode(found.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax acquisition)
            return acquisition;

        var token = assertion?.DescendantNodes()
            .OfType<MemberAccessExpressionSyntax>()
            .FirstOrDefault(access => access.Name.Identifier.ValueText == MsalNames.AccessToken);
        return token?.Expression is IdentifierNameSyntax result
            && context.Semantics.GetSymbolInfo(result, context.Cancellation).Symbol
                is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
            && declarations[0].GetSyntax(context.Cancellation)
                is VariableDeclaratorSyntax { Initializer.Value: AwaitExpressionSyntax { Expression: InvocationExpressionSyntax awaited } }
            ? InvocationName.OfMember(awaited) == "ConfigureAwait"
                ? ((MemberAccessExpressionSyntax)awaited.Expression).Expression as InvocationExpressionSyntax
                : awaited
            : null;
    }

    private static bool Attest(List<string> steps, FixContext context)
    {
        if (MsalLibrary.In(context.Compilation) is not { AttestationIsReferenced: true, AttestationIsAStep: true })
            return false;

        steps.Add($".{MsalNames.WithAttestationSupport}()");
        return true;
    }

    private static List<(string? Receiver, string Method, string Arguments)> Calls(InvocationExpressionSyntax last)
    {
        var calls = new List<(string?, string, string)>();
        for (ExpressionSyntax? call = last; call is InvocationExpressionSyntax invocation;)
        {
            var receiver = (invocation.Expression as MemberAccessExpressionSyntax)?.Expression;
            var method = (invocation.Expression as MemberAccessExpressionSyntax)?.Name ?? invocation.Expression;
            calls.Insert(
                0,
                (receiver is null or InvocationExpressionSyntax ? null : Indentation.Decrease(receiver), method.ToString(), Indentation.Decrease(invocation.ArgumentList)));
            call = receiver;
        }

        return calls;
    }

    private static string WithCancellation(InvocationExpressionSyntax call, FixContext context)
    {
        var tokens = call.ArgumentList.Arguments.Select(argument => argument.Expression).Where(argument =>
            context.Semantics.GetTypeInfo(argument, context.Cancellation).ConvertedType is { Name: nameof(CancellationToken) });
        return call.ReplaceNodes(tokens, (_, _) => SyntaxFactory.IdentifierName(CancellationPlace)).ToString();
    }
}
