using Npgsql;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Startup;

/// <summary>What no engine could read is refused where somebody writes it.</summary>
public sealed class ReadableRowsTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [InlineData("update channel set number_prefix = '1', number_length = 12 where code = 'sim-card'")]
    [InlineData("update channel set number_prefix = 'A', number_alphabet = 'Digits' where code = 'sim-card'")]
    [InlineData("update channel set number_prefix = '' where code = 'sim-card'")]
    [InlineData("update channel set number_length = 65")]
    [InlineData("update channel set number_date = 'Long'")]
    [InlineData("update channel set number_alphabet = 'Runes'")]
    [InlineData("update channel set methods = '{cheque}'")]
    [InlineData("update channel set send_window = '1 month'")]
    [InlineData("update query_plan set first_age = '1 month', window_end = '2 months', last_age = '3 months'")]
    [InlineData("update channel_connection set endpoint = 'not a url'")]
    [InlineData("update merchant set fee_minimum = 5, fee_maximum = 4")]
    public async Task a_row_that_cannot_be_is_refused(string statement) =>
        Assert.Equal(
            PostgresErrorCodes.CheckViolation,
            (await Assert.ThrowsAsync<PostgresException>(() => _database.ExecuteAsync(statement))).SqlState);
}
