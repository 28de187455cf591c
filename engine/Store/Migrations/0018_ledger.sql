-- compatible with: 16
-- The whole ledger: who may hold how much, what is promised, what is buffered, which day it is of, and what finance
-- sees of it. Amounts are minor units; credits are positive, debits negative.

-- The chart of accounts: three levels, and accounts hang on the third.
create table gl_subject (
    code    text collate "C" primary key check (code ~ '^[0-9]{4}(\.[0-9]{2}){0,2}$'),
    level   smallint not null check (level between 1 and 3 and level = 1 + (length(code) - 4) / 3),
    parent  text collate "C" references gl_subject (code),
    name    text not null,
    name_zh text not null,
    -- On which side its balance grows.
    side    text not null check (side in ('Debit', 'Credit')),
    -- Money of merchants and members that lies in our keeping, or the bank balance that covers it (备付金).
    reserve text check (reserve in ('Owed', 'Held')),
    check ((level = 1) = (parent is null)),
    check (parent is null or parent = left(code, length(code) - 3))
);

insert into gl_subject (code, level, parent, name, name_zh, side, reserve) values
    ('1002', 1, null, 'Bank deposits', '银行存款', 'Debit', null),
    ('1002.01', 2, '1002', 'Reserve fund deposits', '备付金存款', 'Debit', 'Held'),
    ('1002.01.01', 3, '1002.01', 'Reserve fund at banks', '备付金银行存款', 'Debit', 'Held'),
    ('1002.02', 2, '1002', 'Own funds', '自有资金', 'Debit', null),
    ('1002.02.01', 3, '1002.02', 'Own funds at banks', '自有资金银行存款', 'Debit', null),
    ('1122', 1, null, 'Receivables', '应收账款', 'Debit', null),
    ('1122.01', 2, '1122', 'Receivable from channels', '应收渠道款', 'Debit', 'Held'),
    ('1122.01.01', 3, '1122.01', 'Collected by channels', '渠道已收待结算', 'Debit', 'Held'),
    ('1221', 1, null, 'Other receivables', '其他应收款', 'Debit', null),
    ('1221.01', 2, '1221', 'Differences', '差错挂账', 'Debit', null),
    ('1221.01.01', 3, '1221.01', 'Differences to be made good', '待追偿差错款', 'Debit', null),
    ('2241', 1, null, 'Other payables', '其他应付款', 'Credit', null),
    ('2241.01', 2, '2241', 'Balances of customers', '客户备付金', 'Credit', 'Owed'),
    ('2241.01.01', 3, '2241.01', 'Balances of merchants', '商户备付金', 'Credit', 'Owed'),
    ('2241.01.02', 3, '2241.01', 'Balances of members', '会员备付金', 'Credit', 'Owed'),
    ('2241.02', 2, '2241', 'Transit', '过渡款', 'Credit', 'Owed'),
    ('2241.02.01', 3, '2241.02', 'Refunds in transit', '退款过渡', 'Credit', 'Owed'),
    ('2241.02.02', 3, '2241.02', 'Transfers in transit', '转账过渡', 'Credit', 'Owed'),
    ('2241.09', 2, '2241', 'Suspense', '暂收款', 'Credit', 'Owed'),
    ('2241.09.01', 3, '2241.09', 'Surplus of payers', '长款暂挂', 'Credit', 'Owed'),
    ('4001', 1, null, 'Paid-in capital', '实收资本', 'Credit', null),
    ('4001.01', 2, '4001', 'Own means', '自有资金投入', 'Credit', null),
    ('4001.01.01', 3, '4001.01', 'Own means put in', '自有资金投入', 'Credit', null),
    ('6021', 1, null, 'Fee income', '手续费收入', 'Credit', null),
    ('6021.01', 2, '6021', 'Fees of payments', '支付手续费', 'Credit', null),
    ('6021.01.01', 3, '6021.01', 'Fees of merchants', '商户手续费', 'Credit', null),
    ('6421', 1, null, 'Fee expense', '手续费支出', 'Debit', null),
    ('6421.01', 2, '6421', 'Fees of channels', '渠道手续费', 'Debit', null),
    ('6421.01.01', 3, '6421.01', 'Fees of channels', '渠道手续费', 'Debit', null),
    ('6711', 1, null, 'Losses', '营业外支出', 'Debit', null),
    ('6711.01', 2, '6711', 'Losses of differences', '差错损失', 'Debit', null),
    ('6711.01.01', 3, '6711.01', 'Written off', '差错核销', 'Debit', null);

