using System.Data.Common;

namespace PaymentEngine.Api.Http;

/// <summary>
/// Whether an error tells of trouble that the database has with itself, and nothing of what was asked of it: asking again
/// later may help. A full disk alone is told in several of these ways.
/// </summary>
internal static class DatabaseTrouble
{
    /// <summary>Insufficient resources, operator intervention, system error, internal error.</summary>
    private static readonly string[] ItsOwn = ["53", "57", "58", "XX"];

    public static bool Is(DbException error) => error.IsTransient || error.SqlState is { Length: 5 } state && ItsOwn.Contains(state[..2]);
}
