-- No credit may wait for longer than 60 s (A5), and what is read here is seconds old when it is used.
-- name: by_number
select a.id, a.number, a.kind, a.owner_id, a.currency, array(select s.id from account s where s.parent_id = a.id order by s.id),
       a.mode,
       a.mode = 'Buffered' and exists (select from entry_pending p where p.account_id = a.id and p.at < now() - interval '50 s'),
       a.customer_id
from account a where a.number = any($1) and a.parent_id is null;

-- name: last_change
select coalesce(max(id), 0) from account_change;

-- The accounts whose mode or sub-accounts changed, and those whose buffers are late.
-- name: changed_since
select a.number from account a
where a.id = any(array(
    select c.account_id from account_change c where c.id > $1 and c.what = 'Mode'
    union
    select p.account_id from entry_pending p where p.at < now() - interval '50 s'));

-- Whoever posts holds the row, and whoever buffers has looked at it: both are waited for, and nobody comes in between.
-- name: hold
select id, status, mode, floor, buffer_agreed, kind from account where number = $1 and parent_id is null for update;

-- A statement of its own: it sees the sub-accounts that were added while the account was waited for.
-- name: hold_shards
select s.id from account a join account s on s.parent_id = a.id where a.number = $1 order by s.id for update of s;

-- name: apply_buffer
select apply_pending($1);

-- Payments, surplus and refunds are posted to these.
-- name: is_needed
select kind = 'ChannelReceivable' or kind in ('FeeIncome', 'Suspense', 'Transit') and owner_id = 0 from account where id = $1;

-- name: standing
select coalesce(sum(abs(balance)), 0)::bigint, coalesce(sum(balance), 0)::bigint, coalesce(sum(frozen), 0)::bigint from account where id = any($1);

-- What lies on the sub-accounts goes onto the account's own row, in one posting that balances.
-- name: gather
with moved as (
    insert into entry_{day} (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, order_id, kind, posting_date, tx)
    select a.id, a.sequence + 1, $2, row_number() over (order by a.id) - 1, m.amount, a.balance, a.balance + m.amount, a.currency, $2, 'Transfer', $3,
           pg_current_xact_id()::text::bigint
    from (
        select s.id, -s.balance as amount from account s where s.parent_id = $1
        union all
        select s.parent_id, sum(s.balance)::bigint from account s where s.parent_id = $1 group by s.parent_id
    ) m
    join account a on a.id = m.id
    where m.amount <> 0
    returning account_id, amount_minor
)
update account a set balance = a.balance + m.amount_minor, sequence = a.sequence + 1 from moved m where a.id = m.account_id;

-- name: set_status
update account set status = $2, closed_at = case when $2 = 'Closed' then now() end where id = any($1);

-- The credit line is the account's own; its sub-accounts never go below zero.
-- name: set_floor
update account set floor = $2 where id = $1 and balance - frozen >= $2;

-- name: set_mode
update account set mode = $2, buffer_agreed = $3 where id = $1;

-- name: add_shards
select add_shards($1, $2);

-- name: note
insert into account_change (account_id, what, from_value, to_value, reason, changed_by) values ($1, $2, $3, $4, $5, $6);

-- name: open
select open_ledger_account($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: next_member_owner
select nextval('member_account_owner')::integer;

-- name: find_customer
select id, class, is_face_to_face, (select count(*) from customer_verification v where v.customer_id = c.id)::integer from customer c where number = $1 for update;

-- name: customer_id
select id from customer where number = $1;

-- name: register_customer
insert into customer (number, name, is_face_to_face, registered_by) values ($1, $2, $3, $4) on conflict (number) do nothing returning id;

-- name: verify_customer
insert into customer_verification (customer_id, source, noted_by) values ($1, $2, $3) on conflict do nothing;

-- name: class
select verifications, face_to_face from kyc_class where class = $1;

-- name: set_class
with changed as (
    update customer set class = $2 where id = $1
)
insert into customer_change (customer_id, from_class, to_class, changed_by, reason) values ($1, $3, $2, $4, $5);

-- The last change of this kind of an account.
-- name: last_of_kind
select coalesce(max(c.id), 0) from account_change c join account a on a.id = c.account_id where a.number = $1 and c.what = $2;

-- name: last_of_customer
select coalesce(max(c.id), 0) from customer_change c join customer u on u.id = c.customer_id where u.number = $1;
