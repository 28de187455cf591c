-- What every kind of proposal has in common; their own statements have the same names in each file.

-- The ledger has it, whether its row knows or not.
-- name: is_booked
select exists (select from ledger_request q where q.key = $1);

-- Whoever listens has a session for himself, and lets go of all that he waited for.
-- name: heard
select pg_advisory_unlock_all();
