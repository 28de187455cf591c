-- name: subjects
select code, level, parent, name, name_zh, side, reserve from gl_subject order by code;

-- name: account_kinds
select kind from account_kind order by kind;
