using Xunit;

namespace PaymentEngine.Tests.Support.Postgres;

/// <summary>One fresh database for all tests of a class.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync() => Database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await Database.DisposeAsync();
}

/// <summary>Tests that write into a real database. After each of them the books must be clean.</summary>
public abstract class DatabaseTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    protected TestDatabase Database { get; } = fixture.Database;

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Books.DemandCleanAsync(Database);
}
