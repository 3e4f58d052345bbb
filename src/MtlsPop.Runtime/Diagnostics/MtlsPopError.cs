namespace MtlsPop;

/// <summary>Why a bound token could not be used, in a form that code can act on.</summary>
public enum MtlsPopError
{
    /// <summary>The token is not bound: its token type is something other than <c>mtls_pop</c>.</summary>
    TokenTypeMismatch = 1,

    /// <summary>The token states that it is bound to another certificate than the one that came with it.</summary>
    BindingMismatch,

    /// <summary>The token has expired.</summary>
    TokenExpired,

    /// <summary>There is no binding certificate where there must be one.</summary>
    BindingCertificateMissing,

    /// <summary>The certificate has no private key in this process, so it cannot be presented.</summary>
    PrivateKeyUnavailable,

    /// <summary>The certificate is disposed, or its extended key usage does not allow client authentication.</summary>
    CertificateNotUsable,

    /// <summary>The certificate has expired or is not valid yet.</summary>
    CertificateOutsideValidity,

    /// <summary>The server refused the certificate, also after it was acquired again.</summary>
    CertificateRejected,

    /// <summary>The request is not for an absolute https address.</summary>
    InsecureUri,

    /// <summary>The request is for a host outside the allowed hosts.</summary>
    HostNotAllowed,

    /// <summary>The request asks for a token of a scope that its client does not allow.</summary>
    ScopeNotAllowed,

    /// <summary>This machine or hosting service cannot make tokens bound as strongly as asked for.</summary>
    HostNotCapable,

    /// <summary>Attestation is required and its package is not part of the program.</summary>
    AttestationUnavailable,

    /// <summary>The handlers, or their configuration, would let a bound request out unprotected.</summary>
    UnsafeTransport,
}
