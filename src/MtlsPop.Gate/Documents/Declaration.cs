using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MtlsPop.Gate.Documents;

/// <summary>What a program declares by a name, for the blocks after it.</summary>
internal sealed class Declaration
{
    private readonly SemanticModel _model;
    private readonly ITypeSymbol? _type;

    private Declaration(SemanticModel model, ITypeSymbol? type)
    {
        _model = model;
        _type = type;
    }

    /// <summary>The type as another program can write it.</summary>
    public string? Type => UndeclaredName.Written(_type, _model.Compilation);

    public static Declaration Find(string name, CompiledProgram declaring)
    {
        var model = declaring.Model;
        var declaration = declaring.Program.Tree.GetRoot().DescendantNodes().FirstOrDefault(node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText == name,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText == name,
            PropertyDeclarationSyntax property => property.Identifier.ValueText == name,
            _ => false,
        });
        return new Declaration(model, declaration is null ? null : model.GetDeclaredSymbol(declaration) switch
        {
            ILocalSymbol local => local.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        });
    }

    /// <summary>Whether it has what is asked of it; what is not known may have it.</summary>
    public bool Has(IEnumerable<string> members) =>
        _type is null or { TypeKind: TypeKind.Error }
        || members.All(member => !_model.LookupSymbols(_model.SyntaxTree.Length, _type, member, includeReducedExtensionMethods: true).IsEmpty);
}
