-- name: insert
insert into hold (id, account_id, amount_minor, captured, released, currency, reason, expires_at, placed_by)
select u.id, u.account_id, u.amount_minor, u.captured, u.released, u.currency, u.reason, u.expires_at, u.placed_by
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::timestamptz[], $9::text[])
    as u (id, account_id, amount_minor, captured, released, currency, reason, expires_at, placed_by);

-- name: update
update hold as h set captured = u.captured, released = u.released
from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as u (id, captured, released)
where h.id = u.id;

-- name: insert_changes
insert into hold_change (hold_id, posting_id, ordinal, what, amount_minor)
select u.hold_id, u.posting_id, u.ordinal, u.what, u.amount_minor
from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[], $5::bigint[]) as u (hold_id, posting_id, ordinal, what, amount_minor);

-- The account of each; it never changes.
-- name: accounts
select h.id, a.number, h.currency from hold h join account a on a.id = h.account_id where h.id = any($1);

-- A hold of which nothing is left does not expire any more.
-- name: expired
select h.id from hold h where h.expires_at < now() and h.captured + h.released < h.amount_minor order by h.expires_at limit $1;
