using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PaymentEngine.Core.Directory;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>The part of the operations' interface that is about accounts: which path leads where, and who may go there.</summary>
internal static class LedgerApi
{
    public static IServiceCollection AddLedgerApi(this IServiceCollection services) => services
        .AddSingleton<OperationsOnce>()
        .AddSingleton<StatementCsv>()
        .AddSingleton<AccountEndpoints>()
        .AddSingleton<AccountChangeEndpoints>()
        .AddSingleton<PostingEndpoints>()
        .AddSingleton<HoldEndpoints>()
        .AddSingleton<CustomerEndpoints>()
        .AddSingleton<DayEndpoints>();

    public static void MapLedgerApi(this IEndpointRouteBuilder v1, OperationsGate gate)
    {
        MapAccounts(v1, gate);
        MapCustomers(v1, gate);

        var postings = v1.ServiceProvider.GetRequiredService<PostingEndpoints>();
        v1.Offer("/ledger/postings", get: gate.Guard(postings.OfOrderAsync));
        v1.Offer("/ledger/postings/{" + PostingEndpoints.Number + "}", get: gate.Guard(postings.ReadAsync));

        var days = v1.ServiceProvider.GetRequiredService<DayEndpoints>();
        const string Day = "/ledger/days/{" + DayEndpoints.Day + "}";
        v1.Offer("/ledger/days", get: gate.Guard(days.ListAsync));
        v1.Offer(Day, get: gate.Guard(days.ReadAsync));
        v1.Offer(Day + "/close", post: gate.Guard(days.CloseAsync, OperatorRoles.Approve));
    }

    private static void MapAccounts(IEndpointRouteBuilder v1, OperationsGate gate)
    {
        var accounts = v1.ServiceProvider.GetRequiredService<AccountEndpoints>();
        var changes = v1.ServiceProvider.GetRequiredService<AccountChangeEndpoints>();
        var holds = v1.ServiceProvider.GetRequiredService<HoldEndpoints>();
        const string Account = "/ledger/accounts/{" + AccountEndpoints.Number + "}";
        v1.Offer("/ledger/accounts", get: gate.Guard(accounts.ListAsync), post: gate.Guard(changes.OpenAsync));
        v1.Offer(Account, get: gate.Guard(accounts.ReadAsync));
        v1.Offer(Account + "/entries", get: gate.Guard(accounts.EntriesAsync));
        v1.Offer(Account + "/statement", get: gate.GuardStream(accounts.StatementAsync));
        v1.Offer(Account + "/items", get: gate.Guard(accounts.ItemsAsync));
        v1.Offer(Account + "/holds", get: gate.Guard(accounts.HoldsAsync), post: gate.Guard(holds.PlaceAsync));
        v1.Offer(Account + "/freeze", post: gate.Guard(changes.FreezeAsync));
        v1.Offer(Account + "/close", post: gate.Guard(changes.CloseAsync));
        v1.Offer(Account + "/mode", post: gate.Guard(changes.SetModeAsync));
        v1.Offer(Account + "/credit-line", put: gate.Guard(changes.LowerCreditLineAsync));
    }

    private static void MapCustomers(IEndpointRouteBuilder v1, OperationsGate gate)
    {
        var accounts = v1.ServiceProvider.GetRequiredService<AccountEndpoints>();
        var customers = v1.ServiceProvider.GetRequiredService<CustomerEndpoints>();
        const string Customer = "/ledger/customers/{" + AccountEndpoints.Customer + "}";
        v1.Offer("/ledger/customers", post: gate.Guard(customers.RegisterAsync));
        v1.Offer(Customer, get: gate.Guard(accounts.CustomerAsync));
        v1.Offer(Customer + "/verifications", post: gate.Guard(customers.VerifyAsync));
        v1.Offer(Customer + "/class", put: gate.Guard(customers.LowerClassAsync));
    }
}
