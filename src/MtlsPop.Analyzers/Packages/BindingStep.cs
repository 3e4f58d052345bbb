using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.Analyzers.Packages;

/// <summary>A step of a bound request as it is written, whether the referenced packages offer it or not.</summary>
internal sealed class BindingStep
{
    private static readonly Evidence<List<BindingStep>> _evidence = new(In);

    private readonly InvocationExpressionSyntax _call;

    private BindingStep(InvocationExpressionSyntax call, SyntaxToken token, Identity identity, bool compiles, MsalLibrary msal, bool certificateIsRenewed = false)
    {
        _call = call;
        CertificateIsRenewed = certificateIsRenewed;
        Token = token;
        Identity = identity;
        Compiles = compiles;
        Msal = msal;
    }

    public SyntaxToken Token { get; }

    public Identity Identity { get; }

    public bool Compiles { get; }

    public MsalLibrary Msal { get; }

    public bool Binds => Token.ValueText == MsalNames.WithMtlsProofOfPossession;

    public bool Attests => Token.ValueText == MsalNames.WithAttestationSupport;

    /// <summary>Whether the token is bound to a certificate that a callback gives, and may give anew.</summary>
    public bool CertificateIsRenewed { get; }

    /// <summary>Whether the chain of calls that the step stands in also has another one.</summary>
    public bool StandsWith(string step) => Chain().Any(call => call != _call && InvocationName.OfMember(call) == step);

    /// <summary>The steps in a type, with what its requests tell of them.</summary>
    public static IEnumerable<BindingStep> Of(TypeModel type, CancellationToken cancellation) => _evidence.Of(type, cancellation);

    private static List<BindingStep> In(TypeModel type, CancellationToken cancellation)
    {
        var overRenewed = OverRenewedCertificates(type);
        return In(type.Node, type.Semantics, type.Msal, cancellation)
            .Select(step => overRenewed.Contains(step.Token) ? new BindingStep(step._call, step.Token, step.Identity, step.Compiles, step.Msal, certificateIsRenewed: true) : step)
            .ToList();
    }

    public static IEnumerable<BindingStep> In(SyntaxNode node, SemanticModel semantics, MsalLibrary msal, CancellationToken cancellation)
    {
        if (!Mentions.Word(node, MsalNames.WithMtlsProofOfPossession) && !Mentions.Word(node, MsalNames.WithAttestationSupport))
            yield break;

        foreach (var name in (string[])[MsalNames.WithMtlsProofOfPossession, MsalNames.WithAttestationSupport, MsalNames.WithClaimsFromClient])
        {
            foreach (var token in Mentions.Names(node, name))
            {
                if (token.Parent?.Parent?.Parent is InvocationExpressionSyntax call
                    && InvocationName.Of(call) == token
                    && Of(call, token, semantics, msal, cancellation) is { Identity: not Identity.Other } step)
                    yield return step;
            }
        }
    }

    private static BindingStep? Of(InvocationExpressionSyntax call, SyntaxToken name, SemanticModel semantics, MsalLibrary msal, CancellationToken cancellation)
    {
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method)
        {
            var declared = method.ReducedFrom ?? method;
            var request = declared.IsExtensionMethod ? declared.Parameters[0].Type : declared.ContainingType;
            return msal.Owns(method) ? new BindingStep(call, name, IdentityOf(request.Name), compiles: true, msal) : null;
        }

        if (call.Expression is not MemberAccessExpressionSyntax { Expression: var receiver })
            return null;

        var type = semantics.GetTypeInfo(receiver, cancellation).Type;
        if (type is not null and not IErrorTypeSymbol)
            return msal.OwnsType(type) ? new BindingStep(call, name, IdentityOf(type.Name), compiles: false, msal) : null;

        // Where the chain itself does not compile, its beginning tells.
        return new BindingStep(call, name, IdentityBegunBy(receiver), compiles: false, msal);
    }

    /// <summary>Asked only of an MSAL in which it matters.</summary>
    private static ImmutableHashSet<SyntaxToken> OverRenewedCertificates(TypeModel type) =>
        KnownDefects.Of(Feature.RenewedCertificateBinding).Any(defect => defect.IsIn(type.Msal.Version))
            ? type.Requests.Where(BindsWhatIsRenewed).SelectMany(request => request.Given(MsalNames.WithMtlsProofOfPossession)).Select(given => given.Step.Token).ToImmutableHashSet()
            : ImmutableHashSet<SyntaxToken>.Empty;

    private static bool BindsWhatIsRenewed(TokenRequest request) =>
        request.Credentials.ToList() is { Count: > 0 } credentials && credentials.TrueForAll(credential => credential.ComesFromCallback);

    private static Identity IdentityBegunBy(ExpressionSyntax chain) => FluentChain.Back(chain)
        .Select(InvocationName.OfMember)
        .Select(name => name == MsalNames.AcquireTokenForManagedIdentity ? Identity.ManagedIdentity : name == MsalNames.AcquireTokenForClient ? Identity.Client : Identity.Other)
        .FirstOrDefault(identity => identity != Identity.Other);

    private static Identity IdentityOf(string request) => request switch
    {
        MsalNames.ManagedIdentityRequestBuilder => Identity.ManagedIdentity,
        MsalNames.ClientRequestBuilder => Identity.Client,
        _ => Identity.Other,
    };

    private IEnumerable<InvocationExpressionSyntax> Chain() => FluentChain.Back(FluentChain.On(_call).LastOrDefault() ?? _call);
}
