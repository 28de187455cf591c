-- One statement, one commit: what is stored is also what waits to be handled.
-- name: store
with stored as (
    insert into callback_{day} (id, channel_id, number, received_at, body, outcome)
    select * from unnest($1::bigint[], $2::integer[], $3::text[], $4::timestamptz[], $5::bytea[], $6::json[])
    returning id
)
insert into callback_pending (id, due_at) select id, now() + $7::interval from stored;

-- name: load
select c.id, c.channel_id, c.number, c.body, c.outcome, now() - p.stored_at
from callback_{day} c join callback_pending p on p.id = c.id
where c.id = any($1) and c.handled_at is null;

-- A lease by the database's clock: nobody else sees the row until it is over. What waits long is looked at seldom.
-- name: claim
with due as (
    select id from callback_pending where due_at <= now() order by id limit $1 for update skip locked
)
update callback_pending p set due_at = now() + greatest($2::interval, (now() - p.stored_at) / 4)
from due where p.id = due.id
returning p.id;

-- Whoever holds a row is marking it too, so nobody waits and no two can deadlock.
-- name: handled
with mine as (
    select c.id, u.trade_id, u.handled_at
    from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as u (id, trade_id, handled_at)
    join callback_{day} c on c.id = u.id
    where c.handled_at is null
    for update of c skip locked
), marked as (
    update callback_{day} c set handled_at = m.handled_at, trade_id = m.trade_id from mine m where c.id = m.id
    returning c.id
)
delete from callback_pending p using marked m where p.id = m.id;

-- name: unmatched
with noted as (
    update callback_{day} c set note = $2 where c.id = any($1) and c.handled_at is null
    returning c.id, c.channel_id, c.number
), signalled as (
    insert into alert_signal (kind, severity, subject, text, times, at)
    select 'callback_unmatched', 'Warning', coalesce(c.code, n.channel_id::text),
           format('Channel %s tells of orders that nobody knows, the latest is %s', c.code, (array_agg(n.number order by n.id desc))[1]),
           count(*), now()
    from noted n left join channel c on c.id = n.channel_id group by n.channel_id, c.code
)
delete from callback_pending p using noted n where p.id = n.id;

-- What a channel said of another one's order is never applied; it stands where differences are looked for.
-- name: disown
with noted as (
    update callback_{day} c set trade_id = u.trade_id, note = u.note
    from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[]) as u (id, trade_id, order_id, note, number)
    where c.id = u.id and c.handled_at is null
    returning c.id, u.trade_id, u.order_id, u.note, u.number
), opened as (
    insert into difference (trade_id, order_id, kind, detail, opened_at)
    select trade_id, order_id, $6::text, note, $7::timestamptz from noted
    on conflict (order_id, kind) do nothing
    returning order_id, kind, detail, opened_at
), signalled as (
    insert into alert_signal (kind, severity, subject, text, times, at)
    select 'difference', 'Critical', kind,
           format('Differences are open, the latest of order %s: %s', (array_agg((select min(n.number) from noted n where n.order_id = o.order_id) order by order_id desc))[1],
                  (array_agg(detail order by order_id desc))[1]),
           count(*), max(opened_at)
    from opened o group by kind
)
delete from callback_pending p using noted n where p.id = n.id;
