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
    number_fixed, idempotent, send_window, resend_safety_delay, maximum_sends, query_first_age, query_strategy,
    query_period, query_step, query_window_end, query_slow_period, query_last_age)
values
    (101, 'sim-card', 'Simulated card network', 'simulator', 1, '{quick}', 100, '101', 'FullYear', 'Digits', 24, true,
     true, '10 s', '10 s', 5, '12 s', 'Progressive', '5 s', '5 s', '10 min', '1 h', '26 h'),
    (102, 'sim-bank', 'Simulated online bank', 'simulator', 1, '{online_banking}', 100, '102', 'ShortYear', 'Digits', 20, true,
     true, '10 s', '10 s', 5, '12 s', 'Progressive', '5 s', '5 s', '10 min', '1 h', '26 h'),
    (103, 'sim-wallet', 'Simulated wallet', 'simulator', 1, '{wallet}', 100, '103', 'FullYear', 'Alphanumeric', 32, false,
     true, '10 s', '10 s', 5, '12 s', 'Fixed', '5 s', '0 s', '10 min', '1 h', '26 h')
on conflict (id) do nothing;

-- name: accounts
select open_account('2241.01.' || m.number || '.CNY', 'Merchant', m.id, 'CNY', 'merchant balance', 0, 0)
from merchant m where m.number = 'M1001'
union all
select open_account('1122.01.' || c.number_prefix || '.CNY', 'ChannelReceivable', c.id, 'CNY', 'receivable from channel', -4611686018427387904, 16)
from channel c where c.id in (101, 102, 103)
union all
select open_account('6021.01.CNY', 'FeeIncome', 0, 'CNY', 'fee income', -4611686018427387904, 16)
union all
select open_account('2241.09.CNY', 'Suspense', 0, 'CNY', 'suspense', -4611686018427387904, 16);

-- name: key
insert into merchant_api_key (key_hash, merchant_id)
select $1, m.id from merchant m where m.number = 'M1001'
on conflict do nothing;
