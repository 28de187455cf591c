-- name: insert
insert into payment_instruction_{day}
    (trade_id, id, payment_id, leg, state, method, payer_account, amount_minor, parts, parts_won, created_at, failure,
     elements, routing)
select t, id, payment, leg, state, method, account, amount, parts, won, at, failure, elements::jsonb, routing from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::text[], $6::text[], $7::text[],
    $8::bigint[], $9::smallint[], $10::smallint[], $11::timestamptz[], $12::text[], $13::text[], $14::bytea[])
    as u (t, id, payment, leg, state, method, account, amount, parts, won, at, failure, elements, routing);

-- name: update
update payment_instruction_{day} as t
set state = u.state, parts_won = u.parts_won, failure = u.failure, routing = coalesce(u.routing, t.routing)
from unnest($1::bigint[], $2::bigint[], $3::text[], $4::smallint[], $5::text[], $6::bytea[])
    as u (trade_id, id, state, parts_won, failure, routing)
where t.trade_id = u.trade_id and t.id = u.id;

-- name: load
select trade_id, id, payment_id, leg, state, method, payer_account, amount_minor, parts, parts_won, created_at, failure,
       elements
from payment_instruction_{day} where trade_id = any($1) order by trade_id, id;
