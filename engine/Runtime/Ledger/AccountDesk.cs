using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Runtime.Ledger;

/// <summary>Opens and changes accounts and customers, and says in words why not.</summary>
public sealed class AccountDesk(AccountStore accounts, CustomerStore customers) : IAccountDesk
{
    /// <summary>An account of our own may go as far below zero as it takes.</summary>
    private const long NoFloor = -4_611_686_018_427_387_904;

    /// <summary>So many lanes and nodes post to an account of our own without meeting.</summary>
    private const int InternalShards = 16;

    public async Task<AccountResult> OpenAsync(OpenAccount command, CancellationToken cancellation)
    {
        var isOfCustomer = command.Kind.IsOfCustomer();
        long? customer = null;
        if (command.Kind == AccountKind.Member)
        {
            if (command.Customer is not { } number || await customers.FindIdAsync(number, cancellation) is not { } id)
            {
                return new AccountResult.Unknown(command.Customer ?? "");
            }

            customer = id;
        }

        if (command.Mode == AccountMode.Buffered && isOfCustomer && !command.BufferAgreed)
        {
            return Refusals.NotAgreed;
        }

        var account = new NewAccount(
            command.Number,
            command.Kind,
            command.Kind == AccountKind.Member ? null : command.OwnerId ?? 0,
            command.Currency,
            isOfCustomer ? 0 : NoFloor,
            command.Mode == AccountMode.Sharded ? command.Shards : isOfCustomer ? 0 : InternalShards,
            customer,
            command.Mode,
            command.BufferAgreed,
            command.Actor);
        return await accounts.OpenAsync(account, cancellation)
            ? new AccountResult.Done(command.Number)
            : new AccountResult.Refused("account_exists", $"there is an account {command.Number}, or one of this kind, owner and currency");
    }

    public async Task<AccountResult> FreezeAsync(string number, string reason, string actor, CancellationToken cancellation) =>
        Of(number, await accounts.FreezeAsync(number, reason, actor, cancellation));

    public async Task<AccountResult> CloseAsync(string number, string reason, string actor, CancellationToken cancellation) =>
        Of(number, await accounts.CloseAsync(number, reason, actor, cancellation));

    public async Task<AccountResult> LowerCreditLineAsync(string number, long creditLineMinor, string reason, string actor, CancellationToken cancellation) =>
        Of(number, await accounts.LowerCreditLineAsync(number, creditLineMinor, reason, actor, cancellation));

    public async Task<AccountResult> SetModeAsync(
        string number, AccountMode mode, int shards, bool bufferAgreed, string actor, CancellationToken cancellation) =>
        Of(number, await accounts.SetModeAsync(number, mode, shards, bufferAgreed, actor, cancellation));

    public async Task<AccountResult> RegisterCustomerAsync(string number, string name, bool faceToFace, string actor, CancellationToken cancellation) =>
        await customers.RegisterAsync(number, name, faceToFace, actor, cancellation) is not null
            ? new AccountResult.Done(number)
            : new AccountResult.Refused("customer_exists", $"there is a customer {number}");

    public async Task<AccountResult> VerifyAsync(string customer, string source, string actor, CancellationToken cancellation) =>
        Of(customer, await customers.VerifyAsync(customer, source, actor, cancellation));

    public async Task<AccountResult> LowerClassAsync(string customer, string kycClass, string reason, string actor, CancellationToken cancellation) =>
        Of(customer, await customers.LowerClassAsync(customer, kycClass, reason, actor, cancellation));

    private static AccountResult Of(string number, AccountChangeResult result) => result switch
    {
        AccountChangeResult.Done or AccountChangeResult.AlreadySo => new AccountResult.Done(number),
        AccountChangeResult.Unknown => new AccountResult.Unknown(number),
        AccountChangeResult.WrongStatus => new AccountResult.Refused("account_status", "its status does not allow that"),
        AccountChangeResult.NotZero => new AccountResult.Refused("account_not_zero", "its balance is not zero"),
        AccountChangeResult.HasHolds => new AccountResult.Refused("account_has_holds", "a part of it is promised"),
        AccountChangeResult.Needed => new AccountResult.Refused("account_needed", "payments are posted to it"),
        AccountChangeResult.CreditInUse => new AccountResult.Refused("credit_in_use", "more than that is in use or promised"),
        AccountChangeResult.NotAgreed => Refusals.NotAgreed,
        AccountChangeResult.NotOfCustomer => new AccountResult.Refused("not_of_customer", "only a customer's account has a credit line: our own take what happens"),
        AccountChangeResult.SecondPersonNeeded => new AccountResult.SecondPersonNeeded(),
        _ => throw new InvalidOperationException($"no words for {result}"),
    };

    private static AccountResult Of(string number, ClassResult result) => result switch
    {
        ClassResult.Done => new AccountResult.Done(number),
        ClassResult.Unknown => new AccountResult.Unknown(number),
        ClassResult.NoSuchClass => new AccountResult.Refused("no_such_class", "classes are I, II and III"),
        ClassResult.SecondPersonNeeded => new AccountResult.SecondPersonNeeded(),
        ClassResult.NotVerified => new AccountResult.Refused("not_verified", "too few have vouched for the customer for this class"),
        _ => throw new InvalidOperationException($"no words for {result}"),
    };

    private static class Refusals
    {
        public static readonly AccountResult NotAgreed = new AccountResult.Refused("buffering_not_agreed", "whose money it is has not agreed to its being buffered");
    }
}
