-- name: add
insert into adjustment (id, reason, content_hash, maker, request_key, body_hash, content)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (request_key) do nothing;

-- name: of_key
select id, reason, content_hash, maker, made_at, body_hash, verdict, checker, checked_at, remark, attempts, posting_id, content, posting_date
from adjustment where request_key = $1;

-- name: of_id
select id, reason, content_hash, maker, made_at, body_hash, verdict, checker, checked_at, remark, attempts, posting_id, content, posting_date
from adjustment where id = $1;

-- name: list
select id, reason, content_hash, maker, made_at, body_hash, verdict, checker, checked_at, remark, attempts, posting_id, content, posting_date
from adjustment where id > $1 and ($2 or verdict is null) order by id limit $3;

-- Agreed to, and by whom; the ledger has not been asked yet, or its answer was lost.
-- name: undone
select id from adjustment where verdict = 'Approved' and posting_id is null order by id limit $1;

-- One word at a time is heard about an adjustment and about the open items that it names: two that clear one item do not
-- pass together. All wait in one order, so nobody waits for somebody who waits for him.
-- name: locks
select hashtextextended('adjustment ' || $1::text, 0) as key
union
select hashtextextended('item ' || (leg ->> 'item'), 0)
from adjustment a, jsonb_array_elements(a.content -> 'legs') leg
where a.id = $1 and (leg ->> 'item')::bigint <> 0
order by key;

-- name: listen
select pg_advisory_lock(l.key) from ({Proposals/adjustment.locks}) l;

-- name: try_listen
select bool_and(pg_try_advisory_lock(l.key)) from ({Proposals/adjustment.locks}) l;

-- name: approve
update adjustment set verdict = 'Approved', checker = $2, checked_at = now(), remark = null
where id = $1 and verdict is null;

-- What the ledger has booked is not refused any more.
-- name: refuse
update adjustment set verdict = 'Refused', checker = $2, checked_at = now(), remark = $3
where id = $1 and verdict is null and not exists (select from ledger_request q where q.key = $4);

-- name: booked
update adjustment a set posting_id = q.posting_id, posting_date = q.posting_date
from ledger_request q
where a.id = $1 and q.key = $2 and a.verdict = 'Approved' and a.posting_id is null;

-- It could not be booked: it is open again, and says who had agreed to it and what stood against it.
-- name: reopen
update adjustment set verdict = null, checker = null, checked_at = null, remark = $2,
    attempts = attempts || jsonb_build_object('checker', checker, 'at', checked_at, 'refusal', $2::text)
where id = $1 and verdict = 'Approved' and posting_id is null;
