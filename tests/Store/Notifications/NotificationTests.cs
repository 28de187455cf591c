using PaymentEngine.Core;
using PaymentEngine.Core.Journeys;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Store.Secrets;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Merchants;
using PaymentEngine.Tests.Support.Postgres;

namespace PaymentEngine.Tests.Store.Notifications;

/// <summary>Tests with a merchant's system that is told, over real HTTP.</summary>
public abstract class NotificationTests(EngineWorld world) : EngineTests(world)
{
    protected NotificationReceiver Receiver { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Receiver = await NotificationReceiver.StartAsync();
        World.HeldByMerchants = () => Receiver.Holding;
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    /// <summary>A purchase of which the merchant wants to be told.</summary>
    protected OpenTrade Told(string? payerAccount = Payers.Good, string? url = null) =>
        MerchantHand.Purchase(payerAccount) with { NotifyUrl = url ?? Receiver.Url() };

    protected async Task<IReadOnlyList<JourneyNotification>> NotificationsAsync(OrderId trade) =>
        (await Engine.JourneyAsync(trade)).Notifications;

    protected async Task<string> SecretAsync(string merchant = "M1001") =>
        (await new SecretKeeper(Database.Sql, TestDatabase.Secrets).FindAsync(merchant, CancellationToken.None))!.Reveal();

    protected async Task<long> CountAsync(string what) => await Database.ScalarAsync<long>($"select count(*) from {what}");

    protected Task<int> RegisterAsync(string host, bool allowPrivate, string merchant = "M1001") => Database.ExecuteAsync(
        "insert into merchant_notify_origin (merchant_id, scheme, host, allow_private) select id, 'http', $2, $3 from merchant where number = $1",
        merchant, host, allowPrivate);
}
