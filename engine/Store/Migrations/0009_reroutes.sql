-- Why an order was made after another one for the same money: the evidence that this was safe, and who decided it.
alter table institution_order
    add column reroute_of    bigint,
    add column evidence      text check (evidence in ('not_sent', 'certain_failure', 'closed_at_institution')),
    add column evidence_note text,
    add column rerouted_by   text,
    add constraint institution_order_reroute_check check (
        num_nulls(reroute_of, evidence, evidence_note, rerouted_by) in (0, 4) and reroute_of <> id);

-- An institution may also say that it has closed an order.
alter table result_code
    drop constraint result_code_outcome_check,
    add constraint result_code_outcome_check
        check (outcome in ('Succeeded', 'Failed', 'Closed', 'Accepted', 'NotKnown', 'Unknown'));

-- What operations want done where it is safe: scripts. The highest version of a hook decides; rows are only ever added,
-- so the table is its own history. Without a script the default decides again.
create table route_script (
    hook       text collate "C" not null check (hook in ('reroute', 'resend')),
    version    integer not null check (version > 0),
    script     text check (octet_length(script) <= 65536),
    changed_by text not null check (length(changed_by) between 1 and 64),
    changed_at timestamptz not null default now(),
    primary key (hook, version)
);

create trigger final before update or delete on route_script for each row execute function history_is_final();
create trigger whole before truncate on route_script for each statement execute function history_is_final();

-- Versions that could not decide, each once per stage; the default did.
create table script_fault (
    hook       text collate "C" not null,
    version    integer not null,
    stage      text not null check (stage in ('Check', 'Run')),
    message    text not null,
    first_seen timestamptz not null,
    primary key (hook, version, stage)
);

-- Reroutes by hand: one person asks, another agrees, and the commit that does it says so here.
create table reroute_request (
    id           bigint generated always as identity primary key,
    trade_id     bigint not null,
    order_id     bigint not null,
    evidence     text not null check (evidence in ('not_sent', 'certain_failure', 'closed_at_institution')),
    note         text not null check (length(note) between 1 and 512),
    requested_by text not null check (length(requested_by) between 1 and 64),
    requested_at timestamptz not null,
    request_key  text collate "C" not null,
    body_hash    bytea not null check (length(body_hash) = 32),
    approved_by  text check (length(approved_by) between 1 and 64),
    approved_at  timestamptz,
    new_order_id bigint,
    check (num_nulls(approved_by, approved_at, new_order_id) in (0, 3)),
    check (approved_by <> requested_by),
    unique (requested_by, request_key)
);
