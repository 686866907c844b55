-- Numbers never come from MAX()+1: a counter row is raised under its own lock, which is held until the transaction ends.
-- In a format '#' stand for the counter (at least so many digits, never cut) and '$$' for the year's last two.
CREATE FUNCTION dbo.nadaj_numer(
    p_firma numeric, p_magazyn numeric, p_dokument integer, p_typ numeric, p_data integer, p_wzor text DEFAULT NULL
)
RETURNS TABLE (numer text, autonumer integer) LANGUAGE plpgsql AS $body$
DECLARE
    rok integer := extract(year FROM DATE '1800-12-28' + p_data);
    wzor text := nullif(trim(p_wzor), '');
    krzyzyki text;
BEGIN
    wzor := coalesce(wzor, (SELECT "FORMAT" FROM dbo."DEFINICJA_NUMERACJI"
        WHERE "ID_FIRMY" = p_firma AND "DOKUMENT" = p_dokument AND "ID_TYPU" = p_typ AND "ID_ZASOBU" = p_magazyn));
    IF wzor IS NULL THEN RAISE EXCEPTION 'Brak definicji numeracji dokumentu % typu %', p_dokument, p_typ; END IF;
    INSERT INTO dbo."NUMERACJA" ("ID_FIRMY", "ID_MAGAZYNU", "DOKUMENT", "TYP_DOKUMENTU", "OKRES", "LAST_ID")
    VALUES (p_firma, p_magazyn, p_dokument, p_typ, rok, 1)
    ON CONFLICT ("ID_FIRMY", "ID_MAGAZYNU", "DOKUMENT", "TYP_DOKUMENTU", "OKRES")
    DO UPDATE SET "LAST_ID" = dbo."NUMERACJA"."LAST_ID" + 1
    RETURNING "LAST_ID" INTO autonumer;
    krzyzyki := coalesce(substring(wzor FROM '#+'), '');
    numer := replace(wzor, '$$', to_char(rok % 100, 'FM00'));
    numer := replace(numer, krzyzyki, lpad(autonumer::text, greatest(length(krzyzyki), length(autonumer::text)), '0'));
    RETURN NEXT;
END $body$;

CREATE FUNCTION dbo."JL_PobierzFormatNumeracji_Server"(
    "id_firmy" numeric, "dokument" integer, "id_typu" numeric, "id_zasobu" numeric,
    OUT "rc" integer, OUT "format_num" varchar, OUT "okresnumeracji" smallint, OUT "parametr1" smallint, OUT "parametr2" smallint
) LANGUAGE plpgsql AS $$
BEGIN
    SELECT 0, d."FORMAT", d."OKRESNUMERACJI", d."PARAMETR1", d."PARAMETR2"
    INTO "rc", "format_num", "okresnumeracji", "parametr1", "parametr2" FROM dbo."DEFINICJA_NUMERACJI" d
    WHERE d."ID_FIRMY" = "id_firmy" AND d."DOKUMENT" = "dokument" AND d."ID_TYPU" = "id_typu" AND d."ID_ZASOBU" = "id_zasobu";
    IF NOT FOUND THEN "rc" := 1; END IF;
END $$;
