using System.Security.Cryptography;
using System.Text;
using static System.FormattableString;

namespace PaymentEngine.Core.Proposals;

/// <summary>What gives somebody money that he could not spend, or more to spend than he had (P2): a closed set.</summary>
public abstract record PowerChange
{
    private PowerChange()
    {
    }

    /// <summary>How far below zero an account may go: further than it might.</summary>
    public sealed record CreditLine(string Account, Money From, Money To) : PowerChange;

    public sealed record Unfreeze(string Account) : PowerChange;

    /// <summary>A higher class, and with it a higher limit (A12).</summary>
    public sealed record CustomerClass(string Customer, string From, string To) : PowerChange;

    /// <param name="From">What is left of the hold.</param>
    /// <param name="To">What is left of it then.</param>
    public sealed record ReleaseHold(string Account, OrderId Hold, Money From, Money To) : PowerChange
    {
        public Money Amount => From - To;
    }
}

/// <summary>A change, and why: all that the second person agrees to.</summary>
/// <param name="Seen">The last change of the same that whoever asked had seen; 0 for none.</param>
public sealed record ChangeContent(PowerChange Change, long Seen, string Reason) : IProposalContent
{
    /// <summary>Of these words and this request: agreeing to one is never agreeing to another of the same kind.</summary>
    public byte[] HashFor(OrderId proposal) => SHA256.HashData(Encoding.UTF8.GetBytes(
        Invariant($"{proposal.Value} {Seen} {Reason.Length} {Reason}\n{Words(Change)}")));

    public static string KeyOf(OrderId proposal) => Invariant($"change:{proposal.Value}");

    private static string Words(PowerChange change) => change switch
    {
        PowerChange.CreditLine(var account, var from, var to) => Invariant($"credit line {account.Length} {account} {from.Minor} {to.Minor} {to.Currency}"),
        PowerChange.Unfreeze(var account) => Invariant($"unfreeze {account.Length} {account}"),
        PowerChange.CustomerClass(var customer, var from, var to) => Invariant($"class {customer.Length} {customer} {from} {to}"),
        PowerChange.ReleaseHold(var account, var hold, var from, var to) =>
            Invariant($"release {account.Length} {account} {hold.Value} {from.Minor} {to.Minor} {to.Currency}"),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "no such change"),
    };
}
