-- name: arm
insert into timer as t (order_id, kind, trade_id, due_at, lane, token)
select u.order_id, u.kind, u.trade_id, u.due_at, u.lane, 0
from unnest($1::bigint[], $2::text[], $3::bigint[], $4::timestamptz[], $5::text[]) as u (order_id, kind, trade_id, due_at, lane)
on conflict (order_id, kind) do update set due_at = excluded.due_at, lane = excluded.lane, token = 0;

-- name: cancel
delete from timer t using unnest($1::bigint[], $2::text[]) as u (order_id, kind)
where t.order_id = u.order_id and t.kind = u.kind;

-- A lease by the database's clock: nobody else sees the row until it is over.
-- name: claim
with due as (
    select order_id, kind, due_at from timer
    where lane = $4 and due_at <= now() and kind = any($3) order by due_at limit $1 for update skip locked
)
update timer t set due_at = now() + $2, token = nextval('timer_token')
from due where t.order_id = due.order_id and t.kind = due.kind
returning t.trade_id, t.order_id, t.kind, t.token, due.due_at;

-- Of the lanes that share a line so many together as it takes.
-- name: claim_shared
with longest as (
    select l.line, l.most, d.order_id, d.kind, d.due_at
    from unnest($1::text[], $2::integer[], $3::integer[]) as l (lane, line, most)
    cross join lateral (
        select order_id, kind, due_at from timer where lane = l.lane and due_at <= now() order by due_at limit l.most for update skip locked
    ) as d
), due as (
    select order_id, kind, due_at, most, row_number() over (partition by line order by due_at) as place from longest
)
update timer t set due_at = now() + $4, token = nextval('timer_token')
from due where t.order_id = due.order_id and t.kind = due.kind and due.place <= due.most
returning t.trade_id, t.order_id, t.kind, t.token, due.due_at, t.lane;

-- name: done
delete from timer t using unnest($1::bigint[], $2::text[], $3::bigint[]) as u (order_id, kind, token)
where t.order_id = u.order_id and t.kind = u.kind and t.token = u.token;

-- name: put_off
update timer set due_at = $4, token = 0 where order_id = $1 and kind = $2 and token = $3;

-- The lease is given back to those who should have had it.
-- name: pass_on
update timer set lane = $4, due_at = now(), token = 0 where order_id = $1 and kind = $2 and token = $3;

-- Never later than it stands, and nothing that is being handled just now.
-- name: hasten
update timer t set due_at = u.due_at
from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as u (order_id, kind, due_at)
where t.order_id = u.order_id and t.kind = u.kind and t.token = 0 and t.due_at > u.due_at;

-- An order that is being asked about at this moment is left to whoever asks.
-- name: ask
insert into timer as t (order_id, kind, trade_id, due_at, lane, token) values ($1, 'Query', $2, now(), $3, 0)
on conflict (order_id, kind) do update set due_at = least(t.due_at, excluded.due_at) where t.token = 0;

-- name: of_orders
select order_id, kind, due_at from timer where order_id = any($1) order by due_at;
