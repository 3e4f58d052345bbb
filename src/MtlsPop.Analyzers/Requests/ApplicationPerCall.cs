using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Requests;

/// <summary>A method that runs per call builds the application which it asks for a token, and with it a new, empty cache.</summary>
internal sealed class ApplicationPerCall() : Rule<ShortLivedApplication>(Rules.ApplicationPerCall)
{
    protected override void Judge(ShortLivedApplication application, Report report) =>
        report.At(application.Build.Token, application.Identity == Identity.ManagedIdentity ? "binding certificate" : "token cache");
}
