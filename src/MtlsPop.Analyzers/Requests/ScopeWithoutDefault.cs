using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Requests;

/// <summary>
/// A confidential client asks in its own name for a scope that is not a resource's default. The exchange audience is MPOP4005's.
/// <para>Reports: a constant scope of a client's own request that does not end in /.default.</para>
/// <para>Leaves alone: the exchange audience, which is MPOP4005's; B2C, AD FS and generic authorities; applications with a token provider.</para>
/// </summary>
internal sealed class ScopeWithoutDefault() : Rule<ClientScope>(Rules.ScopeWithoutDefault)
{
    public const string Replacement = nameof(Replacement);

    protected override IEnumerable<ClientScope> Find(TypeModel type, CancellationToken cancellation) => ClientScope.In(type.Flow, type.Semantics, cancellation);

    protected override void Judge(ClientScope scope, Report report)
    {
        if (ExchangeAudience.Is(new ConstantValue(scope.Text)) == ThreeState.No)
            report.Add(new Finding(scope.Place, scope.Text, scope.AsDefault) { Properties = ImmutableDictionary<string, string?>.Empty.Add(Replacement, scope.AsDefault) });
    }
}

/// <summary>A constant scope for which a confidential client asks in its own name, and that is not a resource's default.</summary>
internal sealed class ClientScope(string text, SyntaxNode place)
{
    private const string Default = "/.default";

    /// <summary>A scope without a resource is Microsoft Graph's.</summary>
    private const string GraphDefault = ".default";

    public string Text => text;

    /// <summary>The scope itself, where the collection is written here or where its variable is declared; else the argument.</summary>
    public SyntaxNode Place => place;

    /// <summary>The scope of the same resource for all that the application is allowed. A permission of the resource is no part of it.</summary>
    public string AsDefault
    {
        get
        {
            var slash = text.LastIndexOf('/');
            var isPermission = slash > 0 && text[slash - 1] != '/' && text.IndexOfAny(['.', '_'], slash) > 0;
            return (isPermission ? text.Substring(0, slash) : text.TrimEnd('/')) + Default;
        }
    }

    public static IEnumerable<ClientScope> In(TypeAnalysis flow, SemanticModel semantics, CancellationToken cancellation) =>
        from fault in flow.CallsOf(MsalNames.AcquireTokenForClient).SelectMany(request => Asked(request, flow)).ReportedOnAllPaths()
        from scope in Wrong(fault.Finding, semantics, cancellation)
        select fault.Place.IsToken ? new ClientScope(scope.Text, fault.Place.AsToken().Parent!) : scope;

    private static IEnumerable<Candidate<Argument>> Asked(TraceEvent request, TypeAnalysis flow)
    {
        if (request.Arguments.For("scopes") is not { } scopes)
            return [];

        var asked = scopes.Value is SequenceValue { Parts: var elements } ? elements : ImmutableArray.Create(AbstractValue.Unknown);
        var fault = IsOfOtherAuthority(request) ? ThreeState.No : asked.Any(IsWrong) ? ThreeState.Yes : asked.All(scope => scope is ConstantValue) ? ThreeState.No : ThreeState.Unknown;
        return [new(scopes.Syntax, request.CallSite, fault, scopes)];
    }

    private static IEnumerable<ClientScope> Wrong(Argument argument, SemanticModel semantics, CancellationToken cancellation)
    {
        var scopes = ((SequenceValue)argument.Value).Parts;
        var written = argument.Syntax.SyntaxTree == semantics.SyntaxTree ? Elements(Origin(argument.Syntax, semantics, cancellation), semantics, cancellation) : default;
        for (var i = 0; i < scopes.Length; i++)
        {
            if (scopes[i] is ConstantValue { Data: string text } scope && IsWrong(scope))
                yield return new ClientScope(text, !written.IsDefault && written.Length == scopes.Length ? written[i].Syntax : argument.Syntax);
        }
    }

    private static bool IsWrong(AbstractValue scope) =>
        scope is ConstantValue { Data: string { Length: > 0 } text } && !text.EndsWith(Default, StringComparison.OrdinalIgnoreCase) && !text.Equals(GraphDefault, StringComparison.OrdinalIgnoreCase);

    /// <summary>Only Entra knows default scopes; an application may be given its tokens by other code instead.</summary>
    private static bool IsOfOtherAuthority(TraceEvent request) =>
        request.Receiver is AllocatedObject application
        && request.State[application] is { } history
        && (Authority.IsOfOtherKind(history) || history.Steps.Concat(history.Perhaps).Any(step => step.Name == MsalNames.WithAppTokenProvider));

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
