-- The trace of the click by which the order came, so that its way goes on in the machine's line of the log.

ALTER TABLE work_request ADD COLUMN traceparent text NOT NULL DEFAULT '';
