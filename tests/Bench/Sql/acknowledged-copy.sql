copy acknowledged (trade_id) from stdin (format binary)
