-- What SQL Server does by itself and PostgreSQL does not: change tracking, with the same rules. A change gets the number
-- of its commit; asked for what came after a number, it answers each changed row once, by its key; a number older than
-- what is kept is not answered. Only tests and the demo use it.
CREATE SCHEMA change_tracking;
CREATE SEQUENCE change_tracking.version;
CREATE TABLE change_tracking.base (days integer NOT NULL, floor bigint NOT NULL DEFAULT 0);
CREATE TABLE change_tracking.tracked (
    name text PRIMARY KEY, key text NOT NULL, begin_version bigint NOT NULL, min_valid_version bigint NOT NULL
);
CREATE TABLE change_tracking.change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, key text NOT NULL, operation char(1) NOT NULL,
    columns text[], xid xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX change_name ON change_tracking.change (name, xid);
CREATE TABLE change_tracking.committed (xid xid8 PRIMARY KEY, version bigint NOT NULL UNIQUE);

-- The number is drawn at the commit, under a lock that ends after it: so numbers become visible in their order.
CREATE FUNCTION change_tracking.at_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM change_tracking.committed WHERE xid = pg_current_xact_id()) THEN
        PERFORM pg_advisory_xact_lock(7303, 1);
        INSERT INTO change_tracking.committed (xid, version) VALUES (pg_current_xact_id(), nextval('change_tracking.version'));
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON change_tracking.change DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION change_tracking.at_commit();

CREATE FUNCTION change_tracking.current_version() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT greatest(floor, (SELECT max(version) FROM change_tracking.committed)) FROM change_tracking.base
$$;

-- Arguments: the key as an expression over "n" and over "o".
CREATE FUNCTION change_tracking.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE format('INSERT INTO change_tracking.change (name, key, operation) SELECT %L, %s, ''I'' FROM nowe n', TG_TABLE_NAME, TG_ARGV[0]);
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE format('INSERT INTO change_tracking.change (name, key, operation) SELECT %L, %s, ''D'' FROM stare o', TG_TABLE_NAME, TG_ARGV[1]);
    ELSE
        EXECUTE format($q$
            INSERT INTO change_tracking.change (name, key, operation, columns)
            SELECT %1$L, coalesce(%2$s, %3$s), CASE WHEN %2$s IS NULL THEN 'D' WHEN %3$s IS NULL THEN 'I' ELSE 'U' END,
                CASE WHEN %2$s IS NOT NULL AND %3$s IS NOT NULL THEN ARRAY(
                    SELECT a.key FROM jsonb_each(to_jsonb(n)) a JOIN jsonb_each(to_jsonb(o)) b USING (key)
                    WHERE a.value IS DISTINCT FROM b.value) END
            FROM nowe n FULL JOIN stare o ON %2$s = %3$s$q$, TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1]);
    END IF;
    RETURN NULL;
END $$;

-- A table that is emptied at once is tracked anew: what changed in it before can't be told any more.
CREATE FUNCTION change_tracking.emptied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7303, 1);
    v := nextval('change_tracking.version');
    DELETE FROM change_tracking.change WHERE name = TG_TABLE_NAME;
    INSERT INTO change_tracking.committed (xid, version) VALUES (pg_current_xact_id(), v) ON CONFLICT DO NOTHING;
    UPDATE change_tracking.tracked SET begin_version = v, min_valid_version = v WHERE name = TG_TABLE_NAME;
    RETURN NULL;
END $$;

CREATE FUNCTION change_tracking.switch_on(p_days integer) RETURNS void LANGUAGE sql AS $$
    INSERT INTO change_tracking.base (days, floor) SELECT p_days, CASE WHEN is_called THEN last_value ELSE 0 END FROM change_tracking.version
    WHERE NOT EXISTS (SELECT 1 FROM change_tracking.base);
    UPDATE change_tracking.base SET days = p_days;
$$;
CREATE FUNCTION change_tracking.switch_off() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM change_tracking.tracked) THEN
        RAISE EXCEPTION 'change tracking is on for tables of this base';
    END IF;
    DELETE FROM change_tracking.base;
    DELETE FROM change_tracking.committed;
