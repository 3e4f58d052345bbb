// Extension blocks whose members call each other on what they return.
internal static class Extensions
{
    extension(IManagedIdentityApplication app)
    {
        public IManagedIdentityApplication Same => app.Same.Same;

        public AcquireTokenForManagedIdentityParameterBuilder Bound(string resource) => app.Same.Bound(resource).WithMtlsProofOfPossession().Again(app);
    }

    extension<T>(T request) where T : BaseAbstractAcquireTokenParameterBuilder<T>
    {
        public T Again(object state) => request.Again((request, state)).Again(request);
    }

    extension(AuthenticationResult)
    {
        public static Task<AuthenticationResult> Of(IManagedIdentityApplication app) => app.Same.Bound("r").ExecuteAsync();
    }
}
