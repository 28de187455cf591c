-- name: add
insert into change_request (id, reason, content_hash, maker, request_key, body_hash,
    what, account, customer, hold_id, from_minor, to_minor, currency, from_class, to_class, seen)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
on conflict (request_key) do nothing;

-- name: of_key
select id, reason, content_hash, maker, made_at, body_hash, verdict, checker, checked_at, remark, attempts, posting_id,
       what, account, customer, hold_id, from_minor, to_minor, currency, from_class, to_class, seen, applied_at
from change_request where request_key = $1;

-- name: of_id
select id, reason, content_hash, maker, made_at, body_hash, verdict, checker, checked_at, remark, attempts, posting_id,
       what, account, customer, hold_id, from_minor, to_minor, currency, from_class, to_class, seen, applied_at
from change_request where id = $1;

-- name: list
select id, reason, content_hash, maker, made_at, body_hash, verdict, checker, checked_at, remark, attempts, posting_id,
       what, account, customer, hold_id, from_minor, to_minor, currency, from_class, to_class, seen, applied_at
from change_request where id > $1 and ($2 or verdict is null) order by id limit $3;

-- Agreed to, and not done yet: a process died in between, or the ledger could not be reached.
-- name: undone
select id from change_request where verdict = 'Approved' and applied_at is null order by id limit $1;

-- One word at a time is heard about an account, a customer or a hold, whichever request it is about: two releases of one
-- hold, each for what is left of it, do not pass together.
-- name: locks
select hashtextextended('change of ' || coalesce(c.hold_id::text, c.customer, c.account), 0) as key from change_request c where c.id = $1;

-- name: listen
select pg_advisory_lock(l.key) from ({Proposals/change_request.locks}) l;

-- name: try_listen
select bool_and(pg_try_advisory_lock(l.key)) from ({Proposals/change_request.locks}) l;

-- name: approve
update change_request set verdict = 'Approved', checker = $2, checked_at = now(), remark = null
where id = $1 and verdict is null;

-- What the ledger has booked is not refused any more.
-- name: refuse
update change_request set verdict = 'Refused', checker = $2, checked_at = now(), remark = $3
where id = $1 and verdict is null and not exists (select from ledger_request q where q.key = $4);

-- In the transaction that does it.
-- name: apply
update change_request set applied_at = now()
where id = $1 and verdict = 'Approved' and applied_at is null;

-- name: booked
update change_request c set applied_at = now(), posting_id = q.posting_id
from ledger_request q
where c.id = $1 and q.key = $2 and c.verdict = 'Approved' and c.applied_at is null;

-- It could not be done: it is open again, and says who had agreed to it and what stood against it.
-- name: reopen
update change_request set verdict = null, checker = null, checked_at = null, remark = $2,
    attempts = attempts || jsonb_build_object('checker', checker, 'at', checked_at, 'refusal', $2::text)
where id = $1 and verdict = 'Approved' and applied_at is null;
