using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Runtime;

/// <summary>
/// The call of MtlsPop.Runtime that builds the same application: steps that it has a parameter for become arguments, the others are taken
/// along.
/// </summary>
internal sealed class RuntimeApplication(InvocationExpressionSyntax build, FixContext context)
{
    public const string Factories = "MtlsPopApplication";
    private const string AttemptRegionDiscovery = "ConfidentialClientApplication.AttemptRegionDiscovery";
    private const string AttemptRegionDiscoveryValue = "TryAutoDetect";
    private const string PublicCloud = "https://login.microsoftonline.com/";

    private readonly ISymbol? _named = context.Semantics.LookupNamespacesAndTypes(build.SpanStart, name: Factories).FirstOrDefault();

    /// <summary>The namespace to import for the call, if it is not imported yet.</summary>
    public IReadOnlyCollection<string> MissingUsings => _named is null ? [MsalNames.RuntimeNamespace] : [];

    /// <summary>Null where the runtime's factories cannot say the same, or would refuse it.</summary>
    public ExpressionSyntax? Call()
    {
        if (!context.References(MsalNames.RuntimeAssembly)
            || build.ContainsDirectives
            || Statements.HoldComment([build])
            || build.DescendantTokens().Any(token => token.Text.Contains('\n')))
            return null;

        var steps = FluentChain.Back(build).Skip(1).Reverse().ToList();
        if (steps is not [{ ArgumentList.Arguments: [var identity] } create, ..] || InvocationName.OfMember(create) != MsalNames.Create)
            return null;

        var call = context.Semantics.GetSymbolInfo(create, context.Cancellation).Symbol?.ContainingType.Name switch
        {
            MsalNames.ManagedIdentityApplicationBuilder => Call("ManagedIdentity", [Indentation.Decrease(identity.Expression)], steps.Skip(1)),
            MsalNames.ConfidentialClientApplicationBuilder => OfClient(identity.Expression, steps),
            _ => null,
        };
        return call is null
            ? null
            : SyntaxFactory.ParseExpression(
                call.Replace("\n", LineEnding.Of(context.Root).ToString()),
                options: context.Root.SyntaxTree.Options);
    }

    private string? OfClient(ExpressionSyntax clientId, IReadOnlyList<InvocationExpressionSyntax> steps)
    {
        var authorities = steps.Where(step =>
            InvocationName.OfMember(step) == MsalNames.WithTenantId || InvocationName.OfMember(step).EndsWith("Authority", StringComparison.Ordinal))
            .ToList();
        var credentials = steps.Where(step =>
            InvocationName.OfMember(step) is MsalNames.WithCertificate or MsalNames.WithClientAssertion or MsalNames.WithClientSecret or MsalNames.WithClientClaims)
            .ToList();
        var regions = steps.Where(step => InvocationName.OfMember(step) == MsalNames.WithAzureRegion).ToList();
        if (authorities is not [var authority]
            || AuthorityOf(authority) is not { } uri
            || credentials is not [var credential]
            || regions.Count > 1)
            return null;

        var (factory, proof) = InvocationName.OfMember(credential) switch
        {
            MsalNames.WithCertificate => ("Certificate", CertificateOf(credential)),
            MsalNames.WithClientAssertion
                when uri.Value.StartsWith(PublicCloud, StringComparison.OrdinalIgnoreCase) => ("Federated", FirstLegOf(credential)),
            _ => ("", null),
        };
        var region = regions.Count == 1 ? RegionOf(regions[0]) : "";
        if (proof is null || region is null)
            return null;

        var arguments = new List<string> { Indentation.Decrease(clientId), $"new {context.SystemType(nameof(Uri))}({uri.Code})", Indentation.Decrease(proof) };
        return Call(factory, arguments, steps.Skip(1).Except([authority, credential, .. regions]), region);
    }

    /// <summary>
    /// On lines of their own, where the steps are. Null where MSAL is given an HTTP factory that the runtime would not take.
    /// </summary>
    private string? Call(string factory, List<string> arguments, IEnumerable<InvocationExpressionSyntax> others, string region = "")
    {
        var http = others.Where(step => InvocationName.OfMember(step) == MsalNames.WithHttpClientFactory).ToList();
        if (http.Count > 1 || http.Any(step => !GivesMtlsFactory(step)))
            return null;

        var ownLines = build.ToString().Contains('\n');
        var steps = others.Except(http)
            .Select(step =>
                $"{(ownLines ? "\n    " : "")}.{((MemberAccessExpressionSyntax)step.Expression).Name}{Indentation.Increase(Indentation.Decrease(step.ArgumentList), "    ")}")
            .ToList();
        var options = new List<string>();
        if (region.Length > 0)
            options.Add($"Region = {region}");
        options.AddRange(http.Select(step => $"HttpClientFactory = {Indentation.Decrease(step.ArgumentList.Arguments[0].Expression)}"));
        if (steps.Count > 0)
        {
            var builder = FreshName.In(build, context, "builder");
            options.Add($"Configure = {builder} => {builder}{string.Concat(steps)}");
        }

        if (options.Count > 0)
        {
            arguments.Add(ownLines
                ? $"new()\n{{\n    {string.Join(",\n    ", options.Select(option => Indentation.Increase(option, "    ")))},\n}}"
                : $"new() {{ {string.Join(", ", options)} }}");
        }

        var type = _named is null || _named.ContainingAssembly?.Name == MsalNames.RuntimeAssembly
            ? Factories
            : $"global::{MsalNames.RuntimeNamespace}.{Factories}";
        return ownLines && arguments.Count > 1
            ? $"{type}.{factory}(\n    {string.Join(",\n    ", arguments.Select(argument => Indentation.Increase(argument, "    ")))})"
            : $"{type}.{factory}({string.Join(", ", arguments)})";
    }

