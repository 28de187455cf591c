-- Held to the end of the transaction: of several nodes that start at once, one migrates.
-- name: begin
select pg_advisory_xact_lock(hashtext('payment_engine_migration'));
create table if not exists schema_migration (
    number     integer primary key,
    name       text not null,
    applied_at timestamptz not null default now()
);

-- name: claim
insert into schema_migration (number, name) values ($1, $2) on conflict do nothing;
