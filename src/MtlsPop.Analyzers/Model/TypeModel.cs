using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>What one type, or the top-level statements of one file, does with MSAL. AllocatedObject once, for the rules of all categories.</summary>
internal sealed class TypeModel
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxNode, Slot>> _models = new();

    private readonly Dictionary<SyntaxNode, bool> _broken = [];
    private readonly Lazy<ImmutableArray<Assertion>> _assertions;
    private readonly Lazy<ImmutableArray<SecondLeg>> _secondLegs;

    private TypeModel(MsalLibrary msal, TypeSource source, SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        Msal = msal;
        Node = node;
        Semantics = semantics;
        Flow = TypeAnalysis.Of(msal, source, semantics, cancellation);
        Requests = TokenRequest.In(Flow);
        _assertions = new(() => Assertion.In(Flow));
        _secondLegs = new(() => SecondLeg.In(this).ToImmutableArray());
    }

    public MsalLibrary Msal { get; }

    /// <summary>The outermost type, or the file whose top-level statements are meant.</summary>
    public SyntaxNode Node { get; }

    public SemanticModel Semantics { get; }

    public TypeAnalysis Flow { get; }

    public ImmutableArray<TokenRequest> Requests { get; }

    /// <summary>The assertions that code makes and returns.</summary>
    public ImmutableArray<Assertion> Assertions => _assertions.Value;

    /// <summary>The second legs that are tried with a managed identity.</summary>
    public ImmutableArray<SecondLeg> SecondLegs => _secondLegs.Value;

    /// <summary>Whether the body around a place does not compile: what it means is then anybody's guess.</summary>
    public bool IsBroken(SyntaxNode place)
    {
        if (TypeSource.BodyAround(place) is not { } body)
            return false;

        // Analyzers run concurrently on this instance.
        lock (_broken)
        {
            if (!_broken.TryGetValue(body, out var broken))
                _broken.Add(body, broken = Flow.IsBroken(body));
            return broken;
        }
    }

    /// <summary>Null where the node's text does not mention MSAL.</summary>
    public static TypeModel? Of(SyntaxNode node, SemanticModel semantics, MsalLibrary msal, CancellationToken cancellation)
    {
        if (!Mentions.In(node, cancellation))
            return null;

        var slot = _models.GetOrCreateValue(semantics.Compilation).GetOrAdd(node, _ => new Slot());
        lock (slot)
        {
            if (!slot.Filled)
            {
                slot.Model = TypeSource.Of(node, semantics, cancellation) is { } source ? new TypeModel(msal, source, node, semantics, cancellation) : null;
                slot.Filled = true;
            }

            return slot.Model;
        }
    }

    private sealed class Slot
    {
        public bool Filled { get; set; }

        public TypeModel? Model { get; set; }
    }
}
