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

    /// <summary>A refund that a person must look after.</summary>
    Abnormal,
}

/// <summary>
/// One number on the books: 16 bytes, because days of them are kept. Who paid on which channel, or what is given back,
/// is kept as a fingerprint: it is only ever compared.
/// </summary>
internal readonly record struct BankRecord
{
    private const byte Refund = 0x80;

    private readonly long _minor;
    private readonly Currency _currency;
    private readonly uint _parties;
    private readonly byte _standing;

    public BankRecord(BankRequest request, Standing standing, Scenario scenario)
    {
        _minor = request.Amount.Minor;
        _currency = request.Amount.Currency;
        _parties = PartiesOf(request);
        _standing = request.IsRefund ? (byte)((byte)standing | Refund) : (byte)standing;
        Scenario = scenario;
    }

    public Scenario Scenario { get; }

    public Standing Standing => (Standing)(_standing & ~Refund);

    public bool IsRefund => (_standing & Refund) != 0;

    public Money Amount => new(_minor, _currency);

    public bool IsOnTheBooks => Standing is not (Standing.Refused or Standing.Lost);

    public bool HasFactsOf(BankRequest request) =>
        Amount == request.Amount && IsRefund == request.IsRefund && _parties == PartiesOf(request);

    private static uint PartiesOf(BankRequest request) =>
        (uint)Fingerprint.Mix((ulong)Fingerprint.Of(request.Original ?? request.Payer) + (uint)request.Channel);
}

/// <summary>What happened to an executed payment since: how much was given back, and how often it was executed too often.</summary>
internal readonly record struct Aftermath(long RefundedMinor, int ExtraDebits);
