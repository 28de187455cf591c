using System.Reflection;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Scripts;

/// <summary>A question that a script answers with true or false: what it may see, and what decides when nothing else does.</summary>
public abstract class RouteHook(string name, ScriptSchema schema)
{
    public static readonly RouteHook<RerouteFacts> Reroute = new("reroute", new ScriptSchema<RerouteFacts> { Result = ScriptType.Bool }
        .Decimal("amount", "what the leg is about, in major units", static (in f) => Major(f.Failed.Amount))
        .Text("currency", "ISO 4217", static (in f) => f.Failed.Amount.Currency.Code)
        .Text("method", "quick, online_banking, wallet", static (in f) => f.Payment.Method.Code())
        .Text("merchant", "the merchant's number", static (in f) => f.Directory.Merchant(f.Family.Trade.MerchantId).Number)
        .Text("channel", "the code of the channel that failed", static (in f) => f.Channel.Code)
        .Text("code", "the unified code of the failure", static (in f) => f.Failed.Code)
        .Text("evidence", "not_sent, certain_failure, closed_at_institution", static (in f) => f.Evidence.Kind.Code())
        .Integer("reroutes", "how often this leg was rerouted before", static (in f) => f.Reroutes)
        .Integer("sends", "how often the failed number was sent", static (in f) => f.Failed.Sends)
        .Integer("minutes_left", "whole minutes until the trade expires", static (in f) => Minutes(f.Family.Trade.ExpiresAt - f.Now))
        .Integer("minutes_old", "whole minutes since the failed order was made", static (in f) => Minutes(f.Now - f.Failed.CreatedAt)));

    public static readonly RouteHook<ResendFacts> Resend = new("resend", new ScriptSchema<ResendFacts> { Result = ScriptType.Bool }
        .Decimal("amount", "what the order is about, in major units", static (in f) => Major(f.Order.Amount))
        .Text("currency", "ISO 4217", static (in f) => f.Order.Amount.Currency.Code)
        .Text("method", "quick, online_banking, wallet", static (in f) => f.Payment.Method.Code())
        .Text("merchant", "the merchant's number", static (in f) => f.Directory.Merchant(f.Family.Trade.MerchantId).Number)
        .Text("channel", "the code of the channel", static (in f) => f.Channel.Code)
        .Bool("is_refund", "whether the order gives money back", static (in f) => f.Payment.IsRefund)
        .Integer("sends", "how often the number was sent", static (in f) => f.Order.Sends)
        .Integer("queries", "how many rounds of questions are over", static (in f) => f.Order.Queries)
        .Integer("minutes_left", "whole minutes until the trade expires; 0 when it has", static (in f) => Minutes(f.Family.Trade.ExpiresAt - f.Now))
        .Integer("minutes_old", "whole minutes since the order was made", static (in f) => Minutes(f.Now - f.Order.CreatedAt)));

    public static readonly IReadOnlyList<RouteHook> All = [Reroute, Resend];

    private static readonly decimal[] MinorUnits = [1m, 0.1m, 0.01m, 0.001m, 0.0001m];

    public string Name { get; } = name;

    public ScriptSchema Schema { get; } = schema;

    /// <summary>The text of workflows/scripts.</summary>
    public string DefaultText { get; } = ReadDefault(name);

    /// <summary>What a script that may be stored must not have.</summary>
    public IReadOnlyList<ScriptError> ErrorsOf(string text) =>
        [.. ScriptChecker.Check(text, Schema).Where(finding => finding.Severity == Severity.Error)];

    private static decimal Major(Money amount) => amount.Minor * MinorUnits[amount.Currency.Exponent];

    private static long Minutes(TimeSpan time) => Math.Max(0, time.Ticks / TimeSpan.TicksPerMinute);

    private static string ReadDefault(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.scriban")
            ?? throw new InvalidOperationException($"there is no default script {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

public sealed class RouteHook<TFacts>(string name, ScriptSchema<TFacts> schema) : RouteHook(name, schema)
{
    /// <exception cref="ScriptException">The script has errors.</exception>
    public RuleScript<TFacts> Compile(string text) => RuleScript.Compile(text, schema);
}
