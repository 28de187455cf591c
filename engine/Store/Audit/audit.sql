-- The books, judged from outside: none of these statements shares code with what writes the tables.
-- Each returns how many things it looked at, how many are wrong, and one example, with ids in braces after the letter of their numbers.

-- name: every posting balances in every currency
select count(*), count(*) filter (where total <> 0), min('posting {L' || posting_id || '}') filter (where total <> 0)
from (
    select posting_id, currency, sum(amount_minor) as total
    from (select posting_id, currency, amount_minor from entry union all select posting_id, currency, amount_minor from entry_pending) e
    group by posting_id, currency
) p;

-- name: every account is an unbroken chain of entries from zero
select count(*),
       count(*) filter (where sequence <> previous_sequence + 1 or opening <> previous_closing or closing <> opening + amount_minor),
       min('account ' || coalesce((select number from account a where a.id = account_id), account_id::text) || ' entry ' || sequence)
           filter (where sequence <> previous_sequence + 1 or opening <> previous_closing or closing <> opening + amount_minor)
from (
    select account_id, sequence, opening, closing, amount_minor,
           lag(sequence, 1, 0::bigint) over chain as previous_sequence,
           lag(closing, 1, 0::bigint) over chain as previous_closing
    from entry
    window chain as (partition by account_id order by sequence)
) e;

-- name: every balance is the closing of its account's last entry
select count(*), count(*) filter (where wrong), min('account ' || number) filter (where wrong)
from (
    select a.number, a.balance <> coalesce(e.total, 0) or a.sequence <> coalesce(e.last, 0) as wrong
    from account a
    left join (select account_id, sum(amount_minor) as total, max(sequence) as last from entry group by account_id) e on e.account_id = a.id
) a;

-- name: money is conserved: all balances of a currency, and what is buffered, sum to zero
select count(*), count(*) filter (where total <> 0), min(currency || ' is off by ' || total) filter (where total <> 0)
from (
    select currency, sum(amount) as total
    from (select currency, balance as amount from account union all select currency, amount_minor from entry_pending) b
    group by currency
) c;

-- name: no account is below its floor
select count(*), count(*) filter (where balance - frozen < floor), min('account ' || number) filter (where balance - frozen < floor) from account;

-- name: every posting has its entries and every entry its posting
select count(*), count(*) filter (where p.id is null or e.posting_id is null), min(coalesce('posting {L' || p.id, 'entries of {L' || e.posting_id) || '}') filter (where p.id is null or e.posting_id is null)
from (
    select id, posting_date from posting
    union all
    -- What only holds or lets go moves nothing.
    select r.posting_id, r.posting_date from ledger_request r
    where r.kind <> 'Hold' or exists (select from entry x where x.posting_id = r.posting_id and x.posting_date = r.posting_date)
) p
full join (
    select posting_id, posting_date from entry union select posting_id, posting_date from entry_pending
) e on e.posting_id = p.id and e.posting_date = p.posting_date;

-- name: what is frozen of an account is what is left of its holds
select count(*), count(*) filter (where frozen <> held), min('account ' || number) filter (where frozen <> held)
from (
    select a.number, a.frozen, coalesce(h.held, 0) as held
    from account a
    left join (select account_id, sum(amount_minor - captured - released) as held from hold group by account_id) h on h.account_id = a.id
) a;

-- name: a hold is what its history says
select count(*), count(*) filter (where wrong), min('hold {H' || id || '}') filter (where wrong)
from (
    select h.id, c.placed is distinct from h.amount_minor or c.captured <> h.captured or c.released <> h.released as wrong
    from hold h
    left join (
        select hold_id, sum(amount_minor) filter (where what = 'Placed') as placed,
               coalesce(sum(amount_minor) filter (where what = 'Captured'), 0) as captured,
               coalesce(sum(amount_minor) filter (where what in ('Released', 'Expired')), 0) as released
        from hold_change group by hold_id
    ) c on c.hold_id = h.id
) h;

