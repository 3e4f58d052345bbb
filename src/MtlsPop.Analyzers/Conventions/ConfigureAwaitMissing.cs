using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>
/// Code that works with bound tokens awaits on its caller's context. Programs choose their own context, so only libraries are asked, unless the project asks too.
/// <para>Reports: an await in code of bound tokens that does not say on which context to resume.</para>
/// <para>Leaves alone: programs, unless mtlspop.configure_await is always; what cannot be configured.</para>
/// </summary>
internal sealed class ConfigureAwaitMissing() : Rule<Await>(Rules.ConfigureAwaitMissing)
{
    private const string Option = "mtlspop.configure_await";

    protected override IEnumerable<Await> Find(TypeModel type, CancellationToken cancellation) => Await.In(type, cancellation);

    protected override void Judge(Await wait, Report report)
    {
        if (!wait.Configured && IsAskedFor(report))
            report.At(wait.Keyword);
    }

    private static bool IsAskedFor(Report report) =>
        report.Options.TryGetValue(Option, out var choice) && choice.ToLowerInvariant() is "always" or "never"
            ? choice.Equals("always", StringComparison.OrdinalIgnoreCase)
            : report.OutputKind is OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule;
}

/// <summary>An await in code that acquires, holds or sends a bound token.</summary>
internal sealed class Await(SyntaxToken keyword, bool configured)
{
    /// <summary>The word <c>await</c>.</summary>
    public SyntaxToken Keyword => keyword;

    /// <summary>Whether the code says on which context to resume.</summary>
    public bool Configured => configured;

    public static IEnumerable<Await> In(TypeModel type, CancellationToken cancellation)
    {
        foreach (var body in BindingCode.Of(type, cancellation).Bodies)
        {
            foreach (var operation in type.Flow.OperationsOf(body))
            {
                if (Awaited(operation) is { } awaited && IsConfigured(awaited.Operation, type.Semantics) is { } configured)
                    yield return new Await(awaited.Keyword, configured);
            }
        }

        foreach (var body in BindingCode.Of(type, cancellation).OtherMsalBodies)
        {
            foreach (var operation in type.Flow.OperationsOf(body))
            {
                if (Awaited(operation) is { } awaited && IsOfMsal(awaited.Operation, type.Msal) && IsConfigured(awaited.Operation, type.Semantics) is { } configured)
                    yield return new Await(awaited.Keyword, configured);
            }
        }
    }

    private static (SyntaxToken Keyword, IOperation Operation)? Awaited(IOperation operation)
    {
        var (keyword, awaited) = operation switch
        {
            IAwaitOperation { Syntax: AwaitExpressionSyntax wait } expression => (wait.AwaitKeyword, expression.Operation),
            IForEachLoopOperation { IsAsynchronous: true, Syntax: CommonForEachStatementSyntax statement } loop => (statement.AwaitKeyword, loop.Collection),
            IUsingOperation { IsAsynchronous: true, Syntax: UsingStatementSyntax statement } use => (statement.AwaitKeyword, Resource(use.Resources)),
            IUsingDeclarationOperation { IsAsynchronous: true, Syntax: LocalDeclarationStatementSyntax statement } use => (statement.AwaitKeyword, Resource(use.DeclarationGroup)),
            _ => default,
        };

        while (awaited is IConversionOperation { IsImplicit: true } conversion)
            awaited = conversion.Operand;
        return awaited is null ? null : (keyword, awaited);
    }

    private static IOperation? Resource(IOperation resources) =>
        resources is IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Initializer: var initializer }, ..] }, ..] } ? initializer?.Value : resources;

    /// <summary>Null where that cannot be said.</summary>
    private static bool? IsConfigured(IOperation awaited, SemanticModel semantics) => awaited.Type switch
    {
        null or IErrorTypeSymbol or IDynamicTypeSymbol => null,
        { Name: "ConfiguredCancelableAsyncEnumerable" } when IsCancelledOnly(awaited) => false,
        { Name: "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" or "ConfiguredCancelableAsyncEnumerable" or "ConfiguredAsyncDisposable" } => true,
        { Name: "Task" or "ValueTask" } => false,
        var type => CanConfigure(type, awaited.Syntax, semantics) ? false : null,
    };

    /// <summary>What <c>WithCancellation</c> makes of a sequence can be configured still.</summary>
    private static bool IsCancelledOnly(IOperation sequence) =>
        sequence is IInvocationOperation { TargetMethod: { Name: "WithCancellation", IsExtensionMethod: true } };

    private static bool CanConfigure(ITypeSymbol awaited, SyntaxNode place, SemanticModel semantics)
    {
        foreach (var symbol in semantics.LookupSymbols(place.SpanStart, awaited, "ConfigureAwait", includeReducedExtensionMethods: true))
        {
            if (symbol is IMethodSymbol { Parameters: { Length: > 0 } parameters } && parameters[0].Type.SpecialType == SpecialType.System_Boolean)
                return true;
        }

        return false;
    }

    private static bool IsOfMsal(IOperation awaited, MsalLibrary msal) =>
        awaited.Type is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } && msal.OwnsType(arguments[0])
        || awaited is IInvocationOperation { TargetMethod: var called } && (msal.Owns(called) || msal.IsRuntime(called));
}
