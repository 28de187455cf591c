-- Surplus settles itself; whatever else two sides disagree about is money that nobody has explained.
-- name: open_differences
with opened as (
    insert into difference (trade_id, order_id, kind, detail, opened_at)
    select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[])
    on conflict (order_id, kind) do nothing
    returning order_id, kind, detail, opened_at
),
named as (
    select o.*, (select min(u.number) from unnest($2::bigint[], $6::text[]) as u (order_id, number) where u.order_id = o.order_id) as number
    from opened o
)
insert into alert_signal (kind, severity, subject, text, times, at)
select 'difference', case kind when 'surplus' then 'Info' else 'Critical' end, kind,
       format('Differences are open, the latest of order %s: %s', (array_agg(number order by order_id desc))[1], (array_agg(detail order by order_id desc))[1]),
       count(*), max(opened_at)
from named group by kind;

-- name: settle_differences
update difference d set closed_at = u.closed_at
from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as u (order_id, kind, closed_at)
where d.order_id = u.order_id and d.kind = u.kind and d.closed_at is null;

-- name: put
with listed as (
    insert into work_item as w (order_id, trade_id, reason, since)
    select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[])
    on conflict (order_id) do update set reason = excluded.reason
    returning order_id, reason, since, xmax = 0 as is_new
),
named as (
    select l.*, (select min(u.number) from unnest($1::bigint[], $5::text[]) as u (order_id, number) where u.order_id = l.order_id) as number
    from listed l
)
insert into alert_signal (kind, severity, subject, text, times, at)
select 'work_list', 'Warning', work_kind(reason),
       format('Orders wait for a person, the latest is %s: %s', (array_agg(number order by order_id desc))[1], (array_agg(reason order by order_id desc))[1]),
       count(*), max(since)
from named where is_new group by work_kind(reason);

-- name: take_off
delete from work_item where order_id = any($1);

-- name: count_open
select 'work_item', work_kind(reason), count(*) from work_item group by 2
union all
select 'difference', kind, count(*) from difference where closed_at is null group by 2
union all
-- What nobody takes out of the lane of a channel application: a process that runs it is late by no more than a lease.
select 'overdue', a.application, t.overdue
from (select distinct application from channel where application <> 'engine') a
cross join lateral (select count(*) as overdue from timer where lane = a.application and due_at < now() - interval '30 s') t
where t.overdue > 0
order by 1, 2;
