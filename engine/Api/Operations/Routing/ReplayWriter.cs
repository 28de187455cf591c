using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Routing.Replay;
using PaymentEngine.Runtime.Routing;

namespace PaymentEngine.Api.Operations.Routing;

/// <summary>What a replay found, as operations read it.</summary>
internal static class ReplayWriter
{
    private const int RateDecimals = 4;
    private const int CountDecimals = 1;

    public static byte[] Write(ReplayResult.Done done) => JsonBytes.Of(done, static (json, done) =>
    {
        var report = done.Report;
        json.WriteNumber("transactions"u8, report.Transactions);
        json.WriteNumber("as_in_reality"u8, report.AsInReality);
        json.WriteObject("in_force"u8, report.InForce, WriteTotal);
        json.WriteObject("draft"u8, report.Draft, WriteTotal);
        json.WriteObjects("channels"u8, report.Channels, WriteChannel);
        json.WriteObjects("moves"u8, report.Moves, WriteMove);
        json.WriteObject("no_longer_routable"u8, report.NoLongerRoutable, WriteUnroutable);
        json.WriteObjects("script_failures"u8, done.ScriptFailures, WriteFailure);
    });

    private static void WriteTotal(Utf8JsonWriter json, ReplayTotal total)
    {
        WriteSum(json, total.Routed);
        WriteSuccesses(json, total.ExpectedSuccesses);
        json.WriteNumber("unroutable"u8, total.Unroutable);
    }

    private static void WriteChannel(Utf8JsonWriter json, ReplayChannel channel)
    {
        json.WriteString("channel"u8, channel.Code);
        if (channel.SuccessRate is { } rate)
        {
            json.WriteNumber("success_rate"u8, Math.Round(rate, RateDecimals));
        }
        else
        {
            json.WriteNull("success_rate"u8);
        }

        json.WriteObject("really"u8, channel.Really, WriteSum);
        json.WriteObject("in_force"u8, channel.InForce, WriteShare);
        json.WriteObject("draft"u8, channel.Draft, WriteShare);
    }

    private static void WriteShare(Utf8JsonWriter json, ReplayShare share)
    {
        WriteSum(json, share.Sum);
        WriteSuccesses(json, share.ExpectedSuccesses);
    }

    private static void WriteMove(Utf8JsonWriter json, ReplayMove move)
    {
        json.WriteString("from"u8, move.From);
        json.WriteString("to"u8, move.To);
        WriteSum(json, move.Sum);
        json.WriteTexts("example_trades"u8, move.Examples);
    }

    private static void WriteUnroutable(Utf8JsonWriter json, ReplayUnroutable unroutable)
    {
        WriteSum(json, unroutable.Sum);
        json.WriteTexts("example_trades"u8, unroutable.Examples);
        json.WriteObjects("reasons"u8, unroutable.Reasons, static (json, reason) =>
        {
            json.WriteString("channel"u8, reason.Channel);
            json.WriteString("interface"u8, reason.Interface);
            json.WriteString("reason"u8, reason.Words);
            json.WriteNumber("count"u8, reason.Count);
        });
    }

    private static void WriteFailure(Utf8JsonWriter json, ReplayFailure failure)
    {
        json.WriteString("script"u8, failure.Script);
        json.WriteNumber("version"u8, failure.Version);
        json.WriteNumber("count"u8, failure.Count);
        json.WriteString("message"u8, failure.Message);
    }

    private static void WriteSum(Utf8JsonWriter json, ReplaySum sum)
    {
        json.WriteNumber("count"u8, sum.Count);
        json.WriteObjects("money"u8, sum.Money, static (json, money) =>
        {
            json.WriteString("currency"u8, money.Amount.Currency.Code);
            json.WriteMoney("amount"u8, money.Amount);
            json.WriteMoney("expected_fee"u8, money.Fee);
        });
    }

    private static void WriteSuccesses(Utf8JsonWriter json, decimal successes) =>
        json.WriteNumber("expected_successes"u8, Math.Round(successes, CountDecimals));
}
