using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Store.Proposals;
using PaymentEngine.Store.Requests;

namespace PaymentEngine.Host;

/// <summary>What people of operations see of the ledger, and do to it.</summary>
internal static class LedgerOperations
{
    public static void AddLedgerOperations(this IServiceCollection services)
    {
        services.AddSingleton<AccountReading>();
        services.AddSingleton<PostingReading>();
        services.AddSingleton<TransitReading>();
        services.AddSingleton<StatementReading>();
        services.AddSingleton<CustomerReading>();
        services.AddSingleton<AdjustmentStore>();
        services.AddSingleton<OperationsRequestStore>();
        services.AddSingleton<AdjustmentFacts>();
        services.AddSingleton<AdjustmentDesk>();
        services.AddSingleton<ChangeRequestStore>();
        services.AddSingleton<ChangeFacts>();
        services.AddSingleton<ChangeDesk>();
    }
}
