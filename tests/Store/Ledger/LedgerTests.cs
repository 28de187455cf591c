using PaymentEngine.Tests.Support.Postgres;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Each test with a node's ledger on the database of its class, whose books are audited at the end.</summary>
public abstract class LedgerTests(DatabaseFixture fixture) : DatabaseTests(fixture)
{
    internal LedgerHand Hand { get; private set; } = null!;

    public override Task InitializeAsync()
    {
        Hand = new LedgerHand(Database);
        return Task.CompletedTask;
    }

    public override async Task DisposeAsync()
    {
        await Hand.ApplyAsync();
        await Hand.DisposeAsync();
        await base.DisposeAsync();
    }
}
