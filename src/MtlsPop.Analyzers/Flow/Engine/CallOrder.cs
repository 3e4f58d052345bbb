using System.Collections.Immutable;

namespace MtlsPop.Analyzers.Flow.Engine;

/// <summary>The bodies that a body leads to, called ones first; those that call each other in a circle come together (Tarjan's strongly connected components, without recursion).</summary>
internal sealed class CallOrder
{
    private readonly Dictionary<CodeBody, int> _index = [];
    private readonly Dictionary<CodeBody, int> _low = [];
    private readonly Stack<CodeBody> _open = new();
    private readonly HashSet<CodeBody> _isOpen = [];
    private readonly Stack<Frame> _frames = new();
    private readonly List<ImmutableArray<CodeBody>> _circles = [];
    private readonly Func<CodeBody, ImmutableArray<CodeBody>> _callees;

    public CallOrder(CodeBody root, Func<CodeBody, ImmutableArray<CodeBody>> callees, Func<CodeBody, bool> isKnown)
    {
        _callees = callees;
        Push(root);
        while (_frames.Count > 0)
        {
            var frame = _frames.Peek();
            if (frame.Next < frame.Callees.Length)
            {
                var callee = frame.Callees[frame.Next++];
                if (isKnown(callee))
                    continue;

                if (!_index.TryGetValue(callee, out var index))
                    Push(callee);
                else if (_isOpen.Contains(callee))
                    _low[frame.Body] = Math.Min(_low[frame.Body], index);
                continue;
            }

            _frames.Pop();
            if (_low[frame.Body] == _index[frame.Body])
                Close(frame.Body);
            if (_frames.Count > 0)
                _low[_frames.Peek().Body] = Math.Min(_low[_frames.Peek().Body], _low[frame.Body]);
        }
    }

    public IReadOnlyList<ImmutableArray<CodeBody>> Circles => _circles;

    private void Push(CodeBody body)
    {
        _index[body] = _low[body] = _index.Count;
        _open.Push(body);
        _isOpen.Add(body);
        _frames.Push(new Frame(body, _callees(body)));
    }

    /// <summary>The order in a circle is that of the text, whoever asked first.</summary>
    private void Close(CodeBody root)
    {
        var circle = new List<CodeBody>();
        CodeBody body;
        do
        {
            circle.Add(body = _open.Pop());
            _isOpen.Remove(body);
        }
        while (body != root);
        _circles.Add(circle.OrderBy(member => member.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(member => member.Syntax.SpanStart).ToImmutableArray());
    }

    private sealed class Frame(CodeBody body, ImmutableArray<CodeBody> callees)
    {
        public CodeBody Body => body;

        public ImmutableArray<CodeBody> Callees => callees;

        public int Next { get; set; }
    }
}
