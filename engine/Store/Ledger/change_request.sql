-- name: add
insert into change_request (id, what, account, customer, hold_id, from_minor, to_minor, currency, from_class, to_class, seen, reason, content_hash, maker, request_key, body_hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
on conflict (request_key) do nothing;

-- name: of_key
select id, what, account, customer, hold_id, from_minor, to_minor, currency, from_class, to_class, seen, reason, content_hash,
       maker, made_at, body_hash, verdict, checker, checked_at, remark, attempts, applied_at, posting_id
from change_request where request_key = $1;

-- name: of_id
select id, what, account, customer, hold_id, from_minor, to_minor, currency, from_class, to_class, seen, reason, content_hash,
       maker, made_at, body_hash, verdict, checker, checked_at, remark, attempts, applied_at, posting_id
from change_request where id = $1;

-- name: list
select id, what, account, customer, hold_id, from_minor, to_minor, currency, from_class, to_class, seen, reason, content_hash,
       maker, made_at, body_hash, verdict, checker, checked_at, remark, attempts, applied_at, posting_id
from change_request where id > $1 and ($2 or verdict is null) order by id limit $3;

-- Agreed to, and not done yet: a process died in between, or the ledger could not be reached.
-- name: unapplied
select id from change_request where verdict = 'Approved' and applied_at is null order by id limit $1;

-- One word at a time is heard about an account, a customer or a hold, whichever request it is about: two releases of one
-- hold, each for what is left of it, do not pass together.
-- name: listen
select pg_advisory_lock(hashtextextended('change of ' || coalesce(hold_id::text, customer, account), 0)) from change_request where id = $1;

-- name: try_listen
select pg_try_advisory_lock(hashtextextended('change of ' || coalesce(hold_id::text, customer, account), 0)) from change_request where id = $1;

-- name: heard
select pg_advisory_unlock(hashtextextended('change of ' || coalesce(hold_id::text, customer, account), 0)) from change_request where id = $1;

-- name: approve
update change_request set verdict = 'Approved', checker = $2, checked_at = now(), remark = null
where id = $1 and verdict is null;

-- What the ledger has booked is not refused any more.
-- name: refuse
update change_request set verdict = 'Refused', checker = $2, checked_at = now(), remark = $3
where id = $1 and verdict is null and not exists (select from ledger_request q where q.key = $4);

-- name: is_booked
select exists (select from ledger_request q where q.key = $2) from change_request where id = $1;

-- In the transaction that does it.
-- name: apply
update change_request set applied_at = now()
where id = $1 and verdict = 'Approved' and applied_at is null;

-- name: posted
update change_request set applied_at = now(), posting_id = $2
where id = $1 and verdict = 'Approved' and applied_at is null;

-- It could not be done: it is open again, and says who had agreed to it and what stood against it.
-- name: reopen
update change_request set verdict = null, checker = null, checked_at = null, remark = $2,
    attempts = attempts || jsonb_build_object('checker', checker, 'at', checked_at, 'refusal', $2::text)
where id = $1 and verdict = 'Approved' and applied_at is null;

-- The last change of this kind of an account.
-- name: last_of_account
select coalesce(max(c.id), 0) from account_change c join account a on a.id = c.account_id where a.number = $1 and c.what = $2;

-- name: last_of_customer
select coalesce(max(c.id), 0) from customer_change c join customer u on u.id = c.customer_id where u.number = $1;

-- All for which the account was frozen when this was the last of them.
-- name: freezes
select c.what, c.from_value, c.to_value, c.reason, c.changed_by, c.changed_at
from account_change last
join account_change c on c.account_id = last.account_id and c.what = 'Frozen' and c.id <= last.id
where last.id = $1 and not exists (
    select from account_change u where u.account_id = c.account_id and u.what = 'Unfrozen' and u.id > c.id and u.id < last.id)
order by c.id;
