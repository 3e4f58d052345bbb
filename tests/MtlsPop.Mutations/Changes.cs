namespace MtlsPop.Mutations;

/// <summary>A kind of change, which gives no code where the draft has no place for it.</summary>
internal sealed record Change(string Name, Func<Draft, string?> Apply);

internal static class Changes
{
    /// <summary>Statements that may stand round one: <c>§</c> is the statement and <c>%</c> a number of its own.</summary>
    private static readonly string[] _statementsAround =
    [
        "{ § }",
        "for (var i% = 0; i% < 3; i%++) { § }",
        "for (; ; ) { § }",
        "while (true) { § }",
        "do { § } while (DateTime.Now.Second > 3);",
        "foreach (var e% in new[] { 1, 2 }) { § }",
        "await foreach (var e% in (IAsyncEnumerable<int>)null!) { § }",
        "while (true) { try { § break; } catch (Exception) { continue; } }",
        "for (var i% = 0; ; i%++) { try { using (new HttpClient()) { § } break; } catch (MsalException) when (i% < 3) { } finally { GC.Collect(); } }",
        "do { try { lock (typeof(object)) { § } } catch { continue; } } while (true);",
        "try { § } catch { throw; }",
        "try { § } catch (Exception e%) when (e% is not null) { }",
        "try { } catch { § }",
        "try { } finally { § }",
        "try { § } finally { GC.Collect(); }",
        "using (new HttpClient()) { § }",
        "lock (typeof(object)) { § }",
        "Action a% = () => { § }; a%();",
        "Action a% = null!; a% = () => { § a%(); }; a%();",
        "Func<Task> f% = async () => { § }; await f%();",
        "await Task.Run(async () => { § });",
        "void L%() { § } L%();",
        "L%(); void L%() { § L%(); }",
        "async Task L%() { § await L%(); } await L%();",
        "IEnumerable<object> L%() { § yield return L%(); } foreach (var e% in L%()) { § }",
        "async IAsyncEnumerable<object> L%() { § yield return await Task.FromResult(1); } await foreach (var e% in L%()) { }",
        "if (DateTime.Now.Second > 3) { § }",
        "if (DateTime.Now.Second > 3) { § } else { § }",
        "switch (DateTime.Now.Second) { case 1: § goto default; default: § goto case 1; }",
        "again%: § if (DateTime.Now.Second > 3) goto again%;",
        "goto after%; § after%: ;",
        "unsafe { § }",
        "checked { § }",
        "return; §",
        "throw null!; §",
        "§ yield break;",
        "#if true\n§\n#endif\n",
    ];

    /// <summary>Expressions that may stand round one.</summary>
    private static readonly string[] _expressionsAround =
    [
        "(§)", "(§)!", "(await §)", "(§ ?? §)", "(§ is { } e% ? e% : default!)", "(DateTime.Now.Second > 3 ? § : §)",
        "(DateTime.Now.Second > 3 ? § : default!)",
        "((Func<object>)(() => §))()", "(§ switch { var e% => e% })", "new[] { § }[0]", "(§, §).Item1", "Task.FromResult(§)",
        "((dynamic)§)", "new { V% = § }.V%", "(object)§",
        "§.ToString()", "§?.ToString()", "nameof(§)", "$\"{§}\"", "[§]", "[.. §, §]", "ref §", "out §", "throw null!", "default!", "null",
        "this", "__arglist(§)", "stackalloc[] { § }",
        "(from e% in new[] { § } select e%).First()", "await Task.Run(() => §)", "new Lazy<object>(() => §).Value", "field", "_ = §",
        "§ = §", "§ with { }", "&§", "§..§", "§[0]", "§()",
    ];

    /// <summary>Whole members and parts of their heads: put before a member, or round it.</summary>
    private static readonly string[] _membersAround =
    [
        "extension(object self%) { § }", "extension<T%>(T% self%) where T% : class { § }", "class N% { § }", "static class N% { § }",
        "struct N% { § }", "interface N% { § }", "record N%(object Held) { § }",
        "partial § partial §", "static §", "async §", "unsafe §", "abstract §", "extern §", "virtual §", "override §", "required §",
        "file §", "readonly §", "partial §", "ref §", "[Obsolete] §", "const §", "§ §",
    ];

    private static readonly string[] _returnTypes =
        [
            "void", "Task", "ValueTask<object>", "IEnumerable<object>", "IAsyncEnumerable<object>", "dynamic", "ref int",
            "delegate*<int, void>", "Missing", "T", "async", "(object, object)", "int*",
        ];

    private static readonly string[] _parameters =
        [
            "__arglist", "params object[] p%", "params ReadOnlySpan<object> p%", "ref object p%", "out object p%", "scoped in Span<int> p%",
            "this object p%", "object p% = default", "dynamic p%", "Func<object> p%", "delegate*<int> p%",
        ];

