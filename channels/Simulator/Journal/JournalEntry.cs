using System.Text.Json.Serialization;
using PaymentEngine.Core;

namespace PaymentEngine.Channels.Simulator;

/// <summary>One line of the journal.</summary>
public sealed record JournalEntry
{
    [JsonConverter(typeof(UtcMilliseconds))]
    public required DateTimeOffset At { get; init; }

    public required string Number { get; init; }

    public required JournalEvent Event { get; init; }

    public required int Channel { get; init; }

    /// <summary>The amount ordered; of an answer the amount that was said, if one was.</summary>
    public long? AmountMinor { get; init; }

    public string? Currency { get; init; }

    /// <summary>The institution's own serial number, once the order is on the books.</summary>
    public string? Ref { get; init; }

    public string? Payer { get; init; }

    internal static JournalEntry Received(DateTimeOffset at, BankRequest request) => Of(at, JournalEvent.Received, request, null);

    internal static JournalEntry Booked(DateTimeOffset at, Standing standing, BankRequest request) =>
        Of(at, standing.ToEvent(), request, standing is Standing.Lost or Standing.Refused ? null : BankRules.ReferenceOf(request.Number));

    internal static JournalEntry Answered(DateTimeOffset at, BankRequest request, in BankAnswer answer) => new()
    {
        At = at,
        Number = request.Number,
        Event = JournalEvent.Answered,
        Channel = request.Channel,
        AmountMinor = answer.Amount?.Minor,
        Currency = answer.Amount?.Currency.Code,
        Ref = answer.Reference,
    };

    internal static JournalEntry Queried(DateTimeOffset at, string number, int channel) => new()
    {
        At = at,
        Number = number,
        Event = JournalEvent.Queried,
        Channel = channel,
    };

    /// <summary>The order that the line tells of; every line that changes the books tells all of it.</summary>
    internal BankRequest Order() => AmountMinor is { } minor && Currency is { } code && Payer is { } payer
        ? new BankRequest(Number, Channel, new Money(minor, Core.Currency.Parse(code)), payer)
        : throw new InvalidDataException($"the journal line of {Number}, {Event}, lacks the order's facts");

    private static JournalEntry Of(DateTimeOffset at, JournalEvent what, BankRequest request, string? reference) => new()
    {
        At = at,
        Number = request.Number,
        Event = what,
        Channel = request.Channel,
        AmountMinor = request.Amount.Minor,
        Currency = request.Amount.Currency.Code,
        Ref = reference,
        Payer = request.Payer,
    };
}
