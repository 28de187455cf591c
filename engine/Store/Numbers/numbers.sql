-- name: take
select first, taken from take_numbers($1, $2, $3, $4, $5);

-- name: keep_era
select keep_number_era();

-- name: begin_era
select begin_number_era($1);
