using System.Collections.Immutable;
using System.Xml.Linq;
using MtlsPop.Analyzers.Packages;
using MtlsPop.Analyzers.Tests.Robustness;

namespace MtlsPop.Analyzers.Tests.Packages;

/// <summary>A project on certain packages, with the files that say so.</summary>
internal sealed record ProjectSample<TFix>(string Msal)
    where TFix : CodeFixProvider, new()
{
    private const string ProjectPath = "/app/App.csproj";
    private const string CentralPath = "/app/Directory.Packages.props";

    /// <summary>The version of KeyAttestation, if it is referenced.</summary>
    public string? KeyAttestation { get; init; }

    public bool ReferencesPreview { get; init; }

    public string? EditorConfig { get; init; }

    /// <summary>A project that asks for the token by this request.</summary>
    public string Request { get; init; } = "app.AcquireTokenForManagedIdentity(\"https://vault.azure.net\").WithMtlsProofOfPossession()";

    private string? Code { get; init; }

    public async Task Fixes(string project, string fixedProject, string? central = null, string? fixedCentral = null)
    {
        var fix = new TFix();
        var before = await CreateAsync(project, central);
        var findings = (await FindingsAsync(before)).Where(finding => fix.FixableDiagnosticIds.Contains(finding.Id)).ToArray();
        Assert.Contains(findings, finding => finding.Location.IsInSource);
        Assert.Contains(findings, finding => !finding.Location.IsInSource);

        foreach (var finding in findings)
        {
            var action = Assert.Single(await ActionsAsync(fix, before, finding));
            await AssertFilesAsync(action);
            foreach (var key in (string?[])[action.EquivalenceKey, null])
            {
                var all = new FixAllContext(
                    before.Documents.First(),
                    fix,
                    FixAllScope.Solution,
                    key!,
                    [finding.Id],
                    new KnownFindings(findings),
                    TestContext.Current.CancellationToken);
                await AssertFilesAsync((await fix.GetFixAllProvider()!.GetFixAsync(all))!);
            }
        }

        async Task AssertFilesAsync(CodeAction action)
        {
            var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
            var changed = Assert.IsType<ApplyChangesOperation>(Assert.Single(operations)).ChangedSolution.GetProject(before.Id)!;
            Assert.Equal(fixedProject, await TextOf(changed, ProjectPath));
            if (central is not null)
                Assert.Equal(fixedCentral, await TextOf(changed, CentralPath));
        }
    }

    /// <summary>The code is reported, and the project's files are left alone.</summary>
    public async Task LeavesAlone(string project, string? central = null)
    {
        var fix = new TFix();
        var sample = await CreateAsync(project, central);
        var finding = (await FindingsAsync(sample)).First(finding => fix.FixableDiagnosticIds.Contains(finding.Id));
        Assert.True(finding.Location.IsInSource);
        Assert.Empty(await ActionsAsync(fix, sample, finding));
    }

    /// <summary>What the rule reports is none of the fix's business.</summary>
    public async Task PassesOver(string rule, string project)
    {
        var sample = await CreateAsync(project, null);
        var foreign = (await FindingsAsync(sample)).Where(finding => finding.Id == rule).ToArray();
        Assert.NotEmpty(foreign);
        foreach (var finding in foreign)
            Assert.Empty(await ActionsAsync(new TFix(), sample, finding));
    }

    /// <summary>The project's file after all that the fix offers.</summary>
    public async Task<string> FixedAsync(string project)
    {
        var fix = new TFix();
        var sample = await CreateAsync(project, null);
        var findings = (await FindingsAsync(sample)).Where(finding => fix.FixableDiagnosticIds.Contains(finding.Id)).ToArray();
        Assert.NotEmpty(findings);
        foreach (var finding in findings)
        {
            foreach (var action in await ActionsAsync(fix, sample, finding))
                {
                    var operation = (await action.GetOperationsAsync(TestContext.Current.CancellationToken)).Single();
                    sample = ((ApplyChangesOperation)operation).ChangedSolution.GetProject(sample.Id)!;
                }
        }

        return await TextOf(sample, ProjectPath);
    }

    public async Task<IEnumerable<string>> MessagesAsync(string rule) =>
        from finding in await FindingsAsync(await CreateAsync("<Project />", null))
        where finding.Id == rule
        select finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The findings in the project's files: ID, file and the text that is reported.</summary>
    public async Task<IEnumerable<string>> FindingsInFilesAsync(string project, string? central = null) =>
        from finding in await FindingsAsync(await CreateAsync(project, central))
        where !finding.Location.IsInSource
        let place = finding.Location.GetLineSpan()
        let text = (place.Path == ProjectPath ? project : central!).Substring(finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length)
        orderby finding.Id
        select $"{finding.Id} {Path.GetFileName(place.Path)} {text}";

    /// <summary>The finding, as <see cref="FindingsInCodeAsync"/> tells it, is among those in the code.</summary>
    public async Task Reports(string finding) => Assert.Contains(finding, await FindingsInCodeAsync());

    public async Task<IEnumerable<string>> FindingsInCodeAsync() =>
        from finding in await FindingsAsync(await CreateAsync("<Project />", null))
        where finding.Location.IsInSource
        orderby finding.Id
        select $"{finding.Id} {finding.Severity} {finding.Location.SourceTree!.GetText().ToString(finding.Location.SourceSpan)}";

    /// <summary>What every rule and the compiler say of code in a project whose file this is, and which references what it says.</summary>
    public static async Task<IEnumerable<string>> AllFindingsAsync(string project, string code)
    {
        var versions = XElement
            .Parse(project)
            .Descendants("PackageReference")
            .ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Version")!.Value);
        var sample = new ProjectSample<TFix>(versions["Microsoft.Identity.Client"])
        {
            KeyAttestation = versions.GetValueOrDefault("Microsoft.Identity.Client.KeyAttestation")?.Replace("-preview", "", StringComparison.Ordinal),
            ReferencesPreview = versions.ContainsKey("Microsoft.Identity.Client.MtlsPop"),
            Code = code,
        };
        var created = await sample.CreateAsync(project, null);
        var compilation = (await created.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        var findings = await compilation
            .WithAnalyzers([.. EveryRule.Analyzers()], created.AnalyzerOptions)
            .GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return findings.Where(finding => finding.Severity >= DiagnosticSeverity.Warning).Select(finding => finding.Id).Distinct();
    }

    private async Task<Project> CreateAsync(string project, string? central)
    {
        var references = MsalReferences.For(ReferenceAssemblies.Net.Net80, Msal);
        var resolved = await references.ResolveAsync(LanguageNames.CSharp, TestContext.Current.CancellationToken);
        if (KeyAttestation is not null)
            resolved = resolved.Add(await Tests.KeyAttestation.ForAsync(KeyAttestation, references));
        if (ReferencesPreview)
            resolved = resolved.Add(PreviewBinding(resolved));

        var id = ProjectId.CreateNewId();
        var code = Code ?? $$"""
            using System.Threading.Tasks;
            using Microsoft.Identity.Client;
            {{(KeyAttestation is null ? "" : "using Microsoft.Identity.Client.KeyAttestation;")}}
            {{(ReferencesPreview ? "using Microsoft.Identity.Client.MtlsPop;" : "")}}

            class Service
            {
                Task<AuthenticationResult> Acquire(IManagedIdentityApplication app) => {{Request}}.ExecuteAsync();
            }
            """;
        var info = ProjectInfo.Create(
                id, VersionStamp.Default, "App", "App", LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
                metadataReferences: resolved,
                documents: [File("/app/Service.cs", code)],
                additionalDocuments: central is null ? [File(ProjectPath, project)] : [File(ProjectPath, project), File(CentralPath, central)])
            .WithAnalyzerConfigDocuments(EditorConfig is null ? [] : [File("/app/.editorconfig", $"root = true\n[*.cs]\n{EditorConfig}\n")]);
        return new AdhocWorkspace().CurrentSolution.AddProject(info).GetProject(id)!;

        DocumentInfo File(string path, string text) => DocumentInfo.Create(
            DocumentId.CreateNewId(id), Path.GetFileName(path), filePath: path,
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(text), VersionStamp.Default, path)));
    }

    private static PortableExecutableReference PreviewBinding(IEnumerable<MetadataReference> references)
    {
        const string Source = """
            [assembly: System.Reflection.AssemblyVersion("4.81.0.0")]
            namespace Microsoft.Identity.Client.MtlsPop
            {
                public static class ManagedIdentityPopExtensions
                {
                    public static AcquireTokenForManagedIdentityParameterBuilder WithMtlsProofOfPossession(
                        this AcquireTokenForManagedIdentityParameterBuilder builder) => builder;
                }
            }
            """;
        using var assembly = new MemoryStream();
        Assert.True(CSharpCompilation.Create(
            "Microsoft.Identity.Client.MtlsPop",
            [CSharpSyntaxTree.ParseText(Source)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(assembly).Success);
        return MetadataReference.CreateFromImage(assembly.ToArray());
    }

    private static async Task<ImmutableArray<Diagnostic>> FindingsAsync(Project project)
    {
        var compilation = (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        return await compilation
            .WithAnalyzers([new PackagesAnalyzer()], project.AnalyzerOptions)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<CodeAction>> ActionsAsync(CodeFixProvider fix, Project project, Diagnostic finding)
    {
        var actions = new List<CodeAction>();
        var path = finding.Location.GetLineSpan().Path;
        TextDocument document = finding.Location.IsInSource
            ? project.GetDocument(finding.Location.SourceTree)!
            : project.AdditionalDocuments.Single(file => file.FilePath == path);
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return actions;
    }

    private static async Task<string> TextOf(Project project, string path) =>
        (await project.AdditionalDocuments.Single(document => document.FilePath == path).GetTextAsync(TestContext.Current.CancellationToken)).ToString();
}
