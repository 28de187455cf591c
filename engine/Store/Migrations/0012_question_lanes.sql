-- Questions wait in lanes of their channels, so that no more are claimed than the lines take.
update timer t set lane = 'query.' || o.channel_id
from institution_order o
where t.kind = 'Query' and o.trade_id = t.trade_id and o.id = t.order_id;
