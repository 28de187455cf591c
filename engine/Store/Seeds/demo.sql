-- What a demonstration needs: a merchant, three channels of the simulated institution, and their accounts.
-- name: merchant
insert into merchant (number, name, repeats, fee_rate_ppm)
values ('M1001', 'Demo Tea House', 'Continue', 6000)
on conflict (number) do nothing;

-- name: connection
insert into channel_connection (id, name, endpoint, secret, maximum_parallel, requests_per_second, queries_per_second)
values (1, 'simulator', $1, $2, 20000, 1000000, 500)
on conflict (id) do update set endpoint = excluded.endpoint;

-- name: channels
insert into channel (id, code, name, adapter, connection_id, methods, priority, number_prefix, number_date, number_alphabet, number_length,
    number_fixed, idempotent, send_window, resend_safety_delay, maximum_sends)
values
    (101, 'sim-card', 'Simulated card network', 'simulator', 1, '{quick}', 100, '101', 'FullYear', 'Digits', 24, true,
     true, '10 s', '10 s', 5),
    (102, 'sim-bank', 'Simulated online bank', 'simulator', 1, '{online_banking}', 100, '102', 'ShortYear', 'Digits', 20, true,
     true, '10 s', '10 s', 5),
    (103, 'sim-wallet', 'Simulated wallet', 'simulator', 1, '{wallet}', 100, '103', 'FullYear', 'Alphanumeric', 32, false,
     true, '10 s', '10 s', 5)
on conflict (id) do nothing;

-- name: query_plans
insert into query_plan (channel_id, method, direction, first_age, strategy, period, step, window_end, slow_period, last_age)
select p.channel_id, '', d.name, interval '12 s', p.strategy, interval '5 s', p.step, interval '10 min', interval '1 h', interval '26 h'
from (values (101, 'Progressive', interval '5 s'), (102, 'Progressive', interval '5 s'), (103, 'Fixed', interval '0'))
    as p (channel_id, strategy, step)
cross join (values ('payment'), ('refund')) as d (name)
on conflict do nothing;

-- What the simulated institution's codes mean; its statuses are its protocol and stand in the adapter. The history of
-- a code begins with its first change.
-- name: result_codes
insert into result_code
    (channel_id, interface, code, sub_code, outcome, unified_code, counts_against_health, version, changed_by, changed_at)
select channel.id, i.name, w.code, '', w.outcome, w.code, w.counts, 1, 'seed', now()
from channel
cross join (values ('Pay'), ('Refund'), ('Query'), ('Callback')) as i (name)
cross join (values
    ('insufficient_funds', 'Failed', false),
    ('not_refundable', 'Failed', false),
    -- The money is nowhere yet: only a person ends it.
    ('refund_abnormal', 'Unknown', false),
    ('duplicate_number', 'Unknown', false),
    ('system_error', 'Unknown', true),
    ('maintenance', 'Unknown', true),
    ('bank_down', 'Unknown', true)
) as w (code, outcome, counts)
where channel.id in (101, 102, 103)
on conflict do nothing;

-- name: result_messages
insert into result_message (unified_code, language, message, version, changed_by, changed_at)
select w.unified_code, w.language, w.message, 1, 'seed', now()
from (values
    ('insufficient_funds', 'en', 'There is not enough money in the account.'),
    ('insufficient_funds', 'zh', '账户余额不足。'),
    ('not_refundable', 'en', 'The payment cannot be refunded.'),
    ('not_refundable', 'zh', '该笔支付无法退款。')
) as w (unified_code, language, message)
on conflict do nothing;

-- name: accounts
select open_account('2241.01.' || m.number || '.CNY', 'Merchant', m.id, 'CNY', 'merchant balance', 0, 0)
from merchant m where m.number = 'M1001'
union all
select open_account('1122.01.' || c.number_prefix || '.CNY', 'ChannelReceivable', c.id, 'CNY', 'receivable from channel', -4611686018427387904, 16)
from channel c where c.id in (101, 102, 103)
union all
select open_account('6021.01.CNY', 'FeeIncome', 0, 'CNY', 'fee income', -4611686018427387904, 16)
union all
select open_account('2241.09.CNY', 'Suspense', 0, 'CNY', 'suspense', -4611686018427387904, 16)
union all
select open_account('2241.02.CNY', 'Transit', 0, 'CNY', 'refunds in transit', -4611686018427387904, 16);

-- The channels of the demonstration's routing beside the first three, each like one of these. Without that routing in
-- force they come after them.
-- name: routed_channels
insert into channel
select (copy).* from (
    select jsonb_populate_record(c, jsonb_build_object(
        'id', n.id, 'code', n.code, 'name', n.name, 'priority', 50, 'number_prefix', n.id::text)) as copy
    from (values
        (111, 'sim-cmb', 'Simulated China Merchants Bank', 101),
        (112, 'sim-psbc', 'Simulated Postal Savings Bank', 101),
        (113, 'sim-icbc', 'Simulated Industrial and Commercial Bank', 101),
        (114, 'sim-union', 'Simulated aggregator of cards', 101),
        (115, 'sim-credit', 'Simulated credit card acquirer', 101),
        (116, 'sim-new', 'Simulated newcomer', 101),
        (117, 'sim-bank-2', 'Second simulated online bank', 102),
        (118, 'sim-b2b', 'Simulated bank for companies', 102),
        (119, 'sim-qr', 'Simulated wallet at the counter', 103)
    ) as n (id, code, name, of)
    join channel c on c.id = n.of
) as copies
on conflict do nothing;

-- name: routed_query_plans
insert into query_plan
select (jsonb_populate_record(p, jsonb_build_object('channel_id', c.id))).*
from channel c
join query_plan p on p.channel_id = case when c.id <= 116 then 101 when c.id <= 118 then 102 else 103 end
where c.id between 111 and 119
on conflict do nothing;

