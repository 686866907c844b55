-- WAPRO's alias types. Dates are Clarion integers: days since 1800-12-28; flags are small numbers, never booleans.
CREATE SCHEMA dbo;
CREATE DOMAIN dbo.t_id_typ AS numeric(18, 0);
CREATE DOMAIN dbo.t_ilosc_typ AS numeric(16, 6);
CREATE DOMAIN dbo.t_money_typ AS numeric(14, 4);
CREATE DOMAIN dbo.t_data_typ AS integer;
CREATE DOMAIN dbo.t_check_typ AS smallint;

CREATE FUNCTION dbo.clarion_dzis() RETURNS integer LANGUAGE sql STABLE
AS $$ SELECT (now() AT TIME ZONE 'Europe/Warsaw')::date - DATE '1800-12-28' $$;

-- One source of ids for all tables: an id of one kind taken for another's finds nothing, so such a mistake shows.
CREATE SEQUENCE dbo.nowe_id START 1001;
