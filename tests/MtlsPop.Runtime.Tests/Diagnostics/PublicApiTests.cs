using System.Reflection;
using System.Runtime.CompilerServices;

namespace MtlsPop.Tests.Diagnostics;

public class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_that_is_written_down()
    {
        var actual = string.Join('\n', Surface()) + "\n";
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.actual.txt"), actual); // to take over where the change is meant

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt")), actual);
    }

    private static IEnumerable<string> Surface() =>
        from type in typeof(MtlsPopToken).Assembly.GetExportedTypes()
        orderby type.Name
        from line in (string[])[$"{type}", .. Members(type)]
        select line;

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is not MethodBase { IsSpecialName: true } || member is ConstructorInfo)
            .Where(member => member is not FieldInfo { IsSpecialName: true })
            .Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Select(Describe)
            .Order(StringComparer.Ordinal);

    private static string Describe(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } constant => $"    {constant} = {constant.GetRawConstantValue()}",
        PropertyInfo property => $"    {property} {{ {(property.GetMethod is { IsPublic: true } ? "get; " : "")}{(property.SetMethod is { IsPublic: true } ? "set; " : "")}}}",
        MethodBase method => $"    {(method.IsStatic ? "static " : "")}{method}{Defaults(method)}",
        _ => $"    {member}",
    };

    // A parameter's name and default are part of what callers compile against.
    private static string Defaults(MethodBase method) =>
        $" // {string.Join(", ", method.GetParameters().Select(parameter => parameter.Name + (parameter.HasDefaultValue ? " = default" : "")))}";
}
