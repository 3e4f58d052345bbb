using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>
/// A class keeps clients of a binding certificate, and is not disposable.
/// <para>Reports: a class that keeps clients or handlers with a binding certificate and is not disposable.</para>
/// <para>Leaves alone: static classes and fields; a class that disposes them in another way.</para>
/// </summary>
internal sealed class OwnedClientNotDisposed() : Rule<OwnedClients>(Rules.OwnedClientNotDisposed)
{
    protected override IEnumerable<OwnedClients> Find(TypeModel type, CancellationToken cancellation) => OwnedClients.In(type, cancellation);

    protected override void Judge(OwnedClients owned, Report report) => report.Add(new Finding(owned.Type.Identifier, owned.Type.Identifier.ValueText, owned.Fields[0].Name)
    {
        OtherPlaces = ImmutableArray.CreateRange(owned.Fields, field => field.Locations[0]),
    });
}

/// <summary>A class that makes and keeps clients or handlers which present a binding certificate, and that nobody can dispose.</summary>
internal sealed class OwnedClients(TypeDeclarationSyntax type, ImmutableArray<ISymbol> fields)
{
    public TypeDeclarationSyntax Type => type;

    /// <summary>The fields and properties that keep them.</summary>
    public ImmutableArray<ISymbol> Fields => fields;

    public static IEnumerable<OwnedClients> In(TypeModel model, CancellationToken cancellation)
    {
        if (BindingCode.Of(model, cancellation).Bodies.Count == 0)
            yield break;

        var certified = Certified(model.Flow);
        if (certified.IsEmpty)
            yield break;

        foreach (var declaration in TypeSource.TypesIn(model.Node).OfType<ClassDeclarationSyntax>())
        {
            if (model.Semantics.GetDeclaredSymbol(declaration, cancellation) is not { IsStatic: false } type || IsDisposable(type))
                continue;

            var owned = type.GetMembers()
                .Where(member => member is { IsStatic: false, IsImplicitlyDeclared: false } and (IFieldSymbol or IPropertySymbol)
                    && DeclaredIn(declaration, member)
                    && model.Flow.ValuesOf(member).Any(origin => origin.Value is AllocatedObject made && (certified.Contains(made) || HandlerOf(made, origin.State) is { } handler && certified.Contains(handler))))
                .ToImmutableArray();
            if (owned.IsEmpty)
                continue;

            // A class that disposes them itself, though it is not disposable, is left alone.
            var disposed = DisposedNames.In(declaration).ToList();
            owned = owned.RemoveAll(member => disposed.Contains(member.Name));
            if (!owned.IsEmpty)
                yield return new OwnedClients(declaration, owned);
        }
    }

    public static bool IsDisposable(ITypeSymbol type) => type.AllInterfaces.Any(contract => contract.Name is "IDisposable" or "IAsyncDisposable");

    /// <summary>The handlers that were given a binding certificate.</summary>
    private static ImmutableHashSet<AllocatedObject> Certified(TypeAnalysis flow) => ImmutableHashSet.CreateRange(
        from observation in flow.EventsWith(value => value is MemberOf { Name: MsalNames.BindingCertificate })
        where observation.Arguments.Any(argument => argument.Value is MemberOf { Name: MsalNames.BindingCertificate })
        select WholeOf(observation.Receiver) into handler
        where handler is not null && (HttpObject.Is(handler.Type, HttpObject.ClientHandler) || HttpObject.Is(handler.Type, HttpObject.SocketsHandler))
        select handler);

    private static AllocatedObject? WholeOf(AbstractValue value) => value switch
    {
        AllocatedObject made => made,
        MemberOf part => WholeOf(part.Owner),
        _ => null,
    };

    private static AllocatedObject? HandlerOf(AllocatedObject client, State state) =>
        HttpObject.Is(client.Type, HttpObject.Client) && state[client] is { Steps: { Length: > 0 } steps } ? steps[0]["handler"] as AllocatedObject : null;

    private static bool DeclaredIn(TypeDeclarationSyntax type, ISymbol member) =>
        member.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == type.SyntaxTree && type.Span.Contains(reference.Span));
}
