using Npgsql;
using NpgsqlTypes;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// The rows of one bulk statement, kept as columns: each column travels as one array. Columns are declared in the
/// order of the statement's parameters. Reused from batch to batch, so that a batch allocates next to nothing.
/// </summary>
internal sealed class BulkRows<TRow>
{
    private readonly List<Column> _columns = [];

    public int Count { get; private set; }

    public BulkRows<TRow> Bigint(Func<TRow, long> value) => With(NpgsqlDbType.Bigint, value);

    public BulkRows<TRow> NullableBigint(Func<TRow, long?> value) => With(NpgsqlDbType.Bigint, value);

    public BulkRows<TRow> Integer(Func<TRow, int> value) => With(NpgsqlDbType.Integer, value);

    public BulkRows<TRow> Smallint(Func<TRow, short> value) => With(NpgsqlDbType.Smallint, value);

    public BulkRows<TRow> NullableSmallint(Func<TRow, short?> value) => With(NpgsqlDbType.Smallint, value);

    public BulkRows<TRow> Boolean(Func<TRow, bool> value) => With(NpgsqlDbType.Boolean, value);

    public BulkRows<TRow> Text(Func<TRow, string?> value) => With(NpgsqlDbType.Text, value);

    public BulkRows<TRow> Json(Func<TRow, string> value) => With(NpgsqlDbType.Json, value);

    public BulkRows<TRow> Bytes(Func<TRow, byte[]?> value) => With(NpgsqlDbType.Bytea, value);

    public BulkRows<TRow> Day(Func<TRow, DateOnly> value) => With(NpgsqlDbType.Date, value);

    /// <summary>Empty is null.</summary>
    public BulkRows<TRow> NullableBytes(Func<TRow, ReadOnlyMemory<byte>> value) =>
        With(NpgsqlDbType.Bytea, (TRow row) => value(row) is { IsEmpty: false } bytes ? bytes : default(ReadOnlyMemory<byte>?));

    public BulkRows<TRow> Moment(Func<TRow, DateTimeOffset> value) =>
        With(NpgsqlDbType.TimestampTz, (TRow row) => value(row).UtcDateTime);

    public BulkRows<TRow> NullableMoment(Func<TRow, DateTimeOffset?> value) =>
        With(NpgsqlDbType.TimestampTz, (TRow row) => value(row)?.UtcDateTime);

    public void Add(TRow row)
    {
        foreach (var column in _columns)
        {
            column.Add(row);
        }

        Count++;
    }

    public void Clear()
    {
        foreach (var column in _columns)
        {
            column.Clear();
        }

        Count = 0;
    }

    /// <summary>Adds the statement to the batch, unless there are no rows for it.</summary>
    public NpgsqlBatchCommand? AddTo(NpgsqlBatch batch, string sql)
    {
        if (Count == 0)
        {
            return null;
        }

        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in _columns)
        {
            command.Parameters.Add(column.ToParameter());
        }

        batch.BatchCommands.Add(command);
        return command;
    }

    private BulkRows<TRow> With<TValue>(NpgsqlDbType type, Func<TRow, TValue> value)
    {
        _columns.Add(new Column<TValue>(type, value));
        return this;
    }

    private abstract class Column
    {
        public abstract void Add(TRow row);

        public abstract void Clear();

        public abstract NpgsqlParameter ToParameter();
    }

    private sealed class Column<TValue>(NpgsqlDbType type, Func<TRow, TValue> value) : Column
    {
        private readonly List<TValue> _values = [];

        public override void Add(TRow row) => _values.Add(value(row));

        public override void Clear() => _values.Clear();

        public override NpgsqlParameter ToParameter() =>
            new NpgsqlParameter<List<TValue>> { TypedValue = _values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
