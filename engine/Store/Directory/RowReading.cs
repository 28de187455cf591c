using Npgsql;

namespace PaymentEngine.Store.Directory;

/// <summary>A row that no engine can read: an operator's mistake, told to operations with the row and the column.</summary>
/// <param name="Row">As a person would name it: channel icbc-direct, merchant/M1002.</param>
/// <param name="KeepsFromStarting">A node that never knew the row otherwise must not start without it.</param>
public sealed record DirectoryFault(string Row, string Why, bool KeepsFromStarting = true);

/// <summary>
/// Reads tables row by row. One that cannot be is told, and stands as it was known before, or not at all; the others do
/// not suffer for it.
/// </summary>
internal sealed class RowReading(NpgsqlConnection connection)
{
    public List<DirectoryFault> Faults { get; } = [];

    /// <param name="read">Throws when the row cannot be.</param>
    /// <param name="otherwise">What the row is called, and what was known of it.</param>
    public async Task<List<T>> AllAsync<T>(
        string statement, Func<NpgsqlDataReader, T> read, Func<NpgsqlDataReader, (string Row, T? Before)> otherwise, CancellationToken cancellation)
        where T : class
    {
        var all = await AllAsync(statement, row => Read(row, read, otherwise), cancellation);
        return [.. all.OfType<T>()];
    }

    /// <summary>Of a table whose rows the database's own checks keep readable.</summary>
    public async Task<List<T>> AllAsync<T>(string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get(statement), connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var all = new List<T>();
        while (await rows.ReadAsync(cancellation))
        {
            all.Add(read(rows));
        }

        return all;
    }

    /// <summary>A value of one column; what is wrong with it is told with the column's name.</summary>
    public static T Column<T>(NpgsqlDataReader row, int column, Func<NpgsqlDataReader, int, T> read)
    {
        try
        {
            return read(row, column);
        }
        catch (Exception unfit) when (IsOfTheValue(unfit))
        {
            throw new FormatException($"{row.GetName(column)}: {unfit.Message}", unfit);
        }
    }

    public static TEnum Name<TEnum>(NpgsqlDataReader row, int column)
        where TEnum : struct, Enum => Column(row, column, static (row, column) => Enum.Parse<TEnum>(row.GetString(column)));

    public static TimeSpan Interval(NpgsqlDataReader row, int column) => Column(row, column, static (row, column) => row.GetTimeSpan(column));

    private T? Read<T>(NpgsqlDataReader row, Func<NpgsqlDataReader, T> read, Func<NpgsqlDataReader, (string Row, T? Before)> otherwise)
        where T : class
    {
        try
        {
            return read(row);
        }
        catch (Exception unfit) when (IsOfTheValue(unfit))
        {
            var (name, before) = otherwise(row);
            Faults.Add(new DirectoryFault(name, unfit.Message.ReplaceLineEndings(" ")));
            return before;
        }
    }

    /// <summary>Not of the connection, which would fail for every row.</summary>
    private static bool IsOfTheValue(Exception unfit) => unfit is not (NpgsqlException or OperationCanceledException or IOException);
}
