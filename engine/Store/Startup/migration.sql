-- Not waited for: whoever waited would hold a snapshot that an index which is built concurrently waits for in turn.
-- name: take_turn
select pg_try_advisory_lock(hashtext('payment_engine_migration'));

-- name: end_turn
select pg_advisory_unlock(hashtext('payment_engine_migration'));
reset lock_timeout;

-- name: prepare
create table if not exists schema_migration (
    number          integer primary key,
    name            text not null,
    applied_at      timestamptz not null default now(),
    -- Of the text that was applied.
    fingerprint     bytea,
    -- The oldest version that works with it, named by the newest migration that it knows.
    compatible_with integer
);
-- Databases of the first days have no such columns.
alter table schema_migration add column if not exists fingerprint bytea;
alter table schema_migration add column if not exists compatible_with integer;

-- name: applied
select number, name, fingerprint, coalesce(compatible_with, number) from schema_migration order by number;

-- name: note
insert into schema_migration (number, name, fingerprint, compatible_with) values ($1, $2, $3, $4);

-- name: older_nodes
select name from engine_node
where migration < $1 and stopped_at is null and seen_at > now() - interval '30 seconds' order by id;
