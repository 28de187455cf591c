using System.Text.Json;
using System.Text.Json.Serialization;
using PaymentEngine.Core;

namespace PaymentEngine.Channels.Simulator;

/// <summary>What comes in on the three addresses. Amounts are in minor units.</summary>
internal sealed record OrderMessage
{
    public required string Number { get; init; }

    public required int Channel { get; init; }

    public long? Amount { get; init; }

    public string? Currency { get; init; }

    public string? Payer { get; init; }

    public string? Original { get; init; }

    /// <summary>Null when the message is not what the path asks for.</summary>
    public PendingCall? CallOn(string path) => path switch
    {
        "/query" => new PendingCall(Number, Channel),
        "/pay" when Payer is not null && Money() is { } amount => new PendingCall(new BankRequest(Number, Channel, amount, Payer)),
        "/refund" when Original is not null && Money() is { } amount => new PendingCall(new BankRequest(Number, Channel, amount, "", Original)),
        _ => null,
    };

    private Money? Money() => Amount is > 0 and { } minor && Core.Currency.TryParse(Currency, out var currency) ? new Money(minor, currency) : null;
}

internal sealed record AnswerMessage(string Status, string? Code, string? Reference, long? Amount, string? Currency)
{
    public static AnswerMessage Of(in BankAnswer answer) =>
        new(answer.Status, answer.Code, answer.Reference, answer.Amount?.Minor, answer.Amount?.Currency.Code);
}

internal sealed record CallbackMessage(
    string Number, string Interface, string Status, string? Code, long? Amount, string? Currency, string? Reference, DateTimeOffset OccurredAt)
{
    public static CallbackMessage Of(BankCallback callback) => new(
        callback.Number,
        callback.IsRefund ? "refund" : "pay",
        callback.Told.Status,
        callback.Told.Code,
        callback.Told.Amount?.Minor,
        callback.Told.Amount?.Currency.Code,
        callback.Told.Reference,
        callback.OccurredAt);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderMessage))]
[JsonSerializable(typeof(AnswerMessage))]
[JsonSerializable(typeof(CallbackMessage))]
internal sealed partial class BankJson : JsonSerializerContext;
