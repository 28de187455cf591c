-- name: tell
insert into channel_volume as v (day, channel_id, currency, node_id, amount_minor)
select u.day, c.id, u.currency, $5, u.amount_minor
from unnest($1::date[], $2::text[], $3::text[], $4::bigint[]) as u (day, code, currency, amount_minor)
join channel c on c.code = u.code
order by u.day, c.id, u.currency
on conflict (day, channel_id, currency, node_id) do update set amount_minor = greatest(v.amount_minor, excluded.amount_minor);

-- name: since
select c.code, v.currency, sum(v.amount_minor)::bigint
from channel_volume v join channel c on c.id = v.channel_id
where v.day >= $1
group by c.code, v.currency;

-- name: forget
delete from channel_volume where day < $1;
