-- The online bank gets a line of its own, under the secret given, with so many places; the line's share of questions stays.
with line as (
    insert into channel_connection (id, name, endpoint, secret, maximum_parallel, requests_per_second, queries_per_second)
    select 2, 'online bank', endpoint, $1, $2, requests_per_second, $3 from channel_connection where id = 1
    on conflict (id) do update set maximum_parallel = excluded.maximum_parallel, queries_per_second = excluded.queries_per_second
    returning id
), others as (
    update channel_connection set queries_per_second = $3 where id = 1
)
update channel set connection_id = line.id from line where channel.code = 'sim-bank'
