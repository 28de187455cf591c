copy acknowledged (trade_no) from stdin (format binary)
