using Npgsql;
using PaymentEngine.Runtime.GeneralLedger;
using PaymentEngine.Store;
using PaymentEngine.Store.GeneralLedger;

namespace PaymentEngine.Host;

/// <summary>The general ledger: what makes its vouchers, what reads them, and what asks whether they are right.</summary>
internal static class GeneralLedgerServices
{
    private const string Portions = "vouchers";

    public static void AddGeneralLedger(this IServiceCollection services, string connectionString)
    {
        services.AddKeyedSingleton(Portions, (_, _) => Database.ForCommits(connectionString));
        services.AddSingleton<ChartStore>();
        services.AddSingleton<TemplateStore>();
        services.AddSingleton<FailureStore>();
        services.AddSingleton<GeneralLedgerStore>();
        services.AddSingleton(provider => new VoucherStore(
            provider.GetRequiredKeyedService<NpgsqlDataSource>(Portions),
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<ChartStore>()));
        services.AddSingleton<VoucherMetrics>();
        services.AddSingleton<TemplateDesk>();
        services.AddSingleton<GeneralLedgerDesk>();
    }

    /// <summary>What a channel application leaves to the engines.</summary>
    public static void AddGeneralLedgerWork(this IServiceCollection services)
    {
        services.AddOnceListening<VoucherPump>();
        services.AddOnceListening<AgreementWatch>();
    }
}
