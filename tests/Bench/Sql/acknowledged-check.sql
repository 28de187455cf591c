-- Each promise that was given over HTTP, held against the books.
select count(*),
       count(*) - count(distinct acknowledged.trade_id),
       count(*) filter (where trade_order.id is null),
       count(*) filter (where trade_order.state <> 'Paid')
from acknowledged
left join trade_order on trade_order.id = acknowledged.trade_id
