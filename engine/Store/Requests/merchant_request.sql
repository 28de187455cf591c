-- name: claim
insert into merchant_request (merchant_id, request_key, merchant_order_no, body_hash, trade_id, version)
select * from unnest($1::integer[], $2::text[], $3::text[], $4::bytea[], $5::bigint[], $6::integer[])
on conflict do nothing;

-- Who was there first, for the claims of a batch of which not all were granted. Two identical requests differ in
-- nothing but the transaction that wrote the row, so that is what tells ours from theirs.
-- name: contested
select u.ordinal::integer as ordinal, k.xmin = pg_current_xact_id()::xid as key_is_ours, n.trade_id as number_trade
from unnest($1::integer[], $2::text[], $3::text[]) with ordinality as u (merchant_id, request_key, merchant_order_no, ordinal)
left join merchant_request k on k.merchant_id = u.merchant_id and k.request_key = u.request_key
left join merchant_request n on n.merchant_id = u.merchant_id and n.merchant_order_no = u.merchant_order_no;

-- name: give_back
delete from merchant_request r using unnest($1::integer[], $2::text[]) as u (merchant_id, request_key)
where r.merchant_id = u.merchant_id and r.request_key = u.request_key and r.xmin = pg_current_xact_id()::xid;

-- name: answer
select r.body_hash, r.trade_id, s.answer_status, s.answer_location, s.answer_body
from merchant_request r
left join order_step s on s.trade_id = r.trade_id and s.version = r.version
where r.merchant_id = $1 and r.request_key = $2;

-- name: trade_of
select trade_id from merchant_request where merchant_id = $1 and merchant_order_no = $2;
