using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>What fields and automatic properties are set to, where only their own type sets them.</summary>
internal sealed class MemberValues(ProgramAnalysis program)
{
    private const int Limit = 8;

    /// <summary>Far more than a value of real code may be.</summary>
    private const int CandidateLimit = 64;

    private static readonly ImmutableArray<EvaluationResult> _isNull = ImmutableArray.Create(new EvaluationResult(AbstractValue.Null, new State(new Numbering())));

    private readonly Dictionary<ISymbol, ImmutableArray<EvaluationResult>> _known = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _asked = new(SymbolEqualityComparer.Default);

    /// <summary>All values that the member can have; empty where nobody knows.</summary>
    public ImmutableArray<EvaluationResult> Of(ISymbol member)
    {
        if (_known.TryGetValue(member, out var known))
            return known;

        // A member that is set from itself.
        if (!_asked.Add(member))
            return ImmutableArray<EvaluationResult>.Empty;

        var values = IsSetByItsTypeOnly(member) && member.ContainingType is { } type ? In(type, member) : ImmutableArray<EvaluationResult>.Empty;
        _asked.Remove(member);
        return _known[member] = values;
    }

    /// <summary>The value, its parts, and what it may be where it is a field or a choice.</summary>
    public IEnumerable<AbstractValue> Candidates(AbstractValue value)
    {
        if (value is ConstantValue or { IsUnknown: true } or AllocatedObject)
            return [value];

        var candidates = new HashSet<AbstractValue>();
        var waiting = new Stack<AbstractValue>();
        waiting.Push(value);
        while (waiting.Count > 0 && candidates.Count < CandidateLimit)
        {
            var next = waiting.Pop();
            if (!candidates.Add(next))
                continue;

            switch (next)
            {
                case SymbolicInput { Symbol: IFieldSymbol or IPropertySymbol } input:
                    foreach (var given in Of(input.Symbol))
                        waiting.Push(given.Value);
                    break;

                case MemberOf { Owner: var owner, Name: var name }:
                    foreach (var candidate in Candidates(owner))
                        waiting.Push(MemberOf.Of(candidate, name));
                    break;

                case OneOf or SequenceValue or TextValue or LazyValue:
                    foreach (var part in next.Parts)
                        waiting.Push(part);
                    break;
            }
        }

        return candidates;
    }

    private ImmutableArray<EvaluationResult> In(INamedTypeSymbol type, ISymbol member)
    {
        var hasInitializer = false;
        var values = new List<EvaluationResult>();
        foreach (var body in BodiesThatSet(type, member, ref hasInitializer))
        {
            var summary = program.SummaryOf(body);
            if (!summary.IsUnderstood)
                return ImmutableArray<EvaluationResult>.Empty;

            foreach (var set in summary.Events)
            {
                if (SymbolEqualityComparer.Default.Equals(set.Stored, member))
                    values.AddRange(Assigned(set));
            }
        }

        var isSetOnce = member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null };
        if (values.Count == 0)
            return isSetOnce || hasInitializer ? ImmutableArray<EvaluationResult>.Empty : _isNull;

        if (values.Select(value => value.Value).Distinct().Count() > Limit)
            return ImmutableArray<EvaluationResult>.Empty;

        // A parameter says no more than the field that keeps it.
        if (values.Exists(value => value.Value is { IsUnknown: true } or OneOf { MayBeUnknown: true }) || !values.Exists(SaysMore))
            return ImmutableArray<EvaluationResult>.Empty;

        var all = values.ToImmutableArray();
        return isSetOnce || hasInitializer ? all : all.AddRange(_isNull);
    }

    private bool SaysMore(EvaluationResult value) => value.Value switch
    {
        ConstantValue { Data: null } => false,
        SymbolicInput { Symbol: IParameterSymbol { Type: var type } } => program.Msal.Is(type, MsalNames.AuthenticationResult),
        _ => true,
    };

    private IEnumerable<EvaluationResult> Assigned(TraceEvent set)
    {
        // What a private constructor is given is known where it is called.
        if (set.Arguments[0].Value is SymbolicInput { Symbol: IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor, DeclaredAccessibility: Accessibility.Private } constructor } }
            && set.CallSite is null)
        {
            var calls = CallsOf(constructor, set).ToList();
            if (calls.Count > 0)
                return calls;
        }

        return new Closing(program).Of(set).Select(closed => new EvaluationResult(closed.Arguments[0].Value, closed.State.ForgetNulls()));
    }

    private IEnumerable<EvaluationResult> CallsOf(IMethodSymbol constructor, TraceEvent set)
    {
        foreach (var part in Parts(constructor.ContainingType))
        {
            foreach (var body in TypeSource.Bodies(part).Where(body => Mentions.Word(body, "new")))
            {
                foreach (var lifted in program.SummaryOf(program.BodyAt(body)).Events)
                {
                    if (lifted.CallSite is not null && lifted.Operation == set.Operation)
                    {
                        foreach (var closed in new Closing(program).Of(lifted))
                            yield return new EvaluationResult(closed.Arguments[0].Value, closed.State.ForgetNulls());
                    }
                }
            }
        }
    }

    private List<CodeBody> BodiesThatSet(INamedTypeSymbol type, ISymbol member, ref bool hasInitializer)
    {
        var bodies = new List<CodeBody>();
        foreach (var part in Parts(type))
        {
            foreach (var syntax in TypeSource.Bodies(part))
            {
                if (TypeSource.IsInitializerOf(syntax, member))
                    hasInitializer = true;
                else if (!TypeSource.Assigns(syntax, member.Name))
                    continue;

                bodies.Add(program.BodyAt(syntax));
            }
        }

        return bodies;
    }

    private static IEnumerable<SyntaxNode> Parts(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer)
            type = outer;
        return type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).Where(part => part is TypeDeclarationSyntax);
    }

    private static bool IsSetByItsTypeOnly(ISymbol member) => member switch
    {
        IFieldSymbol { IsConst: false } field => field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private,
        IPropertySymbol { IsVirtual: false, IsAbstract: false, IsOverride: false } property =>
            property.SetMethod is null or { IsInitOnly: false, DeclaredAccessibility: Accessibility.Private },
        _ => false,
    };
}
