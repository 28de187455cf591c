-- When institutions are asked, per channel, payment method and direction: the channel's own columns become the rows
-- for any method.

create table query_plan (
    channel_id    integer not null references channel (id),
    -- Empty for any; the exact one wins.
    method        text not null check (method in ('', 'quick', 'online_banking', 'wallet')),
    direction     text not null check (direction in ('payment', 'refund')),
    first_age     interval not null check (first_age > interval '0'),
    strategy      text not null check (strategy in ('Fixed', 'Progressive')),
    period        interval not null check (period > interval '0'),
    step          interval not null check (step >= interval '0'),
    window_end    interval not null,
    slow_period   interval not null check (slow_period > interval '0'),
    last_age      interval not null,
    -- The hours in which the bank answers, by the clocks of the engine's time zone; they may cross midnight.
    answers_from  time,
    answers_to    time,
    -- The last round is on the next day at this time; then last_age does not count.
    last_round_at time,
    check (first_age <= window_end and window_end <= last_age),
    check ((answers_from is null) = (answers_to is null)),
    check (answers_from <> answers_to),
    primary key (channel_id, method, direction)
);

insert into query_plan (channel_id, method, direction, first_age, strategy, period, step, window_end, slow_period, last_age)
select c.id, '', d.name, c.query_first_age, c.query_strategy, c.query_period, c.query_step, c.query_window_end,
       c.query_slow_period, c.query_last_age
from channel c cross join (values ('payment'), ('refund')) as d (name);

alter table channel
    drop column query_first_age, drop column query_strategy, drop column query_period, drop column query_step,
    drop column query_window_end, drop column query_slow_period, drop column query_last_age;
