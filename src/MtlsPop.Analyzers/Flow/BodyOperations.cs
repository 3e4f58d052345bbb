using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow;

/// <summary>The operations of a body, from the outside to the inside.</summary>
internal static class BodyOperations
{
    public static ImmutableArray<IOperation> Of(IOperation body)
    {
        var operations = ImmutableArray.CreateBuilder<IOperation>();
        var waiting = new Stack<IOperation>();
        waiting.Push(body);
        while (waiting.Count > 0)
        {
            var operation = waiting.Pop();
            operations.Add(operation);
            foreach (var child in operation.ChildOperations.Reverse())
                waiting.Push(child);
        }

        return operations.ToImmutable();
    }
}
