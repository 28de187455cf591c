-- name: insert
insert into order_step_{day}
    (trade_id, version, at, actor, request_serial, changes, answer_status, answer_location, answer_body)
select * from unnest($1::bigint[], $2::integer[], $3::timestamptz[], $4::text[], $5::text[], $6::json[], $7::smallint[],
    $8::text[], $9::bytea[]);

-- name: transitions
select at, level, order_id, event, from_state, to_state, reason, actor, request_serial
from order_transition where trade_id = $1 order by version, ordinal;