    private static readonly string[] _constructors =
    [
        "(IManagedIdentityApplication app%)", "(IConfidentialClientApplication app%, object held%)", "<T%>",
        "<T%>(T% held%) where T% : class", "(__arglist)", "()",
    ];

    private static readonly string[] _typeKinds =
    [
        "class", "struct", "interface", "record", "record struct", "ref struct", "static class", "enum", "partial class", "abstract class",
        "union",
    ];

    public static IReadOnlyList<Change> All { get; } =
    [
        // Text, as it is while somebody types or pastes.
        new("cut off", draft => draft.Code[..draft.Up(draft.Code.Length + 1)]),
        new("beginning cut off", draft => draft.Code[draft.Up(draft.Code.Length + 1)..]),
        new("piece of another program", draft => draft.Insert(draft.Up(draft.Code.Length + 1), Piece(draft, draft.Other))),
        new("piece of itself", draft => draft.Insert(draft.Up(draft.Code.Length + 1), Piece(draft, draft.Code))),
        new("another program before", draft => draft.Other + draft.Code),
        new("line deleted", DeleteLine),

        // Tokens
        new("token deleted", draft => draft.Token() is { } token ? draft.Replace(token.Span, "") : null),
        new("token duplicated", draft => draft.Token() is { } token ? draft.Insert(token.Span.End, $" {token}") : null),
        new("tokens swapped", draft => draft.Token() is { } one && draft.Token() is { } two ? draft.Swap(one.Span, two.Span) : null),
        new("neighbours swapped", draft => draft.Token() is { } one ? draft.Swap(one.Span, one.GetNextToken().Span) : null),
        new("token replaced", draft => draft.Token() is { } one && draft.Token() is { } two ? draft.Replace(one.Span, two.Text) : null),
        new("name replaced", draft => draft.Identifier() is { } one && draft.Identifier() is { } two ? draft.Replace(one.Span, two.Text) : null),

        // Statements
        new("statement deleted", draft => draft.Statement() is { } one ? draft.Replace(one.Span, "") : null),
        new("statement duplicated", draft => draft.Statement() is { } one
            ? draft.Insert(one.Span.End, string.Concat(Enumerable.Repeat($" {one}", 1 + draft.Up(3))))
            : null),
        new("statements swapped", draft => draft.Statement() is { } one && draft.Statement() is { } two ? draft.Swap(one.Span, two.Span) : null),
        new("statement copied", draft => draft.Statement() is { } one && draft.Statement() is { } two ? draft.Insert(two.SpanStart, $"{one} ") : null),
        .. _statementsAround.Select(around =>
            new Change($"statement in '{around.ReplaceLineEndings(" ")}'", draft => Around(draft, draft.Statement(), around))),
        new("body in itself", BodyInItself),
        new("body calls itself", CallsItself),
        new("local holds itself", HoldsItself),
        new("local in a static field", InStaticField),

        // Expressions
        new("expression deleted", draft => draft.Expression() is { } one ? draft.Replace(one.Span, "") : null),
        new("expressions swapped", draft => draft.Expression() is { } one && draft.Expression() is { } two ? draft.Swap(one.Span, two.Span) : null),
        new("expression replaced", draft => draft.Expression() is { } one && draft.Expression() is { } two ? draft.Replace(one.Span, $"{two}") : null),
        new("expression in itself", draft => draft.Node<ExpressionSyntax>(one => one.Parent is ExpressionSyntax) is { Parent: { } around } one
            ? draft.Replace(one.Span, $"{around}")
            : null),
        new("arguments swapped", draft => draft.Node<ArgumentSyntax>() is { } one && draft.Node<ArgumentSyntax>() is { } two
            ? draft.Swap(one.Span, two.Span)
            : null),
        new("call calls the method around it", draft => draft.Node<InvocationExpressionSyntax>() is { } call
            && call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
            ? draft.Replace(call.Expression.Span, method.Identifier.Text) : null),
        new("value goes round", draft => draft.Node<AssignmentExpressionSyntax>() is { } one
            ? draft.Replace(one.Right.Span, $"{one.Left} ?? ({one.Right})")
            : null),
        .. _expressionsAround.Select(around => new Change($"expression in '{around}'", draft => Around(draft, draft.Expression(), around))),

        // Members and types
        new("member deleted", draft => draft.Node<MemberDeclarationSyntax>() is { } one ? draft.Replace(one.Span, "") : null),
        new("members swapped", draft => draft.Node<MemberDeclarationSyntax>() is { } one && draft.Node<MemberDeclarationSyntax>() is { } two
            ? draft.Swap(one.Span, two.Span)
            : null),
        new("member copied", draft => draft.Node<MemberDeclarationSyntax>() is { } one && draft.Node<MemberDeclarationSyntax>() is { } two
            ? draft.Insert(two.SpanStart, $"{one} ")
            : null),
        .. _membersAround.Select(around => new Change($"member in '{around}'", draft => Around(draft, draft.Node<MemberDeclarationSyntax>(), around))),
        .. _returnTypes.Select(type => new Change($"returns '{type}'", draft => draft.Node<MethodDeclarationSyntax>() is { } one
            ? draft.Replace(one.ReturnType.Span, type)
            : null)),
        .. _parameters.Select(parameter => new Change($"parameter '{parameter}'", draft => AddParameter(draft, parameter))),
        .. _constructors.Select(head => new Change($"type with '{head}'", draft => draft.Node<TypeDeclarationSyntax>() is { } one
            ? draft.Insert(one.Identifier.Span.End, Numbered(head, draft))
            : null)),
        .. _typeKinds.Select(kind => new Change($"type is a '{kind}'", draft => draft.Node<TypeDeclarationSyntax>() is { } one
            ? draft.Replace(one.Keyword.Span, kind)
            : null)),
        new("method is generic", draft => draft.Node<MethodDeclarationSyntax>() is { } one ? draft.Insert(one.Identifier.Span.End, "<T>") : null),
        new("method is an iterator", draft => draft.Node<BlockSyntax>() is { } one ? draft.Insert(one.SpanStart + 1, " yield return default!;") : null),
        new("method awaits", draft => draft.Node<BlockSyntax>() is { } one ? draft.Insert(one.SpanStart + 1, " await Task.Yield();") : null),
        new("type is its own base", draft => draft.Node<TypeDeclarationSyntax>() is { } one
            ? draft.Insert((one.ParameterList?.Span ?? one.Identifier.Span).End, $" : {one.Identifier}")
            : null),
        new("type inherits another", draft => draft.Node<TypeDeclarationSyntax>() is { } one && draft.Node<TypeDeclarationSyntax>() is { } two
            ? draft.Insert((one.ParameterList?.Span ?? one.Identifier.Span).End, $" : {two.Identifier}") : null),
        new("type cut in two", CutInTwo),
    ];

