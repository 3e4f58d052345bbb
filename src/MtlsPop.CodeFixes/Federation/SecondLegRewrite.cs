using MtlsPop.Analyzers.Msal;
using MtlsPop.Analyzers.Syntax;

namespace MtlsPop.CodeFixes.Federation;

/// <summary>
/// Turns a second leg that a managed identity was to take into a confidential client's: its request, and the application before it.
/// </summary>
internal sealed class SecondLegRewrite
{
    private readonly List<Action<SyntaxEditor>> _edits = [];
    private readonly List<string> _statements = [];
    private readonly FixContext _context;
    private readonly InsertionPoint? _place;
    private readonly SyntaxNode _scope;
    private bool _movesWhatIsBefore;

    private SecondLegRewrite(ExpressionSyntax replaced, FixContext context)
    {
        _context = context;
        _place = InsertionPoint.Before(replaced, context) is { IsAmongStatements: true } place ? place : null;
        _scope = _place?.Scope ?? replaced;
    }

    /// <summary>Whether the new code attests a key.</summary>
    public bool Attests { get; private set; }

    public void Apply(SyntaxEditor editor)
    {
        foreach (var edit in _edits)
            edit(editor);
        if (_statements.Count > 0)
            _place!.Insert(editor, _statements, _context, _movesWhatIsBefore);
    }

    /// <summary>Null where the result would not compile.</summary>
    public static SecondLegRewrite? Of(InvocationExpressionSyntax reported, FixContext context)
    {
        var assertion = InvocationName.OfMember(reported) == MsalNames.WithClientAssertion ? reported : null;
        var calls = FluentChain.Through(reported, MsalNames.ExecuteAsync);
        var beginning = calls.Find(call => InvocationName.OfMember(call) == MsalNames.AcquireTokenForManagedIdentity && call.ArgumentList.Arguments.Count > 0);
        if (calls.Find(IsCreation) is { } creation)
            return assertion is null ? null : new SecondLegRewrite(reported, context).FromBuilder(calls, creation, assertion, beginning);

        return beginning is null
            ? assertion is null ? null : new SecondLegRewrite(reported, context).FromApplication(assertion)
            : new SecondLegRewrite(reported, context).FromRequest(calls, beginning, assertion);
    }

    /// <summary><c>app.AcquireTokenForManagedIdentity(resource)...ExecuteAsync()</c>, with or without an assertion on the way.</summary>
    private SecondLegRewrite? FromRequest(
        List<InvocationExpressionSyntax> calls, InvocationExpressionSyntax beginning, InvocationExpressionSyntax? assertion)
    {
        if (InvocationName.OfMember(calls[calls.Count - 1]) != MsalNames.ExecuteAsync
            || beginning.Expression is not MemberAccessExpressionSyntax { Expression: var receiver })
            return null;

        if (Known() is { } known)
        {
            RequestFor(beginning, begin => begin.WithExpression(SyntaxFactory.IdentifierName(known).WithTriviaFrom(receiver)));
            return this;
        }

        var identity = receiver == assertion ? ((MemberAccessExpressionSyntax)assertion.Expression).Expression : receiver;
        if (Application(assertion, identity, beginning) is not { } application)
            return null;

        if (_place is null)
        {
            var indentation = Indentation.Of(beginning);
            var inline = Parse(Indentation.Increase(application.Application, indentation))
                .WithLeadingTrivia(receiver.GetLeadingTrivia())
                .WithTrailingTrivia(LineEnding.Of(_context.Root));
            RequestFor(beginning, begin => begin
                .WithExpression(inline)
                .WithOperatorToken(
                    begin.OperatorToken.WithLeadingTrivia(SyntaxFactory.Whitespace(indentation + Indentation.Unit(_context.Root)))));
        }
        else
        {
            var name = FreshName.In(_scope, _context, "secondLegApp");
            _statements.Add($"var {name} = {application.Application};");
            RequestFor(beginning, begin => begin.WithExpression(SyntaxFactory.IdentifierName(name).WithTriviaFrom(receiver)));
        }

        return this;
    }

