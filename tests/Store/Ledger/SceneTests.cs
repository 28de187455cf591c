using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Tests each with a scene of its own on the database of their class. What they put there by hand is not audited.</summary>
public abstract class SceneTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    internal LedgerScene Scene { get; private set; } = null!;

    public virtual Task InitializeAsync()
    {
        Scene = LedgerScene.On(fixture.Database);
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await Scene.DisposeAsync();
}