-- name: a sub-account has the status of its account
select count(*), count(*) filter (where s.status <> a.status), min('account ' || s.number) filter (where s.status <> a.status)
from account s join account a on a.id = s.parent_id;

-- name: nothing is buffered for an account that is not open
select count(*), count(*) filter (where a.status <> 'Open'), min('account ' || a.number) filter (where a.status <> 'Open')
from (select distinct account_id from entry_pending) p join account a on a.id = p.account_id;

-- name: days never go backwards within an account
select count(*), count(*) filter (where posting_date < previous), min('account ' || coalesce((select number from account a where a.id = account_id), account_id::text) || ' entry ' || sequence) filter (where posting_date < previous)
from (select account_id, sequence, posting_date, lag(posting_date) over (partition by account_id order by sequence) as previous from entry) e;

-- name: a posting that was taken back was taken back whole
select count(*), count(*) filter (where wrong), min('posting {L' || reversed_id || '}') filter (where wrong)
from (
    select r.reversed_id, exists (
        select from (
            select coalesce(a.parent_id, a.id) as account, e.currency, sum(e.amount_minor) as total
            from (select account_id, currency, amount_minor, posting_id from entry union all select account_id, currency, amount_minor, posting_id from entry_pending) e
            join account a on a.id = e.account_id
            where e.posting_id in (r.reversed_id, r.posting_id)
            group by coalesce(a.parent_id, a.id), e.currency
        ) t where t.total <> 0) as wrong
    from ledger_reversal r
) r;

-- name: a payment or refund is posted once if it succeeded, and else not at all
select count(*), count(*) filter (where wrong), min(kind || ' {P' || id || '} ' || state) filter (where wrong)
from (
    select p.id, p.kind, p.state, case
        when p.kind = 'payment' then (p.state = 'Succeeded') <> exists (select from posting x where x.order_id = p.id and x.kind = 'Payment')
        -- What merchants give back has a check of its own.
        when p.refund_kind is not null then false
        -- A refund that was refused and executed after all stays failed and is booked all the same.
        else (p.state = 'Succeeded' or p.state = 'Failed' and exists (
                 select from payment_instruction i join institution_order o on o.trade_id = i.trade_id and o.instruction_id = i.id
                 where i.trade_id = p.trade_id and i.payment_id = p.id and o.executed))
             <> exists (select from posting x where x.order_id = p.id and x.kind = 'Refund') end as wrong
    from payment_order p
) p;

-- name: money that an institution moved is posted once, for its payment or as surplus
select count(*), count(*) filter (where wrong), min('institution order ' || number) filter (where wrong)
from (
    select o.number, case
        when p.kind = 'refund' or p.state in ('Processing', 'AwaitingPosting') then surplus
        -- A person has to book what the ledger refused after the end.
        else surplus = (p.state = 'Succeeded' and o.state = 'Succeeded') and not exists (select from work_item w where w.order_id in (p.id, o.id)) end as wrong
    from institution_order o
    join payment_instruction i on i.trade_id = o.trade_id and i.id = o.instruction_id
    join payment_order p on p.trade_id = i.trade_id and p.id = i.payment_id
    cross join lateral (select exists (select from posting x where x.order_id = o.id and x.kind = 'Surplus') as surplus) x
    where o.executed
) o;

-- name: every posting is of an order whose institution orders moved the money
select count(*), count(*) filter (where p.id is null and o.id is null), min('posting {L' || x.id || '}') filter (where p.id is null and o.id is null)
from posting x
left join payment_order p on p.id = x.order_id and case when p.refund_kind is null then x.kind in ('Payment', 'Refund') else x.kind ~ '^(Refund|Void)[A-Z]' end
left join institution_order o on o.id = x.order_id and x.kind = 'Surplus' and o.executed;

