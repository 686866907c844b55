-- The planner lets go what was held, and every screen hears at once of what changed.

ALTER TABLE job_step DROP CONSTRAINT job_step_action_check;
ALTER TABLE job_step ADD CONSTRAINT job_step_action_check
    CHECK (action IN ('start', 'pause', 'good', 'scrap', 'done', 'release'));
CREATE INDEX job_order_plan ON job_order (work_centre, planned_on) WHERE state IN ('Waiting', 'Running', 'Held');

CREATE FUNCTION tell_screens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY floor;  -- many in one transaction are one
    RETURN NULL;
END $$;
CREATE TRIGGER tell_screens AFTER INSERT OR UPDATE OR DELETE ON job_order FOR EACH STATEMENT EXECUTE FUNCTION tell_screens();
CREATE TRIGGER tell_screens AFTER INSERT OR UPDATE OR DELETE ON machine_job FOR EACH STATEMENT EXECUTE FUNCTION tell_screens();
CREATE TRIGGER tell_screens AFTER INSERT OR UPDATE OR DELETE ON report FOR EACH STATEMENT EXECUTE FUNCTION tell_screens();
