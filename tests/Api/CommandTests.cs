using PaymentEngine.Store.Secrets;
using PaymentEngine.Tests.Support.Mail;
using PaymentEngine.Tests.Support.Processes;

namespace PaymentEngine.Tests.Api;

/// <summary>Commands of the engine's program for those who run it.</summary>
public sealed class CommandTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const int Unfit = 78;

    private TestDatabase _database = null!;
    private EngineSettings _settings = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _settings = new EngineSettings(_database.ConnectionString);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _settings.Dispose();

    [Fact]
    [Trait("Rule", "P3")]
    public async Task a_test_alert_says_of_each_target_whether_it_accepted_P3()
    {
        await using var webhook = await NotificationReceiver.StartAsync();
        await using var mail = MailServer.Start();
        webhook.Answer = _ => webhook.Received.Count == 1 ? 204 : 401;
        Set("Alerts__Webhooks__on-call__Url", webhook.Url());
        Set("Alerts__Webhooks__on-call__Secret", Secret);
        Set("Alerts__Mail__Server", "127.0.0.1");
        Set("Alerts__Mail__Port", mail.Port.ToString());
        Set("Alerts__Mail__Tls", "false");
        Set("Alerts__Mail__From", "engine@example.com");
        Set("Alerts__Mail__To__0", "ops@example.com");

        var good = await EngineProgram.RunAsync(_settings, "test-alert");
        Assert.Equal((0, "on-call: accepted\nmail: accepted"), (good.ExitCode, good.Output.Trim()));
        Assert.True(webhook.Received.Single().IsSignedWith(Secret));
        Assert.Contains("This is a test; nothing is wrong.", mail.Received.Single().Text, StringComparison.Ordinal);

        var bad = await EngineProgram.RunAsync(_settings, "test-alert");
        Assert.Equal((1, "on-call: NOT ACCEPTED: status 401\nmail: accepted"), (bad.ExitCode, bad.Output.Trim()));
    }

    [Fact]
    [Trait("Rule", "P3")]
    public async Task targets_that_cannot_be_used_are_refused_in_one_line_at_the_start_too_P3()
    {
        var nobody = await EngineProgram.RunAsync(_settings, "test-alert");
        Assert.Equal(Unfit, nobody.ExitCode);
        Assert.Contains("nobody is told of alerts", nobody.Errors, StringComparison.Ordinal);

        Set("Alerts__Mail__Server", "127.0.0.1");
        foreach (var command in new[] { "test-alert", "serve" })
        {
            var refused = await EngineProgram.RunAsync(_settings, command, "--Urls=http://127.0.0.1:0");
            Assert.Equal(Unfit, refused.ExitCode);
            Assert.Contains("Alerts:Mail:From must be a mail address", refused.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task a_merchants_secret_is_shown_to_whoever_has_the_key()
    {
        await new SecretKeeper(_database.Sql, TestDatabase.Secrets).SealAsync(CancellationToken.None);

        var shown = await EngineProgram.RunAsync(_settings, "webhook-secret", "M1001");
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=\n$", shown.Output);
        Assert.Equal(1, (await EngineProgram.RunAsync(_settings, "webhook-secret", "M9999")).ExitCode);

        Set("Engine__SecretKeyFile", null);
        Set("Engine__DemoKeyFile", null);
        var without = await EngineProgram.RunAsync(_settings, "webhook-secret", "M1001");
        Assert.Equal(Unfit, without.ExitCode);
        Assert.Contains("Engine:SecretKeyFile", without.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_is_sealed_on_the_command_line_is_opened_by_the_engine()
    {
        var done = await EngineProgram.RunWithInputAsync(_settings, "institutions-key\n", "seal", "connection/simulator");
        Assert.Equal((0, string.Empty), (done.ExitCode, done.Errors));
        await _database.ExecuteAsync("update channel_connection set secret = $1::bytea", done.Output.Trim());

        Assert.Equal(
            "institutions-key"u8.ToArray(),
            TestDatabase.Secrets.Open((await _database.ScalarAsync<byte[]>("select secret from channel_connection"))!, "connection/simulator"));
        Assert.Equal(Unfit, (await EngineProgram.RunWithInputAsync(_settings, "no whsec", "seal", "merchant/M1001")).ExitCode);
        Assert.Equal(Unfit, (await EngineProgram.RunWithInputAsync(_settings, "x", "seal", "elsewhere")).ExitCode);
    }

    private void Set(string name, string? value) => _settings.Environment[name] = value;
}
