create temporary table acknowledged (trade_id bigint not null)
