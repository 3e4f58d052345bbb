using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Model;

/// <summary>How an application proves who it is: the last credential that its builder was given.</summary>
internal sealed class Credential
{
    private readonly List<(Step Step, State State)> _uses;

    private Credential(List<(Step Step, State State)> uses) => _uses = uses;

    /// <summary>The call that gives the credential.</summary>
    public Step Step => _uses[0].Step;

    public bool IsCertificate => Step.Name == MsalNames.WithCertificate;

    /// <summary>Whether it is a certificate that a callback gives, each time that MSAL asks.</summary>
    public bool ComesFromCallback => IsGivenByCallback(Step);

    /// <summary>Whether the certificate is sent with its chain.</summary>
    public ThreeState ChainSent => ThreeStates.Agreed(_uses.Select(use => SendsChain(use.Step, use.State)));

    /// <summary>Whether a token can be bound to the credential: there must be a certificate in it.</summary>
    public static ThreeState CanBind(Step step, MsalLibrary msal) => step.Name switch
    {
        MsalNames.WithClientSecret or MsalNames.WithClientClaims => ThreeState.No,
        MsalNames.WithCertificate => ThreeStates.Of(msal.CertificateCallbacksBind || !IsGivenByCallback(step)),
        MsalNames.WithClientAssertion when !CarriesCertificate(step.Arguments) => ThreeState.No,
        _ => ThreeState.Unknown,
    };

    /// <summary>Whether the overload of <c>WithClientAssertion</c> takes a certificate with the token.</summary>
    public static bool CarriesCertificate(ImmutableArray<Argument> arguments) =>
        arguments.Last(argument => argument.Parameter is not null).Parameter!.Type.ToDisplayString().Contains(MsalNames.ClientSignedAssertion);

    public static IEnumerable<Credential> Of(IEnumerable<RequestPath> paths) => paths
        .Where(path => !path.Application.IsEscaped)
        .Select(path => (Step: Last(path.Application), path.State))
        .Where(use => use.Step is not null)
        .GroupBy(use => use.Step!.Syntax)
        .Select(uses => new Credential([.. uses.Select(use => (use.Step!, use.State))]));

    /// <summary>The step that gives the credential: one after another, the last wins. Null where there is none, or where it may be one of several.</summary>
    public static Step? Last(CallLog application)
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

    private static bool IsCredential(Step step) => step.Name is MsalNames.WithCertificate or MsalNames.WithClientSecret or MsalNames.WithClientAssertion or MsalNames.WithClientClaims;

    private static bool IsGivenByCallback(Step step) => step["certificateProvider"] is not null;

    private static ThreeState SendsChain(Step step, State state)
    {
        if (step[MsalNames.SendX5CParameter] is { } sendX5C)
            return sendX5C is ConstantValue { Data: bool send } ? ThreeStates.Of(send) : ThreeState.Unknown;

        return step["certificateOptions"] switch
        {
            null or ConstantValue { Data: null } => ThreeState.No,
            AllocatedObject options when state[options] is { } history => OptionsSendChain(history),
            _ => ThreeState.Unknown,
        };
    }

    private static ThreeState OptionsSendChain(CallLog options)
    {
        var sendX5C = Option(options, MsalNames.SendX5C);

        // A certificate that also goes over mTLS for bearer tokens always takes its chain along.
        var overMtls = Option(options, MsalNames.SendCertificateOverMtls);
        if (sendX5C == ThreeState.Yes || overMtls == ThreeState.Yes)
            return ThreeState.Yes;
        return sendX5C == ThreeState.No && overMtls == ThreeState.No ? ThreeState.No : ThreeState.Unknown;
    }

    private static ThreeState Option(CallLog options, string name) => options.Last(name) switch
    {
        _ when options.IsOpenTo(name) => ThreeState.Unknown,
        { } set => set["value"] is ConstantValue { Data: bool on } ? ThreeStates.Of(on) : ThreeState.Unknown,
        null => ThreeState.No,
    };
}
