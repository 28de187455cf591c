-- name: open_differences
insert into difference (trade_id, order_id, kind, detail, opened_at)
select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[])
on conflict (order_id, kind) do nothing;

-- name: put
insert into work_item as w (order_id, trade_id, reason, since)
select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[])
on conflict (order_id) do update set reason = excluded.reason;

-- name: take_off
delete from work_item where order_id = any($1);
