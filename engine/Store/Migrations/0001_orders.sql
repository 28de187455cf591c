-- The four levels of an order, one table each. A family (a trade and everything below it) lives in the day partition
-- of its trade: ids carry the day in their upper bits, so the partition is known from the id alone, and a day of
-- history is detached as a whole. The engine names partitions directly; the parents serve people and reports.
-- Mutable columns carry no index and pages keep room, so that updates stay heap-only.

create table trade_order (
    id                bigint not null,
    version           integer not null check (version > 0),
    state             text not null check (state in ('AwaitingPayment', 'Paying', 'Paid', 'Closing', 'Closed')),
    revision          smallint not null check (revision > 0),
    merchant_id       integer not null,
    merchant_order_no text not null,
    amount_minor      bigint not null check (amount_minor > 0),
    currency          text not null check (length(currency) = 3),
    payer             text not null,
    payee             text,
    description       text,
    -- Where the merchant wants to be told.
    notify_url        text check (length(notify_url) <= 512),
    created_at        timestamptz not null,
    expires_at        timestamptz not null,
    paid_by           bigint,
    paid_at           timestamptz,
    -- One column holds the winner, so a trade cannot be paid twice.
    check ((state = 'Paid') = (paid_by is not null)),
    check ((paid_by is null) = (paid_at is null)),
    primary key (id)
) partition by range (id);

create table payment_order (
    trade_id       bigint not null,
    id             bigint not null,
    state          text not null check (state in ('Processing', 'AwaitingPosting', 'Succeeded', 'Surplus', 'Failed')),
    kind           text not null check (kind in ('payment', 'refund')),
    -- The institution order whose money a refund gives back.
    refund_of      bigint,
    method         text not null,
    amount_minor   bigint not null check (amount_minor > 0),
    revision       smallint not null,
    -- The request that started it.
    request_serial text not null,
    created_at     timestamptz not null,
    expires_at     timestamptz not null,
    failure        text,
    check ((state = 'Failed') = (failure is not null)),
    check ((kind = 'refund') = (refund_of is not null)),
    check (kind = 'payment' or state <> 'Surplus'),
    primary key (trade_id, id)
) partition by range (trade_id);

create table payment_instruction (
    trade_id      bigint not null,
    id            bigint not null,
    payment_id    bigint not null,
    leg           smallint not null check (leg > 0),
    state         text not null check (state in ('Processing', 'Succeeded', 'Failed')),
    method        text not null,
    payer_account text not null,
    amount_minor  bigint not null check (amount_minor > 0),
    parts         smallint not null check (parts > 0),
    parts_won     smallint not null check (parts_won between 0 and parts),
    created_at    timestamptz not null,
    failure       text,
    -- A part has at most one winning institution order: wins are counted under the trade's lock and cannot exceed parts.
    check ((state = 'Succeeded') = (parts_won = parts)),
    check ((state = 'Failed') = (failure is not null)),
    primary key (trade_id, id)
) partition by range (trade_id);

create table institution_order (
    trade_id         bigint not null,
    id               bigint not null,
    instruction_id   bigint not null,
    part             smallint not null check (part > 0),
    state            text not null check (state in ('Ready', 'Sending', 'Accepted', 'Unknown', 'OnWorkList', 'Succeeded', 'Failed')),
    channel_id       integer not null,
    number           text collate "C" not null,
    amount_minor     bigint not null check (amount_minor > 0),
    claimed_by       integer not null,
    send_by          timestamptz,
    sends            smallint not null,
    queries          smallint not null,
    may_have_arrived boolean not null,
    -- The institution said that it moved the money; also when it had said before that it never would.
    executed         boolean not null,
    institution_ref  text,
    code             text,
    created_at       timestamptz not null,
    check (state <> 'Succeeded' or executed),
    check (not executed or state in ('Succeeded', 'Failed')),
    -- Whoever sends has claimed the order and knows until when it may.
    check (state <> 'Sending' or (claimed_by > 0 and send_by is not null)),
    primary key (trade_id, id)
) partition by range (trade_id);

-- The history: one row per commit of a family, with every transition that it made and the answer that it gave.
create table order_step (
    trade_id        bigint not null,
    version         integer not null,
    at              timestamptz not null,
    actor           text not null,
    request_serial  text not null,
    changes         json not null,
    answer_status   smallint,
    answer_location text,
    answer_body     bytea,
    primary key (trade_id, version)
) partition by range (trade_id);

-- Every transition as a row, for people and reports.
create view order_transition as
select s.trade_id, s.version, s.at, s.actor, s.request_serial, c.ordinal,
       c.change ->> 'level' as level,
       (c.change ->> 'id')::bigint as order_id,
       c.change ->> 'event' as event,
       c.change ->> 'from' as from_state,
       c.change ->> 'to' as to_state,
       c.change ->> 'why' as reason
from order_step s
cross join lateral json_array_elements(s.changes) with ordinality as c (change, ordinal);

-- What requests claim for good: the idempotency key, and the merchant order number when a trade was opened by it.
-- Both are unique per merchant over all days, so the table is partitioned by merchant and never by day.
create table merchant_request (
    merchant_id       integer not null,
    request_key       text collate "C" not null,
    merchant_order_no text collate "C",
    body_hash         bytea not null check (length(body_hash) = 32),
    trade_id          bigint not null,
    version           integer not null,
    primary key (merchant_id, request_key),
    unique (merchant_id, merchant_order_no)
) partition by hash (merchant_id);

do $$
begin
    for i in 0..15 loop
        execute format('create table merchant_request_%s partition of merchant_request for values with (modulus 16, remainder %s)', i, i);
        -- Looked up by key only: no plan ever depends on how values are spread.
        execute format('alter table merchant_request_%s set (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 2)', i);
    end loop;
end
$$;

-- Due rows. An order has at most one timer of a kind. A claim moves due_at ahead and changes the token, and the
-- commit that handles the timer deletes the row by that token.
create table timer (
    order_id bigint not null,
    kind     text not null check (kind in ('Dispatch', 'Query', 'Expiry', 'Posting', 'Notify')),
    trade_id bigint not null,
    due_at   timestamptz not null,
    token    bigint not null,
    primary key (order_id, kind)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0);

create index timer_due on timer (due_at);

create sequence timer_token;

-- Orders that the engine cannot move by itself; a person looks.
create table work_item (
    order_id bigint primary key,
    trade_id bigint not null,
    reason   text not null,
    since    timestamptz not null
);

-- Two sides disagree.
create table difference (
    id        bigint generated always as identity primary key,
    trade_id  bigint not null,
    order_id  bigint not null,
    kind      text not null,
    detail    text not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    -- Told again and again, it is still one difference.
    unique (order_id, kind)
);

create index difference_trade on difference (trade_id);

-- Numbers are handed out in blocks, so that no number costs a round trip and none is ever handed out twice.
create table number_range (
    scope text collate "C" not null,
    day   date not null,
    next  bigint not null check (next > 0),
    primary key (scope, day)
);

create table engine_node (
    id         integer generated always as identity primary key,
    name       text not null,
    started_at timestamptz not null default now()
);
