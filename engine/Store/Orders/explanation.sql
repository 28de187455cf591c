-- name: of_trade
select instruction_id, id, created_at, routing from institution_order where trade_id = $1 and routing is not null
union all
select id, null, created_at, routing from payment_instruction where trade_id = $1 and routing is not null
order by 3, 1, 2;