-- name: what was posted is what the institution orders moved
select count(*), count(*) filter (where posted is distinct from moved), min('order {' || order_id || '}') filter (where posted is distinct from moved)
from (
    select x.order_id, g.debits as posted, case when x.kind = 'Surplus' then s.amount_minor when x.kind ~ '^(Refund|Void)' then r.amount_minor else c.collected end as moved
    from posting x
    left join (
        select posting_id, -sum(moved) filter (where moved < 0) as debits
        from (
            -- What a debit sweeps from sub-accounts stays with the account.
            select e.posting_id, sum(e.amount_minor) as moved
            from (select posting_id, account_id, amount_minor from entry union all select posting_id, account_id, amount_minor from entry_pending) e
            join account a on a.id = e.account_id
            group by e.posting_id, coalesce(a.parent_id, a.id)
        ) m
        group by posting_id
    ) g on g.posting_id = x.id
    left join institution_order s on s.id = x.order_id and x.kind = 'Surplus'
    left join payment_order r on r.id = x.order_id and x.kind ~ '^(Refund|Void)'
    left join (
        select i.payment_id, sum(o.amount_minor) as collected
        from payment_instruction i
        join institution_order o on o.trade_id = i.trade_id and o.instruction_id = i.id and o.state = 'Succeeded'
        group by i.payment_id
    ) c on c.payment_id = x.order_id and x.kind = 'Payment'
) p;

-- name: a succeeded institution order belongs to a payment that is posted or waits for its posting
select count(*), count(*) filter (where p.state not in ('Succeeded', 'Surplus', 'AwaitingPosting')), min('institution order ' || o.number) filter (where p.state not in ('Succeeded', 'Surplus', 'AwaitingPosting'))
from institution_order o
join payment_instruction i on i.trade_id = o.trade_id and i.id = o.instruction_id
join payment_order p on p.trade_id = i.trade_id and p.id = i.payment_id
where o.state = 'Succeeded';

-- name: an instruction succeeded if each of its parts has exactly one winner
select count(*), count(*) filter (where wrong), min('instruction {I' || id || '}') filter (where wrong)
from (
    select i.id, count(o.id) <> i.parts_won or count(distinct o.part) <> i.parts_won or (i.state = 'Succeeded') <> (count(o.id) = i.parts) as wrong
    from payment_instruction i
    left join institution_order o on o.trade_id = i.trade_id and o.instruction_id = i.id and o.state = 'Succeeded'
    group by i.trade_id, i.id, i.parts_won, i.parts, i.state
) i;

-- name: a trade is paid if exactly one payment won, and by that one
select count(*), count(*) filter (where wrong), min('trade {T' || id || '}') filter (where wrong)
from (
    select t.id, (t.state = 'Paid') <> (count(p.id) = 1) or count(p.id) > 1 or (t.state = 'Paid' and t.paid_by is distinct from min(p.id)) as wrong
    from trade_order t
    left join payment_order p on p.trade_id = t.id and p.state = 'Succeeded' and p.kind = 'payment'
    group by t.id, t.state, t.paid_by
) t;

-- name: surplus money has a refund, and a difference that is open until the payer has it back
select count(*), count(*) filter (where wrong), min('order {' || order_id || '}') filter (where wrong)
from (
    select x.order_id,
           r.number is distinct from 1 or r.amount > o.amount_minor or d.id is null or (d.closed_at is not null) <> (r.booked = 1) as wrong
    from posting x
    left join institution_order o on o.id = x.order_id
    left join difference d on d.order_id = x.order_id and d.kind = 'surplus'
    left join (
        select r.refund_of, count(*) as number, sum(r.amount_minor) as amount, count(y.id) as booked
        from payment_order r
        left join posting y on y.order_id = r.id and y.kind = 'Refund'
        where r.kind = 'refund' and r.refund_kind is null
        group by r.refund_of
    ) r on r.refund_of = x.order_id
    where x.kind = 'Surplus'
) s;

