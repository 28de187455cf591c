-- One alert per falling below the threshold.
-- name: set
with stored as (
    insert into channel_reserve as r (channel_id, currency, balance_minor, threshold_minor, as_of, set_by, told, crossed)
    values ($1, $2, $3, $4, $5, $6, $3 < $4, $3 < $4)
    on conflict (channel_id, currency) do update
    set balance_minor = excluded.balance_minor, threshold_minor = excluded.threshold_minor, as_of = excluded.as_of,
        set_by = excluded.set_by, told = excluded.told, crossed = excluded.told and not r.told
    returning crossed
)
insert into alert_signal (kind, severity, subject, text, times, at)
select 'reserve_low', 'Warning', $7, $8, 1, now() from stored where crossed;

-- name: list
select c.code, r.currency, r.balance_minor, r.threshold_minor, r.as_of, r.set_by
from channel_reserve r join channel c on c.id = r.channel_id
order by c.code, r.currency;
