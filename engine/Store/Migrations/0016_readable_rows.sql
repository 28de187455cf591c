-- compatible with: 11
-- What no engine could read is refused where somebody writes it.

alter table channel add constraint channel_numbers_check check (
    number_prefix ~ case number_alphabet when 'Digits' then '^[0-9]+$' when 'Alphanumeric' then '^[0-9A-Z]+$' else '^$' end
    and number_length - length(number_prefix) - case number_date when 'FullYear' then 8 when 'ShortYear' then 6 end >= 4
    and number_length <= 64
    and number_date in ('FullYear', 'ShortYear')) not valid;

alter table channel add constraint channel_methods_check check (methods <@ '{quick,online_banking,wallet}') not valid;

-- A month is no length of time.
alter table channel add constraint channel_times_check check (
    send_window > interval '0'
    and extract(year from send_window) = 0 and extract(month from send_window) = 0
    and extract(year from resend_safety_delay) = 0 and extract(month from resend_safety_delay) = 0) not valid;

alter table query_plan add constraint query_plan_times_check check (
    extract(year from first_age) = 0 and extract(month from first_age) = 0
    and extract(year from period) = 0 and extract(month from period) = 0
    and extract(year from step) = 0 and extract(month from step) = 0
    and extract(year from window_end) = 0 and extract(month from window_end) = 0
    and extract(year from slow_period) = 0 and extract(month from slow_period) = 0
    and extract(year from last_age) = 0 and extract(month from last_age) = 0) not valid;

alter table channel_connection add constraint channel_connection_endpoint_check check (endpoint ~ '^https?://[^/[:space:]]+') not valid;

alter table merchant add constraint merchant_fee_check check (fee_maximum >= coalesce(fee_minimum, 0)) not valid;
