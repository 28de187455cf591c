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

create function ensure_callback_day(day date) returns void language plpgsql as $$
declare
    partition text := 'callback_' || to_char(day, 'YYYYMMDD');
    lowest bigint := (day - date '2020-01-01')::bigint << 47;
    highest bigint := (day + 1 - date '2020-01-01')::bigint << 47;
begin
    if to_regclass(partition) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('ensure_order_day'));
    -- Asked of the table: to_regclass may answer from a cache that remembers what was missing before the lock.
    if exists (select from pg_class where relname = partition) then
        return;
    end if;
    execute format('create table %I (like callback including defaults including constraints)', partition);
    -- Every row is updated once, soon: the page it stands on has room for it.
    execute format('alter table %I set (fillfactor = 50, autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0.5)', partition);
    execute format('alter table callback attach partition %I for values from (%s) to (%s)', partition, lowest, highest);
    execute format('create index on %I (id) where note is not null', partition);
end
$$;

-- Ids of callbacks come from the same blocks as those of orders, so their partitions have to be there as early.
alter function ensure_order_day(date) rename to ensure_family_day;

create function ensure_order_day(day date) returns void language plpgsql as $$
begin
    perform ensure_family_day(day);
    perform ensure_callback_day(day);
end
$$;

select ensure_callback_day(to_date(right(c.relname, 8), 'YYYYMMDD'))
from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'trade_order'::regclass;
