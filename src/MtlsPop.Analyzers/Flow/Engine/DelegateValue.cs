using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>A delegate to code whose source is here.</summary>
/// <param name="method">The method, local function or lambda.</param>
/// <param name="lambda">The lambda, and <paramref name="graph"/> the body that makes it; null for a method.</param>
/// <param name="graph">The body that makes the delegate.</param>
/// <param name="callSite">The calls that led to that body.</param>
/// <param name="captured">The variables that it took along, once the call that made it has returned; default before.</param>
/// <param name="variables">Their values.</param>
internal sealed class DelegateValue(
    IMethodSymbol method, IFlowAnonymousFunctionOperation? lambda, ControlFlowGraph graph, CallSite? callSite, ImmutableArray<ISymbol> captured, ImmutableArray<AbstractValue> variables)
    : AbstractValue(Hash(SymbolEqualityComparer.Default.GetHashCode(method), callSite?.GetHashCode() ?? 0), DepthOf(variables), AnyOpen(variables))
{
    private HashSet<string>? _names;

    public DelegateValue(IMethodSymbol method, IFlowAnonymousFunctionOperation? lambda, ControlFlowGraph graph)
        : this(method, lambda, graph, null, default, ImmutableArray<AbstractValue>.Empty)
    {
    }

    public IMethodSymbol Method => method;

    public IFlowAnonymousFunctionOperation? Lambda => lambda;

    public ControlFlowGraph Graph => graph;

    public CallSite? CallSite => callSite;

    public bool IsOutlived => !captured.IsDefault;

    /// <summary>Whether its code names the variable.</summary>
    public bool Names(ISymbol variable)
    {
        if (_names is null)
        {
            var code = lambda?.Syntax ?? (method.MethodKind == MethodKind.LocalFunction ? method.DeclaringSyntaxReferences[0].GetSyntax() : null);
            _names = code is null ? [] : [.. code.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText)];
        }

        return _names.Contains(variable.Name);
    }

    /// <summary>The value of a variable that it took along; null where it did not take it.</summary>
    public AbstractValue? ValueOf(ISymbol variable)
    {
        for (var i = 0; i < captured.Length; i++)
        {
            if (SymbolEqualityComparer.Default.Equals(captured[i], variable))
                return variables[i];
        }

        return null;
    }

    public override ImmutableArray<AbstractValue> Parts => variables;

    public override AbstractValue WithParts(ImmutableArray<AbstractValue> parts) => new DelegateValue(method, lambda, graph, callSite, captured, parts);

    public DelegateValue At(CallSite? site, ImmutableArray<ISymbol> capturedNow, ImmutableArray<AbstractValue> values) => new(method, lambda, graph, site, capturedNow, values);

    private protected override bool IsSame(AbstractValue other) =>
        other is DelegateValue same
        && SymbolEqualityComparer.Default.Equals(method, same.Method)
        && lambda?.Syntax == same.Lambda?.Syntax
        && Equals(callSite, same.CallSite)
        && Same(variables, same.Parts);
}

/// <summary>What <c>new Lazy&lt;T&gt;(factory)</c> makes: the value that the factory gives is the same one whenever asked.</summary>
internal sealed class LazyValue(AbstractValue value) : AbstractValue(Hash(8, value.GetHashCode()), value.Depth + 1, value.IsOpen)
{
    public AbstractValue Value => value;

    public override ImmutableArray<AbstractValue> Parts => ImmutableArray.Create(value);

    public override AbstractValue WithParts(ImmutableArray<AbstractValue> parts) => new LazyValue(parts[0]);

    private protected override bool IsSame(AbstractValue other) => value.Equals(((LazyValue)other).Value);
}
