using System.Buffers;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>Looking at accounts, and at all that happened to them (A1, A2, A9).</summary>
internal sealed class AccountEndpoints(AccountReading accounts, CustomerReading customers, TransitReading transit, StatementCsv statements)
{
    public const string Number = "number";
    public const string Customer = "customer";

    private const string Csv = "text/csv; charset=utf-8";
    private const int MostStatementDays = 366;

    private static readonly SearchValues<char> OfSubjects = SearchValues.Create("0123456789.");

    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call)
    {
        var errors = new FieldErrors();
        var limit = LedgerQuery.ReadLimit(call, errors);
        var kind = EnumReader.Read<AccountKind>(LedgerQuery.TextOrNull(call, "kind"), "kind", errors);
        var filter = new AccountFilter(
            LedgerQuery.ReadText(call, "owner", errors),
            kind,
            ReadSubject(LedgerQuery.TextOrNull(call, "subject"), errors),
            LedgerQuery.ReadText(call, Number, errors));
        var after = LedgerQuery.ReadText(call, LedgerQuery.After, errors) ?? string.Empty;
        return errors.Any
            ? errors.ToProblem()
            : Good(AccountWriter.Write(await accounts.ListAsync(filter, after, limit, call.Aborted)));
    }

    public async ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call)
    {
        if (await FindAsync(call) is not { } account)
        {
            return Problem.Of(LedgerProblems.AccountNotFound);
        }

        return Good(AccountWriter.Write(new AccountDetail(
            account,
            await accounts.RowsAsync(account.Id, call.Aborted),
            await accounts.ChangesAsync(account.Id, call.Aborted),
            account.Customer is { } customer ? await customers.FindAsync(customer, call.Aborted) : null)));
    }

    public async ValueTask<OrProblem<Answer>> EntriesAsync(OperationsCall call)
    {
        if (await FindAsync(call) is not { } account)
        {
            return Problem.Of(LedgerProblems.AccountNotFound);
        }

        var errors = new FieldErrors();
        var limit = LedgerQuery.ReadLimit(call, errors);
        var after = LedgerQuery.ReadSequence(call, errors);
        var day = LedgerQuery.ReadDay(call, "day", errors);
        var wanted = LedgerQuery.TextOrNull(call, "row") ?? account.Number;
        if ((await accounts.RowsAsync(account.Id, call.Aborted)).Find(row => row.Number == wanted) is not { } row)
        {
            errors.Add("row", FieldCodes.UnknownValue, "is not the number of the account, nor of one of its sub-accounts");
            return errors.ToProblem();
        }

        return errors.Any
            ? errors.ToProblem()
            : Good(AccountWriter.Write(row, account.Currency, await accounts.EntriesAsync(row.Id, after, day, limit, call.Aborted)));
    }

    public async ValueTask<OrProblem<StreamedAnswer>> StatementAsync(OperationsCall call)
    {
        if (await FindAsync(call) is not { } account)
        {
            return Problem.Of(LedgerProblems.AccountNotFound);
        }

        var errors = new FieldErrors();
        var from = ReadRequiredDay(call, "from", errors);
        var to = ReadRequiredDay(call, "to", errors);
        if (!errors.Any && (to < from || to.DayNumber - from.DayNumber >= MostStatementDays))
        {
            errors.Add("to", FieldCodes.OutOfRange, $"must not be before from, nor {MostStatementDays} days after it");
        }

        return errors.Any
            ? errors.ToProblem()
            : new StreamedAnswer(
                Csv, $"{account.Number}_{from:yyyyMMdd}_{to:yyyyMMdd}.csv", (body, cancellation) => statements.WriteAsync(account, from, to, body, cancellation));
    }

    public async ValueTask<OrProblem<Answer>> HoldsAsync(OperationsCall call)
    {
        if (await FindAsync(call) is not { } account)
        {
            return Problem.Of(LedgerProblems.AccountNotFound);
        }

        var errors = new FieldErrors();
        var limit = LedgerQuery.ReadLimit(call, errors);
        var after = LedgerQuery.ReadNumber(call, LedgerQuery.After, LedgerNumber.TryHold, "a hold", errors);
        var state = LedgerQuery.TextOrNull(call, "state");
        if (state is not (null or "open" or "all"))
        {
            errors.Add("state", FieldCodes.UnknownValue, "must be open, all, or absent");
        }

        return errors.Any
            ? errors.ToProblem()
            : Good(AccountWriter.Write(await accounts.HoldsAsync(account.Id, after, state == "all", limit, call.Aborted)));
    }

    public async ValueTask<OrProblem<Answer>> ItemsAsync(OperationsCall call)
    {
        if (await FindAsync(call) is not { } account)
        {
            return Problem.Of(LedgerProblems.AccountNotFound);
        }

        if (!AccountKinds.HasItems(account.Kind))
        {
            return Problem.Of(LedgerProblems.NotTransit);
        }

        var errors = new FieldErrors();
        var limit = LedgerQuery.ReadLimit(call, errors);
        var after = LedgerQuery.ReadNumber(call, LedgerQuery.After, LedgerNumber.TryItem, "an item", errors);
        return errors.Any ? errors.ToProblem() : Good(PostingWriter.Write(account, await transit.ItemsAsync(account, after, limit, call.Aborted)));
    }

    public async ValueTask<OrProblem<Answer>> CustomerAsync(OperationsCall call)
    {
        var number = call.Request.RouteValues[Customer] as string ?? string.Empty;
        return await customers.FindAsync(number, call.Aborted) is { } customer
            ? Good(CustomerWriter.Write(customer, await accounts.OfCustomerAsync(customer.Id, call.Aborted)))
            : Problem.Of(LedgerProblems.CustomerNotFound);
    }

    private Task<AccountRecord?> FindAsync(OperationsCall call) => accounts.FindAsync(call.Request.RouteValues[Number] as string ?? string.Empty, call.Aborted);

    private static DateOnly ReadRequiredDay(OperationsCall call, string name, FieldErrors errors)
    {
        if (LedgerQuery.TextOrNull(call, name) is null)
        {
            errors.Add(name, FieldCodes.Required, "is required");
        }

        return LedgerQuery.ReadDay(call, name, errors) ?? default;
    }

    private static string? ReadSubject(string? text, FieldErrors errors)
    {
        if (text is null || !text.AsSpan().ContainsAnyExcept(OfSubjects))
        {
            return text;
        }

        errors.Add("subject", FieldCodes.InvalidCharacters, "must be the code of a subject such as 2241.01");
        return null;
    }

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
