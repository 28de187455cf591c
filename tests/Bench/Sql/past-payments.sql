-- As many payments of one day as wanted, with the gaps between ids that orders of other levels make.
with made as (
    select ((($2::date - date '2020-01-01')::bigint << 47) | n * 5) as id, n, $2::date + interval '1 s' * (n * 80000.0 / $1::integer) as at
    from generate_series(1, $1::integer) as n
), trades as (
    insert into trade_order (id, version, state, revision, merchant_id, merchant_order_no, amount_minor, currency, payer, created_at, expires_at)
    select id, 1, 'AwaitingPayment', 1, 1, 'past-' || n, 100 + n % 900000, 'CNY', 'member-' || n % 5000, at, at + interval '15 min' from made
), payments as (
    insert into payment_order (trade_id, id, state, kind, method, amount_minor, revision, request_serial, created_at, expires_at)
    select id, id + 1, 'Processing', 'payment', 'quick', 100 + n % 900000, 1, 'past-' || n, at, at + interval '7 d' from made
), instructions as (
    insert into payment_instruction (trade_id, id, payment_id, leg, state, method, payer_account, amount_minor, parts, parts_won, created_at)
    select id, id + 2, id + 1, 1, 'Processing', 'quick', 'card-' || n % 9000, 100 + n % 900000, 1, 0, at from made
)
insert into institution_order
    (trade_id, id, instruction_id, part, state, channel_id, number, amount_minor, claimed_by, sends, queries, may_have_arrived, executed, created_at)
select id, id + 3, id + 2, 1, case when n % 20 = 0 then 'Failed' else 'Succeeded' end, 101, 'past-' || n, 100 + n % 900000, 0, 1, 0, true, n % 20 <> 0, at
from made