-- name: every refund that no merchant asked for gives back surplus money
select count(*), count(*) filter (where x.id is null), min('refund {P' || r.id || '}') filter (where x.id is null)
from payment_order r
left join posting x on x.order_id = r.refund_of and x.kind = 'Surplus'
where r.kind = 'refund' and r.refund_kind is null;

-- name: what a merchant gives back was taken from him, and when it is final is with the payer or with him again
select count(*), count(*) filter (where wrong), min('refund {P' || id || '} ' || state) filter (where wrong)
from (
    select r.id, r.state,
           x.taken <> 1 or x.others <> 0
           or x.paid + x.returned <> case when r.state in ('Succeeded', 'Failed') then 1 else 0 end
           or (r.state = 'Succeeded' and x.paid = 0)
           or x.after_all > x.returned
           or (x.paid + x.after_all > 0 and not o.executed)
           -- What the ledger refuses to book after the end is before a person.
           or (x.returned - x.after_all = 1 and o.executed and not exists (select from work_item w where w.order_id = r.id)) as wrong
    from payment_order r
    cross join lateral (
        select count(*) filter (where kind = initcap(r.refund_kind) || 'Taken') as taken,
               count(*) filter (where kind = initcap(r.refund_kind) || 'Paid') as paid,
               count(*) filter (where kind = initcap(r.refund_kind) || 'Returned') as returned,
               count(*) filter (where kind = 'RefundAfterAll') as after_all,
               count(*) filter (where kind not in (
                   initcap(r.refund_kind) || 'Taken', initcap(r.refund_kind) || 'Paid', initcap(r.refund_kind) || 'Returned', 'RefundAfterAll')) as others
        from posting where order_id = r.id
    ) x
    cross join lateral (
        select coalesce(bool_or(o.executed), false) as executed
        from payment_instruction i join institution_order o on o.trade_id = i.trade_id and o.instruction_id = i.id
        where i.trade_id = r.trade_id and i.payment_id = r.id
    ) o
    where r.refund_kind is not null
) r;

-- name: transit holds what merchants give back and nobody has yet, and nothing else
select count(*), count(*) filter (where held <> wanted), min(currency || ' holds ' || held || ' of ' || wanted) filter (where held <> wanted)
from (
    select a.currency, sum(a.balance + coalesce(b.buffered, 0)) as held, coalesce(max(t.wanted), 0) as wanted
    from account a
    left join (select account_id, sum(amount_minor) as buffered from entry_pending group by account_id) b on b.account_id = a.id
    left join (
        select o.currency, sum(r.amount_minor) as wanted
        from payment_order r join trade_order o on o.id = r.trade_id
        where r.refund_kind is not null
          and exists (select from posting x where x.order_id = r.id and x.kind ~ 'Taken$')
          and not exists (select from posting x where x.order_id = r.id and x.kind ~ '(Paid|Returned)$')
        group by o.currency
    ) t on t.currency = a.currency
    where a.kind = 'Transit' and a.owner_id = 0
    group by a.currency
) t;

