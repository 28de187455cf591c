-- name: add
insert into reroute_request (trade_id, order_id, evidence, note, requested_by, requested_at, request_key, body_hash)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (requested_by, request_key) do nothing;

-- name: of_key
select id, trade_id, order_id, evidence, note, requested_by, requested_at, approved_by, approved_at, new_order_id, body_hash
from reroute_request where requested_by = $1 and request_key = $2;

-- name: of_id
select id, trade_id, order_id, evidence, note, requested_by, requested_at, approved_by, approved_at, new_order_id, body_hash
from reroute_request where id = $1;

-- name: list
select id, trade_id, order_id, evidence, note, requested_by, requested_at, approved_by, approved_at, new_order_id, body_hash
from reroute_request order by id desc limit 200;

-- name: approve
update reroute_request r set approved_by = u.approved_by, approved_at = u.approved_at, new_order_id = u.new_order_id
from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::bigint[]) as u (id, approved_by, approved_at, new_order_id)
where r.id = u.id and r.approved_by is null;
