-- name: due
select account_id from entry_pending group by account_id having min(at) <= now() - $1 order by account_id limit $2;

-- Locking them is all it takes; whoever holds one of them applies its buffer himself.
-- name: apply
select count(*) from lock_accounts($1, true);

-- name: oldest
select coalesce(extract(epoch from now() - min(at)), 0)::double precision, count(*) from entry_pending;
