-- name: add
insert into adjustment (id, reason, content, content_hash, maker, request_key, body_hash)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (request_key) do nothing;

-- name: of_key
select id, reason, content, content_hash, maker, made_at, body_hash, verdict, checker, checked_at, remark, posting_id, posting_date, attempts
from adjustment where request_key = $1;

-- name: of_id
select id, reason, content, content_hash, maker, made_at, body_hash, verdict, checker, checked_at, remark, posting_id, posting_date, attempts
from adjustment where id = $1;

-- name: list
select id, reason, content, content_hash, maker, made_at, body_hash, verdict, checker, checked_at, remark, posting_id, posting_date, attempts
from adjustment where id > $1 and ($2 or verdict is null) order by id limit $3;

-- Agreed to, and by whom; the ledger has not been asked yet, or its answer was lost.
-- name: unposted
select id from adjustment where verdict = 'Approved' and posting_id is null order by id limit $1;

-- One word at a time is heard about an adjustment, from reading it to writing what came of it.
-- name: listen
select pg_advisory_lock(hashtextextended('adjustment ' || $1::text, 0));

-- name: try_listen
select pg_try_advisory_lock(hashtextextended('adjustment ' || $1::text, 0));

-- name: heard
select pg_advisory_unlock(hashtextextended('adjustment ' || $1::text, 0));

-- name: approve
update adjustment set verdict = 'Approved', checker = $2, checked_at = now(), remark = null
where id = $1 and verdict is null;

-- What the ledger has booked is not refused any more.
-- name: refuse
update adjustment set verdict = 'Refused', checker = $2, checked_at = now(), remark = $3
where id = $1 and verdict is null and not exists (select from ledger_request q where q.key = $4);

-- name: posted
update adjustment set posting_id = $2, posting_date = $3
where id = $1 and verdict = 'Approved' and posting_id is null;

-- The ledger has refused it: it is open again, and says who had agreed to it and why not.
-- name: reopen
update adjustment set verdict = null, checker = null, checked_at = null, remark = $2,
    attempts = attempts || jsonb_build_object('checker', checker, 'at', checked_at, 'refusal', $2::text)
where id = $1 and verdict = 'Approved' and posting_id is null;
