using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>A constant scope for which a confidential client asks in its own name, and that is not a resource's default.</summary>
internal sealed class ClientScope(string text, SyntaxNode place)
{
    private const string Default = "/.default";

    public string Text => text;

    /// <summary>The scope itself, where the collection is written here or where its variable is declared; else the argument.</summary>
    public SyntaxNode Place => place;

    /// <summary>The scope of the same resource for all that the application is allowed. A permission of the resource is no part of it.</summary>
    public string AsDefault
    {
        get
        {
            var slash = text.LastIndexOf('/');
            var isPermission = slash > 0 && text[slash - 1] != '/' && text.IndexOf('.', slash) > 0;
            return (isPermission ? text.Substring(0, slash) : text.TrimEnd('/')) + Default;
        }
    }

    public static IEnumerable<ClientScope> In(TypeFlow flow, SemanticModel semantics, CancellationToken cancellation)
    {
        var requests = flow.Observations
            .Where(observation => flow.IsCallOf(observation.Operation, Names.AcquireTokenForClient))
            .GroupBy(observation => (observation.Operation.Syntax, observation.Frame));
        foreach (var request in requests)
        {
            if (request.Any(IsOfOtherAuthority) || request.First().Arguments.For("scopes") is not { } argument)
                continue;

            // On another path there may be another scope: a fault is what is wrong on all of them.
            var paths = request.Select(path => path.Arguments.For("scopes")?.Value is Sequence { Elements.Items: var scopes } ? scopes : ImmutableArray<Value>.Empty).ToList();
            var wrong = Enumerable.Range(0, paths.Min(scopes => scopes.Length)).Where(i => paths.TrueForAll(scopes => IsWrong(scopes[i]))).ToList();
            if (wrong.Count == 0)
                continue;

            var written = argument.Syntax.SyntaxTree == semantics.SyntaxTree ? Elements(Origin(argument.Syntax, semantics, cancellation), semantics, cancellation) : default;
            foreach (var (scopes, i) in paths.SelectMany(scopes => wrong.Select(i => (scopes, i))))
                yield return new ClientScope((string)((Constant)scopes[i]).Data!, !written.IsDefault && written.Length == scopes.Length ? written[i].Syntax : argument.Syntax);
        }
    }

    private static bool IsWrong(Value scope) => scope is Constant { Data: string { Length: > 0 } text } && !IsDefault(text);

    private static bool IsDefault(string scope) => scope.EndsWith(Default, StringComparison.OrdinalIgnoreCase);

    /// <summary>Only Entra knows default scopes.</summary>
    private static bool IsOfOtherAuthority(Observation request) =>
        request.Receiver is Made application && request.State[application] is { } history && Authority.IsOfOtherKind(history);

    /// <summary>What a variable begins with.</summary>
    private static SyntaxNode Origin(SyntaxNode scopes, SemanticModel semantics, CancellationToken cancellation)
    {
        if (semantics.GetSymbolInfo(scopes, cancellation).Symbol is not { DeclaringSyntaxReferences: [var reference] } || reference.SyntaxTree != semantics.SyntaxTree)
            return scopes;

        return reference.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var value } => value,
            PropertyDeclarationSyntax { Initializer.Value: var value } => value,
            PropertyDeclarationSyntax { ExpressionBody.Expression: var value } => value,
            _ => scopes,
        };
    }

    private static ImmutableArray<IOperation> Elements(SyntaxNode collection, SemanticModel semantics, CancellationToken cancellation)
    {
        var operation = semantics.GetOperation(collection, cancellation);
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;

        return operation switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            IArrayInitializerOperation initializer => initializer.ElementValues,
            { Kind: Evaluator.CollectionExpression } => operation.ChildOperations.ToImmutableArray(),
            _ => default,
        };
    }
}