    private bool GivesMtlsFactory(InvocationExpressionSyntax step) =>
        step.ArgumentList.Arguments is [{ Expression: var given }]
        && context.Semantics.GetTypeInfo(given, context.Cancellation).Type is { } type
        && type.AllInterfaces.Prepend<ITypeSymbol>(type).Any(contract => contract.Name == MsalNames.IMsalMtlsHttpClientFactory);

    /// <summary>The address with its tenant, and how to write it.</summary>
    private (string Value, string Code)? AuthorityOf(InvocationExpressionSyntax step)
    {
        if (step.ArgumentList.Arguments is not [{ Expression: var given }])
            return null;

        if (InvocationName.OfMember(step) == MsalNames.WithTenantId)
        {
            return ConstantOf(given) is not { } tenant || !IsTenanted(PublicCloud + tenant) ? null
                : given is LiteralExpressionSyntax ? (PublicCloud + tenant, SymbolDisplay.FormatLiteral(PublicCloud + tenant, quote: true))
                : Expressions.IsPath(given) ? (PublicCloud + tenant, $"\"{PublicCloud}\" + {given}")
                : null;
        }

        var address = given is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var inner }], Initializer: null }
            ? inner
            : given;
        return InvocationName.OfMember(step) == MsalNames.WithAuthority && ConstantOf(address) is { } uri && IsTenanted(uri)
            ? (uri, Indentation.Decrease(address))
            : null;
    }

    private static bool IsTenanted(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        && uri.Segments.Length > 1
        && uri.Segments[1].TrimEnd('/').ToLowerInvariant() is not ("" or "common" or "organizations" or "consumers");

    /// <summary>The certificate, or what returns it, where it is sent with its chain.</summary>
    private ExpressionSyntax? CertificateOf(InvocationExpressionSyntax step)
    {
        if (context.Semantics.GetSymbolInfo(step, context.Cancellation).Symbol is not IMethodSymbol { Parameters: [_, var how] }
            || step.ArgumentList.Arguments.Count != 2)
            return null;

        var chain = step.ArgumentList.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == how.Name)
            ?? step.ArgumentList.Arguments[1];
        return SendsChainOnly(chain.Expression) ? step.ArgumentList.Arguments.First(argument => argument != chain).Expression : null;
    }

    private bool SendsChainOnly(ExpressionSyntax how) => how switch
    {
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer.Expressions: [AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: MsalNames.SendX5C }, Right: var sends }] } =>
            SendsChainOnly(sends),
        _ => context.Semantics.GetConstantValue(how, context.Cancellation).Value is true,
    };

    /// <summary>
    /// The application that each assertion is acquired by, with its certificate. A property may be set after the new field.
    /// </summary>
    private ExpressionSyntax? FirstLegOf(InvocationExpressionSyntax step) =>
        context.Semantics.GetSymbolInfo(step, context.Cancellation).Symbol
            is IMethodSymbol { Parameters: [{ Type: INamedTypeSymbol { TypeArguments: [.., INamedTypeSymbol { TypeArguments: [{ Name: MsalNames.ClientSignedAssertion }] }] } }] }
        && FirstLegApplication.Of(step, context) is { } application
        && context.Semantics.GetSymbolInfo(application, context.Cancellation).Symbol is IFieldSymbol
            ? application
            : null;

    private string? RegionOf(InvocationExpressionSyntax step) => step.ArgumentList.Arguments switch
    {
        [] => context.CanName("ConfidentialClientApplication") ? AttemptRegionDiscovery : $"{MsalNames.MsalAssembly}.{AttemptRegionDiscovery}",
        [{ Expression: var region }] when ConstantOf(region) is { Length: > 0 } name
            && (name == AttemptRegionDiscoveryValue || (!name.Equals(AttemptRegionDiscoveryValue, StringComparison.OrdinalIgnoreCase) && name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9')))) =>
                Indentation.Decrease(region),
        _ => null,
    };

    private string? ConstantOf(ExpressionSyntax expression) =>
        context.Semantics.GetConstantValue(expression, context.Cancellation).Value as string;
}
