using MtlsPop.Analyzers.Model;

namespace MtlsPop.Analyzers.Conventions;

/// <summary>A public method of bound tokens uses a parameter that it never checks for null.</summary>
internal sealed class InputNotValidated() : Rule<UncheckedInput>(Rules.InputNotValidated)
{
    protected override void Judge(UncheckedInput input, Report report) => report.At(input.Name, input.Name.ValueText);
}