-- name: routed_result_codes
insert into result_code
select (jsonb_populate_record(r, jsonb_build_object('channel_id', c.id, 'version', 1))).*
from channel c
join result_code r on r.channel_id = 101 and r.changed_by = 'seed'
where c.id between 111 and 119
on conflict do nothing;

-- name: routed_accounts
select open_account('1122.01.' || c.number_prefix || '.CNY', 'ChannelReceivable', c.id, 'CNY', 'receivable from channel', -4611686018427387904, 16)
from channel c where c.id between 111 and 119;

-- name: key
insert into merchant_api_key (key_hash, merchant_id)
select $1, m.id from merchant m where m.number = 'M1001'
on conflict do nothing;

-- name: ops_key
insert into ops_key (key_hash, actor) values ($1, $2) on conflict do nothing;

-- A demonstration is told on its own machine.
-- name: notify_origins
insert into merchant_notify_origin (merchant_id, scheme, host, port, allow_private)
select m.id, 'http', host, null, true
from merchant m cross join unnest(array['127.0.0.1', 'localhost']) as host where m.number = 'M1001'
on conflict do nothing;

-- The routing of the demonstration as somebody wrote it and somebody else approved it; the scripts before the setup that names them.
-- name: routing
with written as (
    insert into routing_version (kind, name, version, text, comment, made_by, made_at, request_key, body_hash)
    select u.kind, u.name, 1, u.text, 'the demonstration', 'demo-operator', now(), 'demo/' || u.kind || '/' || u.name, sha256(convert_to(u.text, 'UTF8'))
    from unnest($1::text[], $2::text[], $3::text[]) as u (kind, name, text)
    where not exists (select from routing_version where kind = 'setup')
    returning kind, name
),
asked as (
    insert into routing_activation
        (kind, name, version, share, from_at, is_rollback, comment, requested_by, requested_at, request_key, body_hash)
    select kind, name, 1, 100, now(), false, 'the demonstration', 'demo-operator', now(), 'demo/' || kind || '/' || name, sha256('')
    from written order by kind, name
    returning id, requested_by
)
insert into routing_verdict (activation_id, requested_by, verdict, decided_by, decided_at)
select id, requested_by, 'approved', 'demo-approver', now() from asked;

-- How the business events look in the general ledger: on each subject what the ledger moved, in words. What is booked by
-- hand (adjustments, transfers) can be on any account and has no template: each leg becomes a line.
-- name: voucher_templates
insert into voucher_template (kind, version, lines, made_by, approved_by, approved_at)
select t.kind, 1, jsonb_agg(jsonb_build_object('side', t.side, 'subject', t.subject, 'amount', t.amount, 'summary', t.summary) order by t.line),
       'demo-operator', 'demo-approver', now()
from (values
    ('Payment', 1, 'Debit', '1122.01.01', 'channel_receivable', 'collected by the channel'),
    ('Payment', 2, 'Credit', '2241.01.01', 'merchant', 'due to the merchant'),
    ('Payment', 3, 'Credit', '6021.01.01', 'fee_income', 'fee'),
    ('Surplus', 1, 'Debit', '1122.01.01', 'channel_receivable', 'came on top'),
    ('Surplus', 2, 'Credit', '2241.09.01', 'suspense', 'kept for its payer'),
    ('Refund', 1, 'Debit', '2241.09.01', 'suspense', 'back with its payer'),
    ('Refund', 2, 'Credit', '1122.01.01', 'channel_receivable', 'paid by the channel'),
    ('RefundTaken', 1, 'Debit', '2241.01.01', 'merchant', 'given back'),
    ('RefundTaken', 2, 'Debit', '6021.01.01', 'fee_income', 'fee given back'),
    ('RefundTaken', 3, 'Credit', '2241.02.01', 'transit', 'on its way to the payer'),
    ('RefundPaid', 1, 'Debit', '2241.02.01', 'transit', 'the payer has it'),
    ('RefundPaid', 2, 'Credit', '1122.01.01', 'channel_receivable', 'paid by the channel'),
    ('RefundReturned', 1, 'Debit', '2241.02.01', 'transit', 'the payer will not have it'),
    ('RefundReturned', 2, 'Credit', '2241.01.01', 'merchant', 'back with the merchant'),
    ('RefundReturned', 3, 'Credit', '6021.01.01', 'fee_income', 'fee, as before'),
    ('RefundAfterAll', 1, 'Debit', '2241.01.01', 'merchant', 'the payer has it after all'),
    ('RefundAfterAll', 2, 'Debit', '6021.01.01', 'fee_income', 'fee given back'),
    ('RefundAfterAll', 3, 'Credit', '1122.01.01', 'channel_receivable', 'paid by the channel'),
    ('VoidTaken', 1, 'Debit', '2241.01.01', 'merchant', 'payment taken back'),
    ('VoidTaken', 2, 'Debit', '6021.01.01', 'fee_income', 'fee taken back'),
    ('VoidTaken', 3, 'Credit', '2241.02.01', 'transit', 'on its way to the payer'),
    ('VoidPaid', 1, 'Debit', '2241.02.01', 'transit', 'the payer has it'),
    ('VoidPaid', 2, 'Credit', '1122.01.01', 'channel_receivable', 'paid by the channel'),
    ('VoidReturned', 1, 'Debit', '2241.02.01', 'transit', 'the payer will not have it'),
    ('VoidReturned', 2, 'Credit', '2241.01.01', 'merchant', 'payment stands'),
    ('VoidReturned', 3, 'Credit', '6021.01.01', 'fee_income', 'fee stands')
) as t (kind, line, side, subject, amount, summary)
group by t.kind
on conflict do nothing;