    /// <summary>A confidential client with bound assertions that is there already.</summary>
    private string? Known() => _context.Semantics.LookupSymbols(_context.Token.SpanStart)
        .OfType<ILocalSymbol>()
        .Where(local => local.DeclaringSyntaxReferences is [var declaration]
            && declaration.Span.End < _context.Token.SpanStart
            && declaration.GetSyntax(_context.Cancellation)
                is VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax build, Parent.Parent: LocalDeclarationStatementSyntax { Parent: { } around } }
            && around.Span.Contains(_context.Token.Span)
            && FluentChain.Through(build, MsalNames.ExecuteAsync).Exists(call => InvocationName.OfMember(call) == MsalNames.WithClientAssertion && MentionsCertificate(call.ArgumentList))
            && local.Type.Name == "IConfidentialClientApplication")
        .Select(local => local.Name)
        .FirstOrDefault();

    private static bool MentionsCertificate(SyntaxNode node) =>
        node.DescendantTokens().Any(token => token.ValueText == MsalNames.TokenBindingCertificate);

    /// <summary><c>app.WithClientAssertion(...)</c>, and no request.</summary>
    private SecondLegRewrite? FromApplication(InvocationExpressionSyntax assertion)
    {
        var type = _context.Semantics.GetTypeInfo(
            ((MemberAccessExpressionSyntax)assertion.Expression).Expression,
            _context.Cancellation).Type;
        if (assertion.Parent is not ExpressionStatementSyntax
            || _place is null
            || type?.Name is MsalNames.ManagedIdentityApplicationBuilder or MsalNames.ManagedIdentityRequestBuilder
            || Application(assertion, ((MemberAccessExpressionSyntax)assertion.Expression).Expression, assertion) is not { } application)
            return null;

        var name = FreshName.In(_scope, _context, "secondLegApp");
        _edits.Add(editor => editor.ReplaceNode(assertion.Parent, (current, _) =>
            Statement(
                $"var {name} = {Indentation.Increase(application.Application, Indentation.Of(assertion))};").WithTriviaFrom(current)));
        return this;
    }

    /// <summary><c>ManagedIdentityApplicationBuilder.Create(...).WithClientAssertion(...)</c>, and what follows.</summary>
    private SecondLegRewrite? FromBuilder(
        List<InvocationExpressionSyntax> calls, InvocationExpressionSyntax creation, InvocationExpressionSyntax assertion, InvocationExpressionSyntax? beginning)
    {
        var before = calls.Skip(calls.IndexOf(creation) + 1)
            .TakeWhile(call => call != assertion)
            .Select(call => $".{InvocationName.OfMember(call)}{Indentation.Decrease(call.ArgumentList)}")
            .ToList();
        var requests = beginning is not null ? [beginning] : RequestsOf(calls[calls.Count - 1]);
        if (requests is null)
            return null;

        var identity = _place is null ? null : FreshName.In(_scope, _context, "managedIdentityApp");
        var built = $"{Indentation.Decrease(creation)}{string.Concat(before)}.{MsalNames.Build}()";
        if (Application(assertion, SyntaxFactory.ParseExpression(identity ?? built), creation, before) is not { } application)
            return null;

        if (identity is not null && application.Builder.Contains(identity))
            _statements.Add($"var {identity} = {built};");
        _edits.Add(editor =>
            editor.ReplaceNode(assertion, (current, _) =>
                Parse(Indentation.Increase(application.Builder, Indentation.Of(creation))).WithTriviaFrom(current)));
        foreach (var request in requests)
            RequestFor(request, begin => begin);
        return this;
    }

    /// <summary>
    /// The requests made with the application that the chain builds; null where it goes where only a managed identity can.
    /// </summary>
    private List<InvocationExpressionSyntax>? RequestsOf(InvocationExpressionSyntax last)
    {
        if (last.Parent is ExpressionStatementSyntax or AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } })
            return [];

        if (
            last.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax } declaration } variable }
            || InvocationName.OfMember(last) != MsalNames.Build)
            return null;

        var requests = new List<InvocationExpressionSyntax>();
        foreach (var use in _scope.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.ValueText != variable.Identifier.ValueText)
                continue;

            if (use.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax request }
                || InvocationName.OfMember(request) != MsalNames.AcquireTokenForManagedIdentity
                || request.ArgumentList.Arguments.Count == 0
                || InvocationName.OfMember(FluentChain.Through(request, MsalNames.ExecuteAsync).Last()) != MsalNames.ExecuteAsync)
                return null;

            requests.Add(request);
        }

        if (!declaration.Type.IsVar)
            _edits.Add(editor =>
                editor.ReplaceNode(declaration.Type, (current, _) => SyntaxFactory.IdentifierName("var").WithTriviaFrom(current)));
        return requests;
    }

    private SecondLegApplication? Application(
        InvocationExpressionSyntax? assertion,
        ExpressionSyntax identity,
        ExpressionSyntax place,
        IReadOnlyList<string>? furtherSteps = null)
    {
        var own = assertion is { ArgumentList.Arguments: { Count: 1 } arguments } && AcquiresItself(arguments[0].Expression)
            ? Indentation.Decrease(arguments[0].Expression)
            : null;
        var acquisition = own is null ? FirstLegCall.AcquisitionOf(assertion, _context) : null;
        var firstLeg = acquisition is null ? null : FirstLegCall.Of(acquisition, place.SpanStart, _context);
        var comments = firstLeg is null ? [] : MoveInto(acquisition!, assertion);
        if (own is null && firstLeg is null)
        {
            if (identity.SyntaxTree == _context.Root.SyntaxTree && !CapturedVariables.AreVisible(identity, place.SpanStart, _context))
                return null;
            firstLeg = FirstLegCall.Of(Indentation.Decrease(identity), _context);
        }

        Attests = firstLeg?.Attests == true;
        var known = ClientIdentity.At(_scope, _place is not null, place, _context);
        _statements.InsertRange(0, known.Constants);
        return new SecondLegApplication(firstLeg, known, _scope, _context) { FurtherSteps = furtherSteps ?? [], Comments = comments, OwnCallback = own };
    }

    private static bool AcquiresItself(ExpressionSyntax callback) =>
        callback is ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 2 }
        && MentionsCertificate(callback)
        && callback.DescendantTokens().Any(token => token.ValueText == MsalNames.ExecuteAsync);

    /// <summary>Takes the statement away whose result nothing else uses, and returns the comments above it.</summary>
    private List<string> MoveInto(InvocationExpressionSyntax acquisition, InvocationExpressionSyntax? assertion)
    {
        if (_place is null
            || acquisition.FirstAncestorOrSelf<StatementSyntax>()
                is not LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: AwaitExpressionSyntax } variable] } statement
            || (statement.Parent is GlobalStatementSyntax ? statement.Parent.Parent : statement.Parent) != _scope
            || statement.DescendantTrivia(descendIntoTrivia: false)
                .Any(trivia => Statements.IsComment(trivia) && !statement.GetLeadingTrivia().Contains(trivia))
            || statement.ContainsDirectives
            || _scope.DescendantTokens()
                .Any(token =>
                    token.ValueText == variable.Identifier.ValueText
                        && token != variable.Identifier
                        && assertion?.Span.Contains(token.Span) != true))
            return [];

        SyntaxNode removed = statement.Parent is GlobalStatementSyntax global ? global : statement;
        _movesWhatIsBefore = statement.GetLastToken().GetNextToken() == _place.Holder.GetFirstToken();
        _edits.Add(editor => editor.RemoveNode(removed, SyntaxRemoveOptions.KeepNoTrivia));
        return statement.GetLeadingTrivia().Where(Statements.IsComment).Select(trivia => trivia.ToString()).ToList();
    }

    /// <summary>Asks a confidential client for the scope of the resource, and drops what only a managed identity can do.</summary>
    private void RequestFor(
        InvocationExpressionSyntax beginning, Func<MemberAccessExpressionSyntax, MemberAccessExpressionSyntax> withReceiver)
    {
        var scopes = SyntaxFactory.ParseExpression(
            Scopes(beginning.ArgumentList.Arguments[0].Expression),
            options: _context.Root.SyntaxTree.Options);
        _edits.Add(editor => editor.ReplaceNode(beginning, (current, _) =>
        {
            var call = (InvocationExpressionSyntax)current;
            var access = withReceiver((MemberAccessExpressionSyntax)call.Expression);
            var argument = SyntaxFactory.Argument(scopes).WithTriviaFrom(call.ArgumentList.Arguments[0]);
            return call
                .WithExpression(access.WithName(SyntaxFactory.IdentifierName(MsalNames.AcquireTokenForClient).WithTriviaFrom(access.Name)))
                .WithArgumentList(call.ArgumentList.WithArguments(SyntaxFactory.SingletonSeparatedList(argument)));
        }));
        foreach (var step in FluentChain.Through(beginning, MsalNames.ExecuteAsync).SkipWhile(call => call != beginning))
        {
            if (InvocationName.OfMember(step) is MsalNames.WithAttestationSupport or MsalNames.WithClientAssertion)
                _edits.Add(editor => editor.ReplaceNode(step, (current, _) => ChainEditor.Without((InvocationExpressionSyntax)current)));
            else if (InvocationName.OfMember(step) == MsalNames.WithMtlsProofOfPossession && step.ArgumentList.Arguments.Count > 0)
                _edits.Add(editor =>
                    editor.ReplaceNode(step.ArgumentList, (current, _) => SyntaxFactory.ArgumentList().WithTriviaFrom(current)));
        }
    }

    private string Scopes(ExpressionSyntax resource)
    {
        const string Default = "/.default";
        var constant = _context.Semantics.GetConstantValue(resource, _context.Cancellation).Value as string;
        var scope = constant?.EndsWith(Default, StringComparison.OrdinalIgnoreCase) == true ? resource.ToString()
            : resource is LiteralExpressionSyntax
            && constant is not null ? SymbolDisplay.FormatLiteral(constant.TrimEnd('/') + Default, quote: true)
            : resource is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax ? $"{resource} + \"{Default}\""
            : $"({resource}) + \"{Default}\"";

        // Collection expressions came with C# 12.
        return (int)((CSharpParseOptions)_context.Root.SyntaxTree.Options).LanguageVersion >= 1200 ? $"[{scope}]" : $"new[] {{ {scope} }}";
    }

    private ExpressionSyntax Parse(string code) =>
        SyntaxFactory.ParseExpression(
            code.Replace("\n", LineEnding.Of(_context.Root).ToString()),
            options: _context.Root.SyntaxTree.Options);

    private StatementSyntax Statement(string code) =>
        SyntaxFactory.ParseStatement(
            code.Replace("\n", LineEnding.Of(_context.Root).ToString()),
            options: _context.Root.SyntaxTree.Options);

    private static bool IsCreation(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: MsalNames.Create, Expression: var type }
            && type.GetLastToken().ValueText == MsalNames.ManagedIdentityApplicationBuilder;
}