-- A refund that failed and was executed after all counts for those that were taken when that was known. What it brings above
-- the payment with those taken before is the institution's doing, and has a difference.
-- name: merchants never give back more than they were paid, nor have back more than our fee
with refund as materialized (
    select r.trade_id, r.id, r.refund_of, r.amount_minor, r.fee_back_minor, r.state, h.taken, h.after_all
    from payment_order r
    left join (
        select order_id, min(version) filter (where event = 'BeginMerchantRefund') as taken, min(version) filter (where event = 'LegCameOnTop') as after_all
        from order_transition where level = 'payment' and event in ('BeginMerchantRefund', 'LegCameOnTop')
        group by order_id
    ) h on h.order_id = r.id
    where r.refund_kind is not null
)
select count(*), count(*) filter (where wrong), min('trade {T' || trade_id || '}') filter (where wrong)
from (
    select r.trade_id, bool_or(
               p.id is null or o.id is null or r.taken is null
               or r.amount_minor + coalesce(b.amount, 0) > p.amount_minor
               or r.fee_back_minor > 0 and r.fee_back_minor + coalesce(b.fee, 0) > coalesce(f.fee, 0)
               or r.after_all is not null and not exists (
                   select from payment_instruction i
                   join institution_order x on x.trade_id = i.trade_id and x.instruction_id = i.id and x.executed
                   join difference d on d.order_id = x.id and d.kind = 'contradiction'
                   where i.trade_id = r.trade_id and i.payment_id = r.id)) as wrong
    from refund r
    left join (
        select r.id, sum(s.amount_minor) as amount, sum(s.fee_back_minor) as fee
        from refund r join refund s on s.trade_id = r.trade_id and s.taken < r.taken and (s.state <> 'Failed' or s.after_all < r.taken)
        group by r.id
    ) b on b.id = r.id
    left join trade_order t on t.id = r.trade_id
    left join payment_order p on p.trade_id = t.id and p.id = t.paid_by and p.state = 'Succeeded'
    left join (
        select i.payment_id, o.id from payment_instruction i join institution_order o on o.trade_id = i.trade_id and o.instruction_id = i.id
    ) o on o.id = r.refund_of and o.payment_id = p.id
    left join (
        select x.order_id, sum(e.amount_minor) as fee
        from posting x
        cross join lateral (
            select account_id, amount_minor from entry where posting_id = x.id and posting_date = x.posting_date
            union all select account_id, amount_minor from entry_pending where posting_id = x.id
        ) e
        join account a on a.id = e.account_id and a.kind = 'FeeIncome'
        where x.kind = 'Payment'
        group by x.order_id
    ) f on f.order_id = p.id
    group by r.trade_id
) r;

-- name: a void takes back a whole payment with its fee, on the day on which that was posted
select count(*), count(*) filter (where wrong), min('void {P' || id || '}') filter (where wrong)
from (
    select r.id, r.amount_minor <> p.amount_minor or v.posting_date is distinct from x.posting_date
           or r.fee_back_minor <> coalesce((
               select sum(e.amount_minor) from entry e join account a on a.id = e.account_id
               where e.posting_id = x.id and e.posting_date = x.posting_date and a.kind = 'FeeIncome'), 0)
             + coalesce((select sum(b.amount_minor) from entry_pending b join account a on a.id = b.account_id where b.posting_id = x.id and a.kind = 'FeeIncome'), 0) as wrong
    from payment_order r
    join trade_order t on t.id = r.trade_id
    join payment_order p on p.trade_id = t.id and p.id = t.paid_by
    left join posting x on x.order_id = p.id and x.kind = 'Payment'
    left join posting v on v.order_id = r.id and v.kind = 'VoidTaken'
    where r.refund_kind = 'void'
) v;

-- name: a merchant's refund number leads to its refund and to no other
select count(*), count(*) filter (where r.id is distinct from n.refund_id), min(coalesce('refund {P' || r.id || '}', 'number ' || n.merchant_refund_no)) filter (where r.id is distinct from n.refund_id)
from (
    select r.id, t.merchant_id, r.merchant_refund_no
    from payment_order r join trade_order t on t.id = r.trade_id
    where r.merchant_refund_no is not null
) r
full join merchant_refund n on n.merchant_id = r.merchant_id and n.merchant_refund_no = r.merchant_refund_no;

-- name: an institution order that is not final has a timer or stands on the work list
select count(*), count(*) filter (where wrong), min('institution order ' || number || ' ' || state) filter (where wrong)
from (
    select o.number, o.state, case
        when o.state in ('Sending', 'Accepted', 'Unknown') then not exists (select from timer t where t.order_id = o.id and t.kind = 'Query')
        when o.state = 'Ready' then not exists (select from timer t where t.order_id = o.id and t.kind = 'Dispatch')
        when o.state = 'OnWorkList' then not exists (select from work_item w where w.order_id = o.id)
        else exists (select from timer t where t.order_id = o.id) or exists (select from work_item w where w.order_id = o.id) end as wrong
    from institution_order o
) o;

