using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>
/// Tests of a whole engine on a world of their class. After each of them the books are clean, the institution's
/// journal and our books agree about money, and the engine has logged no error, unless the test says otherwise.
/// </summary>
public abstract class EngineTests(EngineWorld world) : IClassFixture<EngineWorld>, IAsyncLifetime
{
    protected EngineWorld World { get; } = world;

    protected TestDatabase Database => World.Database;

    protected EngineRig Engine { get; private set; } = null!;

    /// <summary>The test broke the books on purpose; nobody else's test may follow it in its class.</summary>
    protected bool BooksAreBrokenOnPurpose { get; set; }

    /// <summary>The test made the engine log errors on purpose.</summary>
    protected bool ErrorsAreExpected { get; set; }

    public virtual async Task InitializeAsync()
    {
        // Payers and channels are strangers to each other at the beginning of each test.
        await Database.ExecuteAsync("delete from card_memory; delete from card_funds; delete from channel_health");
        Engine = await World.StartAsync();
    }

    public virtual async Task DisposeAsync()
    {
        await World.StopAllAsync();
        var errors = World.Log.Errors.ToList();
        World.Log.Clear();
        if (!BooksAreBrokenOnPurpose)
        {
            await Books.DemandCleanAsync(Database);
            await Conservation.DemandAsync(Database, World.Journal());
        }

        Assert.True(ErrorsAreExpected || errors.Count == 0, "the engine logged errors: " + string.Join("; ", errors));
    }
}
