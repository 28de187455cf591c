-- Alerts are counted, delivered and acknowledged; what merchants' notifications are signed with is sealed.

alter table alert
    drop column delivered_at,
    add column severity text not null default 'Warning' check (severity in ('Info', 'Warning', 'Critical')),
    add column times bigint not null default 1 check (times > 0),
    add column last_seen timestamptz not null default now(),
    add column acknowledged_at timestamptz,
    add column acknowledged_by text,
    add check ((acknowledged_at is null) = (acknowledged_by is null));

-- Of a kind and subject one is open; what repeats is counted there.
create unique index alert_open on alert (kind, subject) where acknowledged_at is null;

-- What somebody has to be told, written in the commit that found it out and folded into alert soon after. It is only
-- appended to, so that a thousand commits with one trouble never wait for each other.
create table alert_signal (
    id       bigint generated always as identity primary key,
    kind     text not null,
    severity text not null check (severity in ('Info', 'Warning', 'Critical')),
    subject  text not null,
    text     text not null,
    times    bigint not null check (times > 0),
    at       timestamptz not null
);

-- Where alerts are delivered, by the names of the settings. Before due_at nobody tells it anything: another node is
-- doing so, it was told just now, or it has failed.
create table alert_target (
    name         text primary key,
    due_at       timestamptz not null default now(),
    token        bigint not null default 0,
    failures     integer not null default 0 check (failures >= 0),
    last_error   text,
    last_told_at timestamptz
);

-- How much of an alert a target has heard.
create table alert_told (
    alert_id bigint not null references alert (id) on delete cascade,
    target   text not null references alert_target (name) on delete cascade,
    times    bigint not null,
    told_at  timestamptz not null,
    primary key (alert_id, target)
);

-- A reason is a kind, sometimes with a number in it, and after a colon what is particular about the order.
create function work_kind(reason text) returns text language sql immutable as
    $$ select regexp_replace(split_part(reason, ':', 1), ' [0-9]+', '', 'g') $$;

-- A secret that is put here plain is sealed within seconds; a merchant who has none gets one.
alter table merchant
    alter column webhook_secret drop default,
    alter column webhook_secret drop not null,
    add column webhook_secret_sealed bytea,
    -- What cannot be read would stop every node from hearing of changes.
    add check (octet_length(decode(substr(webhook_secret, 7), 'base64')) > 0);
