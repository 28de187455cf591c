-- Waits for no traffic and lets the day roll wait for it; the day is read by the next statement, which sees the roll.
-- name: hold_day
select pg_advisory_xact_lock_shared(hashtext('ledger_day'));

-- name: day
select day from ledger_day;

-- name: claim
insert into posting_{day} (order_id, kind, id, posting_date, posted_at)
select u.order_id, u.kind, u.id, (select day from ledger_day), now()
from unnest($1::bigint[], $2::text[], $3::bigint[]) as u (order_id, kind, id)
on conflict do nothing;

-- name: contested
select u.ordinal::integer as ordinal
from unnest($1::bigint[], $2::text[], $3::bigint[]) with ordinality as u (order_id, kind, id, ordinal)
join posting_{day} p on p.order_id = u.order_id and p.kind = u.kind
where p.id <> u.id;

-- name: give_back
delete from posting_{day} p using unnest($1::bigint[], $2::text[], $3::bigint[]) as u (order_id, kind, id)
where p.order_id = u.order_id and p.kind = u.kind and p.id = u.id;

-- name: lock_accounts
select id, balance, frozen, floor, sequence, status from account where id = any($1) order by id for update;

-- name: insert_entries
insert into entry_{day} (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, posting_date)
select u.account_id, u.sequence, u.posting_id, u.leg, u.amount_minor, u.opening, u.closing, u.currency, $9
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[])
    as u (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency);

-- name: update_accounts
update account as a set balance = u.balance, sequence = u.sequence
from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as u (id, balance, sequence)
where a.id = u.id;

-- name: roll
with held as (select pg_advisory_xact_lock(hashtext('ledger_day')))
update ledger_day set day = $1 from held where day < $1;

-- name: of_orders
select p.kind, p.order_id, e.sequence, e.amount_minor, e.opening, e.closing, e.currency, e.posting_date, a.number, a.subject
from posting p
join entry e on e.posting_id = p.id and e.posting_date = p.posting_date
join account a on a.id = e.account_id
where p.order_id = any($1)
order by p.posted_at, p.id, e.leg;
