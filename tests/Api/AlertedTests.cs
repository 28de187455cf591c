using System.Text.Json.Nodes;
using PaymentEngine.Tests.Support.Mail;

namespace PaymentEngine.Tests.Api;

/// <summary>An engine with somebody to tell: a program on real HTTP, and people behind a real mail server.</summary>
public abstract class AlertedTests(ApiWorld world) : IClassFixture<ApiWorld>, IAsyncLifetime
{
    protected const string Alerts = "/ops/v1/alerts";
    protected const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    protected ApiWorld World { get; } = world;

    protected NotificationReceiver Webhook { get; private set; } = null!;

    protected MailServer Mail { get; private set; } = null!;

    public async Task InitializeAsync() => (Webhook, Mail) = (await NotificationReceiver.StartAsync(), MailServer.Start());

    public async Task DisposeAsync()
    {
        await Webhook.DisposeAsync();
        await Mail.DisposeAsync();
    }

    /// <summary>An engine on the world's database that tells them, once in a class: the world's own tells nobody.</summary>
    protected Task<Uri> StartAsync() => World.StartAsync(
        ("Alerts:Webhooks:on-call:Url", Webhook.Url()),
        ("Alerts:Webhooks:on-call:Secret", Secret),
        ("Alerts:Mail:Server", "127.0.0.1"),
        ("Alerts:Mail:Port", Mail.Port.ToString()),
        ("Alerts:Mail:Tls", "false"),
        ("Alerts:Mail:From", "engine@example.com"),
        ("Alerts:Mail:To:0", "ops@example.com"),
        ("Alerts:Mail:To:1", "night@example.com"),
        ("Alerts:Period", "00:00:00.100"),
        ("Alerts:Gather", "00:00:00"));

    protected Task<int> RaiseAsync(string subject) => World.Database.ExecuteAsync(
        "insert into alert_signal (kind, severity, subject, text, times, at) values ('made_up', 'Warning', $1, 'a trouble', 1, now())", subject);

    protected async Task<JsonNode?> FindAsync(string subject, string query = "") =>
        (await World.Operations.GetAsync(Alerts + query)).Json["alerts"]!.AsArray().SingleOrDefault(alert => (string)alert!["subject"]! == subject);
}
