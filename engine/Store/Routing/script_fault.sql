-- Somebody is told once.
-- name: tell
with found as (
    insert into script_fault (hook, version, stage, message, first_seen)
    select distinct on (hook, version, stage) hook, version, stage, message, at
    from unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::timestamptz[]) as u (hook, version, stage, message, at)
    order by hook, version, stage
    on conflict do nothing
    returning *
)
insert into alert_signal (kind, severity, subject, text, times, at)
select 'script_fault', 'Warning', format('%s %s', hook, version),
       format('Version %s of %s %s; what was good before it decides instead, or else the default: %s',
              version, case hook when 'setup' then 'the setup' else 'the script ' || hook end,
              case stage when 'Check' then 'has errors' else 'failed' end, message),
       1, first_seen
from found;
