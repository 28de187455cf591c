-- Each promise that was given over HTTP, held against the books.
select count(*),
       count(*) - count(distinct acknowledged.trade_no),
       count(*) filter (where trade_order.trade_no is null),
       count(*) filter (where trade_order.state <> 'Paid')
from acknowledged
left join trade_order using (trade_no)
