using System.Text.Json.Nodes;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Runtime.Alerts;
using Xunit;

namespace PaymentEngine.Tests.Unit.Alerts;

public sealed class AlertMessageTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void the_same_alerts_are_the_same_message_and_what_came_again_is_another()
    {
        var once = new AlertMessage([Of(1), Of(2)]);

        Assert.Equal(once.Id, new AlertMessage([Of(1), Of(2)]).Id);
        Assert.Equal(once.ToJson(), new AlertMessage([Of(1), Of(2)]).ToJson());
        Assert.NotEqual(once.Id, new AlertMessage([Of(1), Of(2) with { Times = 2 }]).Id);
        Assert.NotEqual(once.Id, new AlertMessage([Of(1)]).Id);
    }

    [Fact]
    public void a_program_reads_each_alert_with_its_id_and_how_often_it_came()
    {
        var json = JsonNode.Parse(new AlertMessage([Of(7) with { Times = 10_000, Text = "银行 says “no”" }]).ToJson())!;

        Assert.Equal(("alerts.raised", "2026-11-20T09:00:07.000Z", 1), ((string)json["type"]!, (string)json["created_at"]!, (int)json["data"]!["count"]!));
        var alert = json["data"]!["alerts"]![0]!;
        Assert.Equal(
            (7, "unmapped_code", "warning", "sim-card pay X7", "银行 says “no”", 10_000, "2026-11-20T09:00:00.000Z"),
            ((int)alert["id"]!, (string)alert["kind"]!, (string)alert["severity"]!, (string)alert["subject"]!, (string)alert["text"]!,
             (int)alert["times"]!, (string)alert["first_seen"]!));
    }

    [Fact]
    public void very_many_are_counted_and_the_first_of_them_shown()
    {
        var message = new AlertMessage([.. Enumerable.Range(1, 1_000).Select(id => Of(id))]);
        var json = JsonNode.Parse(message.ToJson())!;

        Assert.Equal((1_000, AlertMessage.MostShown), ((int)json["data"]!["count"]!, json["data"]!["alerts"]!.AsArray().Count));
        Assert.Contains("and 950 more", message.ToText(), StringComparison.Ordinal);
        Assert.Equal("[payment-engine] warning: 1000 alerts", message.Subject);
    }

    [Fact]
    public void what_an_institution_sent_cannot_begin_a_header_of_its_own()
    {
        var subject = new AlertMessage([Of(1) with { Subject = "sim-card pay A\r\nBcc: all@example.com" }]).Subject;

        Assert.DoesNotContain(subject, char.IsControl);
        Assert.Contains("Bcc: all@example.com", subject, StringComparison.Ordinal);
    }

    private static Alert Of(int id) =>
        new(id, "unmapped_code", AlertSeverity.Warning, $"sim-card pay X{id}", "nobody has mapped it", 1, Then, Then.AddSeconds(id % 60));
}
