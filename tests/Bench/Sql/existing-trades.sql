select count(*), count(*) filter (where state not in ('Paid', 'Closed'))
from trade_order
