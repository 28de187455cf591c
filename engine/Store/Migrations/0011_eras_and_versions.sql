-- compatible with: 11
-- A restored backup must not hand out a number that the original handed out after the backup was taken, and nodes of
-- different versions must know of each other. No version before this one knows of either.

-- Every life of this database after a restore or a fail-over is an era. What tells lives apart lies outside the
-- database's own files: system identifier and timeline are the server's, the oid is the place within it.
create table number_era (
    era               integer primary key check (era >= 0),
    system_identifier bigint not null,
    timeline          text not null,
    database_oid      oid not null,
    reason            text not null,
    begun_at          timestamptz not null default now()
);

create function number_witness(out system_identifier bigint, out timeline text, out database_oid oid) language sql as $$
    select s.system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), d.oid
    from pg_control_system() s cross join pg_database d
    where d.datname = current_database()
$$;

create function number_era_goes_on() returns boolean language sql as $$
    select exists (
        select from number_era e cross join number_witness() w
        where e.era = (select max(era) from number_era)
        and (e.system_identifier, e.timeline, e.database_oid) = (w.system_identifier, w.timeline, w.database_oid))
$$;

create function begin_number_era(why text) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('number_era'));
    insert into number_era (era, system_identifier, timeline, database_oid, reason)
    select (select coalesce(max(era), -1) + 1 from number_era), w.system_identifier, w.timeline, w.database_oid, why
    from number_witness() w;
    -- What this database takes to be unsent the original may have sent: such orders are asked about first, and sent
    -- only when there was time to hear the answer.
    insert into timer (order_id, kind, trade_id, due_at, lane, token)
    select t.order_id, 'Query', t.trade_id, now(), 'query.' || o.channel_id, 0
    from timer t
    join institution_order o on o.trade_id = t.trade_id and o.id = t.order_id
    where t.kind = 'Dispatch'
    on conflict (order_id, kind) do nothing;
    update timer set due_at = greatest(due_at, now() + interval '2 minutes'), token = 0
    where kind = 'Dispatch';
    insert into alert_signal (kind, severity, subject, text, times, at)
    values ('number_era', 'Warning', 'database', 'A new era of numbers began: ' || why, 1, now());
end
$$;

-- True when this was the moment at which an era began.
create function keep_number_era() returns boolean language plpgsql as $$
begin
    if number_era_goes_on() then
        return false;
    end if;
    -- Held to the end of the transaction: of many who notice, one begins the era.
    perform pg_advisory_xact_lock(hashtext('number_era'));
    if number_era_goes_on() then
        return false;
    end if;
    perform begin_number_era('this is not the server on which the database lived before: it was restored, or another one took over');
    return true;
end
$$;

insert into number_era (era, system_identifier, timeline, database_oid, reason)
select 0, w.system_identifier, w.timeline, w.database_oid, 'the database was made' from number_witness() w;

-- A block of numbers [first, first + taken) of a scope and day, at most `amount` of them; none when the day has no more.
-- Two things keep lives of one database apart. Each era since shortly before the day has a slice of the day's numbers
-- for itself: the first half, half of the rest, and so on. And within its slice no block begins below a line that
-- rises with time, so that a copy which nobody can tell from the original, started later, begins above it. Half of a
-- slice lies above the line when its day is over, a quarter three days later.
create function take_numbers(wanted_scope text, wanted_day date, day_begins timestamptz, capacity bigint, amount bigint,
                             out first bigint, out taken bigint) language plpgsql as $$
declare
    halvings integer;
    slice_begins bigint;
    slice_ends bigint;
    elapsed numeric := greatest(0, extract(epoch from clock_timestamp() - day_begins));
    line bigint;
begin
    perform keep_number_era();
    -- The orders' own partitions exist before the first id of a day leaves the database.
    if wanted_scope = 'order' then
        perform ensure_order_day(wanted_day);
    end if;
    select least(count(*), 61) into halvings from number_era where era > 0 and begun_at >= day_begins - interval '30 days';
    slice_begins := capacity - (capacity >> halvings) + 1;
    slice_ends := capacity - (capacity >> (halvings + 1)) + 1;
    line := slice_begins + trunc((slice_ends - slice_begins) * elapsed / (elapsed + 86400));

    insert into number_range (scope, day, next) values (wanted_scope, wanted_day, line) on conflict do nothing;
    select greatest(r.next, line) into first from number_range r where r.scope = wanted_scope and r.day = wanted_day for update;
    taken := greatest(0, least(amount, slice_ends - first));
    update number_range r set next = first + taken where r.scope = wanted_scope and r.day = wanted_day;
end
$$;

drop function take_numbers(text, date, bigint);

-- Which migrations a node's version knows (0 for versions before this), and whether it still runs.
alter table engine_node add column migration integer not null default 0;
alter table engine_node add column seen_at timestamptz not null default now();
alter table engine_node add column stopped_at timestamptz;
