-- Under way is also what the merchant was not told of yet.
select count(*),
       count(*) filter (where state not in ('Paid', 'Closed')) + (select count(*) from timer where kind = 'Notify')
from trade_order
