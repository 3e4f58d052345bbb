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

        if (InvocationName.OfMember(acquisition) != MsalNames.ExecuteAsync)
            return new FirstLegCall([WithCancellation(acquisition, context)], attests: false);

        var calls = FluentChain.Back(acquisition).Reverse().ToList();
        var steps = new List<string>();
        if (FluentChain.ReceiverOf(calls[0]) is { } receiver)
            steps.Add(Indentation.Decrease(receiver));
        steps.AddRange(calls.Take(calls.Count - 1).Select(Step));
        var names = calls.ConvertAll(InvocationName.OfMember);
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
                is VariableDeclaratorSyntax { Initializer: { } initializer }
            ? Wrapping.AwaitedCall(initializer.Value)
            : null;
    }

    private static bool Attest(List<string> steps, FixContext context)
    {
        if (MsalLibrary.In(context.Compilation) is not { AttestationIsReferenced: true, AttestationIsAStep: true })
            return false;

        steps.Add($".{MsalNames.WithAttestationSupport}()");
        return true;
    }

    private static string Step(InvocationExpressionSyntax call) =>
        $"{(call.Expression is MemberAccessExpressionSyntax access ? $".{access.Name}" : call.Expression)}{Indentation.Decrease(call.ArgumentList)}";

    private static string WithCancellation(InvocationExpressionSyntax call, FixContext context)
    {
        var tokens = call.ArgumentList.Arguments.Select(argument => argument.Expression).Where(argument =>
            context.Semantics.GetTypeInfo(argument, context.Cancellation).ConvertedType is { Name: nameof(CancellationToken) });
        return call.ReplaceNodes(tokens, (_, _) => SyntaxFactory.IdentifierName(CancellationPlace)).ToString();
    }
}
