using Npgsql;
using PaymentEngine.Core;

namespace PaymentEngine.Store.Conditions;

/// <summary>What lies in our account at an institution, as far as somebody has told us (C8).</summary>
/// <param name="Channel">Its code.</param>
/// <param name="Threshold">Below it somebody is told.</param>
public sealed record ChannelReserve(string Channel, Money Balance, Money Threshold, DateTimeOffset AsOf, string SetBy)
{
    public bool IsLow => Balance < Threshold;

    /// <summary>What is missing to the threshold.</summary>
    public Money Missing => IsLow ? Threshold - Balance : Money.Zero(Balance.Currency);
}

public sealed class ReserveStore(NpgsqlDataSource database)
{
    /// <summary>Whoever brings a reserve below its threshold raises the alert, once until it is above again.</summary>
    public async Task SetAsync(int channelId, ChannelReserve reserve, CancellationToken cancellation)
    {
        var account = $"{reserve.Channel} {reserve.Balance.Currency}";
        var text = $"Our account of channel {reserve.Channel} holds {reserve.Balance} {reserve.Balance.Currency}: {reserve.Missing} are missing to its threshold of {reserve.Threshold}";
        await using var command = database.CreateCommand(Sql.Get("Conditions/channel_reserve.set"));
        foreach (var value in (object[])
            [channelId, reserve.Balance.Currency.Code, reserve.Balance.Minor, reserve.Threshold.Minor, reserve.AsOf.UtcDateTime, reserve.SetBy, account, text])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<IReadOnlyList<ChannelReserve>> ListAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Conditions/channel_reserve.list"));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var all = new List<ChannelReserve>();
        while (await rows.ReadAsync(cancellation))
        {
            var currency = Currency.Parse(rows.GetString(1));
            all.Add(new ChannelReserve(
                rows.GetString(0), new Money(rows.GetInt64(2), currency), new Money(rows.GetInt64(3), currency), rows.GetMoment(4), rows.GetString(5)));
        }

        return all;
    }
}
