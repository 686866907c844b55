-- A job whose order shall be cancelled: its machine is asked for it (to_recall) and has given it back (recalled).
-- Until `retry_at` somebody waits for that; afterwards it goes where it would have gone.

ALTER TABLE machine_job DROP CONSTRAINT machine_job_state_check;
ALTER TABLE machine_job ADD CONSTRAINT machine_job_state_check CHECK (
    state IN ('to_send', 'sent', 'to_withdraw', 'to_recall', 'recalled', 'refused', 'people', 'ended', 'done')
);
DROP INDEX machine_job_to_do;
CREATE INDEX machine_job_to_do ON machine_job (machine_id)
    WHERE state IN ('to_send', 'sent', 'to_withdraw', 'to_recall', 'recalled', 'ended');
