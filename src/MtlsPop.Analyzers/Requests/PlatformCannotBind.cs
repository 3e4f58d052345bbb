using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Requests;

/// <summary>
/// A managed identity's request is bound where the code may run on another system than Windows, or on a .NET Framework whose MSAL cannot bind.
/// <para>Reports: a managed identity's bound request in code for any system, or for a .NET Framework before 4.7.2.</para>
/// <para>Leaves alone: code for Windows; code with a condition on Windows around or before it, whichever branch that guards.</para>
/// </summary>
internal sealed class PlatformCannotBind() : Rule(Rules.PlatformCannotBind)
{
    public override void Judge(TypeModel type, Report report)
    {
        var target = Platform.Of(type.Semantics.Compilation);
        if (target == Platform.Windows)
            return;

        foreach (var (_, step) in type.Requests.Where(request => request.Identity == Identity.ManagedIdentity).SelectMany(request => request.Given(MsalNames.WithMtlsProofOfPossession)))
        {
            if (target == Platform.OldFramework)
                report.At(step.Token, "from .NET Framework 4.7.2 on", "target that or later");
            else if (!Platform.MayBeGuarded(step.Syntax))
                report.At(step.Token, "on Windows", "ask 'OperatingSystem.IsWindows()' first");
        }
    }
}

/// <summary>The platform that a project is built for, as far as its assembly says so.</summary>
internal sealed class Platform
{
    private const string Framework = ".NETFramework,Version=v";

    public static readonly Platform Any = new();

    public static readonly Platform Windows = new();

    /// <summary>A .NET Framework for which MSAL's build without mutual TLS is taken.</summary>
    public static readonly Platform OldFramework = new();

    public static Platform Of(Compilation compilation)
    {
        foreach (var attribute in compilation.Assembly.GetAttributes())
        {
            if (attribute is not { AttributeClass.Name: var name, ConstructorArguments: [{ Value: string said }, ..] })
                continue;

            if (name is "SupportedOSPlatformAttribute" or "TargetPlatformAttribute" && said.StartsWith("windows", StringComparison.OrdinalIgnoreCase))
                return Windows;
            if (name == "TargetFrameworkAttribute" && said.StartsWith(Framework, StringComparison.Ordinal))
                return Version.TryParse(said.Substring(Framework.Length), out var version) && version < new Version(4, 7, 2) ? OldFramework : Windows;
        }

        return Any;
    }

    /// <summary>Whether a condition around the code, one before it, or an attribute over it speaks of Windows. Which branch the condition guards is not checked.</summary>
    public static bool MayBeGuarded(SyntaxNode code)
    {
        for (var (inner, outer) = (code, code.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            var speaks = outer switch
            {
                IfStatementSyntax branch => SpeaksOfWindows(branch.Condition),
                ConditionalExpressionSyntax choice => SpeaksOfWindows(choice.Condition),
                BinaryExpressionSyntax both => both.Right == inner && SpeaksOfWindows(both.Left),
                SwitchStatementSyntax @switch => SpeaksOfWindows(@switch),
                SwitchExpressionSyntax @switch => SpeaksOfWindows(@switch),
                BlockSyntax block => block.Statements.TakeWhile(statement => statement != inner).Any(statement => SpeaksOfWindows(statement)),
                CompilationUnitSyntax unit => unit.Members.TakeWhile(member => member != inner).OfType<GlobalStatementSyntax>().Any(SpeaksOfWindows),
                MemberDeclarationSyntax member => member.AttributeLists.Any(SpeaksOfWindows),
                LocalFunctionStatementSyntax function => function.AttributeLists.Any(SpeaksOfWindows),
                _ => false,
            };
            if (speaks)
                return true;
        }

        return false;
    }

    private static bool SpeaksOfWindows(SyntaxNode node) => node.DescendantTokens().Any(token => token.ValueText.IndexOf("windows", StringComparison.OrdinalIgnoreCase) >= 0);
}
