// Builders that go round: in goto, in do, through a conditional, through a null-coalescing assignment, through ref.
internal sealed class Rounds
{
    private ConfidentialClientApplicationBuilder? _builder;

    public IConfidentialClientApplication Build(int times, X509Certificate2 certificate)
    {
        var builder = ConfidentialClientApplicationBuilder.Create("id");
        again:
        builder = times % 2 == 0 ? builder.WithCertificate(certificate) : builder.WithTenantId($"{builder}");
        do
        {
            _builder ??= builder;
            ref var alias = ref builder;
            alias = (_builder = alias).WithClientName($"{_builder}");
            Replace(ref _builder!, alias);
        }
        while (times-- > 0);
        if (times > -10)
            goto again;
        return builder.Build();
    }

    private static void Replace(ref ConfidentialClientApplicationBuilder kept, ConfidentialClientApplicationBuilder next) =>
        kept = next.WithClientVersion($"{kept}");
}
