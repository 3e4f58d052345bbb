using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MtlsPop.Gate.Documents;

/// <summary>Names that a block uses and only something outside of the document declares: of a type, and with a value that nobody knows.</summary>
internal static partial class GivenNames
{
    /// <summary>What MSAL's words are said of: a name of which one of them is asked has that type.</summary>
    private static readonly string[] _types =
    [
        "Microsoft.Identity.Client.IConfidentialClientApplication",
        "Microsoft.Identity.Client.IManagedIdentityApplication",
        "Microsoft.Identity.Client.AuthenticationResult",
        "Microsoft.Identity.Client.AcquireTokenForClientParameterBuilder",
        "Microsoft.Identity.Client.AcquireTokenForManagedIdentityParameterBuilder",
        "Microsoft.Identity.Client.ConfidentialClientApplicationBuilder",
    ];

    private const string CertificateType = "global::System.Security.Cryptography.X509Certificates.X509Certificate2";

    private static readonly SyntaxTree _import = CSharpSyntaxTree.ParseText("global using static Given;", ParsedBlock.Options);

    public static IReadOnlyDictionary<string, string> None { get; } = new Dictionary<string, string>();

    /// <summary>By what is asked of it, or else by its place; null where neither tells.</summary>
    public static string? Declare(UndeclaredName name, Declaration? declared, CSharpCompilation compilation)
    {
        var type = declared?.Type ?? (name.Members.Count > 0 ? TypeWith(name.Members, compilation) : name.Expected ?? (Certificate().IsMatch(name.Name) ? CertificateType : null));
        if (type is null || (type == "void" && !name.IsMethod))
            return null;
        return name.IsMethod ? $"{type} @{name.Name}(params object[] arguments) => throw null;" : $"{type} @{name.Name} {{ get; set; }}";
    }

    public static CSharpCompilation AddTo(CSharpCompilation compilation, IReadOnlyDictionary<string, string> given, DocumentReferences references)
    {
        var members = given.OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => $"    public static {name.Value}\n");
        var assembly = CSharpCompilation.Create(
            "Given",
            [CSharpSyntaxTree.ParseText($"public static class Given\n{{\n{string.Concat(members)}}}", ParsedBlock.Options)],
            references.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return compilation.AddSyntaxTrees(_import).AddReferences(InMemory.Emit(assembly));
    }

    private static string? TypeWith(IReadOnlyList<string> members, CSharpCompilation compilation)
    {
        var msal = compilation.SourceModule.ReferencedAssemblySymbols.First(assembly => assembly.Name == "Microsoft.Identity.Client");
        return _types.FirstOrDefault(name => msal.GetTypeByMetadataName(name) is { } type && members.All(member => HasMember(type, member))) is { } found
            ? $"global::{found}"
            : null;
    }

    /// <summary>A certificate that is loaded by a method which is not shown is called one.</summary>
    [GeneratedRegex(@"cert(ificate)?(From\w+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Certificate();

    private static bool HasMember(INamedTypeSymbol type, string member)
    {
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            if (!declaring.GetMembers(member).IsEmpty || declaring.AllInterfaces.Any(contract => !contract.GetMembers(member).IsEmpty))
                return true;
        }

        return false;
    }
}
