-- name: open_differences
insert into difference (trade_id, order_id, kind, detail, opened_at)
select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[])
on conflict (order_id, kind) do nothing;

-- name: settle_differences
update difference d set closed_at = u.closed_at
from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as u (order_id, kind, closed_at)
where d.order_id = u.order_id and d.kind = u.kind and d.closed_at is null;

-- name: put
insert into work_item as w (order_id, trade_id, reason, since)
select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[])
on conflict (order_id) do update set reason = excluded.reason;

-- name: take_off
delete from work_item where order_id = any($1);

-- A reason is a kind, sometimes with a number in it, and after a colon what is particular about the order.
-- name: count_open
select 'work_item', regexp_replace(split_part(reason, ':', 1), ' [0-9]+', '', 'g'), count(*) from work_item group by 2
union all
select 'difference', kind, count(*) from difference where closed_at is null group by 2
union all
-- What nobody takes out of the lane of a channel application: a process that runs it is late by no more than a lease.
select 'overdue', a.application, t.overdue
from (select distinct application from channel where application <> 'engine') a
cross join lateral (select count(*) as overdue from timer where lane = a.application and due_at < now() - interval '30 s') t
where t.overdue > 0
order by 1, 2;
