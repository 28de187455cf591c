using PaymentEngine.Core;

namespace PaymentEngine.Channels.Simulator;

/// <summary>What the institution knows of a number.</summary>
internal enum Standing : byte
{
    /// <summary>Turned away at the door once; not on the books.</summary>
    Refused,

    /// <summary>Lost on the way once; not on the books.</summary>
    Lost,

    Accepted,
    Executed,
    Declined,
}

/// <summary>
/// One number on the books: 16 bytes, because days of them are kept. Who paid on which channel is kept as a fingerprint:
/// it is only ever compared.
/// </summary>
internal readonly record struct BankRecord
{
    private readonly long _minor;
    private readonly Currency _currency;
    private readonly uint _parties;

    public BankRecord(BankRequest request, Standing standing)
    {
        _minor = request.Amount.Minor;
        _currency = request.Amount.Currency;
        _parties = PartiesOf(request);
        Scenario = Scenarios.Of(request.Payer);
        Standing = standing;
    }

    public Scenario Scenario { get; }

    public Standing Standing { get; }

    public Money Amount => new(_minor, _currency);

    public bool IsOnTheBooks => Standing is Standing.Accepted or Standing.Executed or Standing.Declined;

    public bool WillBeExecuted => this is { Standing: Standing.Accepted, Scenario: Scenario.Accept };

    public bool HasFactsOf(BankRequest request) => Amount == request.Amount && _parties == PartiesOf(request);

    private static uint PartiesOf(BankRequest request) =>
        (uint)Fingerprint.Mix((ulong)Fingerprint.Of(request.Payer) + (uint)request.Channel);
}
