-- All that it has waited for.
-- name: unlock
select pg_advisory_unlock_all();
