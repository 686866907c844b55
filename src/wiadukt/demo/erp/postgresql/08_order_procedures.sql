-- The order procedures of the implementer's guide; parameters are named as there, without '@', and called by name.
-- Each returns one row: first "rc", the return code (0 is success), then its other results, if it has any.
CREATE FUNCTION dbo."RM_DodajZamowienie"(
    "id_firmy" numeric, "id_kontrahenta" numeric, "id_magazynu" numeric, "typ" integer, "data" integer,
    "semafor" numeric, "trybrejestracji" integer, "brutto_netto" char(6), OUT "rc" integer, OUT "wynik" numeric
) LANGUAGE plpgsql AS $$
BEGIN
    -- As in the real program, an unknown user is not refused here: the document it makes stays locked for ever.
    INSERT INTO dbo."ZAMOWIENIE" ("ID_FIRMY", "ID_MAGAZYNU", "ID_KONTRAHENTA", "KONTRAHENT_NAZWA", "ID_UZYTKOWNIKA", "TYP", "DATA",
        "DATA_REALIZACJI", "OBLICZANIE_WG_CEN", "NUMER", "FLAGA_STANU", "SEMAFOR", "TRYBREJESTRACJI")
    SELECT "id_firmy", "id_magazynu", "id_kontrahenta", k."NAZWA", "semafor", "typ", "data", "data", "brutto_netto", '<auto>', 1, "semafor",
        "trybrejestracji"
    FROM dbo."KONTRAHENT" k WHERE k."ID_KONTRAHENTA" = "id_kontrahenta"
    RETURNING "ID_ZAMOWIENIA" INTO "wynik";
    "rc" := CASE WHEN "wynik" IS NULL THEN 1 ELSE 0 END;
END $$;

-- A new line for ID_POZYCJI_ZAMOWIENIA 0, else a change of that line. "rc" 2: the article is no card of the order's
-- warehouse; 3: the order has no such line.
CREATE FUNCTION dbo."RM_DodajPozycjeZamowienia"(
    "ID_POZYCJI_ZAMOWIENIA" numeric, "ID_ZAMOWIENIA" numeric, "ID_ARTYKULU" numeric, "KOD_VAT" char(3), "ZAMOWIONO" numeric,
    "ZREALIZOWANO" numeric, "ZAREZERWOWANO" numeric, "DO_REZERWACJI" numeric, "CENA_NETTO" numeric, "CENA_BRUTTO" numeric,
    "CENA_NETTO_WAL" numeric, "CENA_BRUTTO_WAL" numeric, "PRZELICZNIK" numeric, "JEDNOSTKA" varchar, "NARZUT" numeric, "OPIS" varchar,
    "ZNAK_NARZUTU" integer, "trybrejestracji" integer, "ID_DOSTAWY_REZ" numeric, "ID_WARIANTU_PRODUKTU" numeric, "ZNACZNIK_CENY" char(1),
    "NR_SERII" varchar, "TYP_TRANSKACJI_TRANSGRANICZNEJ" varchar DEFAULT 'nie dotyczy', OUT "rc" integer
) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
BEGIN
    PERFORM 1 FROM dbo."ZAMOWIENIE" z JOIN dbo."ARTYKUL" a ON a."ID_MAGAZYNU" = z."ID_MAGAZYNU"
    WHERE z."ID_ZAMOWIENIA" = "ID_ZAMOWIENIA" AND a."ID_ARTYKULU" = "ID_ARTYKULU";
    IF NOT FOUND THEN "rc" := 2; RETURN; END IF;
    IF "ID_POZYCJI_ZAMOWIENIA" > 0 THEN
        UPDATE dbo."POZYCJA_ZAMOWIENIA" p SET
            "ID_ARTYKULU" = "ID_ARTYKULU", "KOD_VAT" = "KOD_VAT", "JEDNOSTKA" = "JEDNOSTKA", "PRZELICZNIK" = "PRZELICZNIK",
            "ZAMOWIONO" = "ZAMOWIONO", "DO_REZERWACJI" = "DO_REZERWACJI", "CENA_NETTO" = "CENA_NETTO", "CENA_BRUTTO" = "CENA_BRUTTO",
            "NARZUT" = "NARZUT", "ZNACZNIK_CENY" = "ZNACZNIK_CENY", "OPIS" = "OPIS"
        WHERE p."ID_POZYCJI_ZAMOWIENIA" = "ID_POZYCJI_ZAMOWIENIA" AND p."ID_ZAMOWIENIA" = "ID_ZAMOWIENIA";
        "rc" := CASE WHEN FOUND THEN 0 ELSE 3 END;
        RETURN;
    END IF;
    INSERT INTO dbo."POZYCJA_ZAMOWIENIA" AS p ("ID_ZAMOWIENIA", "ID_ARTYKULU", "KOD_VAT", "JEDNOSTKA", "PRZELICZNIK", "ZAMOWIONO",
        "ZREALIZOWANO", "ZAREZERWOWANO", "DO_REZERWACJI", "CENA_NETTO", "CENA_BRUTTO", "NARZUT", "ZNACZNIK_CENY", "OPIS", "TRYBREJESTRACJI")
    VALUES ("ID_ZAMOWIENIA", "ID_ARTYKULU", "KOD_VAT", "JEDNOSTKA", "PRZELICZNIK", "ZAMOWIONO", "ZREALIZOWANO", "ZAREZERWOWANO",
        "DO_REZERWACJI", "CENA_NETTO", "CENA_BRUTTO", "NARZUT", "ZNACZNIK_CENY", "OPIS", "trybrejestracji");
    "rc" := 0;
