-- name: all
select channel_id, interface, code, sub_code, outcome, unified_code, counts_against_health from result_code;

-- name: messages
select unified_code, language, message from result_message;

-- name: list
select r.channel_id, r.interface, r.code, r.sub_code, r.outcome, r.unified_code, r.counts_against_health,
       c.code, r.version, r.changed_by, r.changed_at
from result_code r join channel c on c.id = r.channel_id order by r.channel_id, r.interface, r.code, r.sub_code;

-- name: one
select r.channel_id, r.interface, r.code, r.sub_code, r.outcome, r.unified_code, r.counts_against_health,
       c.code, r.version, r.changed_by, r.changed_at
from result_code r join channel c on c.id = r.channel_id
where r.channel_id = $1 and r.interface = $2 and r.code = $3 and r.sub_code = $4;

-- name: unmapped
select coalesce(c.code, u.channel_id::text), u.interface, u.code, u.sub_code, u.first_seen, u.last_seen, u.times, u.sample,
       (select count(*) from waiting_for_code w
        where w.channel_id = u.channel_id and w.interface = u.interface and w.code = u.code and w.sub_code = u.sub_code)
from unmapped_code u left join channel c on c.id = u.channel_id where u.mapped_at is null order by u.last_seen desc;

-- Saying again what is said already makes no new version.
-- name: map
with latest as (
    insert into result_code as r
        (channel_id, interface, code, sub_code, outcome, unified_code, counts_against_health, version, changed_by, changed_at)
    values ($1, $2, $3, $4, $5, $6, $7, 1, $8, now())
    on conflict (channel_id, interface, code, sub_code) do update
    set outcome = excluded.outcome, unified_code = excluded.unified_code,
        counts_against_health = excluded.counts_against_health, version = r.version + 1,
        changed_by = excluded.changed_by, changed_at = excluded.changed_at
    where (r.outcome, r.unified_code, r.counts_against_health)
        is distinct from (excluded.outcome, excluded.unified_code, excluded.counts_against_health)
    returning *
)
insert into result_code_history
    (channel_id, interface, code, sub_code, version, outcome, unified_code, counts_against_health, changed_by, changed_at)
select channel_id, interface, code, sub_code, version, outcome, unified_code, counts_against_health, changed_by, changed_at
from latest;

-- name: tell
with latest as (
    insert into result_message as m (unified_code, language, message, version, changed_by, changed_at)
    select $1, u.language, u.message, 1, $4, now() from unnest($2::text[], $3::text[]) as u (language, message) order by u.language
    on conflict (unified_code, language) do update
    set message = excluded.message, version = m.version + 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at
    where m.message is distinct from excluded.message
    returning *
)
insert into result_message_history (unified_code, language, version, message, changed_by, changed_at)
select unified_code, language, version, message, changed_by, changed_at from latest;

-- What is mapped needs no alert any more.
-- name: settle
with settled as (
    update unmapped_code set mapped_at = now()
    where channel_id = $1 and interface = $2 and code = $3 and (sub_code = $4 or $4 = '') and mapped_at is null
    returning channel_id, interface, code, sub_code
)
update alert a set acknowledged_at = now(), acknowledged_by = $5
from settled s join channel c on c.id = s.channel_id
where a.kind = 'unmapped_code' and a.acknowledged_at is null
  and a.subject = concat_ws(' ', c.code, lower(s.interface), s.code, nullif(s.sub_code, ''));