    private static string Numbered(string text, Draft draft) => text.Replace("%", $"{draft.Number}", StringComparison.Ordinal);

    private static string? Around(Draft draft, SyntaxNode? node, string around) =>
        node is null ? null : draft.Replace(node.Span, Numbered(around, draft).Replace("§", $"{node}", StringComparison.Ordinal));

    private static string Piece(Draft draft, string code)
    {
        var start = draft.Up(code.Length + 1);
        return code[start..Math.Min(code.Length, start + draft.Up(400))];
    }

    private static string DeleteLine(Draft draft)
    {
        var lines = draft.Code.Split('\n').ToList();
        lines.RemoveAt(draft.Up(lines.Count));
        return string.Join('\n', lines);
    }

    private static string? BodyInItself(Draft draft) =>
        draft.Node<BlockSyntax>() is { } body && body.Parent is not null ? draft.Insert(body.Span.End - 1, $"{body}") : null;

    private static string? CallsItself(Draft draft)
    {
        if (draft.Node<MethodDeclarationSyntax>(method => method.Body is not null) is not { } method)
            return null;
        var arguments = string.Join(", ", method.ParameterList.Parameters.Select(parameter => parameter.Identifier));
        return draft.Insert(method.Body!.SpanStart + 1, $" _ = {method.Identifier}({arguments});");
    }

    private static string? HoldsItself(Draft draft)
    {
        if (draft.Node<LocalDeclarationStatementSyntax>() is not { } local)
            return null;
        var name = local.Declaration.Variables[0].Identifier;
        var holder = $" object o% = {name}; while (DateTime.Now.Second > 3) {{ o% = new object[] {{ o%, {name} }}; }}";
        return draft.Insert(local.Span.End, Numbered(holder, draft));
    }

    private static string? InStaticField(Draft draft) => draft.Node<LocalDeclarationStatementSyntax>() is { Declaration.Variables: [var variable, ..] } local
        ? draft.Insert(local.Span.End, $" Kept.It = {variable.Identifier}; {variable.Identifier} = Kept.It;")
            + " static class Kept { public static dynamic It; }"
        : null;

    private static string? AddParameter(Draft draft, string parameter) => draft.Node<ParameterListSyntax>() is { } list
        ? draft.Insert(list.CloseParenToken.SpanStart, (list.Parameters.Count > 0 ? ", " : "") + Numbered(parameter, draft))
        : null;

    private static string? CutInTwo(Draft draft)
    {
        if (draft.Node<TypeDeclarationSyntax>(type => type.Members.Count > 1) is not { } type)
            return null;
        var cut = type.Members[draft.Up(type.Members.Count)].SpanStart;
        return draft.Insert(cut, $"}} partial {type.Keyword} {type.Identifier}{type.TypeParameterList} {{ ").Insert(type.Keyword.SpanStart, "partial ");
    }
}
