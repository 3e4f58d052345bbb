using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>What one type, or the top-level statements of one file, does with MSAL. Made once, for the rules of all rooms.</summary>
internal sealed class TypeModel
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxNode, Slot>> _models = new();

    private readonly List<object> _facts = [];
    private readonly Dictionary<SyntaxNode, bool> _broken = [];

    private TypeModel(MsalLibrary msal, TypeSource source, SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        Msal = msal;
        Semantics = semantics;
        Flow = new TypeFlow(msal, source, semantics, cancellation);
        Requests = TokenRequest.In(Flow);
        BindingCode = BindingCode.In(this, node, cancellation);
        _facts.AddRange(Requests);
        _facts.AddRange(BoundAssertionOverload.In(Flow));
        _facts.AddRange(ClientScope.In(Flow, semantics, cancellation));
        _facts.AddRange(SilentAttempt.In(Flow));
        _facts.AddRange(ShortLivedApplication.In(Requests, Flow));
        _facts.AddRange(CertificateUse.In(Flow));
        _facts.AddRange(Assertion.In(Flow));
        _facts.AddRange(AssertionSource.In(this).ToList());
        _facts.AddRange(FirstLeg.In(this).ToList());
        _facts.AddRange(MislabelledToken.In(Flow));
        _facts.AddRange(Disposal.In(Flow));
        _facts.AddRange(KeyExport.In(Flow));
        _facts.AddRange(InsecureCall.In(Flow));
        _facts.AddRange(UncertifiedToken.In(Flow));
        _facts.AddRange(ShortLivedClient.In(Flow));
        _facts.AddRange(TokenTypeComparison.In(Flow));
        _facts.AddRange(BindingStep.In(this, node, cancellation));
        _facts.AddRange(SecondLeg.In(this, node, cancellation));
        _facts.AddRange(Await.In(this));
        _facts.AddRange(CancellableCall.In(this, cancellation));
        _facts.AddRange(PublicMethod.In(this, cancellation));
        _facts.AddRange(UncheckedInput.In(this));
        _facts.AddRange(OwnedClients.In(this, node, cancellation));
        _facts.AddRange(DisposableUse.In(this, node, cancellation));
        _facts.AddRange(LegWord.In(this, node, cancellation).ToList());
    }

    public MsalLibrary Msal { get; }

    public SemanticModel Semantics { get; }

    public TypeFlow Flow { get; }

    public ImmutableArray<TokenRequest> Requests { get; }

    public BindingCode BindingCode { get; }

    public IEnumerable<TFact> All<TFact>() => _facts.OfType<TFact>();

    /// <summary>Whether the body around a place does not compile: what it means is then anybody's guess.</summary>
    public bool IsBroken(SyntaxNode place)
    {
        if (TypeSource.BodyAround(place) is not { } body)
            return false;

        // The rooms judge at the same time.
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