-- What an account can be, and the subject that it hangs on unless its row says another.
create table account_kind (
    kind    text collate "C" primary key,
    subject text collate "C" not null references gl_subject (code),
    -- Its money is somebody's whom we serve: never below its floor, its debits immediate.
    of_customers boolean not null
);

insert into account_kind (kind, subject, of_customers) values
    ('Merchant', '2241.01.01', true),
    ('Member', '2241.01.02', true),
    ('ChannelReceivable', '1122.01.01', false),
    ('FeeIncome', '6021.01.01', false),
    ('FeeExpense', '6421.01.01', false),
    ('Suspense', '2241.09.01', false),
    ('Transit', '2241.02.01', false),
    ('Bank', '1002.01.01', false),
    ('OwnFunds', '4001.01.01', false),
    ('Differences', '1221.01.01', false),
    ('Loss', '6711.01.01', false);

-- Classes of accounts by what is known of a customer (A12); limits are of one currency and count what is paid out of all
-- of a customer's accounts.
create table kyc_class (
    class          text primary key check (class in ('I', 'II', 'III')),
    currency       text not null check (length(currency) = 3),
    limit_minor    bigint not null check (limit_minor > 0),
    period         text not null check (period in ('Life', 'Year')),
    -- Whether transfers to the customer's own bank account count too.
    counts_own     boolean not null,
    verifications  integer not null check (verifications >= 0),
    -- Being met face to face stands for all verifications.
    face_to_face   boolean not null
);

insert into kyc_class (class, currency, limit_minor, period, counts_own, verifications, face_to_face) values
    ('I', 'CNY', 100000, 'Life', true, 1, false),
    ('II', 'CNY', 10000000, 'Year', false, 3, true),
    ('III', 'CNY', 20000000, 'Year', false, 5, true);

create table customer (
    id              bigint generated always as identity primary key,
    number          text collate "C" not null unique,
    name            text not null,
    class           text not null default 'I' references kyc_class (class),
    is_face_to_face boolean not null default false,
    used_life       bigint not null default 0 check (used_life >= 0),
    used_year       bigint not null default 0 check (used_year >= 0),
    use_year        integer not null default 0,
    registered_at   timestamptz not null default now(),
    registered_by   text not null
) with (fillfactor = 60);

create table customer_verification (
    customer_id bigint not null references customer (id),
    source      text not null,
    verified_at timestamptz not null default now(),
    noted_by    text not null,
    primary key (customer_id, source)
);

alter table account
    -- Where credits go: onto the row, into the buffer, or onto one of the sub-accounts. Money is never lost by a change
    -- of it: whoever locks an account applies its buffer first, and a debit that is short looks into all sub-accounts.
    add column mode text not null default 'RealTime' check (mode in ('RealTime', 'Buffered', 'Sharded')),
    -- Whose it is, for accounts of members; their owner_id is a number of the account's own.
    add column customer_id bigint,
    -- A customer's money is buffered only when he has agreed to it (A5).
    add column buffer_agreed boolean not null default false,
    -- Null for the subject of its kind.
    add column subject_code text collate "C",
    add column closed_at timestamptz;

alter table account
    add constraint account_kind_known foreign key (kind) references account_kind (kind) not valid,
    add constraint account_subject_known foreign key (subject_code) references gl_subject (code) not valid,
    add constraint account_customer_known foreign key (customer_id) references customer (id) not valid,
    add constraint account_member_has_customer check ((kind = 'Member') = (customer_id is not null)) not valid,
    add constraint account_buffer_agreed check (mode <> 'Buffered' or kind not in ('Merchant', 'Member') or buffer_agreed) not valid;

