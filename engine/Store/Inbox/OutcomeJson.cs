using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Store.Inbox;

/// <summary>What an adapter understood, as it is stored: one flat object whose kind is the name of the outcome.</summary>
internal static class OutcomeJson
{
    public static string Write(ChannelOutcome outcome) =>
        JsonSerializer.Serialize(ToStored(outcome), OutcomeJsonContext.Default.StoredOutcome);

    /// <param name="outcome">As <see cref="Write"/> wrote it.</param>
    /// <param name="body">The callback as received, which is the sample of a code that nobody has mapped.</param>
    public static ChannelOutcome Read(string outcome, byte[] body)
    {
        var stored = JsonSerializer.Deserialize(outcome, OutcomeJsonContext.Default.StoredOutcome)!;
        return stored.Kind switch
        {
            nameof(ChannelOutcome.NotSent) => new ChannelOutcome.NotSent(stored.Reason!),
            nameof(ChannelOutcome.Succeeded) => new ChannelOutcome.Succeeded(
                new Money(stored.AmountMinor!.Value, Currency.Parse(stored.Currency!)), stored.InstitutionRef!, stored.Code!),
            nameof(ChannelOutcome.Failed) => new ChannelOutcome.Failed(stored.Code!, stored.Reason!, stored.OfTheChannel, stored.Closed),
            nameof(ChannelOutcome.Accepted) => new ChannelOutcome.Accepted(stored.InstitutionRef, stored.Code!),
            nameof(ChannelOutcome.NotKnown) => new ChannelOutcome.NotKnown(stored.Code!),
            nameof(ChannelOutcome.Unknown) => new ChannelOutcome.Unknown(stored.Reason!, UnmappedOf(stored, body)),
            _ => throw new JsonException($"{stored.Kind} is not a channel outcome"),
        };
    }

    private static StoredOutcome ToStored(ChannelOutcome outcome) => outcome switch
    {
        ChannelOutcome.NotSent it => new StoredOutcome(nameof(ChannelOutcome.NotSent)) { Reason = it.Reason },
        ChannelOutcome.Succeeded it => new StoredOutcome(nameof(ChannelOutcome.Succeeded))
        {
            AmountMinor = it.Amount.Minor,
            Currency = it.Amount.Currency.Code,
            InstitutionRef = it.InstitutionRef,
            Code = it.Code,
        },
        ChannelOutcome.Failed it => new StoredOutcome(nameof(ChannelOutcome.Failed)) 
        {
            Code = it.Code,
            Reason = it.Message,
            OfTheChannel = it.OfTheChannel,
            Closed = it.Closed,
        },
        ChannelOutcome.Accepted it => new StoredOutcome(nameof(ChannelOutcome.Accepted)) { Code = it.Code, InstitutionRef = it.InstitutionRef },
        ChannelOutcome.NotKnown it => new StoredOutcome(nameof(ChannelOutcome.NotKnown)) { Code = it.Code },
        // The sample is the body, which is stored beside it.
        ChannelOutcome.Unknown it => new StoredOutcome(nameof(ChannelOutcome.Unknown))
        {
            Reason = it.Reason,
            AnsweredBy = it.Unmapped?.AnsweredBy,
            Code = it.Unmapped?.Code,
            SubCode = it.Unmapped?.SubCode,
        },
        _ => throw new UnreachableException($"{outcome.GetType().Name} is not a channel outcome"),
    };

    private static UnmappedCode? UnmappedOf(StoredOutcome stored, byte[] body) =>
        stored is { AnsweredBy: { } answeredBy, Code: { } code }
            ? new UnmappedCode(answeredBy, code, stored.SubCode, Encoding.UTF8.GetString(body))
            : null;
}

internal sealed record StoredOutcome(string Kind)
{
    public long? AmountMinor { get; init; }

    public string? Currency { get; init; }

    public string? InstitutionRef { get; init; }

    public string? Code { get; init; }

    public string? SubCode { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OfTheChannel { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Closed { get; init; }

    public ChannelInterface? AnsweredBy { get; init; }

    public string? Reason { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StoredOutcome))]
internal sealed partial class OutcomeJsonContext : JsonSerializerContext;
