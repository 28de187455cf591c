using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Runtime.Ledger;

/// <summary>
/// Where accounts and customers are opened, and changed by one person: whatever gives nobody more to spend. What does is
/// asked for at the <see cref="ChangeDesk"/>.
/// </summary>
public interface IAccountDesk
{
    Task<AccountResult> OpenAsync(OpenAccount command, CancellationToken cancellation);

    Task<AccountResult> FreezeAsync(string number, string reason, string actor, CancellationToken cancellation);

    /// <summary>For good, and only at zero.</summary>
    Task<AccountResult> CloseAsync(string number, string reason, string actor, CancellationToken cancellation);

    /// <summary>A line that is larger than it was needs a second person.</summary>
    Task<AccountResult> LowerCreditLineAsync(string number, long creditLineMinor, string reason, string actor, CancellationToken cancellation);

    Task<AccountResult> SetModeAsync(string number, AccountMode mode, int shards, bool bufferAgreed, string actor, CancellationToken cancellation);

    Task<AccountResult> RegisterCustomerAsync(string number, string name, bool faceToFace, string actor, CancellationToken cancellation);

    Task<AccountResult> VerifyAsync(string customer, string source, string actor, CancellationToken cancellation);

    /// <summary>A class that is higher than it was needs a second person.</summary>
    Task<AccountResult> LowerClassAsync(string customer, string kycClass, string reason, string actor, CancellationToken cancellation);
}

/// <param name="OwnerId">The merchant or channel; none for our own accounts, and for a member's, whose owner is the customer.</param>
/// <param name="Customer">The number of the customer whose account it is.</param>
public sealed record OpenAccount(string Number, AccountKind Kind, int? OwnerId, string? Customer, Currency Currency, string Actor)
{
    public AccountMode Mode { get; init; }

    public int Shards { get; init; }

    public bool BufferAgreed { get; init; }
}

/// <summary>What became of a change of an account or customer: a closed set.</summary>
public abstract record AccountResult
{
    private AccountResult()
    {
    }

    public sealed record Done(string Number) : AccountResult;

    public sealed record Refused(string Code, string Detail) : AccountResult;

    public sealed record Unknown(string Number) : AccountResult;

    /// <summary>It would give more to spend, or a higher limit.</summary>
    public sealed record SecondPersonNeeded : AccountResult;
}