create sequence member_account_owner as integer;

-- Who changed what of an account, and why; entries say everything about its balance.
create table account_change (
    id         bigint generated always as identity primary key,
    account_id bigint not null references account (id),
    what       text not null check (what in ('Opened', 'Frozen', 'Unfrozen', 'Closed', 'CreditLine', 'Mode', 'BufferAgreed')),
    from_value text,
    to_value   text,
    reason     text,
    changed_by text not null,
    changed_at timestamptz not null default now()
);
create index account_change_account on account_change (account_id, id);

create table customer_change (
    id          bigint generated always as identity primary key,
    customer_id bigint not null references customer (id),
    from_class  text not null,
    to_class    text not null,
    changed_by  text not null,
    changed_at  timestamptz not null default now()
);

-- Of which order an entry is, what happened, and by which transaction, so that a reader can tell what he has seen.
-- Entries of a version before this one have none of it; their posting knows.
alter table entry
    add column order_id bigint,
    add column kind text,
    add column tx bigint;

-- The business keys of postings that belong to no order of a merchant: claimed first, kept for good. The same key with
-- other legs is a conflict.
create table ledger_request (
    key          text collate "C" not null check (length(key) between 1 and 200),
    body_hash    bytea not null check (length(body_hash) = 32),
    posting_id   bigint not null,
    kind         text not null,
    posting_date date not null,
    narrative    text,
    made_by      text,
    posted_at    timestamptz not null default now(),
    primary key (key)
) partition by hash (key);

do $$
begin
    for part in 0..15 loop
        execute format('create table ledger_request_%s partition of ledger_request for values with (modulus 16, remainder %s)', to_char(part, 'FM00'), part);
    end loop;
end
$$;

-- Somebody asks what a posting was for: rows lie in the order of their postings, nearly.
create index ledger_request_posting on ledger_request using brin (posting_id) with (pages_per_range = 16);

-- A posting is taken back once at most.
create table ledger_reversal (
    reversed_id bigint primary key,
    posting_id  bigint not null unique,
    check (posting_id <> reversed_id)
);

