-- compatible with: 11
-- What operations say about routing: versions of texts, and activations that put a version into force. Both are only
-- ever added to, so they are their own history, and what is in force at any moment follows from them.
-- A version before this one goes on by route_script, which stays as it is now.

create table routing_version (
    kind        text collate "C" not null,
    -- Of a script; there is one setup, which has none.
    name        text collate "C" not null,
    version     integer not null check (version > 0),
    purpose     text generated always as (case when kind = 'setup' then null when name in ('reroute', 'resend') then name else 'score' end) stored,
    text        text not null check (octet_length(text) between 1 and case kind when 'setup' then 1048576 else 65536 end),
    comment     text not null check (length(comment) <= 512),
    made_by     text not null check (length(made_by) between 1 and 64),
    made_at     timestamptz not null,
    request_key text collate "C" not null,
    body_hash   bytea not null check (length(body_hash) = 32),
    check (kind = 'setup' and name = ''
        or kind = 'script' and name ~ '^[a-z][a-z0-9_]{0,63}$' and name not in ('setup', 'check', 'try')),
    primary key (kind, name, version),
    unique (made_by, request_key)
);

create table routing_activation (
    id           bigint generated always as identity primary key,
    kind         text collate "C" not null,
    name         text collate "C" not null,
    -- 0 is none: the default of a hook, no such script, the setup that follows from the channels.
    version      integer not null check (version >= 0),
    named        integer generated always as (nullif(version, 0)) stored,
    -- Below 100 a trial beside the version that is active.
    share        integer not null check (share between 1 and 100),
    from_at      timestamptz not null,
    is_rollback  boolean not null,
    comment      text not null check (length(comment) <= 512),
    requested_by text not null check (length(requested_by) between 1 and 64),
    requested_at timestamptz not null,
    request_key  text collate "C" not null,
    body_hash    bytea not null check (length(body_hash) = 32),
    check (from_at >= requested_at),
    check (share = 100 or kind = 'script' and name not in ('reroute', 'resend') and version > 0 and not is_rollback),
    foreign key (kind, name, named) references routing_version (kind, name, version),
    unique (requested_by, request_key),
    unique (id, requested_by)
);

-- What another person said to a request. It is in force from its moment on, or from the approval if that is later.
create table routing_verdict (
    activation_id bigint not null,
    requested_by  text not null,
    verdict       text not null check (verdict in ('approved', 'withdrawn')),
    decided_by    text not null check (length(decided_by) between 1 and 64),
    decided_at    timestamptz not null,
    primary key (activation_id, verdict),
    foreign key (activation_id, requested_by) references routing_activation (id, requested_by),
    check (verdict = 'withdrawn' or decided_by <> requested_by)
);

create view routing_effect as
select a.id, a.kind, a.name, a.version, a.share,
       case when a.is_rollback then a.from_at else greatest(a.from_at, ok.decided_at) end as effective_at
from routing_activation a
left join routing_verdict ok on ok.activation_id = a.id and ok.verdict = 'approved'
where (a.is_rollback or ok.activation_id is not null)
and not exists (select from routing_verdict no where no.activation_id = a.id and no.verdict = 'withdrawn');

-- Nobody approves a return to what was approved before.
create function routing_rollback_returns() returns trigger language plpgsql as $$
begin
    if new.is_rollback and new.version > 0 and not exists (
        select from routing_effect e
        where (e.kind, e.name, e.version, e.share) = (new.kind, new.name, new.version, 100) and e.effective_at <= new.requested_at)
    then
        raise exception '% % version % was never in force', new.kind, new.name, new.version using errcode = 'check_violation';
    end if;
    return new;
end
$$;

-- What has been in force is history: neither a withdrawal nor a late approval changes it.
create function routing_verdict_is_in_time() returns trigger language plpgsql as $$
declare
    asked routing_activation;
begin
    -- Held to the end of the transaction: of two verdicts one is first.
    select * into asked from routing_activation a where a.id = new.activation_id for update;
    if asked.is_rollback then
        raise exception 'activation % is a rollback, nobody decides about it', new.activation_id using errcode = 'check_violation';
    end if;
    if new.verdict = 'approved' and exists (select from routing_verdict v where v.activation_id = new.activation_id and v.verdict = 'withdrawn') then
        raise exception 'activation % is withdrawn', new.activation_id using errcode = 'check_violation';
    end if;
    if new.verdict = 'withdrawn' and exists (select from routing_effect e where e.id = new.activation_id and e.effective_at <= new.decided_at) then
        raise exception 'activation % is in force already', new.activation_id using errcode = 'check_violation';
    end if;
    return new;
end
$$;

create trigger returns before insert on routing_activation for each row execute function routing_rollback_returns();
create trigger in_time before insert on routing_verdict for each row execute function routing_verdict_is_in_time();
create trigger final before update or delete on routing_version for each row execute function history_is_final();
create trigger whole before truncate on routing_version for each statement execute function history_is_final();
create trigger final before update or delete on routing_activation for each row execute function history_is_final();
create trigger whole before truncate on routing_activation for each statement execute function history_is_final();
create trigger final before update or delete on routing_verdict for each row execute function history_is_final();
create trigger whole before truncate on routing_verdict for each statement execute function history_is_final();

-- Nothing is stored there any more, so that nothing that is stored there is overlooked here.
create trigger frozen before insert on route_script for each statement execute function history_is_final();

insert into routing_version (kind, name, version, text, comment, made_by, made_at, request_key, body_hash)
select 'script', hook, version, script, '', changed_by, changed_at, 'route_script/' || hook || '/' || version, sha256(convert_to(script, 'UTF8'))
from route_script where length(script) > 0;

insert into routing_activation
    (kind, name, version, share, from_at, is_rollback, comment, requested_by, requested_at, request_key, body_hash)
select 'script', hook, case when length(script) > 0 then version else 0 end, 100, changed_at, false, 'in force before there were activations',
       changed_by, changed_at, 'route_script/' || hook || '/' || version, sha256('')
from route_script order by hook, version;

insert into routing_verdict (activation_id, requested_by, verdict, decided_by, decided_at)
select id, requested_by, 'approved', 'migration 0012', from_at from routing_activation order by id;

-- What a key may do: look, ask for changes, agree to changes that somebody else asked for.
alter table ops_key add column roles text[] not null default '{view,edit,approve}';
alter table ops_key add constraint ops_key_roles_check check (roles <@ '{view,edit,approve}') not valid;
