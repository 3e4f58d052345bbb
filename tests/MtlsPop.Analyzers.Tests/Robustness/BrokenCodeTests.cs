using MtlsPop.Analyzers.Tests.Catalogue;
using MtlsPop.CodeFixes.Applications;
using MtlsPop.CodeFixes.Federation;

namespace MtlsPop.Analyzers.Tests.Robustness;

/// <summary>Fixes of findings in code that is being typed.</summary>
public sealed class BrokenCodeTests
{
    [Theory]
    [InlineData("string token = token;")]
    [InlineData("string token = other, other = token;")]
    public async Task A_token_that_is_copied_from_itself_has_no_result_to_take_the_certificate_from(string declarations) => Assert.Empty(await OfferedAsync(
        new AssertionNotBoundFix(),
        $"class C {{ void M() {{ {declarations} var assertion = new ClientSignedAssertion {{ [|Assertion|] = token }}; }} }}"));

    [Fact]
    public async Task An_authority_without_its_tenant_yet_is_given_none() => Assert.Empty(await OfferedAsync(
        new AuthorityNotTenantedFix(),
        """
        class C
        {
            void M(IConfidentialClientApplication app)
            {
                ConfidentialClientApplicationBuilder.Create("id").[|WithTenantId|]();
                app.AcquireTokenForClient(new[] { "a/.default" }).[|WithTenantId|]("contoso.com");
            }
        }
        """));

    [Fact]
    public async Task A_second_leg_without_its_resource_yet_is_left_alone() => Assert.Empty(await OfferedAsync(
        new ManagedIdentityOnSecondLegFix(),
        "class C { async Task M(IManagedIdentityApplication app) => await app.[|AcquireTokenForManagedIdentity|]().ExecuteAsync(); }"));

    /// <summary>What the fix offers for a finding of its rule at the first marked place, which names the others.</summary>
    private static async Task<List<CodeAction>> OfferedAsync(CodeFixProvider fix, string marked)
    {
        var pieces = marked.Split(["[|", "|]"], StringSplitOptions.None);
        var project = await Workbench.ProjectAsync(new Sample(), string.Concat(pieces));
        var document = project.GetDocument(project.DocumentIds[^1])!;
        var tree = (await document.GetSyntaxTreeAsync(TestContext.Current.CancellationToken))!;
        var locations = pieces.Index()
            .Where(piece => piece.Index % 2 == 1)
            .Select(piece => Location.Create(tree, new TextSpan(pieces.Take(piece.Index).Sum(before => before.Length), piece.Item.Length)))
            .ToList();

        var rule = RuleEntry.All.Single(rule => rule.Id == fix.FixableDiagnosticIds[0]).Descriptor;
        var offered = new List<CodeAction>();
        var finding = Diagnostic.Create(rule, locations[0], locations.Skip(1));
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => offered.Add(action), TestContext.Current.CancellationToken));
        return offered;
    }
}
