-- name: insert
insert into trade_order_{day}
    (id, version, state, revision, merchant_id, merchant_order_no, amount_minor, currency, payer, payee, description,
     created_at, expires_at, paid_by, paid_at, notify_url)
select * from unnest($1::bigint[], $2::integer[], $3::text[], $4::smallint[], $5::integer[], $6::text[], $7::bigint[],
    $8::text[], $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[], $14::bigint[], $15::timestamptz[],
    $16::text[]);

-- The trade's row guards its whole family: whoever holds it at the version it decided on may write all four levels.
-- name: lock
select id, version from trade_order_{day} where id = any($1) order by id for update;

-- The same of those that nobody else holds.
-- name: lock_free
{Orders/trade_order.lock} skip locked;

-- name: update
update trade_order_{day} as t
set version = u.version, state = u.state, revision = u.revision, amount_minor = u.amount_minor, payer = u.payer,
    payee = u.payee, paid_by = u.paid_by, paid_at = u.paid_at
from unnest($1::bigint[], $2::integer[], $3::text[], $4::smallint[], $5::bigint[], $6::text[], $7::text[], $8::bigint[],
    $9::timestamptz[]) as u (id, version, state, revision, amount_minor, payer, payee, paid_by, paid_at)
where t.id = u.id;

-- name: load
select id, version, state, revision, merchant_id, merchant_order_no, amount_minor, currency, payer, payee, description,
       created_at, expires_at, paid_by, paid_at, notify_url
from trade_order_{day} where id = any($1);
