create temporary table acknowledged (trade_no text not null)
