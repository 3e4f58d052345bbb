using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Repairs;

/// <summary>A type of MSAL that is named without the using of its namespace.</summary>
internal sealed class TypeNotImported(string type, string inNamespace) : Repair("CS0103", "CS0246")
{
    public override PlannedEdit? Plan(FixContext context, MsalLibrary msal) =>
        context.Token.ValueText == type && msal.Has($"{inNamespace}.{type}")
            ? new PlannedEdit($"Repair.Import.{inNamespace}", $"using {inNamespace};", _ => { }) { Usings = [inNamespace] }
            : null;
}
