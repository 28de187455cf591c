-- name: raise
insert into alert_signal (kind, severity, subject, text, times, at) values ($1, $2, $3, $4, $5, now());

-- Nodes may fold at once: they take different signals, and meet on alerts in one order.
-- name: fold
with taken as (
    delete from alert_signal where id in (select id from alert_signal order by id limit $1 for update skip locked) returning *
), folded as (
    select kind, subject, sum(times)::bigint as times, least(min(at), now()) as first_at, least(max(at), now()) as last_at,
           (array_agg(severity order by id desc))[1] as severity, (array_agg(text order by id desc))[1] as text
    from taken group by kind, subject
), stored as (
    insert into alert as a (kind, severity, subject, text, times, raised_at, last_seen)
    select kind, severity, subject, text, times, first_at, last_at from folded order by kind, subject
    on conflict (kind, subject) where acknowledged_at is null do update
    set severity = excluded.severity, text = excluded.text, times = a.times + excluded.times,
        last_seen = greatest(a.last_seen, excluded.last_seen)
    returning a.id, a.kind, a.severity, a.subject, a.text, a.times, a.raised_at, a.last_seen, xmax = 0 as is_new
)
select id, kind, severity, subject, text, times, raised_at, last_seen, is_new from stored order by id;

-- name: know_target
insert into alert_target (name) values ($1) on conflict do nothing;

-- What this target has not heard yet, and what has come again since it did.
-- name: due
select a.id, a.kind, a.severity, a.subject, a.text, a.times, a.raised_at, a.last_seen
from alert a left join alert_told t on t.alert_id = a.id and t.target = $1
where a.acknowledged_at is null and a.severity = any($2) and a.raised_at <= now() - $3
  and (t.alert_id is null or (a.times > t.times and t.told_at <= now() - $4))
order by array_position(array['Critical', 'Warning', 'Info'], a.severity), a.last_seen desc
limit $5;

-- name: claim
update alert_target set due_at = now() + $2, token = nextval('timer_token') where name = $1 and due_at <= now()
returning token, failures;

-- name: told
with heard as (
    insert into alert_told as t (alert_id, target, times, told_at)
    select id, $1, times, now() from unnest($3::bigint[], $4::bigint[]) as u (id, times) order by id
    on conflict (alert_id, target) do update set times = greatest(t.times, excluded.times), told_at = excluded.told_at
)
update alert_target set due_at = now() + $5, failures = 0, last_error = null, last_told_at = now() where name = $1 and token = $2;

-- name: failed
update alert_target set due_at = now() + $3, failures = failures + 1, last_error = $4 where name = $1 and token = $2;

-- name: list
select a.id, a.kind, a.severity, a.subject, a.text, a.times, a.raised_at, a.last_seen, a.acknowledged_at, a.acknowledged_by,
       array(select t.target from alert_told t where t.alert_id = a.id order by t.target),
       array(select t.told_at from alert_told t where t.alert_id = a.id order by t.target)
from alert a where $1 or a.acknowledged_at is null
order by a.acknowledged_at is not null, array_position(array['Critical', 'Warning', 'Info'], a.severity), a.last_seen desc
limit $2;

-- name: one
select a.id, a.kind, a.severity, a.subject, a.text, a.times, a.raised_at, a.last_seen, a.acknowledged_at, a.acknowledged_by,
       array(select t.target from alert_told t where t.alert_id = a.id order by t.target),
       array(select t.told_at from alert_told t where t.alert_id = a.id order by t.target)
from alert a where a.id = $1;

-- name: targets
select name, failures, last_error, last_told_at, due_at from alert_target order by name;

-- The first to say so stands.
-- name: acknowledge
update alert set acknowledged_at = now(), acknowledged_by = $2 where id = $1 and acknowledged_at is null;
