using Npgsql;
using PaymentEngine.Core;

namespace PaymentEngine.Store;

/// <summary>How rows and values meet: moments are UTC in the database, absence is null.</summary>
internal static class RowExtensions
{
    public static string? GetNullableString(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    public static long? GetNullableLong(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static DateTimeOffset GetMoment(this NpgsqlDataReader row, int column) => new(row.GetDateTime(column));

    public static DateTimeOffset? GetNullableMoment(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetMoment(column);

    public static long? OrNull(this OrderId id) => id.IsNone ? null : id.Value;
}
