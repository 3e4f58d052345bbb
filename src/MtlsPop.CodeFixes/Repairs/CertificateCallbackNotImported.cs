using MtlsPop.Analyzers.Msal;

namespace MtlsPop.CodeFixes.Repairs;

/// <summary>
/// A callback that provides the certificate: an overload from another namespace, which from 4.82.0 on demands options too.
/// </summary>
internal sealed class CertificateCallbackNotImported() : Repair("CS1503", "CS1660")
{
    private const string Namespace = "Microsoft.Identity.Client.Extensibility";
    private const string Extensions = Namespace + ".ConfidentialClientApplicationBuilderExtensions";
    private const string Options = "Microsoft.Identity.Client.AppConfig";
    private const string ChainSent = $"new {MsalNames.CertificateOptions} {{ {MsalNames.SendX5C} = true }}";

    public override PlannedEdit? Plan(FixContext context, MsalLibrary msal)
    {
        var call = context.Token.Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>(ancestor =>
            ancestor.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.WithCertificate }
            && ancestor.ArgumentList.Span.Contains(context.Diagnostic.Location.SourceSpan));
        if (call is null || !msal.Has(Extensions))
            return null;

        if (Binds(call, call.ArgumentList, context))
            return new PlannedEdit("Repair.CertificateCallback", $"using {Namespace};", _ => { }) { Usings = [Namespace] };

        var withOptions = call.ArgumentList.AddArguments(
            SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"new {Options}.{ChainSent.Substring(4)}")));
        return context.Language >= LanguageVersion.CSharp9 && call.ArgumentList.Arguments.Count == 1 && Binds(call, withOptions, context)
            ? new PlannedEdit("Repair.CertificateCallback", $"Send the chain, and using {Namespace};", editor =>
                editor.ReplaceNode(call, (current, _) => SendChain((InvocationExpressionSyntax)current)))
            {
                Usings = [Namespace, Options],
            }
            : null;
    }

    private static InvocationExpressionSyntax SendChain(InvocationExpressionSyntax call) =>
        call.WithArgumentList(call.ArgumentList.AddArguments(SyntaxFactory.Argument(SyntaxFactory.ParseExpression(ChainSent))))
            .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>Whether the call is the extension method's, once that is imported.</summary>
    private static bool Binds(InvocationExpressionSyntax call, ArgumentListSyntax arguments, FixContext context)
    {
        var receiver = ((MemberAccessExpressionSyntax)call.Expression).Expression;
        var extension = SyntaxFactory.InvocationExpression(
            SyntaxFactory.ParseExpression($"global::{Extensions}.{MsalNames.WithCertificate}"),
            arguments.WithArguments(arguments.Arguments.Insert(0, SyntaxFactory.Argument(receiver.WithoutTrivia()))));
        return context.Semantics.GetSpeculativeSymbolInfo(call.SpanStart, extension, SpeculativeBindingOption.BindAsExpression).Symbol
            is not null;
    }
}
