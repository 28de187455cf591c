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
    maximum_reroutes       integer not null default 0 check (maximum_reroutes >= 0),
    enabled                boolean not null default true,
    -- "Unknown number" may only be believed when no call can still be on its way.
    check (resend_safety_delay > interval '0')
);

-- When institutions are asked, per channel, payment method and direction.
create table query_plan (
    channel_id    integer not null references channel (id),
    -- Empty for any; the exact one wins.
    method        text not null check (method in ('', 'quick', 'online_banking', 'wallet')),
    direction     text not null check (direction in ('payment', 'refund')),
    first_age     interval not null check (first_age > interval '0'),
    strategy      text not null check (strategy in ('Fixed', 'Progressive')),
    period        interval not null check (period > interval '0'),
    step          interval not null check (step >= interval '0'),
    window_end    interval not null,
    slow_period   interval not null check (slow_period > interval '0'),
    last_age      interval not null,
    -- The hours in which the bank answers, by the clocks of the engine's time zone; they may cross midnight.
    answers_from  time,
    answers_to    time,
    -- The last round is on the next day at this time; then last_age does not count.
    last_round_at time,
    check (first_age <= window_end and window_end <= last_age),
    check ((answers_from is null) = (answers_to is null)),
    check (answers_from <> answers_to),
    primary key (channel_id, method, direction)
);
