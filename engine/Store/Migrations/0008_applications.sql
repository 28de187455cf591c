-- Channel applications: processes of their own, near their lines, that call institutions for the engine (C16).

-- Which one calls the channel's institution; its name is part of the name of a queue.
alter table channel add column application text collate "C" not null default 'engine'
    check (application ~ '^[a-z0-9][a-z0-9_-]{0,39}$');

-- Whose processes handle the timer: the application of its channel, or the engine. The longest due of a lane come
-- first, and what waits in a lane that nobody runs is in nobody's way.
alter table timer add column lane text collate "C" not null default 'engine';
create index timer_lane_due on timer (lane, due_at);
drop index timer_due;
