using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>Customers: registering them, who vouches for them, their class (A12). The desk decides.</summary>
internal sealed class CustomerEndpoints(IAccountDesk desk, CustomerReading customers, AccountReading accounts, OperationsOnce once)
{
    private const string Path = "/ops/v1/ledger/customers";

    public ValueTask<OrProblem<Answer>> RegisterAsync(OperationsCall call) =>
        once.RunAsync<SentCustomer>(call, $"POST {Path}", CustomerReader.ReadCustomer, async sent =>
        {
            var (number, name, faceToFace) = sent.Command;
            var result = await desk.RegisterCustomerAsync(number, name, faceToFace, call.Actor, call.Aborted);
            // The same request was cut short after the customer was registered.
            return result is AccountResult.Refused && sent.BegunBefore && await customers.FindAsync(number, call.Aborted) is { } before
                    && before.Name == name && before.IsFaceToFace == faceToFace && before.RegisteredBy == call.Actor
                ? await AnswerAsync(StatusCodes.Status201Created, number, call)
                : await OfAsync(StatusCodes.Status201Created, result, number, call);
        });

    public ValueTask<OrProblem<Answer>> VerifyAsync(OperationsCall call)
    {
        var number = NumberOf(call);
        return once.RunAsync<SentVerification>(
            call, $"POST {Path}/{Uri.EscapeDataString(number)}/verifications", CustomerReader.ReadVerification,
            async sent => await OfAsync(
                StatusCodes.Status201Created, await desk.VerifyAsync(number, sent.Command.Source, call.Actor, call.Aborted), number, call));
    }

    /// <summary>No higher than it was. What is set twice is set once, so it needs no key.</summary>
    public async ValueTask<OrProblem<Answer>> LowerClassAsync(OperationsCall call)
    {
        var number = NumberOf(call);
        return (await OperationsBody.ReadAsync<SentClass>(call, $"PUT {Path}/class", CustomerReader.ReadClass)).Has(out var body, out var problem)
            ? await OfAsync(StatusCodes.Status200OK, await desk.LowerClassAsync(number, body.Command.Class, body.Command.Reason, call.Actor, call.Aborted), number, call)
            : problem;
    }

    private async Task<OrProblem<Answer>> OfAsync(int status, AccountResult result, string number, OperationsCall call) => result switch
    {
        AccountResult.Refused refused => LedgerProblems.Of(refused),
        AccountResult.Unknown => Problem.Of(LedgerProblems.CustomerNotFound),
        AccountResult.SecondPersonNeeded => LedgerProblems.NotByOne,
        _ => await AnswerAsync(status, number, call),
    };

    private async Task<OrProblem<Answer>> AnswerAsync(int status, string number, OperationsCall call)
    {
        var customer = await customers.FindAsync(number, call.Aborted)
            ?? throw new InvalidOperationException($"customer {number} was changed and cannot be read");
        return new Answer(status, string.Empty, CustomerWriter.Write(customer, await accounts.OfCustomerAsync(customer.Id, call.Aborted)));
    }

    private static string NumberOf(OperationsCall call) => call.Request.RouteValues[AccountEndpoints.Customer] as string ?? string.Empty;
}
