using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>What has to do with tokens: types of MSAL, of HTTP and of certificates, and what happens to their objects.</summary>
internal sealed class Subject(MsalLibrary msal)
{
    private const string Authorization = nameof(Authorization);

    private readonly Dictionary<ITypeSymbol, bool> _types = new(SymbolEqualityComparer.Default);

    public bool Includes(ITypeSymbol type)
    {
        if (!_types.TryGetValue(type, out var included))
        {
            // A type that is made of itself.
            _types[type] = false;
            _types[type] = included = type switch
            {
                IArrayTypeSymbol array => Includes(array.ElementType),
                INamedTypeSymbol named => msal.OwnsType(named) || IsOfHttpOrCryptography(named) || named.TypeArguments.Any(Includes),
                _ => false,
            };
        }

        return included;
    }

    /// <summary>Whether a rule may ask about it.</summary>
    public bool Includes(TraceEvent happened) =>
        IsAbout(happened.Operation)
        || Includes(happened.Receiver)
        || Includes(happened.Result)
        || happened.Arguments.Any(argument => Includes(argument.Value) || argument.Value is ConstantValue { Data: Authorization } or SymbolicInput { Symbol.Name: Authorization });

    /// <summary>Whether it makes a difference to a rule which of several values it is.</summary>
    public bool IsTelling(AbstractValue value) => value is not (SymbolicInput or MemberOf or { IsUnknown: true } or ConstantValue { Data: null }) || Includes(value);

    private bool IsAbout(IOperation? operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } => method.Name == "Dispose" || IsMemberOfIt(method),
        IObjectCreationOperation { Type: { } made } => Includes(made),
        ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var member } } => IsMemberOfIt(member),
        IMemberReferenceOperation { Member: var member } => IsMemberOfIt(member),
        _ => false,
    };

    private bool IsMemberOfIt(ISymbol member) => member.ContainingType is { } type && (Includes(type) || msal.Owns(member));

    private bool Includes(AbstractValue value) => value switch
    {
        AllocatedObject made => Includes(made.Type),
        SymbolicInput { Symbol: var symbol } => TypeOf(symbol) is { } type && Includes(type),
        MemberOf member => Includes(member.Owner),
        OneOf or SequenceValue or TextValue or LazyValue => value.Parts.Any(Includes),
        _ => false,
    };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static bool IsOfHttpOrCryptography(INamedTypeSymbol type)
    {
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space is { Name: "Http", ContainingNamespace: { Name: "Net", ContainingNamespace.Name: "System" } }
                or { Name: "Cryptography", ContainingNamespace: { Name: "Security", ContainingNamespace.Name: "System" } })
                return true;
        }

        return false;
    }
}