-- name: a payment that is not final has something in flight, or a timer for its posting
select count(*), count(*) filter (where wrong), min('payment {P' || id || '} ' || state) filter (where wrong)
from (
    select p.id, p.state, case
        when p.state = 'AwaitingPosting' then not exists (select from timer t where t.order_id = p.id and t.kind = 'Posting')
        when p.state = 'Processing' then not exists (
            select from payment_instruction i join institution_order o on o.trade_id = i.trade_id and o.instruction_id = i.id
            where i.trade_id = p.trade_id and i.payment_id = p.id and i.state = 'Processing' and o.state not in ('Succeeded', 'Failed'))
        else exists (select from timer t where t.order_id = p.id) end as wrong
    from payment_order p
) p;

-- name: a trade that is not final has a payment in flight or a timer for its expiry
select count(*), count(*) filter (where wrong), min('trade {T' || id || '} ' || state) filter (where wrong)
from (
    select t.id, t.state, case
        when t.state = 'AwaitingPayment' then not exists (select from timer x where x.order_id = t.id and x.kind = 'Expiry')
        when t.state in ('Paying', 'Closing') then not exists (select from payment_order p where p.trade_id = t.id and p.kind = 'payment' and p.state in ('Processing', 'AwaitingPosting'))
        else exists (select from timer x where x.order_id = t.id) end as wrong
    from trade_order t
) t;

-- name: every commit of a trade is in its history
select count(*), count(*) filter (where steps <> version or last <> version), min('trade {T' || id || '}') filter (where steps <> version or last <> version)
from (
    select t.id, t.version, count(s.version) as steps, max(s.version) as last
    from trade_order t left join order_step s on s.trade_id = t.id
    group by t.id, t.version
) t;

-- name: an order is there and in the state where its history leads
select count(*), count(*) filter (where h.to_state is distinct from o.state),
       min(coalesce(o.level, h.level) || case coalesce(o.level, h.level) when 'trade' then ' {T' when 'payment' then ' {P' when 'instruction' then ' {I' else ' {O' end
           || coalesce(o.id, h.order_id) || '}') filter (where h.to_state is distinct from o.state)
from (
    select 'trade' as level, id as trade_id, id, state from trade_order
    union all select 'payment', trade_id, id, state from payment_order
    union all select 'instruction', trade_id, id, state from payment_instruction
    union all select 'institution_order', trade_id, id, state from institution_order
) o
full join (
    select distinct on (order_id) order_id, level, to_state from order_transition order by order_id, version desc, ordinal desc
) h on h.order_id = o.id;

-- name: every request has the commit that answered it
select count(*), count(*) filter (where s.trade_id is null), min('key ' || r.request_key || ' of merchant ' || r.merchant_id) filter (where s.trade_id is null)
from merchant_request r
left join order_step s on s.trade_id = r.trade_id and s.version = r.version;

-- name: a merchant order number leads to its trade and to no other
select count(*), count(*) filter (where r.trade_id is distinct from t.id), min('trade {T' || t.id || '}') filter (where r.trade_id is distinct from t.id)
from trade_order t
left join merchant_request r on r.merchant_id = t.merchant_id and r.merchant_order_no = t.merchant_order_no;

-- name: no number was given to an institution twice
select count(*), count(*) filter (where uses > 1), min('number ' || number) filter (where uses > 1)
from (select number, count(*) as uses from institution_order group by number) n;

