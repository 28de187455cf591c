-- What institutions told us by themselves, as received and as understood. Ids carry the day of receipt. The columns
-- that change come last and carry no index that an ordinary callback would feel, so that marking one as handled stays
-- on its page and writes little more than the mark.
create table callback (
    id          bigint not null,
    channel_id  integer not null,
    number      text collate "C" not null,
    received_at timestamptz not null,
    body        bytea not null,
    outcome     json not null,
    handled_at  timestamptz,
    trade_id    bigint,
    -- Why it was never handled and never will be; a person looks.
    note        text,
    check (handled_at is null or trade_id is not null),
    primary key (id)
) partition by range (id);

-- What is not handled yet: a few rows, each there for milliseconds. A claim moves due_at ahead; only the database's
-- clock counts.
create table callback_pending (
    id        bigint primary key,
    stored_at timestamptz not null default now(),
    due_at    timestamptz not null
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0);

-- Ids of callbacks come from the same blocks as those of orders. Every row is updated once, soon.
insert into day_table (name, fill_factor, index_sql) values ('callback', 50, 'create index on %I (id) where note is not null');

select ensure_order_day(to_date(right(c.relname, 8), 'YYYYMMDD'))
from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'trade_order'::regclass;
