-- name: insert
insert into institution_order_{day}
    (trade_id, id, instruction_id, part, state, channel_id, number, amount_minor, claimed_by, send_by, sends, queries,
     may_have_arrived, executed, institution_ref, code, created_at, reroute_of, evidence, evidence_note, rerouted_by,
     interface, routing, limit_counters)
select trade_id, id, instruction_id, part, state, channel_id, number, amount_minor, claimed_by, send_by, sends, queries,
       may_have_arrived, executed, institution_ref, code, created_at, reroute_of, evidence, evidence_note, rerouted_by,
       interface, routing, limit_counters::bigint[]
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::text[], $6::integer[], $7::text[],
    $8::bigint[], $9::integer[], $10::timestamptz[], $11::smallint[], $12::smallint[], $13::boolean[], $14::boolean[],
    $15::text[], $16::text[], $17::timestamptz[], $18::bigint[], $19::text[], $20::text[], $21::text[], $22::text[],
    $23::bytea[], $24::text[])
    as u (trade_id, id, instruction_id, part, state, channel_id, number, amount_minor, claimed_by, send_by, sends, queries,
          may_have_arrived, executed, institution_ref, code, created_at, reroute_of, evidence, evidence_note, rerouted_by,
          interface, routing, limit_counters);

-- name: update
update institution_order_{day} as t
set state = u.state, claimed_by = u.claimed_by, send_by = u.send_by, sends = u.sends, queries = u.queries,
    may_have_arrived = u.may_have_arrived, executed = u.executed, institution_ref = u.institution_ref, code = u.code
from unnest($1::bigint[], $2::bigint[], $3::text[], $4::integer[], $5::timestamptz[], $6::smallint[], $7::smallint[],
    $8::boolean[], $9::boolean[], $10::text[], $11::text[])
    as u (trade_id, id, state, claimed_by, send_by, sends, queries, may_have_arrived, executed, institution_ref, code)
where t.trade_id = u.trade_id and t.id = u.id;

-- name: load
select trade_id, id, instruction_id, part, state, channel_id, number, amount_minor, claimed_by, send_by, sends, queries,
       may_have_arrived, executed, institution_ref, code, created_at, reroute_of, evidence, evidence_note, rerouted_by,
       interface, limit_counters
from institution_order_{day} where trade_id = any($1) order by trade_id, id;

-- name: locate
select number, trade_id, id, channel_id from institution_order_{day} where number = any($1);

-- A family lives in the day of its trade, which may be long before that of a number.
-- name: locate_before
select number, trade_id, id, channel_id from institution_order where number = any($1) and trade_id < $2;
