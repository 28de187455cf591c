using System.Globalization;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>
/// Opening, freezing, closing and setting up accounts (A1): what gives nobody more to spend. The desk decides; what is
/// answered is the account as it is then.
/// </summary>
internal sealed class AccountChangeEndpoints(IAccountDesk desk, AccountReading accounts, DirectoryHolder directory, OperationsOnce once)
{
    private const string Path = "/ops/v1/ledger/accounts";

    public ValueTask<OrProblem<Answer>> OpenAsync(OperationsCall call) =>
        once.RunAsync<SentAccount>(call, $"POST {Path}", AccountChangeReader.ReadAccount, async sent =>
        {
            var wanted = sent.Command;
            if (!TryOwner(wanted, out var owner))
            {
                return Problem.OfField("owner", FieldCodes.UnknownValue, "is nobody who can own an account of this kind");
            }

            var result = await desk.OpenAsync(
                new OpenAccount(wanted.Number, wanted.Kind, owner, wanted.Kind == AccountKind.Member ? wanted.Owner : null, wanted.Currency, call.Actor)
                {
                    Mode = wanted.Mode.Mode,
                    Shards = wanted.Mode.Mode == AccountMode.Sharded ? wanted.Mode.Shards : 0,
                    BufferAgreed = wanted.Mode.BufferAgreed,
                },
                call.Aborted);
            return result switch
            {
                AccountResult.Unknown => Problem.OfField("owner", FieldCodes.UnknownValue, "is not the number of a customer"),
                // The same request was cut short after the account was opened.
                AccountResult.Refused when sent.BegunBefore && await IsOpenAsync(wanted, call) => await AnswerAsync(StatusCodes.Status201Created, wanted.Number, call),
                AccountResult.Refused refused => LedgerProblems.Of(refused),
                _ => await AnswerAsync(StatusCodes.Status201Created, wanted.Number, call),
            };
        });

    public ValueTask<OrProblem<Answer>> FreezeAsync(OperationsCall call) => ChangeAsync<SentReason>(
        call, "freeze", AccountChangeReader.ReadReason, (number, sent) => desk.FreezeAsync(number, sent.Reason, call.Actor, call.Aborted));

    public ValueTask<OrProblem<Answer>> CloseAsync(OperationsCall call) => ChangeAsync<SentReason>(
        call, "close", AccountChangeReader.ReadReason, (number, sent) => desk.CloseAsync(number, sent.Reason, call.Actor, call.Aborted));

    public ValueTask<OrProblem<Answer>> SetModeAsync(OperationsCall call) => ChangeAsync<SentMode>(
        call, "mode", AccountChangeReader.ReadMode, (number, sent) => desk.SetModeAsync(number, sent.Mode, sent.Shards, sent.BufferAgreed, call.Actor, call.Aborted));

    /// <summary>No larger than it was. What is set twice is set once, so it needs no key.</summary>
    public async ValueTask<OrProblem<Answer>> LowerCreditLineAsync(OperationsCall call)
    {
        var number = NumberOf(call);
        if (!(await OperationsBody.ReadAsync<SentCreditLine>(call, $"PUT {Path}/{number}/credit-line", AccountChangeReader.ReadCreditLine)).Has(out var body, out var problem))
        {
            return problem;
        }

        if (await accounts.FindAsync(number, call.Aborted) is not { } account)
        {
            return Problem.Of(LedgerProblems.AccountNotFound);
        }

        var (line, reason) = body.Command;
        return line.Currency == account.Currency
            ? await OfAsync(await desk.LowerCreditLineAsync(number, line.Minor, reason, call.Actor, call.Aborted), number, call)
            : Problem.OfField("credit_line.currency", FieldCodes.UnknownValue, $"must be {account.Currency}, the currency of the account");
    }

    private ValueTask<OrProblem<Answer>> ChangeAsync<T>(OperationsCall call, string verb, BodyReader<T, string> read, Func<string, T, Task<AccountResult>> change)
        where T : class
    {
        var number = NumberOf(call);
        return once.RunAsync(call, $"POST {Path}/{Uri.EscapeDataString(number)}/{verb}", read, async sent => await OfAsync(await change(number, sent.Command), number, call));
    }

    private async Task<OrProblem<Answer>> OfAsync(AccountResult result, string number, OperationsCall call) => result switch
    {
        AccountResult.Refused refused => LedgerProblems.Of(refused),
        AccountResult.Unknown => Problem.Of(LedgerProblems.AccountNotFound),
        AccountResult.SecondPersonNeeded => LedgerProblems.NotByOne,
        _ => await AnswerAsync(StatusCodes.Status200OK, number, call),
    };

    private async Task<OrProblem<Answer>> AnswerAsync(int status, string number, OperationsCall call)
    {
        var account = await accounts.FindAsync(number, call.Aborted)
            ?? throw new InvalidOperationException($"account {number} was changed and cannot be read");
        return new Answer(status, string.Empty, AccountWriter.Write(new AccountDetail(
            account, await accounts.RowsAsync(account.Id, call.Aborted), await accounts.ChangesAsync(account.Id, call.Aborted), Customer: null)));
    }

    private async Task<bool> IsOpenAsync(SentAccount wanted, OperationsCall call) =>
        await accounts.FindAsync(wanted.Number, call.Aborted) is { } account
        && account.Kind == wanted.Kind.ToString() && account.Currency == wanted.Currency && account.Owner == wanted.Owner
        && (await accounts.ChangesAsync(account.Id, call.Aborted)).Exists(change => change.What == "Opened" && change.By == call.Actor);

    /// <summary>A customer is looked for by the desk. Accounts of our own of one kind and currency are told apart by a number.</summary>
    private bool TryOwner(SentAccount wanted, out int? owner)
    {
        owner = wanted.Kind switch
        {
            AccountKind.Merchant => directory.Current.Merchants.FirstOrDefault(merchant => merchant.Number == wanted.Owner)?.Id,
            AccountKind.ChannelReceivable or AccountKind.FeeExpense => directory.Current.Channels.FirstOrDefault(channel => channel.Code == wanted.Owner)?.Id,
            AccountKind.Member => null,
            _ => int.TryParse(wanted.Owner, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null,
        };
        return wanted.Kind == AccountKind.Member || (owner is null) == (wanted.Owner is null);
    }

    private static string NumberOf(OperationsCall call) => call.Request.RouteValues[AccountEndpoints.Number] as string ?? string.Empty;
}
