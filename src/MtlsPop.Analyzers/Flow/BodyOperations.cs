using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MtlsPop.Analyzers.Flow;

/// <summary>The operations of a body, from the outside to the inside.</summary>
internal static class BodyOperations
{
    public static ImmutableArray<IOperation> Of(IOperation body)
    {
        var operations = ImmutableArray.CreateBuilder<IOperation>();
        Collect(body, operations);
        return operations.ToImmutable();
    }

    private static void Collect(IOperation operation, ImmutableArray<IOperation>.Builder operations)
    {
        operations.Add(operation);
        foreach (var child in operation.ChildOperations)
            Collect(child, operations);
    }
}