END $$;

CREATE FUNCTION dbo."RM_SumujZamowienie"("id_zamowienia" numeric, OUT "rc" integer) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE dbo."ZAMOWIENIE" z SET
        "WARTOSC_NETTO" = coalesce(s.netto, 0), "WARTOSC_BRUTTO" = coalesce(s.brutto, 0)
    FROM (SELECT sum(round(p."ZAMOWIONO" * p."CENA_NETTO", 2)) AS netto, sum(round(p."ZAMOWIONO" * p."CENA_BRUTTO", 2)) AS brutto
        FROM dbo."POZYCJA_ZAMOWIENIA" p WHERE p."ID_ZAMOWIENIA" = "id_zamowienia") s
    WHERE z."ID_ZAMOWIENIA" = "id_zamowienia";
    "rc" := CASE WHEN FOUND THEN 0 ELSE 1 END;
END $$;

CREATE FUNCTION dbo."RM_KontrolaCenPozycjiZamowienia"("id_zamowienia" numeric, "id_uzytkownika" numeric, OUT "rc" integer)
LANGUAGE plpgsql AS $$
BEGIN
    -- A line with the catalogue's marker gets the price of the buyer's level; what was agreed by hand ('m') stays.
    UPDATE dbo."POZYCJA_ZAMOWIENIA" p SET "CENA_NETTO" = c."CENA_NETTO", "CENA_BRUTTO" = c."CENA_BRUTTO"
    FROM dbo."ZAMOWIENIE" z JOIN dbo."KONTRAHENT" k ON k."ID_KONTRAHENTA" = z."ID_KONTRAHENTA"
    LEFT JOIN dbo."GRUPA_KONTRAHENTA" g ON g."ID_GRUPY" = k."ID_GRUPY", dbo."ARTYKUL" a, dbo."CENA_ARTYKULU" c
    WHERE p."ID_ZAMOWIENIA" = "id_zamowienia" AND z."ID_ZAMOWIENIA" = p."ID_ZAMOWIENIA" AND p."ZNACZNIK_CENY" = 'k'
        AND a."ID_ARTYKULU" = p."ID_ARTYKULU" AND c."ID_ARTYKULU" = a."ID_ARTYKULU"
        AND c."ID_CENY" = coalesce(g."ID_CENY", a."ID_CENY_DOM")
        AND (c."CENA_NETTO", c."CENA_BRUTTO") IS DISTINCT FROM (p."CENA_NETTO", p."CENA_BRUTTO");
    "rc" := 0;
