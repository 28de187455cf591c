-- Questions wait in lanes of their lines, so that of each no more are claimed than its line takes.
update timer t set lane = c.application || '.' || c.connection_id
from institution_order o join channel c on c.id = o.channel_id
where t.kind = 'Query' and o.trade_id = t.trade_id and o.id = t.order_id;
