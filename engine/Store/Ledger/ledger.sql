-- Waits for no traffic and lets the day roll wait for it; the day is read by the next statement, which sees the roll.
-- name: hold_day
select pg_advisory_xact_lock_shared(hashtext('ledger_day'));

-- name: day
select day, now() from ledger_day;

-- Customers, accounts and holds are locked in this order, each sorted.
-- name: lock_customers
select c.id, c.used_life, c.used_year, c.use_year, k.class, k.currency, k.limit_minor, k.period, k.counts_own
from customer c join kyc_class k on k.class = c.class
where c.id = any($1) order by c.id for no key update of c;

-- name: lock_accounts
select id, balance, frozen, floor, sequence, status from lock_accounts($1, $2);

-- Only the status is looked at, and stands still: whoever changes it waits for this, and nobody else does.
-- name: watch_accounts
select id, status from account where id = any($1) order by id for key share;

-- name: lock_holds
select id, account_id, amount_minor, captured, released, currency from hold where id = any($1) order by id for no key update;

-- The same of what nobody else holds; accounts are passed over by lock_accounts itself.
-- name: lock_free_customers
{Ledger/ledger.lock_customers} skip locked;

-- name: watch_free_accounts
{Ledger/ledger.watch_accounts} skip locked;

-- name: lock_free_holds
{Ledger/ledger.lock_holds} skip locked;

-- name: insert_pending
insert into entry_pending (account_id, posting_id, leg, amount_minor, currency, order_id, kind, posting_date, tx)
select u.account_id, u.posting_id, u.leg, u.amount_minor, u.currency, u.order_id, u.kind, $8, $9
from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bigint[], $5::text[], $6::bigint[], $7::text[])
    as u (account_id, posting_id, leg, amount_minor, currency, order_id, kind);

-- name: insert_entries
insert into entry_{day} (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, order_id, kind, posting_date, tx)
select u.account_id, u.sequence, u.posting_id, u.leg, u.amount_minor, u.opening, u.closing, u.currency, u.order_id, u.kind, $11, $12
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::bigint[], $10::text[])
    as u (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, order_id, kind);

-- name: update_accounts
update account as a set balance = u.balance, frozen = u.frozen, sequence = u.sequence
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) as u (id, balance, frozen, sequence)
where a.id = u.id;

-- name: update_customers
update customer as c set used_life = u.used_life, used_year = u.used_year, use_year = u.use_year
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::integer[]) as u (id, used_life, used_year, use_year)
where c.id = u.id;

-- name: roll
with held as (select pg_advisory_xact_lock(hashtext('ledger_day')))
update ledger_day set day = $1 from held where day < $1;

-- name: hold_day_alone
select pg_advisory_xact_lock(hashtext('ledger_day'));

-- name: begin
with begun as (
    update ledger_day set day = $1
    where day > $1 and not exists (select from entry) and not exists (select from entry_pending) and not exists (select from ledger_day_close)
    returning day
)
select ensure_order_day(day), ensure_entry_day(day) from begun;
