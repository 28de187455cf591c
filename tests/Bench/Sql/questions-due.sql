-- All questions of the backlog fall due at the moment given.
update timer set due_at = $1, token = 0 where kind = 'Query' and trade_id <= $2