END $$;

CREATE FUNCTION dbo."RM_ZatwierdzZamowienie"(
    "ID_ZAMOWIENIA" numeric, "ID_KONTRAHENTA" numeric, "ID_TYPU" numeric, "NUMER" varchar, "NUM_FORMAT" varchar, "NUM_OKRESNUMERACJI" integer,
    "NUM_AUTO" integer, "NUM_NIEZALEZNY" integer, "AUTONUMER" numeric, "ID_FIRMY" numeric, "ID_MAG" numeric, "DATA" integer,
    "DATA_REALIZACJI" integer, "ZALICZKA" numeric, "PRIORYTET" integer, "AUTO_REZERWACJA" integer, "NR_ZAM_KLIENTA" varchar, "TYP" integer,
    "ID_PRACOWNIKA" numeric, "PRZELICZNIK_WAL" numeric, "DATA_KURS_WAL" integer, "SYM_WAL" varchar, "DOK_WAL" integer, "FLAGA_STANU" integer,
    "trybrejestracji" integer, "RABAT_NARZUT" numeric, "ZNAK_RABATU" integer, "UWAGI" varchar, "ID_RACHUNKU" numeric,
    "InformacjeDodatkowe" varchar, "OsobaZamawiajaca" varchar, "Id_KONTAKTU" numeric, "FormaPlatnosci" varchar, "DniPlatnosci" integer,
    "FakturaParagon" integer, "NumerPrzesylki" varchar, "IdOperatoraPrzesylki" numeric, OUT "rc" integer
) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    v_numer text;
    v_autonumer numeric;
    v_posiadacz numeric;
    istnieje boolean;
