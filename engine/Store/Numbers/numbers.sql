-- name: take
select take_numbers($1, $2, $3);
