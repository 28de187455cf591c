-- Told before is told: the first row of an order's change stands, with its id.
-- name: insert
insert into notification_{day} (id, trade_id, order_id, kind, merchant_id, created_at, body, notify_url)
select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::integer[], $6::timestamptz[], $7::bytea[], $8::text[])
on conflict do nothing;

-- name: load
select n.id, n.trade_id, n.order_id, n.kind, n.merchant_id, n.created_at, coalesce(n.notify_url, t.notify_url), n.body, n.attempts
from notification_{day} n join trade_order_{day} t on t.id = n.trade_id
where n.id = any($1) and n.state = 'Waiting';

-- name: delivered
update notification_{day} n
set state = 'Delivered', attempts = n.attempts + 1, last_status = u.status, last_error = null, delivered_at = u.at
from unnest($1::bigint[], $2::smallint[], $3::text[], $4::timestamptz[]) as u (id, status, error, at)
where n.id = u.id and n.state = 'Waiting';

-- name: failed
update notification_{day} n
set attempts = n.attempts + 1, last_status = u.status, last_error = u.error
from unnest($1::bigint[], $2::smallint[], $3::text[], $4::timestamptz[]) as u (id, status, error, due_at)
where n.id = u.id and n.state = 'Waiting';

-- Only a timer that is still there: whoever delivered it meanwhile has taken it away.
-- name: retry
update timer t set due_at = u.due_at, token = 0
from unnest($1::bigint[], $2::smallint[], $3::text[], $4::timestamptz[]) as u (id, status, error, due_at)
where t.order_id = u.id and t.kind = 'Notify';

-- name: exhausted
with given_up as (
    update notification_{day} n
    set state = 'Exhausted', attempts = n.attempts + 1, last_status = u.status, last_error = u.error
    from unnest($1::bigint[], $2::smallint[], $3::text[], $4::timestamptz[]) as u (id, status, error, at)
    where n.id = u.id and n.state = 'Waiting'
    returning n.id, n.trade_id, n.kind, n.merchant_id, n.attempts, n.last_status, n.last_error, u.at
), signalled as (
    insert into alert_signal (kind, severity, subject, text, times, at)
    select 'notification_exhausted', 'Warning', m.number,
           format('Merchant %s (%s) has not acknowledged any attempt to tell him: %s', m.number, m.name,
                  (array_agg(coalesce('status ' || g.last_status, g.last_error) order by g.id desc))[1]),
           count(*), max(g.at)
    from given_up g join merchant m on m.id = g.merchant_id group by m.number, m.name
)
insert into work_item (order_id, trade_id, reason, since)
select g.id, g.trade_id,
       'merchant was not told of ' || g.kind || ' after ' || g.attempts || ' attempts: ' || coalesce('status ' || g.last_status, g.last_error), g.at
from given_up g
on conflict (order_id) do update set reason = excluded.reason;

-- name: settled
delete from timer where order_id = any($1) and kind = 'Notify';

-- Waits again and is due now, from the beginning of its schedule.
-- name: again
with waiting as (
    update notification_{day} set state = 'Waiting', attempts = 0, delivered_at = null
    where id = any($1) returning id, trade_id
), unlisted as (
    delete from work_item w using waiting where w.order_id = waiting.id
)
insert into timer (order_id, kind, trade_id, due_at, token)
select id, 'Notify', trade_id, $2, 0 from waiting
on conflict (order_id, kind) do update set due_at = excluded.due_at, token = 0;

-- name: of_orders
select id, kind, state, attempts, last_status, last_error, created_at, delivered_at
from notification_{day} where order_id = any($1) order by id;
