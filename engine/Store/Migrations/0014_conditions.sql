-- compatible with: 11
-- What routing looks at and nobody configures: how channels fare, which cards fail where, what lies in our accounts.

-- The dynamic weight of a channel, and of a channel with one institution at the far end (empty for the channel as a
-- whole). Nodes add what they counted.
create table channel_health (
    channel_id  integer not null,
    institution text collate "C" not null,
    value       integer not null check (value between -20 and 0),
    -- Somebody was told that it fell below -10, and it has not risen above since.
    told        boolean not null check (told or value >= -10),
    -- This change is the one that has to be told.
    crossed     boolean not null check (told or not crossed),
    changed_at  timestamptz not null default now(),
    primary key (channel_id, institution)
) with (fillfactor = 50);

-- A card is known by a mark, never by the account. A node asks for what was written since it asked last; because what
-- begins first may commit last, it asks by transactions and not by time.
create table card_memory (
    card       text collate "C" not null,
    channel_id integer not null,
    until      timestamptz not null,
    written    xid8 not null default pg_current_xact_id(),
    primary key (card, channel_id)
) with (fillfactor = 70);

create index card_memory_written on card_memory (written);
create index card_memory_until on card_memory (until);

-- The latest times that a card had not enough money, the newest first, as many as are too many.
create table card_funds (
    card        text collate "C" primary key,
    answers     timestamptz[] not null check (cardinality(answers) > 0),
    -- No channel is called for it before.
    spent_until timestamptz,
    written     xid8 not null default pg_current_xact_id()
) with (fillfactor = 70);

create index card_funds_written on card_funds (written) where spent_until is not null;
create index card_funds_latest on card_funds ((answers[1]));

create function newest(moments timestamptz[], most integer) returns timestamptz[] language sql immutable as $$
    select array_agg(m order by m desc) from (select m from unnest(moments) as u (m) order by m desc limit most) n
$$;

create function spent_until(answers timestamptz[], most integer) returns timestamptz language sql stable as $$
    select case when answers[most] > answers[1] - interval '24 hours' then answers[most] + interval '24 hours' end
$$;

-- Our own accounts at the institutions, as far as somebody has told us.
create table channel_reserve (
    channel_id      integer not null,
    currency        text not null check (length(currency) = 3),
    balance_minor   bigint not null check (balance_minor >= 0),
    threshold_minor bigint not null check (threshold_minor >= 0),
    as_of           timestamptz not null,
    set_by          text not null check (length(set_by) between 1 and 64),
    -- Somebody was told that it is below the threshold; and this change is the one that had to be told.
    told            boolean not null check (told = (balance_minor < threshold_minor)),
    crossed         boolean not null check (told or not crossed),
    primary key (channel_id, currency)
);

-- What channels have carried, each start of a node by itself and always its whole sum of the day, so that a sum which
-- is told twice counts once.
create table channel_volume (
    day          date not null,
    channel_id   integer not null,
    currency     text not null check (length(currency) = 3),
    node_id      integer not null,
    amount_minor bigint not null check (amount_minor >= 0),
    primary key (day, channel_id, currency, node_id)
);
