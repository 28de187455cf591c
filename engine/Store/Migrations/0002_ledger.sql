-- Accounts, postings, entries. Balances are signed: credits positive, debits negative. A credit line is a floor below
-- zero; an internal account that may go either way has no floor worth the name.

create table account (
    id         bigint generated always as identity primary key,
    number     text collate "C" not null unique,
    -- A hot account is split into sub-accounts, one per committer lane; its balance is their sum.
    parent_id  bigint references account (id),
    kind       text not null check (kind in ('Merchant', 'ChannelReceivable', 'FeeIncome', 'Suspense')),
    owner_id   integer not null,
    currency   text not null check (length(currency) = 3),
    subject    text not null,
    status     text not null default 'Open' check (status in ('Open', 'Frozen', 'Closed')),
    balance    bigint not null default 0,
    frozen     bigint not null default 0 check (frozen >= 0),
    floor      bigint not null default 0 check (floor <= 0),
    sequence   bigint not null default 0 check (sequence >= 0),
    opened_at  timestamptz not null default now(),
    check (balance - frozen >= floor),
    check (status <> 'Closed' or (balance = 0 and frozen = 0))
) with (fillfactor = 40, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

create unique index account_owner on account (kind, owner_id, currency) where parent_id is null;
create index account_parent on account (parent_id) where parent_id is not null;

-- Order and kind are the business key. An order's id names its day, so the key is unique for good although the table
-- is partitioned by day.
create table posting (
    order_id     bigint not null,
    kind         text not null check (kind in ('Payment', 'Surplus', 'Refund')),
    id           bigint not null,
    posting_date date not null,
    posted_at    timestamptz not null,
    primary key (order_id, kind)
) partition by range (order_id);

-- An account's entries are a chain: ordered by sequence, each opening is the closing before it.
create table entry (
    account_id   bigint not null,
    sequence     bigint not null,
    posting_id   bigint not null,
    leg          smallint not null,
    amount_minor bigint not null check (amount_minor <> 0),
    opening      bigint not null,
    closing      bigint not null check (closing = opening + amount_minor),
    currency     text not null,
    posting_date date not null
) partition by range (posting_date);

-- Money in = money out, in every statement that writes entries, whoever wrote it.
create function entries_balance() returns trigger language plpgsql as $$
declare
    unbalanced bigint;
begin
    select posting_id into unbalanced from written group by posting_id, currency having sum(amount_minor) <> 0 limit 1;
    if found then
        raise exception 'posting % does not balance', unbalanced using errcode = 'check_violation';
    end if;
    return null;
end
$$;

create function history_is_final() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

-- The day on which postings are made: this row says it, never a clock.
create table ledger_day (
    only_row boolean primary key default true check (only_row),
    day      date not null
);

insert into ledger_day (day) values ((now() at time zone 'Asia/Shanghai')::date);

create function open_account(number text, kind text, owner_id integer, currency text, subject text, floor bigint, lanes integer)
returns bigint language plpgsql as $$
declare
    opened bigint;
begin
    insert into account (number, kind, owner_id, currency, subject, floor)
    values (open_account.number, open_account.kind, open_account.owner_id, open_account.currency, open_account.subject, open_account.floor)
    on conflict do nothing
    returning id into opened;
    if opened is not null and lanes > 0 then
        insert into account (number, parent_id, kind, owner_id, currency, subject, floor)
        select open_account.number || '.' || to_char(lane, 'FM00'), opened, open_account.kind, open_account.owner_id,
               open_account.currency, open_account.subject, open_account.floor
        from generate_series(1, lanes) as lane;
    end if;
    return opened;
end
$$;
