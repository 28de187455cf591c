using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Store.Sessions;

namespace PaymentEngine.Store.Proposals;

/// <summary>
/// The word of one person about what another has asked for (P2), from reading it to writing what came of it. Who comes
/// meanwhile waits, on whatever node.
/// </summary>
public sealed class Hearing<TContent> : IAsyncDisposable
    where TContent : IProposalContent
{
    private readonly LockSession _session;
    private readonly string _table;
    private readonly OrderId _id;
    private readonly Func<NpgsqlDataReader, Proposal<TContent>> _read;
    private readonly ProposalFailpoints _points;

    /// <param name="session">Has the locks, and ends with this.</param>
    /// <param name="table">In which it is stored.</param>
    /// <param name="id">About which this is.</param>
    /// <param name="read">Reads its row.</param>
    /// <param name="points">Passed by what is written.</param>
    internal Hearing(LockSession session, string table, OrderId id, Func<NpgsqlDataReader, Proposal<TContent>> read, ProposalFailpoints points)
    {
        (_session, _table, _id, _read, _points) = (session, table, id, read, points);
    }

    public async Task<Proposal<TContent>?> ReadAsync(CancellationToken cancellation) =>
        (await Statement("of_id").ReadAsync(_read, cancellation)).SingleOrDefault();

    public Task<int> ApproveAsync(string checker, CancellationToken cancellation) =>
        WriteAsync(Statement("approve").With(checker), Failpoint.BeforeVerdict, Failpoint.AfterVerdict, cancellation);

    /// <summary>It cannot be done now: whoever agreed did so in vain, and that stays with it.</summary>
    public Task<int> ReopenAsync(string remark, CancellationToken cancellation) =>
        WriteAsync(Statement("reopen").With(remark), Failpoint.BeforeVerdict, Failpoint.AfterVerdict, cancellation);

    /// <returns>False when it is decided already, or the ledger has booked it.</returns>
    public async Task<bool> RefuseAsync(string checker, string remark, CancellationToken cancellation) =>
        await WriteAsync(
            Statement("refuse").With(checker).With(remark).With(TContent.KeyOf(_id)), Failpoint.BeforeVerdict, Failpoint.AfterVerdict, cancellation) == 1;

    /// <summary>The ledger has it, whether its row knows or not.</summary>
    public async Task<bool> IsBookedAsync(CancellationToken cancellation)
    {
        await using var booked = _session.Connection.Statement("proposal.is_booked").With(TContent.KeyOf(_id));
        return (bool)(await booked.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Its row is told what the ledger has done.</summary>
    public Task BookedAsync(CancellationToken cancellation) =>
        WriteAsync(Statement("booked").With(TContent.KeyOf(_id)), _points.BeforeDone, _points.AfterDone, cancellation);

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    /// <summary>False when it would have to wait and is not to.</summary>
    internal async Task<bool> ListenAsync(string how, CancellationToken cancellation)
    {
        await using var listen = Statement(how);
        return await listen.ExecuteScalarAsync(cancellation) is not false;
    }

    private static async Task<int> WriteAsync(NpgsqlCommand write, Failpoint before, Failpoint after, CancellationToken cancellation)
    {
        Failpoints.Pass(before);
        var rows = await write.RunAsync(cancellation);
        Failpoints.Pass(after);
        return rows;
    }

    private NpgsqlCommand Statement(string name) => _session.Connection.Statement($"{_table}.{name}").With(_id.Value);
}
