using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Repairs;

/// <summary>
/// Where an application goes in the file's type that builds it. By names and variables, because the types in code that does not compile are
/// not known.
/// </summary>
internal sealed class ApplicationUses(FixContext context)
{
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);

    /// <summary>The calls that begin a request that can be bound, from the application that this expression builds or is.</summary>
    public IReadOnlyCollection<InvocationExpressionSyntax> Requests(ExpressionSyntax application)
    {
        var requests = new HashSet<InvocationExpressionSyntax>();
        var waiting = new Queue<ExpressionSyntax>([application]);
        while (waiting.Count > 0)
            Follow(waiting.Dequeue(), requests, waiting);
        return requests;
    }

    private void Follow(ExpressionSyntax application, HashSet<InvocationExpressionSyntax> requests, Queue<ExpressionSyntax> waiting)
    {
        var last = application;
        foreach (var call in FluentChain.On(application))
        {
            if (InvocationName.OfMember(call) is MsalNames.AcquireTokenForClient or MsalNames.AcquireTokenForManagedIdentity)
            {
                requests.Add(call);
                return;
            }

            last = call;
        }

        if (HolderOf(last) is not { } holder || !_followed.Add(holder))
            return;

        var unit = application.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? context.Root;
        foreach (var name in unit.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText == holder.Name
                && SymbolEqualityComparer.Default.Equals(context.Semantics.GetSymbolInfo(name, context.Cancellation).Symbol, holder))
                waiting.Enqueue(UseOf(name));
        }
    }

    /// <summary>The variable or member that the value goes into, or is returned from.</summary>
    private ISymbol? HolderOf(ExpressionSyntax value)
    {
        while (Wrapping.IsAround(value.Parent) || value.Parent is CastExpressionSyntax)
            value = (ExpressionSyntax)value.Parent!;

        return value.Parent switch
        {
            AssignmentExpressionSyntax assignment
                when assignment.Right == value => context.Semantics.GetSymbolInfo(assignment.Left, context.Cancellation).Symbol,
            EqualsValueClauseSyntax { Parent: var declaration } => context.Semantics.GetDeclaredSymbol(declaration!, context.Cancellation),
            ArrowExpressionClauseSyntax { Parent: AccessorDeclarationSyntax accessor } => Accessed(accessor),
            ArrowExpressionClauseSyntax { Parent: var member } => context.Semantics.GetDeclaredSymbol(member!, context.Cancellation),
            ReturnStatementSyntax statement => Returning(statement),
            _ => null,
        };
    }

    private ISymbol? Returning(ReturnStatementSyntax statement)
    {
        foreach (var ancestor in statement.Ancestors())
        {
            switch (ancestor)
            {
                case AccessorDeclarationSyntax accessor:
                    return Accessed(accessor);
                case LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return context.Semantics.GetDeclaredSymbol(ancestor, context.Cancellation);
                case AnonymousFunctionExpressionSyntax:
                    return null;
            }
        }

        return null;
    }

    private ISymbol? Accessed(AccessorDeclarationSyntax accessor) =>
        context.Semantics.GetDeclaredSymbol(accessor.Parent!.Parent!, context.Cancellation);

    private static ExpressionSyntax UseOf(IdentifierNameSyntax name)
    {
        ExpressionSyntax use = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return use.Parent is InvocationExpressionSyntax call && call.Expression == use ? call : use;
    }
}
