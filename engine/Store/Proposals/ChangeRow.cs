using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Proposals;

namespace PaymentEngine.Store.Proposals;

/// <summary>A change as its row keeps it: what does not belong to its kind is null.</summary>
internal sealed record ChangeRow(string What)
{
    public const int Columns = 9;

    public string? Account { get; init; }

    public string? Customer { get; init; }

    public long? Hold { get; init; }

    public Money? From { get; init; }

    public Money? To { get; init; }

    public string? FromClass { get; init; }

    public string? ToClass { get; init; }

    public static ChangeRow Of(PowerChange change) => change switch
    {
        PowerChange.CreditLine(var account, var from, var to) => new(nameof(PowerChange.CreditLine)) { Account = account, From = from, To = to },
        PowerChange.Unfreeze(var account) => new(nameof(PowerChange.Unfreeze)) { Account = account },
        PowerChange.CustomerClass(var customer, var from, var to) =>
            new(nameof(PowerChange.CustomerClass)) { Customer = customer, FromClass = from, ToClass = to },
        PowerChange.ReleaseHold(var account, var hold, var from, var to) =>
            new(nameof(PowerChange.ReleaseHold)) { Account = account, Hold = hold.Value, From = from, To = to },
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "no such change"),
    };

    /// <param name="first">Where its columns begin.</param>
    public static ChangeRow Read(NpgsqlDataReader row, int first)
    {
        var currency = row.GetNullableString(first + 6) is { } code ? Currency.Parse(code) : default;
        return new ChangeRow(row.GetString(first))
        {
            Account = row.GetNullableString(first + 1),
            Customer = row.GetNullableString(first + 2),
            Hold = row.GetNullableLong(first + 3),
            From = row.GetNullableLong(first + 4) is { } from ? new Money(from, currency) : null,
            To = row.GetNullableLong(first + 5) is { } to ? new Money(to, currency) : null,
            FromClass = row.GetNullableString(first + 7),
            ToClass = row.GetNullableString(first + 8),
        };
    }

    public PowerChange ToChange() => What switch
    {
        nameof(PowerChange.CreditLine) => new PowerChange.CreditLine(Account!, From!.Value, To!.Value),
        nameof(PowerChange.Unfreeze) => new PowerChange.Unfreeze(Account!),
        nameof(PowerChange.CustomerClass) => new PowerChange.CustomerClass(Customer!, FromClass!, ToClass!),
        nameof(PowerChange.ReleaseHold) => new PowerChange.ReleaseHold(Account!, new OrderId(Hold!.Value), From!.Value, To!.Value),
        _ => throw new InvalidOperationException($"no such change as {What}"),
    };
}
