using Microsoft.Identity.Client;
using MtlsPop.StandIns;

namespace MtlsPop.Tests.Acquiring;

public class SingleFlightTests
{
    [Fact]
    public async Task A_thousand_callers_of_a_cold_cache_make_one_token_request()
    {
        await using var world = await World.StartAsync();
        var answer = new TaskCompletionSource();
        world.Sts.Delay = _ => answer.Task;
        var app = world.App();

        var asked = await Concurrent.StartAsync(1000, () => app.AcquireMtlsPopTokenAsync([World.Scope]));
        answer.SetResult();
        var results = await Task.WhenAll(asked);

        Assert.Single(world.Sts.Seen);
        Assert.Single(results.Select(result => result.AccessToken).Distinct());
    }

    [Fact]
    public async Task A_caller_who_gives_up_takes_nobody_along()
    {
        await using var world = await World.StartAsync();
        var answer = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        world.Sts.Delay = _ => { asked.TrySetResult(); return answer.Task; };
        var app = world.App();
        using var impatience = new CancellationTokenSource();

        var first = app.AcquireMtlsPopTokenAsync([World.Scope], impatience.Token);
        var second = app.AcquireMtlsPopTokenAsync([World.Scope]);
        await asked.Task;
        await impatience.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(impatience.Token, exception.CancellationToken);
        answer.SetResult();
        Assert.NotNull(await second);
        Assert.Single(world.Sts.Seen);
    }

    [Fact]
    public async Task The_next_caller_succeeds_after_all_before_gave_up()
    {
        await using var world = await World.StartAsync();
        var asked = new TaskCompletionSource();
        world.Sts.Delay = _ => asked.TrySetResult() ? Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken) : Task.CompletedTask;
        var app = world.App();
        using var impatience = new CancellationTokenSource();
        var first = app.AcquireMtlsPopTokenAsync([World.Scope], impatience.Token);
        await asked.Task;
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Assert.NotNull(await app.AcquireMtlsPopTokenAsync([World.Scope]));
    }

    [Fact]
    public async Task Of_a_thousand_callers_a_third_gives_up_each_with_its_own_token_and_one_request_serves_the_rest()
    {
        await using var world = await World.StartAsync();
        var answer = new TaskCompletionSource();
        world.Sts.Delay = _ => answer.Task;
        var app = world.App();
        var impatience = Enumerable.Range(0, 1000).Select(caller => caller % 3 == 0 ? new CancellationTokenSource() : null).ToArray();

        var asked = impatience.Select(own => app.AcquireMtlsPopTokenAsync([World.Scope], own?.Token ?? default)).ToArray();
        await Task.WhenAll(impatience.Where(own => own is not null).Select(own => own!.CancelAsync()));
        foreach (var (own, caller) in impatience.Zip(asked).Where(pair => pair.First is not null))
        {
            Assert.Equal(own!.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller)).CancellationToken);
            own.Dispose();
        }

        answer.SetResult();
        await Task.WhenAll(impatience.Zip(asked).Where(pair => pair.First is null).Select(pair => pair.Second));
        Assert.Single(world.Sts.Seen);
    }

    [Fact]
    public async Task A_caller_who_comes_as_all_others_leave_is_served()
    {
        var certificate = World.NewCertificate();
        for (var round = 0; round < 200; round++)
        {
            var acquirer = new TokenAcquirer("test", async (_, cancelled) =>
            {
                await Task.Yield();
                cancelled.ThrowIfCancellationRequested();
                return Results.Of(certificate);
            }, TimeProvider.System);
            using var impatience = new CancellationTokenSource();
            var leaving = Enumerable.Range(0, 8).Select(_ => acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope), impatience.Token).AsTask()).ToArray();

            var leave = Task.Run(impatience.Cancel, TestContext.Current.CancellationToken);
            var served = await acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope), TestContext.Current.CancellationToken);

            Assert.Same(certificate, served.BindingCertificate);
            await leave;
            await Task.WhenAll(leaving.Select(caller => Record.ExceptionAsync(() => caller).AsTask()));
        }
    }

    [Fact]
    public async Task A_failure_is_shared_and_not_repeated_by_each_caller()
    {
        await using var world = await World.StartAsync();
        var answer = new TaskCompletionSource();
        world.Sts.Delay = _ => answer.Task;
        world.Sts.Refuses = _ => new TokenRefusal(400, "unauthorized_client");
        var app = world.App();

        var callers = Enumerable.Range(0, 100).Select(_ => app.AcquireMtlsPopTokenAsync([World.Scope])).ToArray();
        answer.SetResult();

        foreach (var caller in callers)
        {
            await Assert.ThrowsAsync<MsalServiceException>(() => caller);
        }

        Assert.Single(world.Sts.Seen);
    }

    [Fact]
    public async Task Callers_for_different_tenants_do_not_wait_for_each_other()
    {
        await using var world = await World.StartAsync();
        world.Sts.Delay = request => request.Tenant == "slow" ? Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken) : Task.CompletedTask;
        var app = world.App();
        using var end = new CancellationTokenSource();

        var slow = app.AcquireMtlsPopTokenAsync(new MtlsPopTokenRequest(World.Scope) { TenantId = "slow" }, end.Token);
        Assert.NotNull(await app.AcquireMtlsPopTokenAsync(new MtlsPopTokenRequest(World.Scope) { TenantId = "quick" }));

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
    }

    [Fact]
    public async Task Of_two_hundred_callers_who_find_a_refresh_due_one_asks_MSAL_and_all_get_a_good_token()
    {
        await using var world = await World.StartAsync();
        world.Sts.RefreshIn = 1;
        var clock = new ManualClock();
        var app = world.App();
        var asked = 0;
        var acquirer = new TokenAcquirer("test", (request, cancelled) =>
        {
            Interlocked.Increment(ref asked);
            return new ConfidentialClientRequests(app).ExecuteAsync(request, cancelled);
        }, clock);
        await acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope));
        clock.Advance(TimeSpan.FromMinutes(1));

        // One after the other: each could ask MSAL, which would refresh for half of them.
        for (var caller = 0; caller < 200; caller++)
        {
            var token = await acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope));
            Assert.True(token.ExpiresOn > clock.GetUtcNow());
        }

        Assert.Equal(2, asked);
        Assert.InRange(world.Sts.Seen.Count, 1, 2);
    }

    [Fact]
    public async Task A_token_is_never_served_past_its_expiry()
    {
        var clock = new ManualClock();
        var acquirer = new TokenAcquirer(
            "test", (_, _) => Task.FromResult(Results.Of(World.NewCertificate(), expires: clock.GetUtcNow().AddMinutes(6))), clock);
        var first = await acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope));

        clock.Advance(TimeSpan.FromMinutes(7));
        var second = await acquirer.AcquireAsync(new MtlsPopTokenRequest(World.Scope));

        Assert.NotEqual(first.AccessToken, second.AccessToken);
    }
}
