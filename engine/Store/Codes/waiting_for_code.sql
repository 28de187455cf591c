-- A code is recorded once, with its first sample; how often it came is counted there and in its alert.
-- name: record
with told as (
    select channel_id, interface, code, sub_code, count(*) as times, min(at) as first_at, max(at) as last_at,
           (array_agg(sample order by at))[1] as sample
    from unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
        as u (channel_id, interface, code, sub_code, sample, at)
    group by channel_id, interface, code, sub_code
),
recorded as (
    insert into unmapped_code as m (channel_id, interface, code, sub_code, first_seen, last_seen, times, sample)
    select channel_id, interface, code, sub_code, first_at, last_at, times, sample from told
    order by channel_id, interface, code, sub_code
    on conflict (channel_id, interface, code, sub_code) do update
    set last_seen = greatest(m.last_seen, excluded.last_seen), times = m.times + excluded.times
    returning channel_id, interface, code, sub_code
)
insert into alert_signal (kind, severity, subject, text, times, at)
select 'unmapped_code', 'Warning', concat_ws(' ', coalesce(c.code, r.channel_id::text), lower(r.interface), r.code, nullif(r.sub_code, '')),
       format('Channel %s (%s) answered %s with code %s, which nobody has mapped. Orders that met it wait.',
              c.code, r.channel_id, lower(r.interface), concat_ws(' / ', r.code, nullif(r.sub_code, ''))),
       t.times, t.last_at
from recorded r
join told t using (channel_id, interface, code, sub_code)
left join channel c on c.id = r.channel_id;

-- name: wait
insert into waiting_for_code (order_id, trade_id, channel_id, interface, code, sub_code)
select distinct * from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::text[], $5::text[], $6::text[])
on conflict do nothing;

-- name: understood
delete from waiting_for_code where order_id = any($1);

-- name: ready
select distinct trade_id from waiting_for_code w
where exists (
    select from result_code r
    where r.channel_id = w.channel_id and r.interface = w.interface and r.code = w.code and r.sub_code in (w.sub_code, ''))
order by trade_id limit $1;

-- name: wake
with woken as (
    delete from waiting_for_code w
    where w.trade_id = any($1) and exists (
        select from result_code r
        where r.channel_id = w.channel_id and r.interface = w.interface and r.code = w.code and r.sub_code in (w.sub_code, ''))
    returning order_id, trade_id, channel_id
)
insert into timer as t (order_id, kind, trade_id, due_at, lane, token)
select distinct w.order_id, 'Query', w.trade_id, now(), 'query.' || w.channel_id, 0 from woken w
on conflict (order_id, kind) do update set due_at = excluded.due_at, lane = excluded.lane, token = 0;