-- name: what is used of a limit is what its orders took that did not fail
select count(*), count(*) filter (where wrong), min('limit counter ' || id) filter (where wrong)
from (
    select c.id, p.number is distinct from c.portions or p.amount is distinct from coalesce(t.amount, 0) or p.orders is distinct from coalesce(t.orders, 0) as wrong
    from limit_counter c
    left join (
        select counter_id, count(*) as number, sum(amount_used) as amount, sum(count_used) as orders from limit_portion group by counter_id
    ) p on p.counter_id = c.id
    left join (
        select k.counter_id, sum(o.amount_minor) as amount, count(*) as orders
        from institution_order o cross join unnest(o.limit_counters) as k (counter_id)
        where o.state <> 'Failed' or o.executed
        group by k.counter_id
    ) t on t.counter_id = c.id
) l;

-- name: every posting of a closed day, or of a transaction below the mark, has its voucher or stands among the failures
select count(*), count(*) filter (where wrong), min('posting {L' || posting_id || '}') filter (where wrong)
from (
    select e.posting_id, v.posting_id is null and f.posting_id is null as wrong
    from (
        select posting_id, posting_date, tx from entry
        union
        select posting_id, posting_date, tx from entry_pending
    ) e
    left join voucher v on v.posting_id = e.posting_id and v.posting_date = e.posting_date
    left join voucher_failure f on f.posting_id = e.posting_id
    where e.tx < (select tx from voucher_mark) or exists (select from ledger_day_close c where c.day = e.posting_date)
) p;

-- name: every voucher balances in every currency
select count(*), count(*) filter (where total is distinct from 0), min('posting {L' || posting_id || '}') filter (where total is distinct from 0)
from (
    select coalesce(v.posting_id, l.posting_id) as posting_id, l.currency,
           case when v.posting_id is not null then coalesce(
               sum(case l.side when 'Credit' then l.amount_minor else -l.amount_minor end),
               -- None has no lines but that of a posting that moved nothing between accounts.
               (select max(abs(m.moved))
                from (
                    select sum(e.amount_minor) as moved
                    from (
                        select account_id, amount_minor, order_id from entry where posting_id = v.posting_id
                        union all
                        select account_id, amount_minor, order_id from entry_pending where posting_id = v.posting_id
                    ) e
                    join account a on a.id = e.account_id
                    group by coalesce(a.parent_id, a.id), e.order_id
                ) m)) end as total
    from voucher v
    full join voucher_line l on l.posting_id = v.posting_id and l.posting_date = v.posting_date
    group by v.posting_id, l.posting_id, l.currency
) v;

-- name: the vouchers of a day are numbered without a gap
select count(*), count(*) filter (where wrong), min('day ' || day) filter (where wrong)
from (
    select coalesce(v.day, c.day) as day, (v.vouchers, v.lowest, v.highest) is distinct from (c.number, 1::bigint, c.number) as wrong
    from (select posting_date as day, count(*) as vouchers, min(number) as lowest, max(number) as highest from voucher group by posting_date) v
    full join gl_count c on c.day = v.day
) d;

-- name: the sums of a day are those of its voucher lines
select count(*), count(*) filter (where wrong), min(subject || ' on ' || day) filter (where wrong)
from (
    select coalesce(g.day, l.day) as day, coalesce(g.subject, l.subject) as subject,
           (g.debit, g.credit) is distinct from (l.debit, l.credit) as wrong
    from gl_day g
    full join (
        select posting_date as day, subject, currency,
               coalesce(sum(amount_minor) filter (where side = 'Debit'), 0)::bigint as debit,
               coalesce(sum(amount_minor) filter (where side = 'Credit'), 0)::bigint as credit
        from voucher_line
        group by posting_date, subject, currency
    ) l on l.day = g.day and l.subject = g.subject and l.currency = g.currency
) d;

