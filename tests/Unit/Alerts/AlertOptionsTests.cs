using System.ComponentModel.DataAnnotations;
using PaymentEngine.Runtime.Alerts;
using Xunit;

namespace PaymentEngine.Tests.Unit.Alerts;

public sealed class AlertOptionsTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void nobody_has_to_be_told() => Assert.Empty(Faults(new AlertOptions()));

    [Fact]
    public void a_webhook_and_a_mail_server_that_can_be_used_are_accepted()
    {
        var options = new AlertOptions
        {
            Webhooks = { ["on-call"] = new WebhookSettings { Url = "https://ops.example/alerts", Secret = Secret } },
        };
        options.Mail.Server = "mail.example";
        options.Mail.From = "Payments <engine@example.com>";
        options.Mail.To = ["a@example.com", "b@example.com"];

        Assert.Empty(Faults(options));
    }

    [Theory]
    [InlineData("ops.example/alerts", Secret, "Alerts:Webhooks:on-call:Url must be an http or https address")]
    [InlineData("ftp://ops.example", Secret, "Alerts:Webhooks:on-call:Url must be an http or https address")]
    [InlineData("https://ops.example", "", "Alerts:Webhooks:on-call:Secret must be whsec_ and a key in Base64")]
    [InlineData("https://ops.example", "whsec_???", "Alerts:Webhooks:on-call:Secret must be whsec_ and a key in Base64")]
    public void a_webhook_that_cannot_be_used_is_named(string url, string secret, string fault) =>
        Assert.StartsWith(fault, Assert.Single(Faults(new AlertOptions
        {
            Webhooks = { ["on-call"] = new WebhookSettings { Url = url, Secret = secret } },
        })), StringComparison.Ordinal);

    [Fact]
    public void everything_that_is_wrong_with_the_mail_is_named()
    {
        var options = new AlertOptions();
        options.Mail.Server = "mail.example:25";
        options.Mail.Port = 0;
        options.Mail.From = "nobody";
        options.Mail.User = "engine";
        options.Mail.Tls = false;

        Assert.Equal(
            ["Alerts:Mail:Server", "Alerts:Mail:Port", "Alerts:Mail:From", "Alerts:Mail:To:0,", "Alerts:Mail:User", "Alerts:Mail:Password"],
            Faults(options).Select(fault => fault.Split(' ')[0]));
    }

    [Fact]
    public void a_webhook_by_the_name_of_the_mail_is_refused() =>
        Assert.Contains("that name is the mail's", Assert.Single(Faults(new AlertOptions
        {
            Webhooks = { ["mail"] = new WebhookSettings { Url = "https://ops.example", Secret = Secret } },
        })), StringComparison.Ordinal);

    [Fact]
    public void a_target_that_keeps_failing_is_tried_ever_less_often_and_never_given_up() =>
        Assert.Equal(
            [5, 10, 20, 40, 900, 900],
            ((int[])[0, 1, 2, 3, 8, 100_000]).Select(failures => new AlertOptions().PauseAfter(failures).TotalSeconds));

    private static List<string> Faults(AlertOptions options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return [.. faults.Select(fault => fault.ErrorMessage!)];
    }
}