-- Credits that are true already and not yet on their account's row: durable from the posting on, applied within
-- seconds, in the order in which they came.
create table entry_pending (
    account_id   bigint not null,
    posting_id   bigint not null,
    leg          smallint not null,
    amount_minor bigint not null check (amount_minor <> 0),
    currency     text not null,
    posting_date date not null,
    order_id     bigint not null,
    kind         text not null,
    tx           bigint not null,
    at           timestamptz not null default now(),
    primary key (account_id, posting_id, leg)
) with (fillfactor = 100, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index entry_pending_posting on entry_pending (posting_id);

-- A part of a balance that is promised: captured in parts, released, or given back when its time is over.
create table hold (
    id           bigint primary key,
    account_id   bigint not null references account (id),
    amount_minor bigint not null check (amount_minor > 0),
    captured     bigint not null default 0 check (captured >= 0),
    released     bigint not null default 0 check (released >= 0),
    currency     text not null,
    reason       text not null,
    -- Null when it has none, and again when nothing of it is left.
    expires_at   timestamptz,
    placed_at    timestamptz not null default now(),
    placed_by    text not null,
    check (captured + released <= amount_minor)
) with (fillfactor = 70);
create index hold_account on hold (account_id, id);
create index hold_expiry on hold (expires_at) where expires_at is not null;

create table hold_change (
    hold_id      bigint not null references hold (id),
    posting_id   bigint not null,
    ordinal      smallint not null,
    what         text not null check (what in ('Placed', 'Captured', 'Released', 'Expired')),
    amount_minor bigint not null check (amount_minor > 0),
    at           timestamptz not null default now(),
    primary key (hold_id, posting_id, ordinal)
);

-- Puts what is buffered for these accounts onto their rows. The caller holds the rows. Days never go backwards within an
-- account: who posts on a new day finds all that was buffered on days before.
create function apply_pending(wanted bigint[]) returns void language sql as $$
    with taken as (
        delete from entry_pending p where p.account_id = any (wanted) returning p.*
    ),
    numbered as (
        select t.*, row_number() over chain as number, sum(t.amount_minor) over chain as running
        from taken t
        window chain as (partition by t.account_id order by t.posting_date, t.at, t.posting_id, t.leg)
    ),
    written as (
        insert into entry (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, posting_date, order_id, kind, tx)
        select n.account_id, a.sequence + n.number, n.posting_id, n.leg, n.amount_minor, a.balance + n.running - n.amount_minor, a.balance + n.running,
               n.currency, n.posting_date, n.order_id, n.kind, n.tx
        from numbered n join account a on a.id = n.account_id
        order by n.account_id, n.number
    )
    update account a set balance = a.balance + s.total, sequence = a.sequence + s.number
    from (select account_id, sum(amount_minor)::bigint as total, count(*) as number from taken group by account_id) s
    where a.id = s.account_id
$$;

-- The rows as they are for whoever posts to them: locked in one order, with their buffer applied. Names and status do
-- not change under this lock; a look at an account that only checks its status does not wait for it. Rows that somebody
-- else holds are waited for, or passed over.
create function lock_accounts(wanted bigint[], pass_busy boolean)
returns table (id bigint, balance bigint, frozen bigint, floor bigint, sequence bigint, status text) language plpgsql as $$
begin
    if pass_busy then
        wanted := array(select a.id from account a where a.id = any (wanted) order by a.id for no key update skip locked);
    else
        perform from account a where a.id = any (wanted) order by a.id for no key update;
    end if;
    if exists (select from entry_pending p where p.account_id = any (wanted)) then
        perform apply_pending(wanted);
    end if;
    return query select a.id, a.balance, a.frozen, a.floor, a.sequence, a.status from account a where a.id = any (wanted);
end
$$;

-- Legs that went into the buffer belong to the balance of their posting.
create or replace function entries_balance() returns trigger language plpgsql as $$
declare
    unbalanced bigint;
begin
    select w.posting_id into unbalanced
    from (select posting_id, currency, sum(amount_minor) as total from written group by posting_id, currency having sum(amount_minor) <> 0) w
    where w.total + coalesce((
        select sum(p.amount_minor) from entry_pending p where p.posting_id = w.posting_id and p.currency = w.currency), 0) <> 0
    limit 1;
    if found then
        raise exception 'posting % does not balance', unbalanced using errcode = 'check_violation';
    end if;
    return null;
end
$$;

-- An account's true balance is what is booked and what is buffered, over its sub-accounts.
create view account_balance as
select a.id, a.number, a.currency,
       sum(r.balance)::bigint as booked,
       coalesce(sum(b.buffered), 0)::bigint as buffered,
       sum(r.frozen)::bigint as frozen
from account a
join account r on r.id = a.id or r.parent_id = a.id
left join lateral (select sum(p.amount_minor) as buffered from entry_pending p where p.account_id = r.id) b on true
where a.parent_id is null
group by a.id, a.number, a.currency;

-- The general ledger. A voucher is made of each posting by the template of its kind, after the posting and once.
create table voucher_template (
    kind        text collate "C" not null,
    version     integer not null check (version > 0),
    -- [{"side": "Debit", "subject": "1122.01.01", "amount": "channel_receivable", "summary": "…"}, …]
    lines       jsonb not null,
    made_by     text not null,
    made_at     timestamptz not null default now(),
    approved_by text,
    approved_at timestamptz,
    check (approved_by <> made_by),
    check ((approved_by is null) = (approved_at is null)),
    primary key (kind, version)
);

create table voucher (
    posting_id       bigint not null,
    posting_date     date not null,
    -- Of its day, from 1.
    number           bigint not null,
    kind             text not null,
    -- Null where no template speaks of the kind: each leg became a line.
    template_version integer,
    order_id         bigint,
    made_at          timestamptz not null default now()
) partition by range (posting_date);

create table voucher_line (
    posting_id   bigint not null,
    posting_date date not null,
    line         smallint not null,
    side         text not null check (side in ('Debit', 'Credit')),
    subject      text collate "C" not null,
    amount_minor bigint not null check (amount_minor > 0),
    currency     text not null,
    summary      text
) partition by range (posting_date);

create table voucher_failure (
    posting_id   bigint primary key,
    posting_date date not null,
    kind         text not null,
    reason       text not null,
    failed_at    timestamptz not null default now(),
    attempts     integer not null default 1
);

-- Entries of transactions below it have their vouchers, or stand among the failures. A hint: the closing of a day asks
-- for every posting by itself.
create table voucher_mark (
    only_row boolean primary key default true check (only_row),
    tx       bigint not null
);
insert into voucher_mark (tx) values (0);

-- Sums of the voucher lines, kept with them.
create table gl_day (
    day      date not null,
    subject  text collate "C" not null references gl_subject (code),
    currency text not null,
    debit    bigint not null default 0 check (debit >= 0),
    credit   bigint not null default 0 check (credit >= 0),
    primary key (day, subject, currency)
) with (fillfactor = 50);

create table gl_count (
    day    date primary key,
    number bigint not null
) with (fillfactor = 50);

-- The closing of a day: per account that moved, and the certificate.
create table account_day (
    account_id    bigint not null,
    day           date not null,
    opening       bigint not null,
    debit         bigint not null check (debit >= 0),
    credit        bigint not null check (credit >= 0),
    closing       bigint not null check (closing = opening + credit - debit),
    last_sequence bigint not null,
    primary key (account_id, day)
);

-- What makes up the balance of a transit account at the end of a closed day, by order.
create table transit_item (
    account_id   bigint not null,
    order_id     bigint not null,
    day          date not null,
    amount_minor bigint not null check (amount_minor <> 0),
    since        date not null,
    primary key (day, account_id, order_id)
);

create table ledger_day_close (
    day         date primary key,
    closed_at   timestamptz not null default now(),
    closed_by   text not null,
    entries     bigint not null,
    postings    bigint not null,
    vouchers    bigint not null,
    -- Per currency: sum of debits, which is the sum of credits, and of all closings, which is zero.
    sums        jsonb not null,
    -- Over the digest of the closed day before, and every entry of this one.
    digest      bytea not null check (length(digest) = 32),
    previous    bytea check (length(previous) = 32),
    certificate jsonb not null
);

-- Why a day could not be closed when it was last tried.
create table ledger_day_refusal (
    day        date not null,
    reason     text not null,
    detail     text not null,
    refused_at timestamptz not null default now(),
    primary key (day, reason)
);

-- Bookings by hand (A10): asked for by one person, agreed to by another, and bound to what he saw.
create table adjustment (
    id           bigint primary key,
    reason       text not null check (reason <> ''),
    -- What is to be booked, as it was asked for; its hash is what the second person agrees to.
    content      jsonb not null,
    content_hash bytea not null check (length(content_hash) = 32),
    maker        text not null,
    made_at      timestamptz not null default now(),
    request_key  text collate "C" not null unique,
    body_hash    bytea not null,
    verdict      text check (verdict in ('Approved', 'Refused')),
    checker      text,
    checked_at   timestamptz,
    remark       text,
    posting_id   bigint unique,
    posting_date date,
    check (checker <> maker),
    check ((verdict is null) = (checker is null) and (checker is null) = (checked_at is null)),
    check (posting_id is null or verdict = 'Approved'),
    check ((posting_id is null) = (posting_date is null))
);
create index adjustment_open on adjustment (id) where verdict is null;
create index adjustment_unposted on adjustment (id) where verdict = 'Approved' and posting_id is null;

create trigger final before update or delete on account_day for each row execute function history_is_final();
create trigger final before update or delete on ledger_day_close for each row execute function history_is_final();
create trigger final before update or delete on account_change for each row execute function history_is_final();
create trigger final before delete on adjustment for each row execute function history_is_final();

create function ensure_voucher_day(day date) returns void language plpgsql as $$
declare
    suffix text := to_char(day, 'YYYYMMDD');
begin
    if to_regclass('voucher_line_' || suffix) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('ensure_order_day'));
    if exists (select from pg_class where relname = 'voucher_line_' || suffix) then
        return;
    end if;
    execute format('create table %I (like voucher including defaults including constraints)', 'voucher_' || suffix);
    execute format('alter table voucher attach partition %I for values from (%L) to (%L)', 'voucher_' || suffix, day, day + 1);
    execute format('create unique index on %I (posting_id)', 'voucher_' || suffix);
    execute format('create unique index on %I (number)', 'voucher_' || suffix);
    execute format('create trigger final before update or delete on %I for each row execute function history_is_final()', 'voucher_' || suffix);
    execute format('create table %I (like voucher_line including defaults including constraints)', 'voucher_line_' || suffix);
    execute format('alter table voucher_line attach partition %I for values from (%L) to (%L)', 'voucher_line_' || suffix, day, day + 1);
    execute format('create index on %I using brin (posting_id) with (pages_per_range = 16)', 'voucher_line_' || suffix);
    execute format('create trigger final before update or delete on %I for each row execute function history_is_final()', 'voucher_line_' || suffix);
