-- Whoever comes meanwhile waits here until it is answered, or given up.
-- name: listen
select pg_advisory_lock(hashtextextended($1 || ' ' || $2, 0));

-- Committed before anything is done: who is cut short leaves a trace.
-- name: claim
insert into operations_request (actor, request_key, body_hash) values ($1, $2, $3) on conflict do nothing;

-- name: first
select body_hash, answer_status, answer_body from operations_request where actor = $1 and request_key = $2;

-- name: answer
update operations_request set answer_status = $3, answer_body = $4 where actor = $1 and request_key = $2 and answer_status is null;

-- name: free
delete from operations_request where actor = $1 and request_key = $2 and answer_status is null;
