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

    /// <summary>The payment that a refund gives back.</summary>
    public string? Original { get; init; }

    /// <summary>What was said, when it was not success.</summary>
    public string? Status { get; init; }

    public string? Code { get; init; }

    /// <summary>What was wrong with the form of what was said.</summary>
    public BankFlaw? Flaw { get; init; }

    /// <summary>Which try of a callback it was.</summary>
    public int? Attempt { get; init; }

    public Misbehaviour? Suffered { get; init; }

    internal static JournalEntry Received(DateTimeOffset at, BankRequest request) => Of(at, JournalEvent.Received, request, null);

    internal static JournalEntry Booked(DateTimeOffset at, Standing standing, BankRequest request) => Of(
        at,
        standing.ToEvent(request.IsRefund),
        request,
        standing is Standing.Lost or Standing.Refused ? null : BankRules.ReferenceOf(request.Number));

    internal static JournalEntry Answered(DateTimeOffset at, BankRequest request, in BankAnswer answer) =>
        Said(at, JournalEvent.Answered, request.Number, request.Channel, answer, null);

    internal static JournalEntry Called(DateTimeOffset at, JournalEvent what, BankCallback callback) =>
        Said(at, what, callback.Number, callback.Channel, callback.Told, callback.Attempt);

    internal static JournalEntry MisbehavedTo(DateTimeOffset at, BankRequest request, Misbehaviour what) => new()
    {
        At = at,
        Number = request.Number,
        Event = JournalEvent.Misbehaved,
        Channel = request.Channel,
        Suffered = what,
    };

    internal static JournalEntry Queried(DateTimeOffset at, string number, int channel) => Bare(at, JournalEvent.Queried, number, channel);

    internal static JournalEntry Dropped(DateTimeOffset at, string number, int channel) => Bare(at, JournalEvent.Dropped, number, channel);

    internal static JournalEntry KeyRotated(DateTimeOffset at) => Bare(at, JournalEvent.KeyRotated, string.Empty, channel: 0);

    /// <summary>The order that the line tells of; every line that changes the books tells all of it.</summary>
    internal BankRequest Order() => AmountMinor is { } minor && Currency is { } code && Payer is { } payer
        ? new BankRequest(Number, Channel, new Money(minor, Core.Currency.Parse(code)), payer, Original)
        : throw new InvalidDataException($"the journal line of {Number}, {Event}, lacks the order's facts");

    internal Money Amount() => new(AmountMinor!.Value, Core.Currency.Parse(Currency));

    private static JournalEntry Bare(DateTimeOffset at, JournalEvent what, string number, int channel) => new()
    {
        At = at,
        Number = number,
        Event = what,
        Channel = channel,
    };

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
        Original = request.Original,
    };

    private static JournalEntry Said(DateTimeOffset at, JournalEvent what, string number, int channel, in BankAnswer said, int? attempt) => new()
    {
        At = at,
        Number = number,
        Event = what,
        Channel = channel,
        AmountMinor = said.Amount?.Minor,
        Currency = said.Amount?.Currency.Code,
        Ref = said.Reference,
        Status = said.Status == BankStatus.Success ? null : said.Status,
        Code = said.Code,
        Flaw = said.Flaw == BankFlaw.None ? null : said.Flaw,
        Attempt = attempt,
    };
}
