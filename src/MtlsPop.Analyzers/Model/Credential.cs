using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>How an application proves who it is: the last credential that its builder was given.</summary>
internal sealed class Credential
{
    private readonly List<(Step Step, State State)> _uses;

    private Credential(List<(Step Step, State State)> uses) => _uses = uses;

    /// <summary>The call that gives the credential.</summary>
    public Step Step => _uses[0].Step;

    public bool IsCertificate => Step.Name == Names.WithCertificate;

    /// <summary>Whether it is a certificate that a callback gives, each time that MSAL asks.</summary>
    public bool ComesFromCallback => IsGivenByCallback(Step);

    /// <summary>Whether the certificate is sent with its chain.</summary>
    public Fact ChainSent => Facts.Agreed(_uses.Select(use => SendsChain(use.Step, use.State)));

    /// <summary>Whether a token can be bound to the credential: there must be a certificate in it.</summary>
    public static Fact CanBind(Step step, MsalLibrary msal) => step.Name switch
    {
        Names.WithClientSecret or Names.WithClientClaims => Fact.No,
        Names.WithCertificate => Facts.Of(msal.CertificateCallbacksBind || !IsGivenByCallback(step)),
        Names.WithClientAssertion when !AssertionSource.CarriesCertificateIn(step.Arguments) => Fact.No,
        _ => Fact.Unknown,
    };

    public static IEnumerable<Credential> Of(IEnumerable<RequestPath> paths) => paths
        .Where(path => !path.Application.Open)
        .Select(path => (Step: Last(path.Application), path.State))
        .Where(use => use.Step is not null)
        .GroupBy(use => use.Step!.Syntax)
        .Select(uses => new Credential([.. uses.Select(use => (use.Step!, use.State))]));

    /// <summary>The step that gives the credential: one after another, the last wins. Null where there is none, or where it may be one of several.</summary>
    public static Step? Last(History application)
    {
        if (application.Perhaps.Any(IsCredential))
            return null;

        for (var i = application.Steps.Length - 1; i >= 0; i--)
        {
            if (IsCredential(application.Steps[i]))
                return application.Steps[i];
        }

        return null;
    }

    private static bool IsCredential(Step step) => step.Name is Names.WithCertificate or Names.WithClientSecret or Names.WithClientAssertion or Names.WithClientClaims;

    private static bool IsGivenByCallback(Step step) => step["certificateProvider"] is not null;

    private static Fact SendsChain(Step step, State state)
    {
        if (step[Names.SendX5CParameter] is { } sendX5C)
            return sendX5C is Constant { Data: bool send } ? Facts.Of(send) : Fact.Unknown;

        return step["certificateOptions"] switch
        {
            null or Constant { Data: null } => Fact.No,
            Made options when state[options] is { } history => OptionsSendChain(history),
            _ => Fact.Unknown,
        };
    }

    private static Fact OptionsSendChain(History options)
    {
        var sendX5C = Option(options, Names.SendX5C);

        // A certificate that also goes over mTLS for bearer tokens always takes its chain along.
        var overMtls = Option(options, Names.SendCertificateOverMtls);
        if (sendX5C == Fact.Yes || overMtls == Fact.Yes)
            return Fact.Yes;
        return sendX5C == Fact.No && overMtls == Fact.No ? Fact.No : Fact.Unknown;
    }

    private static Fact Option(History options, string name) => options.Last(name) switch
    {
        _ when options.IsOpenTo(name) => Fact.Unknown,
        { } set => set["value"] is Constant { Data: bool on } ? Facts.Of(on) : Fact.Unknown,
        null => Fact.No,
    };
}
