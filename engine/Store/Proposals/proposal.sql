-- What every kind of proposal has in common; their own statements have the same names in each file.

-- The ledger has it, whether its row knows or not.
-- name: is_booked
select exists (select from ledger_request q where q.key = $1);
