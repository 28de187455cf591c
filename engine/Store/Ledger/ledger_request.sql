-- name: claim
insert into ledger_request (key, body_hash, posting_id, kind, narrative, made_by, posting_date)
select u.key, u.body_hash, u.posting_id, u.kind, u.narrative, u.made_by, (select day from ledger_day)
from unnest($1::text[], $2::bytea[], $3::bigint[], $4::text[], $5::text[], $6::text[]) as u (key, body_hash, posting_id, kind, narrative, made_by)
on conflict do nothing;

-- name: contested
select u.ordinal::integer as ordinal, r.posting_id, r.body_hash = u.body_hash as same, r.posting_date
from unnest($1::text[], $2::bytea[], $3::bigint[]) with ordinality as u (key, body_hash, posting_id, ordinal)
join ledger_request r on r.key = u.key
where r.posting_id <> u.posting_id;

-- name: give_back
delete from ledger_request r using unnest($1::text[], $2::bytea[], $3::bigint[]) as u (key, body_hash, posting_id)
where r.key = u.key and r.posting_id = u.posting_id;

-- name: claim_reversal
insert into ledger_reversal (reversed_id, posting_id)
select u.reversed_id, u.posting_id from unnest($1::bigint[], $2::bigint[]) as u (reversed_id, posting_id)
on conflict do nothing;

-- name: contested_reversal
select u.ordinal::integer as ordinal, r.posting_id
from unnest($1::bigint[], $2::bigint[]) with ordinality as u (reversed_id, posting_id, ordinal)
join ledger_reversal r on r.reversed_id = u.reversed_id
where r.posting_id <> u.posting_id;

-- name: give_back_reversal
delete from ledger_reversal r using unnest($1::bigint[], $2::bigint[]) as u (reversed_id, posting_id)
where r.reversed_id = u.reversed_id and r.posting_id = u.posting_id;

-- What was posted under a key, for whoever asks again.
-- name: find
select posting_id, body_hash, posting_date from ledger_request where key = $1;
