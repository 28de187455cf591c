-- compatible with: 11
-- What interfaces carry in a period (C4), counted in the commit that makes an order (docs/decisions/0014).

-- A counter belongs to a channel as a whole, or to one card, member or merchant of it. The period comes first: counters
-- are looked up, and forgotten, by it.
create table limit_counter (
    id         bigint generated always as identity primary key,
    period     date not null,
    channel_id integer not null,
    subject    text collate "C" not null,
    interface  text collate "C" not null,
    limit_name text collate "C" not null,
    -- How many committers can take of it at once without meeting.
    portions   smallint not null check (portions > 0),
    unique (period, channel_id, subject, interface, limit_name)
) with (autovacuum_vacuum_insert_threshold = -1);

-- What is used of a counter is the sum of its portions; one of them alone may be below zero, when more was returned to
-- it than was taken of it. All portions of a counter are made with it.
create table limit_portion (
    counter_id   bigint not null,
    portion      smallint not null check (portion >= 0),
    amount_used  bigint not null default 0,
    count_used   bigint not null default 0,
    -- Up to here it is used without a look at the others: the shares of a counter add up to its limit, unless it was
    -- exceeded by orders that nobody could refuse any more. Null is no limit.
    amount_share bigint,
    count_share  bigint,
    -- The limit when the shares were dealt.
    most_amount  bigint,
    most_count   bigint,
    check (amount_used <= amount_share),
    check (count_used <= count_share),
    check ((amount_share is null) = (most_amount is null)),
    check ((count_share is null) = (most_count is null)),
    primary key (counter_id, portion)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- The counters that the order took of; null for none. They stay when it fails: then they have it back, and take it once
-- more should it have succeeded after all.
alter table institution_order add column limit_counters bigint[];
