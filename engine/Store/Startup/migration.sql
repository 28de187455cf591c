-- Held to the end of the transaction: of several nodes that start at once, one migrates.
-- name: begin
select pg_advisory_xact_lock(hashtext('payment_engine_migration'));
create table if not exists schema_migration (
    number      integer primary key,
    name        text not null,
    applied_at  timestamptz not null default now(),
    -- Of the text that was applied.
    fingerprint bytea
);
-- Databases of the first days have no such column.
alter table schema_migration add column if not exists fingerprint bytea;

-- name: claim
insert into schema_migration (number, name, fingerprint) values ($1, $2, $3) on conflict do nothing;

-- name: is_ours
select fingerprint is not distinct from $2 from schema_migration where number = $1;
