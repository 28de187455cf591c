-- What merchants are told, where, and whether they have heard it.

-- What notifications are signed with, in the form that the Standard Webhooks libraries take. 244 bits of chance.
alter table merchant add column webhook_secret text not null
    default 'whsec_' || encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'base64')
    check (webhook_secret ~ '^whsec_[A-Za-z0-9+/]+=*$');

-- Callback addresses must match one of these. No port is any port.
create table merchant_notify_origin (
    id            integer generated always as identity primary key,
    merchant_id   integer not null references merchant (id),
    scheme        text not null check (scheme in ('https', 'http')),
    host          text not null check (host ~ '^(\*\.)?[a-z0-9.:-]+$'),
    port          integer check (port between 1 and 65535),
    -- It may lie in our own network; nothing that a merchant can ask for.
    allow_private boolean not null default false
);

create unique index merchant_notify_origin_once on merchant_notify_origin (merchant_id, scheme, host, coalesce(port, 0));

-- A notification lives in the day of its trade. Delivering it needs what stands here and the address of its trade.
create table notification (
    id           bigint not null,
    trade_id     bigint not null,
    order_id     bigint not null,
    kind         text not null check (kind in
        ('TradePaid', 'TradeClosed', 'PaymentFailed', 'SurplusDetected', 'SurplusRefunded', 'SurplusNotRefunded')),
    merchant_id  integer not null,
    state        text not null default 'Waiting' check (state in ('Waiting', 'Delivered', 'Exhausted')),
    attempts     smallint not null default 0 check (attempts >= 0),
    last_status  smallint,
    last_error   text,
    created_at   timestamptz not null,
    delivered_at timestamptz,
    body         bytea not null,
    check ((state = 'Delivered') = (delivered_at is not null)),
    primary key (id)
) partition by range (id);

-- Nearly every row is updated once, soon. Of an order's change the merchant is told once, by one id; order and id are of
-- the same day.
insert into day_table (name, fill_factor, index_sql) values ('notification', 50, 'create unique index on %I (order_id, kind)');

select ensure_order_day(to_date(right(c.relname, 8), 'YYYYMMDD'))
from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'trade_order'::regclass;
