using System.Text;
using PaymentEngine.Api.Operations.Routing;
using PaymentEngine.Api.Reading;
using PaymentEngine.Runtime.Routing;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

[Trait("Rule", "C17")]
public sealed class ReplayReaderTests
{
    private const string Day = "\"from\":\"2026-11-19T00:00:00+08:00\",\"to\":\"2026-11-19T16:00:00Z\"";

    [Fact]
    public void A_time_alone_replays_what_is_in_force()
    {
        var (request, errors) = Read($"{{{Day}}}");

        Assert.Null(errors);
        Assert.Equal((new DateTimeOffset(2026, 11, 18, 16, 0, 0, TimeSpan.Zero), 24.0, 100_000),
            (request!.Range.From.ToUniversalTime(), (request.Range.To - request.Range.From).TotalHours, request.Range.Most));
        Assert.Null(request.Draft.Setup);
        Assert.Empty(request.Draft.Scripts);
    }

    [Fact]
    public void Setup_and_scripts_are_versions_or_texts()
    {
        var (request, _) = Read($$"""{{{Day}},"setup":7,"scripts":{"by-hours":"ret 1\nend","by-cost":3},"most":10}""");

        Assert.Equal(new VersionOrText(7, null), request!.Draft.Setup);
        Assert.Equal(new VersionOrText(null, "ret 1\nend"), request.Draft.Scripts["by-hours"]);
        Assert.Equal(new VersionOrText(3, null), request.Draft.Scripts["by-cost"]);
        Assert.Equal(10, request.Range.Most);
        Assert.Equal(new VersionOrText(null, "classes: []"), Read($$"""{{{Day}},"setup":"classes: []"}""").Request!.Draft.Setup);
    }

    [Theory]
    [InlineData("{}", "from required", "to required")]
    [InlineData("""{"from":"2026-11-19T00:00:00","to":"yesterday"}""", "from unknown_value", "to unknown_value")]
    [InlineData("""{"from":"2026-11-19T00:00:00Z","to":"2026-11-19T00:00:00Z"}""", "to out_of_range")]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:01Z"}""", "to out_of_range")]
    [InlineData(
        """{"from":"2026-11-19T00:00:00Z","to":"2026-11-20T00:00:00Z","setup":true,"scripts":{"a":0,"b":null,"":1,"c":1,"c":2},"most":0}""",
        "setup wrong_type", "scripts.a out_of_range", "scripts.b wrong_type", "scripts. unknown_field", "scripts.c duplicate_field", "most out_of_range")]
    public void What_is_wrong_is_named(string body, params string[] expected) => Assert.Equal(expected, Read(body).Errors);

    private static (ReplayRequest? Request, IEnumerable<string>? Errors) Read(string body)
    {
        JsonBody.Read<ReplayRequest, string>(Encoding.UTF8.GetBytes(body), "li", ReplayReader.Read).Has(out var request, out var problem);
        return (request, problem?.Errors?.Select(error => $"{error.Field} {error.Code}"));
    }
}
