drop table raw_account, raw_key, raw_entry
