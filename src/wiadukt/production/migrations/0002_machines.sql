-- Which machine makes a job order, how far the way there has come, and what the machine said last.

CREATE TABLE machine_job (
    job_id          text PRIMARY KEY REFERENCES job_order ON DELETE CASCADE,
    machine_id      text NOT NULL,
    next_machine_id text,                            -- where it goes once this machine has given it back
    state           text NOT NULL DEFAULT 'to_send'
        CHECK (state IN ('to_send', 'sent', 'to_withdraw', 'refused', 'people', 'ended', 'done')),
    by_rule         boolean NOT NULL DEFAULT false,  -- nobody chose this machine: another of its work centre may get it
    refused_by      text[] NOT NULL DEFAULT '{}',
    reason          jsonb,                           -- why it waits or was refused: code and values of a sentence
    good            numeric(16, 6) NOT NULL DEFAULT 0, -- of the machine's own counts, those already taken over
    scrap           numeric(16, 6) NOT NULL DEFAULT 0,
    assigned_at     timestamptz NOT NULL DEFAULT now(),
    offered_at      timestamptz,                     -- from here on the machine may have it, whatever it answered
    retry_at        timestamptz,                     -- the machine could not take it: it is offered again then
    sent_at         timestamptz
);
CREATE INDEX machine_job_to_do ON machine_job (machine_id) WHERE state IN ('to_send', 'sent', 'to_withdraw', 'ended');

-- What a machine may still have though it is no longer its: taken out of it when it answers again.
CREATE TABLE machine_remains (
    machine_id text NOT NULL,
    job_id     text NOT NULL,
    PRIMARY KEY (machine_id, job_id)
);

ALTER TABLE job_order ADD COLUMN work_centre text NOT NULL DEFAULT '';
ALTER TABLE job_order ADD COLUMN planned_on date;      -- the planner's day; no rule gives it to a machine before
CREATE INDEX job_order_queue ON job_order (work_centre) WHERE state = 'Waiting';
