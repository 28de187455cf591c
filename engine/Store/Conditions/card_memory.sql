-- Rows of cards are shared by all committers: in one order, and late in the transaction.
-- name: keep_away
insert into card_memory as m (card, channel_id, until)
select u.card, u.channel_id, max(u.until)
from unnest($1::text[], $2::integer[], $3::timestamptz[]) as u (card, channel_id, until)
group by u.card, u.channel_id order by u.card, u.channel_id
on conflict (card, channel_id) do update set until = greatest(m.until, excluded.until), written = pg_current_xact_id();

-- name: without_funds
insert into card_funds as f (card, answers, spent_until)
select n.card, n.answers, spent_until(n.answers, n.most)
from (
    select u.card, newest(array_agg(u.at), max(u.most)) as answers, max(u.most) as most
    from unnest($1::text[], $2::timestamptz[], $3::integer[]) as u (card, at, most)
    group by u.card
) n
order by n.card
on conflict (card) do update set (answers, spent_until, written) = (
    select n.answers, spent_until(n.answers, n.most), pg_current_xact_id()
    from (
        select newest(f.answers || excluded.answers, m.most) as answers, m.most
        from (select max(u.most) as most from unnest($3::integer[]) as u (most)) m
    ) n);

-- What is still under way may commit a row of an older transaction: the next question begins there.
-- name: horizon
select pg_snapshot_xmin(pg_current_snapshot())::text::bigint;

-- name: failed
select m.card, c.code, m.until from card_memory m join channel c on c.id = m.channel_id
where m.written >= $1::text::xid8 and m.until > $2;

-- name: spent
select card, spent_until from card_funds where spent_until is not null and written >= $1::text::xid8 and spent_until > $2;

-- name: forget_failed
delete from card_memory where (card, channel_id) in (
    select card, channel_id from card_memory where until < $1 order by card, channel_id limit $2 for update skip locked);

-- name: forget_spent
delete from card_funds where card in (
    select card from card_funds where answers[1] < $1 - interval '24 hours' order by card limit $2 for update skip locked);
