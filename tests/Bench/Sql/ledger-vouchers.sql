select (select coalesce(sum(number), 0)::bigint from gl_count), (select count(*) from entry where leg = 0)
