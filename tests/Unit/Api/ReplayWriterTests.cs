using System.Text;
using PaymentEngine.Api.Operations.Routing;
using PaymentEngine.Core;
using PaymentEngine.Routing.Replay;
using PaymentEngine.Runtime.Routing;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

[Trait("Rule", "C17")]
public sealed class ReplayWriterTests
{
    [Fact]
    public void Everything_that_was_found_is_told()
    {
        var some = new ReplaySum(3, [new ReplayMoney(Yuan(264_00), Yuan(1_58))]);
        var none = new ReplaySum(0, []);
        var report = new ReplayReport(
            4,
            2,
            new ReplayTotal(some, 2.666m, Unroutable: 1),
            new ReplayTotal(none, 0, Unroutable: 4),
            [new ReplayChannel("sim-card", 2m / 3, some, new ReplayShare(some, 2), new ReplayShare(none, 0)), new ReplayChannel("sim-new", null, none, new ReplayShare(none, 0), new ReplayShare(none, 0))],
            [new ReplayMove("sim-card", null, some, ["T202611200000000001"])],
            new ReplayUnroutable(some, ["T202611200000000001"], [new ReplayReason("sim-card", "pay", "is in maintenance", 3), new ReplayReason(null, null, "no class has channels for quick", 1)]));

        var json = Encoding.UTF8.GetString(ReplayWriter.Write(new ReplayResult.Done(report, [new ReplayFailure("by-cost", 7, 12, "division by zero")])));

        const string Some = """
            "count":3,"money":[{"currency":"CNY","amount":"264.00","expected_fee":"1.58"}]
            """;
        const string None = """
            "count":0,"money":[]
            """;
        Assert.Equal(
            """
            {"transactions":4,"as_in_reality":2,
            "in_force":{SOME,"expected_successes":2.7,"unroutable":1},
            "draft":{NONE,"expected_successes":0,"unroutable":4},
            "channels":[{"channel":"sim-card","success_rate":0.6667,"really":{SOME},"in_force":{SOME,"expected_successes":2},"draft":{NONE,"expected_successes":0}},
            {"channel":"sim-new","success_rate":null,"really":{NONE},"in_force":{NONE,"expected_successes":0},"draft":{NONE,"expected_successes":0}}],
            "moves":[{"from":"sim-card","to":null,SOME,"example_trades":["T202611200000000001"]}],
            "no_longer_routable":{SOME,"example_trades":["T202611200000000001"],
            "reasons":[{"channel":"sim-card","interface":"pay","reason":"is in maintenance","count":3},{"channel":null,"interface":null,"reason":"no class has channels for quick","count":1}]},
            "script_failures":[{"script":"by-cost","version":7,"count":12,"message":"division by zero"}]}
            """.ReplaceLineEndings(string.Empty).Replace("SOME", Some, StringComparison.Ordinal).Replace("NONE", None, StringComparison.Ordinal),
            json);
    }

    private static Money Yuan(long minor) => new(minor, Currency.Parse("CNY"));
}
