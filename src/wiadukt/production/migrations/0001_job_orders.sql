-- Job orders of shop orders, what the floor did to them, and the reports that go to the ERP.

CREATE TABLE work_request (
    order_number          text PRIMARY KEY,
    customer_name         text NOT NULL,
    customer_order_number text NOT NULL DEFAULT '',
    due_on                date,
    content               jsonb NOT NULL,            -- the request as it came, to tell a repeat from a change
    revision              integer NOT NULL DEFAULT 0, -- of the newest report; grows with every accepted step
    accepted_at           timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE job_order (
    id           text PRIMARY KEY,
    order_number text NOT NULL REFERENCES work_request ON DELETE CASCADE,
    position     integer NOT NULL,
    product_id   text NOT NULL,
    description  text NOT NULL,
    quantity     numeric(16, 6) NOT NULL CHECK (quantity > 0),
    unit         text NOT NULL,
    parameters   jsonb NOT NULL DEFAULT '[]',
    state        text NOT NULL DEFAULT 'Waiting'
        CHECK (state IN ('Waiting', 'Running', 'Held', 'Completed', 'Cancelled')),
    good         numeric(16, 6) NOT NULL DEFAULT 0 CHECK (good >= 0),
    scrap        numeric(16, 6) NOT NULL DEFAULT 0 CHECK (scrap >= 0),
    started_at   timestamptz,
    completed_at timestamptz,
    UNIQUE (order_number, position)
);
CREATE INDEX job_order_to_do ON job_order (state) WHERE state IN ('Waiting', 'Running', 'Held');
CREATE INDEX job_order_completed ON job_order (completed_at) WHERE state = 'Completed';

CREATE TABLE job_step (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id   text NOT NULL REFERENCES job_order ON DELETE CASCADE,
    token    text NOT NULL,                           -- a double tap carries the same token and counts once
    action   text NOT NULL CHECK (action IN ('start', 'pause', 'good', 'scrap', 'done')),
    quantity numeric(16, 6) NOT NULL DEFAULT 0,
    note     text NOT NULL DEFAULT '',
    at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (job_id, token)
);

CREATE TABLE report (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_number    text NOT NULL REFERENCES work_request ON DELETE CASCADE,
    revision        integer NOT NULL,
    payload         jsonb NOT NULL,
    state           text NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'sent', 'superseded', 'rejected')),
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    claimed_until   timestamptz,                      -- a lease: a killed reporter's claim ends by itself
    answer          jsonb,
    created_at      timestamptz NOT NULL DEFAULT now(),
    settled_at      timestamptz,
    UNIQUE (order_number, revision)
);
CREATE INDEX report_waiting ON report (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX report_rejected ON report (order_number) WHERE state = 'rejected';
