-- name: latest
select distinct on (hook) hook, version, script, changed_by, changed_at from route_script order by hook, version desc;

-- name: history
select hook, version, script, changed_by, changed_at from route_script where hook = $1 order by version desc limit 100;

-- One version after the other, whoever writes them.
-- name: lock
lock table route_script in share row exclusive mode;

-- Saying again what is said already makes no new version, and neither does taking back what was never said.
-- name: add
with latest as (select version, script from route_script where hook = $1 order by version desc limit 1)
insert into route_script (hook, version, script, changed_by)
select $1, coalesce((select version from latest), 0) + 1, $2, $3
where $2::text is distinct from (select script from latest);

-- Somebody is told once.
-- name: fault
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
       format('Version %s of the script %s %s; the default decides instead: %s',
              version, hook, case stage when 'Check' then 'has errors' else 'failed' end, message),
       1, first_seen
from found;
