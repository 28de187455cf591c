-- The accounts of an owner: a merchant's, a channel's, a customer's.
-- name: of_owner
select a.id from merchant m join account a on a.kind = 'Merchant' and a.owner_id = m.id where m.number = $1 and a.parent_id is null
union all
select a.id from channel c join account a on a.kind in ('ChannelReceivable', 'FeeExpense') and a.owner_id = c.id where c.code = $1 and a.parent_id is null
union all
select a.id from customer u join account a on a.customer_id = u.id where u.number = $1 and a.parent_id is null;

-- name: of_customer
select a.id from account a where a.customer_id = $1 and a.parent_id is null order by a.number limit 500;

-- Accounts in the order of their numbers, each with what lies on its own row and on its sub-accounts.
-- name: read
with page as (
    select a.*, s.code as subject_code_of, s.name as subject_name, s.name_zh as subject_name_zh, s.side
    from account a
    join account_kind k on k.kind = a.kind
    join gl_subject s on s.code = coalesce(a.subject_code, k.subject)
    where a.parent_id is null
      and ($1::bigint[] is null or a.id = any($1))
      and ($2::text[] is null or a.number = any($2))
      and ($3::text is null or a.kind = $3)
      and ($4::text is null or s.code = $4 or s.code like $4 || '.%')
      and ($5::text is null or (a.number >= $5 and a.number < $5 || chr(1114111)))
      and a.number > $6
    order by a.number
    limit $7
)
select p.id, p.number, p.kind, p.currency, p.status, p.mode, p.floor, p.buffer_agreed, p.opened_at, p.closed_at,
       p.subject_code_of, p.subject_name, p.subject_name_zh, p.side,
       coalesce(m.number, c.code, u.number, nullif(p.owner_id, 0)::text), coalesce(m.name, c.name, u.name), u.number,
       r.booked, r.frozen, r.buffered, r.sub_accounts
from page p
left join merchant m on p.kind = 'Merchant' and m.id = p.owner_id
left join channel c on p.kind in ('ChannelReceivable', 'FeeExpense') and c.id = p.owner_id
left join customer u on u.id = p.customer_id
cross join lateral (
    select sum(a.balance)::bigint as booked, sum(a.frozen)::bigint as frozen,
           coalesce(sum((select sum(e.amount_minor) from entry_pending e where e.account_id = a.id)), 0)::bigint as buffered,
           count(a.parent_id)::integer as sub_accounts
    from (
        select a.id, a.parent_id, a.balance, a.frozen from account a where a.id = p.id
        union all
        select a.id, a.parent_id, a.balance, a.frozen from account a where a.parent_id = p.id
    ) a
) r
order by p.number;

-- Its own row first, then its sub-accounts.
-- name: rows
select a.id, a.number, a.status, a.balance, a.frozen, a.sequence,
       coalesce((select sum(e.amount_minor) from entry_pending e where e.account_id = a.id), 0)::bigint
from (
    select a.id, a.number, a.status, a.balance, a.frozen, a.sequence from account a where a.id = $1
    union all
    select a.id, a.number, a.status, a.balance, a.frozen, a.sequence from account a where a.parent_id = $1
) a
order by a.number;

-- The latest first.
-- name: changes
select what, from_value, to_value, reason, changed_by, changed_at from account_change where account_id = $1 order by id desc limit $2;

-- Days never go backwards within an account, so what follows a sequence is not of a day before the one that closed with it.
-- name: entries
select e.sequence, e.opening, e.amount_minor, e.closing, e.posting_date, e.posting_id, coalesce(e.order_id, 0), e.kind, v.number
from (
    select e.* from entry e
    where e.account_id = $1 and e.sequence > $2
      and e.posting_date >= coalesce((select max(d.day) from account_day d where d.account_id = $1 and d.last_sequence <= $2), $3)
      and e.posting_date between $3 and $4
    order by e.sequence
    limit $5
) e
left join voucher v on v.posting_id = e.posting_id and v.posting_date = e.posting_date
order by e.sequence;

-- Holds of an account and its sub-accounts, in the order of their numbers.
-- name: holds
select h.id, a.number, h.currency, h.amount_minor, h.captured, h.released, h.reason, h.expires_at, h.placed_at, h.placed_by
from (
    select h.* from hold h
    where h.account_id = any(array(select a.id from account a where a.id = $1 union all select a.id from account a where a.parent_id = $1))
      and h.id > $2 and ($3 or h.captured + h.released < h.amount_minor)
    order by h.id
    limit $4
) h
join account r on r.id = h.account_id
join account a on a.id = coalesce(r.parent_id, r.id)
order by h.id;

-- name: hold
select h.id, a.number, h.currency, h.amount_minor, h.captured, h.released, h.reason, h.expires_at, h.placed_at, h.placed_by
from hold h join account r on r.id = h.account_id join account a on a.id = coalesce(r.parent_id, r.id)
where h.id = $1;

-- All for which the account was frozen when this was the last of them.
-- name: freezes
select c.what, c.from_value, c.to_value, c.reason, c.changed_by, c.changed_at
from account_change last
join account_change c on c.account_id = last.account_id and c.what = 'Frozen' and c.id <= last.id
where last.id = $1 and not exists (
    select from account_change u where u.account_id = c.account_id and u.what = 'Unfrozen' and u.id > c.id and u.id < last.id)
order by c.id;
