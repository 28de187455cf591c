create table merchant (
    id            integer generated always as identity primary key,
    number        text collate "C" not null unique,
    name          text not null,
    repeats       text not null default 'Continue' check (repeats in ('Continue', 'Strict')),
    fee_rate_ppm  integer not null default 0 check (fee_rate_ppm between 0 and 1000000),
    fee_fixed     bigint not null default 0 check (fee_fixed >= 0),
    fee_minimum   bigint check (fee_minimum >= 0),
    fee_maximum   bigint check (fee_maximum >= 0),
    active        boolean not null default true
);

-- Only the hash of a key is kept.
create table merchant_api_key (
    key_hash    bytea primary key check (length(key_hash) = 32),
    merchant_id integer not null references merchant (id),
    created_at  timestamptz not null default now(),
    revoked_at  timestamptz
);

-- The real line to an institution; channels share it. Its secret is sealed under a key that is not in the database.
create table channel_connection (
    id                  integer primary key,
    name                text not null unique,
    -- Null for what answers inside the engine's process.
    endpoint            text,
    secret              bytea,
    maximum_parallel    integer not null check (maximum_parallel > 0),
    requests_per_second integer not null check (requests_per_second > 0),
    queries_per_second  integer not null check (queries_per_second > 0)
);

create table channel (
    id                     integer primary key,
    code                   text not null unique,
    name                   text not null,
    adapter                text not null,
    connection_id          integer not null references channel_connection (id),
    methods                text[] not null,
    priority               integer not null,
    number_prefix          text not null unique,
    number_date            text not null,
    number_alphabet        text not null,
    number_length          integer not null,
    number_fixed           boolean not null,
    idempotent             boolean not null,
    send_window            interval not null,
    resend_safety_delay    interval not null,
    maximum_sends          integer not null check (maximum_sends > 0),
    query_first_age        interval not null,
    query_strategy         text not null check (query_strategy in ('Fixed', 'Progressive')),
    query_period           interval not null,
    query_step             interval not null,
    query_window_end       interval not null,
    query_slow_period      interval not null,
    query_last_age         interval not null,
    maximum_reroutes       integer not null default 0 check (maximum_reroutes >= 0),
    enabled                boolean not null default true,
    -- "Unknown number" may only be believed when no call can still be on its way.
    check (resend_safety_delay > interval '0')
);