end
$$;

create or replace function ensure_entry_day(day date) returns void language plpgsql as $$
declare
    partition text := 'entry_' || to_char(day, 'YYYYMMDD');
begin
    perform ensure_voucher_day(day);
    if to_regclass(partition) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('ensure_order_day'));
    if exists (select from pg_class where relname = partition) then
        return;
    end if;
    execute format('create table %I (like entry including defaults including constraints)', partition);
    execute format('alter table %I set (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0.5)', partition);
    execute format('alter table entry attach partition %I for values from (%L) to (%L)', partition, day, day + 1);
    execute format('create unique index on %I (account_id, sequence)', partition);
    execute format('create index on %I using brin (posting_id) with (pages_per_range = 16)', partition);
    -- Voucher after voucher is made by transaction; the day of an upgrade has no such index and is read whole.
    execute format('create index on %I using brin (tx) with (pages_per_range = 16)', partition);
    execute format('create trigger balance after insert on %I referencing new table as written for each statement execute function entries_balance()', partition);
    execute format('create trigger final before update or delete on %I for each row execute function history_is_final()', partition);
    execute format('create trigger whole before truncate on %I for each statement execute function history_is_final()', partition);
end
$$;

-- Opens an account with its number and sub-accounts, on the subject of its kind. Null when there is one with this number.
create function open_ledger_account(
    number text, kind text, owner_id integer, currency text, floor bigint, shards integer, customer_id bigint, mode text, buffer_agreed boolean, opened_by text)
