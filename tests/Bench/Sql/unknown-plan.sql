-- Nobody asks before the benchmark says so.
update query_plan set first_age = interval '1 day', window_end = interval '1 day', last_age = interval '2 days'
