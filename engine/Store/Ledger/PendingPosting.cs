using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Ledger;

/// <summary>A posting of its own on its way through the ledger's committer.</summary>
internal sealed class PendingPosting(KeyedPosting asked) : Pending<LedgerResult>
{
    public KeyedPosting Asked { get; } = asked;

    public Posting Posting => Asked.Posting;

    /// <summary>The day on which it is posted, once that is known.</summary>
    public DateOnly Day { get; set; }

    public override string Describe() => $"{Posting.Kind} posting {Posting.Id} of key {Asked.Key}";

    protected override LedgerResult Committed() => new LedgerResult.Posted(Posting.Id, Day, IsRepeat: false);

    protected override LedgerResult Unavailable(string why) => new LedgerResult.Unavailable(why);

    /// <summary>What was refused was refused by balances that others of the batch may have made.</summary>
    protected override bool Stands(LedgerResult refusal) => refusal is not LedgerResult.Refused;
}

/// <summary>A posting with the key under which it was asked for.</summary>
/// <param name="Key">None for what only the engine does by itself, which is never asked for twice.</param>
/// <param name="BodyHash">Of all that was asked for.</param>
public sealed record KeyedPosting(string Key, byte[] BodyHash, Posting Posting, string? Narrative, string MadeBy);
