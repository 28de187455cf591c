-- name: merchants
select id, number, name, repeats, fee_rate_ppm, fee_fixed, fee_minimum, fee_maximum, active, webhook_secret_sealed,
       returns_fee
from merchant
order by id;

-- name: notify_origins
select merchant_id, scheme, host, port, allow_private from merchant_notify_origin order by id;

-- name: api_keys
select key_hash, merchant_id from merchant_api_key where revoked_at is null;

-- name: ops_keys
select key_hash, actor, roles from ops_key where revoked_at is null;

-- name: channels
select id, code, name, adapter, methods, priority, number_prefix, number_date, number_alphabet, number_length,
       number_fixed, idempotent, send_window, resend_safety_delay, maximum_sends, enabled, maximum_reroutes, connection_id, application
from channel order by id;

-- name: connections
select id, name, endpoint, secret, maximum_parallel, requests_per_second, queries_per_second from channel_connection order by id;

-- name: query_plans
select channel_id, method, direction, first_age, strategy, period, step, window_end, slow_period, last_age,
       answers_from, answers_to, last_round_at
from query_plan;

-- Accounts of members are many, and no decision on an order looks them up. A buffer is late as in account.by_number.
-- name: accounts
select a.id, a.number, a.kind, a.owner_id, a.currency,
       array(select s.id from account s where s.parent_id = a.id order by s.id),
       a.mode,
       a.mode = 'Buffered' and exists (select from entry_pending p where p.account_id = a.id and p.at < now() - interval '50 s')
from account a where a.parent_id is null and a.kind <> 'Member' order by a.id;
