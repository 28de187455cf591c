-- Counters are made by the first order that takes of them, in one order everywhere.
-- name: create
with made as (
    insert into limit_counter (channel_id, interface, limit_name, subject, period, portions)
    select u.channel_id, u.interface, u.limit_name, u.subject, u.period, u.portions
    from unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::date[], $6::smallint[])
        as u (channel_id, interface, limit_name, subject, period, portions)
    where not exists (
        select from limit_counter c
        where c.period = u.period and c.channel_id = u.channel_id and c.subject = u.subject
          and c.interface = u.interface and c.limit_name = u.limit_name)
    order by u.period, u.channel_id, u.subject collate "C", u.interface collate "C", u.limit_name collate "C"
    on conflict do nothing
    returning id, portions
)
insert into limit_portion (counter_id, portion) select id, generate_series(0, portions - 1) from made;

-- Counters by what they count or by their id; of each the committer's own portion, or all. A statement of its own: it
-- sees what others made while this transaction waited for them.
-- name: lock
with wanted as materialized (
    select * from unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::date[], $7::boolean[])
        with ordinality as u (id, channel_id, interface, limit_name, subject, period, is_whole, ordinal)
),
known as materialized (
    select w.ordinal::integer as ordinal, w.is_whole, c.id, c.portions
    from wanted w
    join limit_counter c on c.period = w.period and c.channel_id = w.channel_id and c.subject = w.subject
        and c.interface = w.interface and c.limit_name = w.limit_name
    union all
    select w.ordinal::integer, w.is_whole, c.id, c.portions from wanted w join limit_counter c on c.id = w.id
)
select k.ordinal, k.id, k.portions, p.portion, p.amount_used, p.count_used, p.amount_share, p.count_share, p.most_amount, p.most_count
from known k
join limit_portion p on p.counter_id = k.id and (k.is_whole or p.portion = $8 % k.portions)
order by p.counter_id, p.portion
for update of p;

-- name: write
update limit_portion as p
set amount_used = u.amount_used, count_used = u.count_used, amount_share = u.amount_share, count_share = u.count_share,
    most_amount = u.most_amount, most_count = u.most_count
from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
    as u (counter_id, portion, amount_used, count_used, amount_share, count_share, most_amount, most_count)
where p.counter_id = u.counter_id and p.portion = u.portion;

-- name: list
select c.channel_id, c.interface, c.limit_name, c.subject, c.period, sum(p.amount_used)::bigint, sum(p.count_used)::bigint,
       min(p.most_amount), min(p.most_count)
from limit_counter c
join limit_portion p on p.counter_id = c.id
where c.period in ($3, date_trunc('month', $3::timestamp)::date) and c.channel_id = $1 and c.subject = $2
group by c.id
order by c.interface, c.limit_name, c.period;

-- name: forget
with old as (
    select id from limit_counter where period < $1 order by period limit $2 for update skip locked
),
gone as (
    delete from limit_counter c using old where c.id = old.id
)
delete from limit_portion p using old where p.counter_id = old.id;
