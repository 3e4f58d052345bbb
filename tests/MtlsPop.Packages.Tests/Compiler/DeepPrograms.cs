namespace MtlsPop.Packages.Tests.Compiler;

/// <summary>Programs that repeat or nest one thing very often, with a request in it.</summary>
internal static class DeepPrograms
{
    private const string Request = "app.AcquireTokenForManagedIdentity(\"r\").WithMtlsProofOfPossession()";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // One expression
        ["2000 steps in a chain"] = Returning($"{Request}{Repeat(".WithForceRefresh(true)", 2_000)}.ExecuteAsync()"),
        ["2000 steps of a builder"] = InMethod($"""_ = ConfidentialClientApplicationBuilder.Create("id"){Repeat(".WithClientName(\"n\")", 2_000)}.Build();"""),
        ["300 conditional calls"] = InMethod($"object task = {Request}.ExecuteAsync(); _ = task{Repeat("?.Self()", 300)};"),
        ["5000 operands of +"] = InMethod($"var s = {Request}.ToString(); s = s{Repeat(" + s", 5_000)};"),
        ["5000 operands of &&"] = InMethod($"var r = {Request}; var b = r is null{Repeat(" && r != null", 5_000)};"),
        ["400 operands of ??"] = InMethod($"object r = {Request}; r = r{Repeat(" ?? r", 400)};"),
        ["300 conditionals in their last parts"] = InMethod($"var r = {Request}; r = {Repeat("yes ? r : ", 300)}r;"),
        ["150 conditionals in their conditions"] = InMethod($"var r = {Request}; var b = {Nest("(", "yes", " ? yes : r is null)", 150)};"),
        ["400 parentheses"] = Returning(Nest("(", $"{Request}.ExecuteAsync()", ")", 400)),
        ["400 casts"] = Returning($"(Task<AuthenticationResult>){Nest("(object)(", $"{Request}.ExecuteAsync()", ")", 200)}"),
        ["400 negations"] = InMethod($"var b = {Repeat("!", 400)}({Request} is null);"),
        ["200 calls in arguments"] = Returning($"{Nest("Same(", Request, ")", 200)}.ExecuteAsync()"),
        ["150 objects in initialisers"] = InMethod($"_ = {Nest("new Node { Next = ", $"new Node {{ Value = {Request} }}", " }", 150)};"),
        ["150 arrays in arrays"] = InMethod($"object a = {Nest("new object[] { ", Request, ", 1 }", 150)};"),
        ["60 tuples in tuples"] = InMethod($"object a = {Nest("(", Request, ", 1)", 60)};"),
        ["8 strings in strings"] = InMethod($"var s = {Nest("$\"\"\"{", Request, "}\"\"\"", 8)};"),
        ["40 patterns in patterns"] = InMethod($"var n = new Node {{ Value = {Request} }}; _ = n is {Nest("{ Next: ", "{ Value: not null }", " }", 40)};"),
        ["300 alternatives of a pattern"] = InMethod($"var r = {Request}; _ = r.ToString() is {string.Join(" or ", Numbers(300, n => $"\"{n}\""))};"),
        ["2000 members in a row"] = InMethod($"var n = new Node {{ Value = {Request} }}; n.Next = n; n = n{Repeat(".Next", 2_000)};"),
        ["300 conditional members"] = InMethod($"var n = new Node {{ Value = {Request} }}; n = n{Repeat("?.Next", 300)};"),
        ["500 arms of a switch expression"] = InMethod($"var r = way switch {{ {Join(500, n => $"{n} => {Request},")} _ => null }};"),
        ["60 switch expressions in each other"] = InMethod($"object r = {Nest("way switch { 1 => ", Request, ", _ => null }", 60)};"),
        ["5000 elements"] = InMethod($"object[] a = [{Repeat($"way, ", 5_000)}{Request}];"),
        ["1000 requests in an array"] = InMethod($"object[] a = [{Repeat($"{Request}, ", 1_000)}];"),
        ["40 awaits in arguments"] = InMethod(
            $"var r = {Nest("await Task.FromResult(", $"await {Request}.ExecuteAsync()", ")", 40)}; _ = r.BindingCertificate.Thumbprint;"),

        // Functions
        ["60 lambdas in each other"] = InMethod(Nest("Action a# = null; a# = () => { ", $"_ = {Request};", " a#(); };", 60)),
        ["6 lambdas as arguments"] = InMethod(Nest("Task.Run(() => { ", $"_ = {Request};", " });", 6)),
        ["60 local functions in each other"] = InMethod(Nest("void F#() { ", $"_ = {Request};", " F#(); }", 60)),
        ["300 helpers in a row"] = InClass($"Task M(IManagedIdentityApplication app) => F0({Request}); {Helpers(300, n => $"F{n + 1}(r)")}"),
        ["60 helpers that call the next one twice"] = InClass(
            $"Task M(IManagedIdentityApplication app) => F0({Request}); {Helpers(60, n => $"F{n + 1}(r) ?? F{n + 1}(r)")}"),
        ["40 helpers that all call each other"] = InClass(
            $"Task M(IManagedIdentityApplication app) => F0({Request}); " +
                Helpers(40, _ => string.Join(" ?? ", Numbers(41, other => $"F{other}(r.WithForceRefresh(true))")))),
        ["500 methods"] = InClass(Join(500, n => $"Task M{n}(IManagedIdentityApplication app) => {Request}.ExecuteAsync();")),

        // Statements
        ["300 blocks in each other"] = InMethod(Nest("{ ", $"_ = {Request};", " }", 300)),
        ["300 ifs in each other"] = InMethod(Nest("if (yes) ", $"_ = {Request};", "", 300)),
        ["500 else ifs"] = InMethod($"object r = null; {Join(500, n => $"if (way == {n}) r = {Request}; else ")} r = way;"),
        ["1000 ifs in a row"] = InMethod($"var r = {Request}; {Join(1_000, n => $"if (way == {n}) r = r.WithForceRefresh(yes);")}"),
        ["1000 cases"] = InMethod($"var r = {Request}; switch (way) {{ {Join(1_000, n => $"case {n}: r = r.WithForceRefresh(yes); break;")} }}"),
        ["60 loops in each other"] = InMethod(Nest("for (var i# = 0; i# < way; i#++) { ", $"_ = {Request};", " }", 60)),
        ["30 retries in each other"] = InMethod(
            "AcquireTokenForManagedIdentityParameterBuilder r = null; " + Nest(
                "while (yes) { try { using (new HttpClient()) { ",
                $"r = {Request};",
                " } break; } catch (MsalException) { r = r?.WithForceRefresh(yes); } }",
                30)),
        ["60 enumerations in each other"] = InMethod(Nest("foreach (var e# in new List<object>()) lock (e#) { ", $"_ = {Request};", " }", 60)),
        ["60 tries in finally"] = InMethod(Nest("try { way++; } finally { ", $"_ = {Request};", " }", 60)),
        ["60 tries in catch"] = InMethod(Nest("try { way++; } catch { ", $"_ = {Request};", " }", 60)),
        ["40 switches in each other"] = InMethod(Nest("switch (way) { case 1: ", $"_ = {Request};", " break; default: way--; break; }", 40)),
        ["2000 copies in a row"] = InMethod($"object v0 = {Request}; {Join(2_000, n => $"var v{n + 1} = v{n};")}"),
        ["60 pairs of pairs"] = InMethod($"object v0 = {Request}; {Join(60, n => $"object v{n + 1} = new Pair(v{n}, v{n});")}"),
        ["60 delegates over delegates"] = InMethod(
            $"Func<object> f0 = () => {Request}; {Join(60, n => $"Func<object> f{n + 1} = () => new Pair(f{n}(), f{n}());")} _ = f60();"),
        ["500 requests in a row"] = InMethod(Join(500, n => $"var r{n} = await {Request}.ExecuteAsync(); _ = r{n}.BindingCertificate.Thumbprint;")),

        // Types
        ["100 classes in each other"] = Nest("class C# { ", $"Task M(IManagedIdentityApplication app) => {Request}.ExecuteAsync();", " }", 100),
        ["200 namespaces in each other"] = Nest("namespace N# { ", InClass($"Task M(IManagedIdentityApplication app) => {Request}.ExecuteAsync();"), " }", 200),
        ["200 bases"] =
            "class C0 { protected IManagedIdentityApplication app; } " +
            Join(200, n => $"class C{n + 1} : C{n} {{ public C{n + 1}() {{ _ = {Request}; }} }}"),
        ["100 types in a type argument"] = InClass(
            $"Task M(IManagedIdentityApplication app, {Nest("List<", "int", ">", 100)} list) => {Request}.ExecuteAsync();"),
    };

    private static string Returning(string expression) => InClass($"Task<AuthenticationResult> M(IManagedIdentityApplication app) => {expression};");

    private static string InMethod(string statements) => InClass($"async Task M(IManagedIdentityApplication app, bool yes, int way) {{ {statements} }}");

    private static string InClass(string members) =>
        $$"""
        class C
        {
            {{members}}

            static T Same<T>(T value) => value;
        }

        class Node { public Node Next; public object Value; }

        class Pair(object left, object right) { public object Left = left, Right = right; }

        static class Extended { public static object Self(this object value) => value; }
        """;

    private static string Helpers(int count, Func<int, string> body) =>
        Join(count, n => $"Task F{n}(AcquireTokenForManagedIdentityParameterBuilder r) => {body(n)};") +
        $" Task F{count}(AcquireTokenForManagedIdentityParameterBuilder r) => r.ExecuteAsync();";

    private static IEnumerable<string> Numbers(int count, Func<int, string> text) => Enumerable.Range(0, count).Select(text);

    private static string Join(int count, Func<int, string> text) => string.Join('\n', Numbers(count, text));

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    /// <summary>The number of the level stands where <paramref name="before"/> and <paramref name="after"/> say <c>#</c>.</summary>
    private static string Nest(string before, string core, string after, int depth) =>
        string.Concat(Numbers(depth, n => before.Replace("#", $"{n}", StringComparison.Ordinal))) + core +
        string.Concat(Numbers(depth, n => after.Replace("#", $"{depth - 1 - n}", StringComparison.Ordinal)));
}
