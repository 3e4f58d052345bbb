using System.Runtime.CompilerServices;
using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Framework;

/// <summary>Evidence that several rules of one category share: made once for each model, when the first of them asks.</summary>
internal sealed class Evidence<T>(Func<TypeModel, CancellationToken, T> make)
    where T : class
{
    private readonly ConditionalWeakTable<TypeModel, T> _made = new();

    public T Of(TypeModel type, CancellationToken cancellation) => _made.GetValue(type, model => make(model, cancellation));
}
