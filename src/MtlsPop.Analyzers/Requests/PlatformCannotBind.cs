using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Requests;

/// <summary>A managed identity's request is bound where the code may run on another system than Windows, or on a .NET Framework whose MSAL cannot bind.</summary>
internal sealed class PlatformCannotBind() : Rule(Rules.PlatformCannotBind)
{
    public override void Judge(TypeModel type, Report report)
    {
        var target = Platform.Of(type.Semantics.Compilation);
        if (target == Platform.Windows)
            return;

        foreach (var (_, step) in type.Requests.Where(request => request.Identity == Identity.ManagedIdentity).SelectMany(request => request.Given(Names.WithMtlsProofOfPossession)))
        {
            if (target == Platform.OldFramework)
                report.At(step.Token, "from .NET Framework 4.7.2 on", "target that or later");
            else if (!Platform.MayBeGuarded(step.Syntax))
                report.At(step.Token, "on Windows", "ask 'OperatingSystem.IsWindows()' first");
        }
    }
}
