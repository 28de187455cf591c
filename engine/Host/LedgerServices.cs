using Microsoft.Extensions.Options;
using PaymentEngine.Core;
using PaymentEngine.Ledger;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Store;
using PaymentEngine.Store.Closing;
using PaymentEngine.Store.Commit;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Host;

/// <summary>The ledger beside the orders: postings of its own, accounts, holds, buffers.</summary>
internal static class LedgerServices
{
    public static void AddLedger(this IServiceCollection services, string connectionString)
    {
        services.AddOptions<LedgerOptions>().BindConfiguration("Ledger").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<LedgerOptions>>().Value);
        services.AddSingleton(provider => new LedgerCalendar(
            provider.GetRequiredService<BusinessCalendar>(), provider.GetRequiredService<LedgerOptions>().DayCutAt));
        services.AddSingleton(provider => new LedgerCommitter(
            Database.ForCommits(connectionString),
            CommitsOf(provider.GetRequiredService<CommitterOptions>(), provider.GetRequiredService<LedgerOptions>()),
            LaneOf(provider.GetRequiredService<NodeIdentity>().Id, provider.GetRequiredService<CommitterOptions>()),
            provider.GetRequiredService<CommitMetrics>(),
            provider.GetRequiredService<ILogger<LedgerCommitter>>()));
        services.AddSingleton<AccountBook>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<CustomerStore>();
        services.AddSingleton<BufferStore>();
        services.AddSingleton<HoldStore>();
        services.AddSingleton<ReversibleLegs>();
        services.AddSingleton<ILedgerDesk, LedgerDesk>();
        services.AddSingleton<IAccountDesk, AccountDesk>();
        services.AddSingleton<DayCloser>();
        services.AddSingleton<LedgerDays>();
        services.AddSingleton<ClosingDesk>();
    }

    /// <summary>What time does to the ledger, on every engine.</summary>
    public static void AddLedgerWork(this IServiceCollection services)
    {
        services.AddOnceListening<LedgerPump>();
        services.AddOnceListening<ClosingPump>();
    }

    private static CommitterOptions CommitsOf(CommitterOptions options, LedgerOptions ledger) =>
        new() { Pace = ledger.Pace, MaximumBatch = options.MaximumBatch, QueueCapacity = options.QueueCapacity };

    /// <summary>Far from the lanes of payments, so that they do not meet on the sub-accounts of hot accounts.</summary>
    private static int LaneOf(int node, CommitterOptions options) => (node * options.Lanes) + options.Lanes + 7;
}
