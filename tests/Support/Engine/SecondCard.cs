using PaymentEngine.Tests.Support.Postgres;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>A second card network at the simulated institution, for legs that fail on the first.</summary>
public static class SecondCard
{
    public const int Id = 104;

    public static Task AddAsync(TestDatabase database) => database.ExecuteAsync(
        """
        insert into channel
        select (c).* from (
            select jsonb_populate_record(channel, '{"id": 104, "code": "sim-card-2", "name": "Second card network", "number_prefix": "104", "priority": 50}') as c
            from channel where id = 101) copy
        on conflict do nothing;
        insert into query_plan
        select (p).* from (select jsonb_populate_record(query_plan, '{"channel_id": 104}') as p from query_plan where channel_id = 101) copy
        on conflict do nothing;
        insert into result_code
        select (r).* from (select jsonb_populate_record(result_code, '{"channel_id": 104}') as r from result_code where channel_id = 101) copy
        on conflict do nothing;
        select open_account('1122.01.104.CNY', 'ChannelReceivable', 104, 'CNY', 'receivable from channel', -4611686018427387904, 16)
        where not exists (select from account where number = '1122.01.104.CNY');
        """);
}
