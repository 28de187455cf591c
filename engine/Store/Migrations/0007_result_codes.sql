-- What the codes of institutions mean: data that operations keep. An unmapped code decides nothing.

create table result_code (
    channel_id            integer not null references channel (id),
    interface             text not null check (interface in ('Pay', 'Refund', 'Query', 'Callback')),
    code                  text collate "C" not null check (length(code) between 1 and 64),
    -- Empty for any; the exact one wins.
    sub_code              text collate "C" not null check (length(sub_code) <= 64),
    outcome               text not null check (outcome in ('Succeeded', 'Failed', 'Accepted', 'NotKnown', 'Unknown')),
    -- What merchants read instead of the institution's code.
    unified_code          text collate "C" not null check (unified_code ~ '^[a-z][a-z0-9_]{0,63}$'),
    counts_against_health boolean not null,
    version               integer not null check (version > 0),
    changed_by            text not null,
    changed_at            timestamptz not null,
    -- Only who was asked about a number can say that he does not know it.
    check (outcome <> 'NotKnown' or interface = 'Query'),
    primary key (channel_id, interface, code, sub_code)
);

create table result_code_history (
    channel_id            integer not null,
    interface             text not null,
    code                  text collate "C" not null,
    sub_code              text collate "C" not null,
    version               integer not null,
    outcome               text not null,
    unified_code          text not null,
    counts_against_health boolean not null,
    changed_by            text not null,
    changed_at            timestamptz not null,
    primary key (channel_id, interface, code, sub_code, version)
);

create table result_message (
    unified_code text collate "C" not null,
    language     text collate "C" not null check (language in ('en', 'zh')),
    message      text not null check (length(message) between 1 and 256),
    version      integer not null check (version > 0),
    changed_by   text not null,
    changed_at   timestamptz not null,
    primary key (unified_code, language)
);

create table result_message_history (
    unified_code text collate "C" not null,
    language     text collate "C" not null,
    version      integer not null,
    message      text not null,
    changed_by   text not null,
    changed_at   timestamptz not null,
    primary key (unified_code, language, version)
);

create trigger final before update or delete on result_code_history for each row execute function history_is_final();
create trigger whole before truncate on result_code_history for each statement execute function history_is_final();
create trigger final before update or delete on result_message_history for each row execute function history_is_final();
create trigger whole before truncate on result_message_history for each statement execute function history_is_final();

-- Each code that nobody had mapped when it came, once.
create table unmapped_code (
    channel_id integer not null,
    interface  text not null,
    code       text collate "C" not null,
    sub_code   text collate "C" not null,
    first_seen timestamptz not null,
    last_seen  timestamptz not null,
    times      bigint not null check (times > 0),
    -- Masked before it came here.
    sample     text not null check (octet_length(sample) <= 2048),
    mapped_at  timestamptz,
    primary key (channel_id, interface, code, sub_code)
);

-- Orders that are asked about again when their code is mapped.
create table waiting_for_code (
    order_id   bigint not null,
    trade_id   bigint not null,
    channel_id integer not null,
    interface  text not null,
    code       text collate "C" not null,
    sub_code   text collate "C" not null,
    primary key (order_id, interface, code, sub_code)
);

create index waiting_for_code_code on waiting_for_code (channel_id, interface, code);
create index waiting_for_code_trade on waiting_for_code (trade_id);

-- What somebody has to be told. It is raised in the commit that found it out; delivering it is another matter.
create table alert (
    id           bigint generated always as identity primary key,
    kind         text not null,
    subject      text not null,
    text         text not null,
    raised_at    timestamptz not null,
    delivered_at timestamptz
);

create index alert_undelivered on alert (id) where delivered_at is null;

-- Keys of the operations' interface. Only the hash of a key is kept; the actor stands in every history.
create table ops_key (
    key_hash   bytea primary key check (length(key_hash) = 32),
    actor      text not null check (length(actor) between 1 and 64),
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);
