using System.Text;
using PaymentEngine.Api.Operations;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Runtime.Codes;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

[Trait("Rule", "C11")]
public sealed class MapCodeReaderTests
{
    private const string Least = """{"channel":"sim-card","interface":"query","code":"U7001","outcome":"not_known","unified_code":"gone"}""";

    [Fact]
    public void What_is_optional_has_its_usual_value()
    {
        var (command, errors) = Read(Least);

        Assert.Null(errors);
        Assert.Equal(
            ("sim-card", ChannelInterface.Query, "U7001", "", new CodeMeaning(CodeOutcome.NotKnown, "gone", CountsAgainstHealth: false)),
            (command!.Channel, command.AnsweredBy, command.Code, command.SubCode, command.Meaning));
        Assert.Empty(command.Messages);
    }

    [Fact]
    public void Everything_can_be_said_at_once()
    {
        var (command, _) = Read(
            """
            {"channel":"c","interface":"pay","code":"1","sub_code":"2","outcome":"failed","unified_code":"no","counts_against_health":true,
             "messages":{"en":"No.","zh":"不行。"} }
            """);

        Assert.Equal(("2", new CodeMeaning(CodeOutcome.Failed, "no", CountsAgainstHealth: true)), (command!.SubCode, command.Meaning));
        Assert.Equal([new PayerMessage("no", "en", "No."), new PayerMessage("no", "zh", "不行。")], command.Messages);
    }

    [Theory]
    [InlineData("{}", "channel required", "interface required", "code required", "outcome required", "unified_code required")]
    [InlineData("""{"channel":"c","interface":"Pay","code":"1","outcome":"3","unified_code":"x"}""", "interface unknown_value", "outcome unknown_value")]
    [InlineData("""{"channel":"c","interface":"pay","code":"","outcome":"failed","unified_code":"X"}""", "code wrong_length", "unified_code invalid_characters")]
    [InlineData("""{"channel":"c","interface":"pay","code":"1","outcome":"failed","unified_code":"1x"}""", "unified_code invalid_characters")]
    [InlineData("""{"channel":"c","interface":"pay","code":"1","outcome":"not_known","unified_code":"x"}""", "outcome unknown_value")]
    [InlineData(
        """{"channel":"c","interface":"pay","code":"1","outcome":"failed","unified_code":"x","counts_against_health":"no","messages":{"fr":"Non.","en":""}}""",
        "counts_against_health wrong_type", "messages.fr unknown_field", "messages.en wrong_length")]
    public void What_is_wrong_is_named(string body, params string[] expected) => Assert.Equal(expected, Read(body).Errors);

    private static (MapCode? Command, IEnumerable<string>? Errors) Read(string body)
    {
        JsonBody.Read<MapCode, string>(Encoding.UTF8.GetBytes(body), "li", MapCodeReader.Read).Has(out var command, out var problem);
        return (command, problem?.Errors?.Select(error => $"{error.Field} {error.Code}"));
    }
}