END $$;

CREATE FUNCTION change_tracking.enable(p_name text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    keys text[];
    key_of_new text;
    key_of_old text;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM change_tracking.base) THEN
        RAISE EXCEPTION 'change tracking is off for this base';
    END IF;
    SELECT array_agg(a.attname::text ORDER BY a.attnum) INTO keys FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = format('dbo.%I', p_name)::regclass AND i.indisprimary;
    IF keys IS NULL THEN
        RAISE EXCEPTION 'a table without a primary key can not be tracked';
    END IF;
    SELECT string_agg(format('n.%I::text', k), ' || ''/'' || '), string_agg(format('o.%I::text', k), ' || ''/'' || ')
    INTO key_of_new, key_of_old FROM unnest(keys) k;
    EXECUTE format('CREATE TRIGGER tracked_insert AFTER INSERT ON dbo.%I REFERENCING NEW TABLE AS nowe
        FOR EACH STATEMENT EXECUTE FUNCTION change_tracking.note(%L, %L)', p_name, key_of_new, key_of_old);
    EXECUTE format('CREATE TRIGGER tracked_update AFTER UPDATE ON dbo.%I REFERENCING NEW TABLE AS nowe OLD TABLE AS stare
        FOR EACH STATEMENT EXECUTE FUNCTION change_tracking.note(%L, %L)', p_name, key_of_new, key_of_old);
    EXECUTE format('CREATE TRIGGER tracked_delete AFTER DELETE ON dbo.%I REFERENCING OLD TABLE AS stare
        FOR EACH STATEMENT EXECUTE FUNCTION change_tracking.note(%L, %L)', p_name, key_of_new, key_of_old);
    EXECUTE format('CREATE TRIGGER tracked_truncate AFTER TRUNCATE ON dbo.%I
        FOR EACH STATEMENT EXECUTE FUNCTION change_tracking.emptied()', p_name);
    INSERT INTO change_tracking.tracked (name, key, begin_version, min_valid_version)
    SELECT p_name, key_of_new, change_tracking.current_version(), change_tracking.current_version();
END $$;

CREATE FUNCTION change_tracking.disable(p_name text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    event text;
BEGIN
    FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
        EXECUTE format('DROP TRIGGER tracked_%s ON dbo.%I', event, p_name);
    END LOOP;
    DELETE FROM change_tracking.tracked WHERE name = p_name;
    DELETE FROM change_tracking.change WHERE name = p_name;
END $$;

-- As the server's own cleaning does when the days are over.
CREATE FUNCTION change_tracking.forget(p_upto bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE change_tracking.base SET floor = greatest(floor, p_upto);
    DELETE FROM change_tracking.change USING change_tracking.committed c WHERE c.xid = change.xid AND c.version <= p_upto;
    DELETE FROM change_tracking.committed WHERE version <= p_upto;
    UPDATE change_tracking.tracked SET min_valid_version = greatest(min_valid_version, p_upto);
$$;

CREATE FUNCTION change_tracking.changes(p_name text, p_since bigint)
RETURNS TABLE (key text, operation char(1), columns text[]) LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM change_tracking.tracked WHERE name = p_name) THEN
        RAISE EXCEPTION 'change tracking is off for table %', p_name;
    END IF;
    RETURN QUERY
    SELECT c.key, (array_agg(c.operation ORDER BY c.id DESC))[1],
        CASE WHEN bool_and(c.operation = 'U') THEN (
            SELECT array_agg(DISTINCT one) FROM change_tracking.change d
            JOIN change_tracking.committed w ON w.xid = d.xid AND w.version > p_since, unnest(d.columns) one
            WHERE d.name = p_name AND d.key = c.key
        ) END
    FROM change_tracking.change c JOIN change_tracking.committed v ON v.xid = c.xid
    WHERE c.name = p_name AND v.version > p_since
    GROUP BY c.key;
END $$;
