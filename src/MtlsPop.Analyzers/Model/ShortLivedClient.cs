using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow;

namespace MtlsPop.Analyzers.Model;

/// <summary>A client with a binding certificate that a method makes, sends requests with and drops, its connections with it.</summary>
internal sealed class ShortLivedClient(SyntaxNode creation)
{
    /// <summary>The word that says what is made.</summary>
    public SyntaxNodeOrToken Place => creation is ObjectCreationExpressionSyntax { Type: var type } ? type : creation.GetFirstToken();

    public static IEnumerable<ShortLivedClient> In(TypeFlow flow) => flow.Observations
        .Where(observation => IsDroppedClient(observation, flow))
        .Select(observation => observation.Operation.Syntax)
        .Distinct()
        .Select(creation => new ShortLivedClient(creation));

    private static bool IsDroppedClient(Observation creation, TypeFlow flow) =>
        creation is { Operation: IObjectCreationOperation { Type: var type }, Result: Made client }
        && HttpObject.Is(type, HttpObject.Client)
        && creation.Arguments.For("handler") is { Value: Made handler }
        && BodySyntax.FunctionOf(client.Syntax) is MethodDeclarationSyntax method
        && BodySyntax.RunsPerCall(method)
        && flow.About(handler).Any(observation => HttpObject.GivesBindingCertificate(observation, handler))
        && flow.About(client).Any(observation => SendsBy(observation, client) && BodySyntax.FunctionOf(observation.Operation.Syntax) == method)
        && !flow.Returns(client)
        && !flow.About(client).Any(observation => observation.Arguments.Any(argument => HttpObject.Mentions(argument.Value, client)));

    private static bool SendsBy(Observation observation, Made client) =>
        observation.Operation is IInvocationOperation { TargetMethod: var method } && HttpObject.Sends(method) && observation.Receiver.Equals(client);
}
