using System.Text.Json.Nodes;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Store.Sessions;

namespace PaymentEngine.Store.Proposals;

/// <summary>What was asked for and needs a second person, what was said to it and what came of it: a table for each kind.</summary>
/// <param name="table">Its statements have the same names as those of its neighbours, and read the same columns first.</param>
/// <param name="points">Passed by what is written.</param>
public abstract class ProposalStore<TContent>(NpgsqlDataSource database, string table, ProposalFailpoints points) : IDisposable
    where TContent : IProposalContent
{
    private const int HearingsAtOnce = 4;

    private readonly LockSessions _sessions = new(database, HearingsAtOnce);

    /// <summary>The first column, and the first value, that each kind has for itself.</summary>
    protected const int Own = 12;

    /// <returns>The proposal under this person's key: this one, or the one that had the key before.</returns>
    public async Task<Proposal<TContent>> AddAsync(NewProposal<TContent> proposal, CancellationToken cancellation)
    {
        var add = database.Statement($"{table}.add")
            .With(proposal.Id.Value)
            .With(proposal.Content.Reason)
            .With(proposal.Content.HashFor(proposal.Id))
            .With(proposal.Maker)
            .With(KeyOf(proposal.Maker, proposal.Key))
            .With(proposal.BodyHash);
        Failpoints.Pass(points.BeforeAsked);
        await WithContent(add, proposal.Content).RunAsync(cancellation);
        Failpoints.Pass(points.AfterAsked);
        return (await FindAsync(proposal.Maker, proposal.Key, cancellation))!;
    }

    public async Task<Proposal<TContent>?> FindAsync(string maker, string key, CancellationToken cancellation) =>
        (await database.Statement($"{table}.of_key").With(KeyOf(maker, key)).ReadAsync(Read, cancellation)).SingleOrDefault();

    public async Task<Proposal<TContent>?> FindAsync(OrderId id, CancellationToken cancellation) =>
        (await database.Statement($"{table}.of_id").With(id.Value).ReadAsync(Read, cancellation)).SingleOrDefault();

    public async Task<IReadOnlyList<Proposal<TContent>>> ListAsync(bool all, OrderId after, int limit, CancellationToken cancellation) =>
        await database.Statement($"{table}.list").With(after.Value).With(all).With(limit).ReadAsync(Read, cancellation);

    /// <summary>Those that somebody agreed to and that are not done yet.</summary>
    public async Task<IReadOnlyList<OrderId>> UndoneAsync(int limit, CancellationToken cancellation) =>
        await database.Statement($"{table}.undone").With(limit).ReadAsync(row => new OrderId(row.GetInt64(0)), cancellation);

    /// <summary>Waits until nobody else's word is heard about it, nor about what it would touch.</summary>
    public async Task<Hearing<TContent>> HearAsync(OrderId id, CancellationToken cancellation) =>
        (await ListenAsync(id, "listen", cancellation))!;

    /// <summary>Null when it would have to wait.</summary>
    public Task<Hearing<TContent>?> TryHearAsync(OrderId id, CancellationToken cancellation) => ListenAsync(id, "try_listen", cancellation);

    public void Dispose()
    {
        _sessions.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds the values of the columns that the kind has for itself.</summary>
    protected abstract NpgsqlCommand WithContent(NpgsqlCommand add, TContent content);

    protected abstract TContent ReadContent(NpgsqlDataReader row, string reason);

    /// <param name="posting">None where there is none.</param>
    protected abstract Completion? ReadCompletion(NpgsqlDataReader row, OrderId posting);

    private static string KeyOf(string maker, string key) => $"{maker}:{key}";

    private static IReadOnlyList<FailedApproval> Attempts(string json) =>
        [.. JsonNode.Parse(json)!.AsArray().Select(attempt => new FailedApproval(
            (string)attempt!["checker"]!, (DateTimeOffset)attempt["at"]!, (string)attempt["refusal"]!))];

    private Proposal<TContent> Read(NpgsqlDataReader row) => new(
        new OrderId(row.GetInt64(0)),
        ReadContent(row, row.GetString(1)),
        row.GetFieldValue<byte[]>(2),
        row.GetString(3),
        row.GetMoment(4),
        row.GetFieldValue<byte[]>(5))
    {
        Verdict = row.IsDBNull(6) ? Verdict.None : Enum.Parse<Verdict>(row.GetString(6)),
        Checker = row.GetNullableString(7),
        CheckedAt = row.GetNullableMoment(8),
        Remark = row.GetNullableString(9),
        Attempts = Attempts(row.GetString(10)),
        Done = ReadCompletion(row, new OrderId(row.GetNullableLong(11) ?? 0)),
    };

    private async Task<Hearing<TContent>?> ListenAsync(OrderId id, string how, CancellationToken cancellation)
    {
        var hearing = new Hearing<TContent>(await _sessions.OpenAsync(cancellation), table, id, Read, points);
        try
        {
            if (await hearing.ListenAsync(how, cancellation))
            {
                return hearing;
            }
        }
        catch
        {
            await hearing.DisposeAsync();
            throw;
        }

        await hearing.DisposeAsync();
        return null;
    }
}

/// <param name="Key">Of this person: the same key is the same request (O13).</param>
public sealed record NewProposal<TContent>(OrderId Id, TContent Content, string Maker, string Key, byte[] BodyHash);

public sealed record ProposalFailpoints(Failpoint BeforeAsked, Failpoint AfterAsked, Failpoint BeforeDone, Failpoint AfterDone);
