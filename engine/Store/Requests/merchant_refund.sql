-- name: claim
insert into merchant_refund (merchant_id, merchant_refund_no, trade_id, refund_id)
select * from unnest($1::integer[], $2::text[], $3::bigint[], $4::bigint[])
on conflict do nothing;

-- Whose the claimed numbers are, when not all were granted. A refund's id is of one attempt, so it tells ours from others.
-- name: contested
select u.ordinal::integer as ordinal, r.trade_id
from unnest($1::integer[], $2::text[], $3::bigint[], $4::bigint[]) with ordinality as u (merchant_id, merchant_refund_no, trade_id, refund_id, ordinal)
left join merchant_refund r on r.merchant_id = u.merchant_id and r.merchant_refund_no = u.merchant_refund_no
where r.refund_id is distinct from u.refund_id;

-- name: give_back
delete from merchant_refund r using unnest($1::integer[], $2::text[], $3::bigint[], $4::bigint[]) as u (merchant_id, merchant_refund_no, trade_id, refund_id)
where r.merchant_id = u.merchant_id and r.merchant_refund_no = u.merchant_refund_no and r.refund_id = u.refund_id;
