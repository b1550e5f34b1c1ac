-- Which trace an event belongs to, as the header `traceparent` says it: whoever handles the event goes on with it.
alter table bus.event add column traceparent text;
