-- One word after the other, whoever says it: what is checked against the book is still so when it is written down.
-- name: lock
lock table routing_version, routing_activation, routing_verdict in share row exclusive mode;

-- The book only grows.
-- name: rows
select (select count(*) from routing_activation) + (select count(*) from routing_verdict);

-- name: activations
select a.id, a.kind, a.name, a.version, a.share, a.from_at, a.is_rollback, a.comment, a.requested_by, a.requested_at,
       ok.decided_by, ok.decided_at, no.decided_by, no.decided_at
from routing_activation a
left join routing_verdict ok on ok.activation_id = a.id and ok.verdict = 'approved'
left join routing_verdict no on no.activation_id = a.id and no.verdict = 'withdrawn'
order by a.id;

-- name: texts
select v.kind, v.name, v.version, v.text, v.comment, v.made_by, v.made_at
from routing_version v
join unnest($1::text[], $2::text[], $3::integer[]) as w (kind, name, version) on (v.kind, v.name, v.version) = (w.kind, w.name, w.version);

-- name: latest_scripts
select distinct on (kind, name) kind, name, version, text, comment, made_by, made_at
from routing_version where kind = 'script' order by kind, name, version desc;

-- Of scripts with their texts, which are short; a setup is read by its version.
-- name: versions
select kind, name, version, case kind when 'setup' then '' else text end, comment, made_by, made_at
from routing_version where kind = $1 and name = $2 order by version desc limit 100;

-- name: version_of_key
select kind, name, version, text, comment, made_by, made_at, body_hash from routing_version where made_by = $1 and request_key = $2;

-- name: add_version
insert into routing_version (kind, name, version, text, comment, made_by, made_at, request_key, body_hash)
select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8 from routing_version where kind = $1 and name = $2
returning version;

-- name: activation_of_key
select id, body_hash from routing_activation where requested_by = $1 and request_key = $2;

-- name: add_activation
insert into routing_activation
    (kind, name, version, share, from_at, is_rollback, comment, requested_by, requested_at, request_key, body_hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
returning id;

-- name: decide
insert into routing_verdict (activation_id, requested_by, verdict, decided_by, decided_at)
select id, requested_by, $2, $3, $4 from routing_activation where id = $1;
