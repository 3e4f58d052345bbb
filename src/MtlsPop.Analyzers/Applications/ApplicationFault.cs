using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MtlsPop.Analyzers.Flow.Engine;
using MtlsPop.Analyzers.Framework;
using MtlsPop.Analyzers.Model;
using MtlsPop.Analyzers.Msal;

namespace MtlsPop.Analyzers.Applications;

internal static class ApplicationFault
{
    /// <summary>
    /// A fault in how an application is built, which only a bound request suffers from: it stands at the step. Where another type builds the application,
    /// perhaps for other requests as well, it stands at the step that binds this one, and has no fix there.
    /// </summary>
    public static Finding In(TokenRequest request, Step step, params object[] arguments)
    {
        if (Place.AreInOneType(step.Syntax, request.Execution))
            return new Finding(step.Token, arguments);

        var binding = request.Given(MsalNames.WithMtlsProofOfPossession).Select(given => given.Step.Token).FirstOrDefault();
        return new Finding(binding.RawKind == 0 ? step.Token : binding, arguments)
        {
            OtherPlaces = ImmutableArray.Create(step.Syntax.GetLocation()),
            Properties = ImmutableDictionary<string, string?>.Empty.Add(Finding.InOtherType, null),
        };
    }
}
