-- name: claim
insert into operations_request (actor, request_key, body_hash) values ($1, $2, $3) on conflict do nothing;

-- name: first
select body_hash, answer_status, answer_body from operations_request where actor = $1 and request_key = $2;

-- name: answer
update operations_request set answer_status = $4, answer_body = $5
where actor = $1 and request_key = $2 and body_hash = $3 and answer_status is null;

-- name: free
delete from operations_request where actor = $1 and request_key = $2 and body_hash = $3 and answer_status is null;
