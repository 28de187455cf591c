-- name: insert
insert into payment_order_{day}
    (trade_id, id, state, kind, refund_of, method, amount_minor, revision, request_serial, created_at, expires_at, failure,
     refund_kind, fee_back_minor, merchant_refund_no, refund_reason, refund_notify_url, ended_at)
select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::bigint[],
    $8::smallint[], $9::text[], $10::timestamptz[], $11::timestamptz[], $12::text[], $13::text[], $14::bigint[], $15::text[],
    $16::text[], $17::text[], $18::timestamptz[]);

-- name: update
update payment_order_{day} as t
set state = u.state, failure = u.failure, ended_at = u.ended_at
from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[]) as u (trade_id, id, state, failure, ended_at)
where t.trade_id = u.trade_id and t.id = u.id;

-- name: load
select trade_id, id, state, kind, refund_of, method, amount_minor, revision, request_serial, created_at, expires_at, failure,
       refund_kind, fee_back_minor, merchant_refund_no, refund_reason, refund_notify_url, ended_at
from payment_order_{day} where trade_id = any($1) order by trade_id, id;
