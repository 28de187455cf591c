-- Adds what this node counted, every row as if it happened now, and tells what all know. Whoever brings a weight below
-- -10 raises the alert, once until it has risen above.
-- name: exchange
with counted as (
    select c.id as channel_id, c.code, u.institution, u.sum, u.floor, u.ceiling
    from unnest($1::text[], $2::text[], $3::integer[], $4::integer[], $5::integer[]) as u (code, institution, sum, floor, ceiling)
    join channel c on c.code = u.code
), stored as (
    insert into channel_health as h (channel_id, institution, value, told, crossed)
    select channel_id, institution, value, value < -10, value < -10
    from (select *, least(ceiling, greatest(floor, sum)) as value from counted) n
    order by channel_id, institution
    on conflict (channel_id, institution) do update set (value, told, crossed, changed_at) = (
        select n.value, n.value < -10 or (h.told and n.value <= -10), n.value < -10 and not h.told, now()
        from (
            select least(k.ceiling, greatest(k.floor, h.value + k.sum)) as value
            from counted k where k.channel_id = h.channel_id and k.institution = h.institution
        ) n)
    returning channel_id, institution, value, crossed
), raised as (
    insert into alert_signal (kind, severity, subject, text, times, at)
    select 'channel_ailing', 'Warning', n.name,
           'Channel ' || n.name || ' is at ' || s.value || ' of -20: payments go elsewhere where they can, and a few try it until it recovers', 1, now()
    from stored s
    join counted k using (channel_id, institution)
    cross join lateral (select k.code || case s.institution when '' then '' else ' with ' || s.institution end as name) n
    where s.crossed
)
select k.code, s.institution, s.value from stored s join counted k using (channel_id, institution)
union all
select c.code, h.institution, h.value from channel_health h join channel c on c.id = h.channel_id
where not exists (select from counted k where k.channel_id = h.channel_id and k.institution = h.institution);

-- Of what nobody has tried for a day nothing is known.
-- name: forget
delete from channel_health where changed_at < now() - interval '1 day';