BEGIN
    -- An order approved before keeps its number; one that is not there uses none up.
    SELECT z."NUMER", z."AUTONUMER", z."SEMAFOR" INTO v_numer, v_autonumer, v_posiadacz FROM dbo."ZAMOWIENIE" z
    WHERE z."ID_ZAMOWIENIA" = "ID_ZAMOWIENIA" FOR UPDATE;
    IF NOT FOUND THEN "rc" := 1; RETURN; END IF;
    istnieje := v_posiadacz = 0 OR EXISTS (SELECT FROM dbo."UZYTKOWNIK" u WHERE u."ID_UZYTKOWNIKA" = v_posiadacz);
    DELETE FROM dbo."POZYCJA_ZAMOWIENIA" p WHERE p."ID_ZAMOWIENIA" = "ID_ZAMOWIENIA" AND p."ZAMOWIONO" = 0;
    IF coalesce(v_numer, '') IN ('', '<auto>') THEN
        SELECT * INTO v_numer, v_autonumer FROM dbo.nadaj_numer("ID_FIRMY", "ID_MAG", 2, "ID_TYPU", "DATA", "NUM_FORMAT");
    END IF;
    IF "AUTO_REZERWACJA" = 1 THEN
        -- The card counts in its stock unit.
        UPDATE dbo."ARTYKUL" a SET "ZAREZERWOWANO" = a."ZAREZERWOWANO" + p.ile
        FROM (SELECT q."ID_ARTYKULU" AS id, sum(q."DO_REZERWACJI" * q."PRZELICZNIK") AS ile FROM dbo."POZYCJA_ZAMOWIENIA" q
            WHERE q."ID_ZAMOWIENIA" = "ID_ZAMOWIENIA" GROUP BY 1 ORDER BY 1) p
        WHERE a."ID_ARTYKULU" = p.id AND p.ile > 0;
        UPDATE dbo."POZYCJA_ZAMOWIENIA" p SET "ZAREZERWOWANO" = p."ZAREZERWOWANO" + p."DO_REZERWACJI", "DO_REZERWACJI" = 0
        WHERE p."ID_ZAMOWIENIA" = "ID_ZAMOWIENIA";
    END IF;
    UPDATE dbo."ZAMOWIENIE" z SET
        "NUMER" = v_numer, "AUTONUMER" = v_autonumer, "DATA_REALIZACJI" = "DATA_REALIZACJI", "ZALICZKA" = "ZALICZKA",
        "PRIORYTET" = "PRIORYTET", "AUTO_REZERWACJA" = "AUTO_REZERWACJA", "NR_ZAMOWIENIA_KLIENTA" = "NR_ZAM_KLIENTA",
        "ID_PRACOWNIKA" = "ID_PRACOWNIKA", "RABAT_NARZUT" = "RABAT_NARZUT", "UWAGI" = "UWAGI", "ID_RACHUNKU" = "ID_RACHUNKU",
        "INFORMACJE_DODATKOWE" = "InformacjeDodatkowe", "OSOBA_ZAMAWIAJACA" = "OsobaZamawiajaca", "ID_KONTAKTU" = "Id_KONTAKTU",
        "FORMA_PLATNOSCI" = "FormaPlatnosci", "DNI_PLATNOSCI" = "DniPlatnosci", "FAKTURA_DO_ZAMOWIENIA" = "FakturaParagon",
        "NUMER_PRZESYLKI" = nullif("NumerPrzesylki", ''), "ID_OPERATORA_PRZESYLKI" = nullif("IdOperatoraPrzesylki", 0),
        "FLAGA_STANU" = CASE WHEN istnieje THEN 0 ELSE 1 END, "SEMAFOR" = CASE WHEN istnieje THEN 0 ELSE z."SEMAFOR" END
    WHERE z."ID_ZAMOWIENIA" = "ID_ZAMOWIENIA";
    PERFORM dbo."RM_SumujZamowienie"("ID_ZAMOWIENIA");
    "rc" := 0;
END $$;

CREATE FUNCTION dbo."RM_UstawStanZamowien"(
    "id_zamowienia" numeric, "id_sesji" numeric, "tryb_inf_realiz" integer, "status_zam" char(1), OUT "rc" integer
) LANGUAGE plpgsql AS $$
DECLARE
    dotad char(1);
BEGIN
    SELECT z."STATUS_ZAM" INTO dotad FROM dbo."ZAMOWIENIE" z WHERE z."ID_ZAMOWIENIA" = "id_zamowienia" FOR UPDATE;
    IF NOT FOUND THEN "rc" := 1; RETURN; END IF;
    UPDATE dbo."ZAMOWIENIE" z SET "STATUS_ZAM" = "status_zam" WHERE z."ID_ZAMOWIENIA" = "id_zamowienia";
    INSERT INTO dbo."MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN" ("ID_DOKUMENTU", "KOD_Z", "KOD_NA", "ID_UZYTKOWNIKA", "OPIS_UZYTKOWNIKA")
    SELECT "id_zamowienia", dotad, "status_zam", "id_sesji", (SELECT u."NAZWA" FROM dbo."UZYTKOWNIK" u WHERE u."ID_UZYTKOWNIKA" = "id_sesji");
    "rc" := 0;
END $$;

CREATE FUNCTION dbo."RM_UsunBlokadeZamowienia"("ID_ZAMOWIENIA" numeric, "Tryb" integer, OUT "rc" integer) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
BEGIN
    UPDATE dbo."ZAMOWIENIE" z SET "SEMAFOR" = 0, "FLAGA_STANU" = 0 WHERE z."ID_ZAMOWIENIA" = "ID_ZAMOWIENIA";
    "rc" := CASE WHEN FOUND THEN 0 ELSE 1 END;
END $$;
