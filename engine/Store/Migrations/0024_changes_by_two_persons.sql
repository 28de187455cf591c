-- compatible with: 16
-- What gives somebody money that he could not spend, or more to spend than he had, is asked for by one person and agreed
-- to by another (P2): a larger credit line, a higher class, the end of a freeze, the release of a hold.
create table change_request (
    id           bigint primary key,
    what         text not null check (what in ('CreditLine', 'Unfreeze', 'CustomerClass', 'ReleaseHold')),
    account      text collate "C" references account (number),
    customer     text collate "C" references customer (number),
    hold_id      bigint references hold (id),
    -- How it stood when it was asked for, and how it shall stand: the credit line; what is left of the hold.
    from_minor   bigint,
    to_minor     bigint,
    currency     text check (length(currency) = 3),
    from_class   text references kyc_class (class),
    to_class     text references kyc_class (class),
    -- The last change of it that whoever asked had seen: a later one makes his request a thing of the past.
    seen         bigint not null,
    reason       text not null check (reason <> ''),
    content_hash bytea not null check (length(content_hash) = 32),
    maker        text not null,
    made_at      timestamptz not null default now(),
    request_key  text collate "C" not null unique,
    body_hash    bytea not null check (length(body_hash) = 32),
    verdict      text check (verdict in ('Approved', 'Refused')),
    checker      text,
    checked_at   timestamptz,
    remark       text,
    -- Who agreed to it in vain, when, and what stood against it.
    attempts     jsonb not null default '[]',
    applied_at   timestamptz,
    posting_id   bigint unique,
    check (checker <> maker),
    check ((verdict is null) = (checker is null) and (checker is null) = (checked_at is null)),
    check (applied_at is null or verdict is not distinct from 'Approved'),
    check ((posting_id is not null) = (what = 'ReleaseHold' and applied_at is not null)),
    -- Only what gives more is here: what takes away is done at once, by one person.
    check (coalesce(case what
        when 'CreditLine' then num_nulls(account, from_minor, to_minor, currency) = 0
            and num_nonnulls(customer, hold_id, from_class, to_class) = 0 and from_minor >= 0 and to_minor > from_minor
        when 'Unfreeze' then account is not null and num_nonnulls(customer, hold_id, from_minor, to_minor, currency, from_class, to_class) = 0
        when 'CustomerClass' then num_nulls(customer, from_class, to_class) = 0
            and num_nonnulls(account, hold_id, from_minor, to_minor, currency) = 0 and from_class collate "C" < to_class collate "C"
        when 'ReleaseHold' then num_nulls(account, hold_id, from_minor, to_minor, currency) = 0
            and num_nonnulls(customer, from_class, to_class) = 0 and to_minor >= 0 and to_minor < from_minor
    end, false))
);
create index change_request_open on change_request (id) where verdict is null;
create index change_request_unapplied on change_request (id) where verdict = 'Approved' and applied_at is null;

create trigger final before delete on change_request for each row execute function history_is_final();

-- Who agreed in vain to a booking by hand stays with it.
alter table adjustment add column attempts jsonb not null default '[]';
-- Nobody having said anything is not an approval; the check of before let that pass.
alter table adjustment add constraint adjustment_posted_is_approved check (posting_id is null or verdict is not distinct from 'Approved') not valid;

alter table customer_change add column reason text;