returns bigint language plpgsql as $$
declare
    opened bigint;
begin
    insert into account (number, kind, owner_id, currency, subject, floor, customer_id, mode, buffer_agreed)
    select open_ledger_account.number, k.kind, open_ledger_account.owner_id, open_ledger_account.currency, lower(s.name), open_ledger_account.floor,
           open_ledger_account.customer_id, open_ledger_account.mode, open_ledger_account.buffer_agreed
    from account_kind k join gl_subject s on s.code = k.subject
    where k.kind = open_ledger_account.kind
    on conflict do nothing
    returning id into opened;
    if opened is not null then
        insert into account_change (account_id, what, to_value, changed_by) values (opened, 'Opened', open_ledger_account.kind, open_ledger_account.opened_by);
        perform add_shards(opened, shards);
    end if;
    return opened;
end
$$;

-- So many sub-accounts, if there are fewer; none is ever taken away.
create function add_shards(of_account bigint, wanted integer) returns void language sql as $$
    insert into account (number, parent_id, kind, owner_id, currency, subject, floor, customer_id)
    select a.number || '.' || to_char(shard, 'FM00'), a.id, a.kind, a.owner_id, a.currency, a.subject,
           case when k.of_customers then 0 else a.floor end, a.customer_id
    from account a join account_kind k on k.kind = a.kind cross join generate_series(1, wanted) as shard
    where a.id = of_account
    on conflict do nothing
$$;