-- name: ledger and general ledger moved the same on every subject and day, in all that has its voucher
select count(*), count(*) filter (where moved <> booked), min(subject || ' on ' || day) filter (where moved <> booked)
from (
    select coalesce(l.day, g.day) as day, coalesce(l.subject, g.subject) as subject,
           coalesce(l.moved, 0) as moved, coalesce(g.credit - g.debit, 0) as booked
    from (
        select e.posting_date as day, coalesce(a.subject_code, k.subject) as subject, e.currency, sum(e.amount_minor) as moved
        from (
            select account_id, posting_id, posting_date, currency, amount_minor from entry
            union all
            select account_id, posting_id, posting_date, currency, amount_minor from entry_pending
        ) e
        join voucher v on v.posting_id = e.posting_id and v.posting_date = e.posting_date
        join account a on a.id = e.account_id
        join account_kind k on k.kind = a.kind
        group by 1, 2, 3
    ) l
    full join gl_day g on g.day = l.day and g.subject = l.subject and g.currency = l.currency
) d;

-- name: the certificate of a closed day says what was posted on it
select count(*), count(*) filter (where wrong), min('day ' || day) filter (where wrong)
from (
    select c.day,
           (c.entries, c.postings, c.vouchers) is distinct from (coalesce(p.entries, 0), coalesce(p.postings, 0), coalesce(v.vouchers, 0))
           or c.sums is distinct from coalesce(s.sums, '[]')
           or c.certificate - '{accepted,remark}'::text[] is distinct from jsonb_strip_nulls(jsonb_build_object(
               'day', c.day, 'entries', c.entries, 'postings', c.postings, 'vouchers', c.vouchers, 'sums', c.sums,
               'digest', encode(c.digest, 'hex'), 'previous', encode(c.previous, 'hex'), 'closed_by', c.closed_by)) as wrong
    from ledger_day_close c
    left join (
        select posting_date as day, sum(entries)::bigint as entries, count(*) as postings
        from (select posting_date, posting_id, count(*) as entries from entry group by posting_date, posting_id) e
        group by posting_date
    ) p on p.day = c.day
    left join (
        select day, jsonb_agg(jsonb_build_object('currency', currency, 'debit_minor', debit, 'credit_minor', credit) order by currency) as sums
        from (
            select posting_date as day, currency,
                   coalesce(-sum(amount_minor) filter (where amount_minor < 0), 0) as debit, coalesce(sum(amount_minor) filter (where amount_minor > 0), 0) as credit
            from entry group by posting_date, currency
        ) e
        group by day
    ) s on s.day = c.day
    left join (select posting_date as day, count(*) as vouchers from voucher group by posting_date) v on v.day = c.day
) c;

-- name: what an account opened with, moved and closed with on a closed day is what its entries say
select count(*), count(*) filter (where wrong),
       min('account ' || coalesce((select number from account a where a.id = account_id), account_id::text) || ' on ' || day) filter (where wrong)
from (
    select coalesce(d.account_id, e.account_id) as account_id, coalesce(d.day, e.day) as day,
           (d.opening, d.debit, d.credit, d.closing, d.last_sequence) is distinct from (e.closing - e.credit + e.debit, e.debit, e.credit, e.closing, e.last) as wrong
    from account_day d
    full join (
        select e.account_id, e.day, e.debit, e.credit, e.closing, e.last
        from (
            select account_id, day, debit, credit, last, sum(credit - debit) over (partition by account_id order by day) as closing
            from (
                select account_id, posting_date as day, max(sequence) as last,
                       coalesce(-sum(amount_minor) filter (where amount_minor < 0), 0) as debit, coalesce(sum(amount_minor) filter (where amount_minor > 0), 0) as credit
                from entry group by account_id, posting_date
            ) e
        ) e
        join ledger_day_close c on c.day = e.day
    ) e on e.account_id = d.account_id and e.day = d.day
) d;

-- name: who closed a day, when, and what he let pass is sealed with the day before
select count(*), count(*) filter (where wrong), min('day ' || day) filter (where wrong)
from (
    select day, seal is distinct from sha256(coalesce(before, '') || digest || convert_to(extract(epoch from closed_at) || ' ' || certificate, 'UTF8')) as wrong
    from (select day, digest, closed_at, certificate, seal, lag(seal) over (order by day) as before from ledger_day_close) c
) c;
