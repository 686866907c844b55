-- The program's own prices. Its real order of precedence is not public: this one is what Wiadukt takes for the usual.
-- Prices keep the decimals they were written with, a grosz at least; a half goes away from zero.
CREATE FUNCTION dbo.miejsca("cena" numeric) RETURNS integer LANGUAGE sql IMMUTABLE
AS $$ SELECT greatest(2, scale(trim_scale("cena"))) $$;

CREATE FUNCTION dbo."JL_Func_ObliczBrutto"("netto" numeric, "vat" char(3)) RETURNS numeric LANGUAGE sql STABLE
AS $$ SELECT round("netto" * (100 + coalesce((SELECT s."STAWKA" FROM dbo."STAWKA_VAT" s WHERE s."KOD_VAT" = "vat"), 0)) / 100,
    dbo.miejsca("netto")) $$;

-- A price raised by so many percent, or lowered by a negative number; gross follows from net by VAT.
CREATE FUNCTION dbo.zmien_cene(INOUT "netto" numeric, INOUT "brutto" numeric, "procent" numeric, "vat" char(3)) LANGUAGE plpgsql STABLE AS $$
DECLARE
    nowa numeric;
BEGIN
    IF coalesce("procent", 0) = 0 OR "netto" IS NULL THEN RETURN; END IF;
    nowa := round("netto" * (100 + "procent") / 100, dbo.miejsca("netto"));
    "brutto" := round(nowa * (100 + (SELECT s."STAWKA" FROM dbo."STAWKA_VAT" s WHERE s."KOD_VAT" = "vat")) / 100, dbo.miejsca("brutto"));
    "netto" := nowa;
END $$;

-- The price of a card at a level, with the markup of the buyer's group; nothing in another currency.
CREATE FUNCTION dbo.cena_poziomu("artykul" numeric, "poziom" numeric, "narzut" numeric, "vat" char(3), OUT "netto" numeric, OUT "brutto" numeric)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT c."CENA_NETTO", c."CENA_BRUTTO" INTO "netto", "brutto" FROM dbo."CENA_ARTYKULU" c
    WHERE c."ID_ARTYKULU" = "artykul" AND c."ID_CENY" = "poziom" AND coalesce(nullif(trim(c."SYM_WAL"), ''), 'PLN') = 'PLN';
    SELECT z."netto", z."brutto" INTO "netto", "brutto" FROM dbo.zmien_cene("netto", "brutto", "narzut", "vat") z;
END $$;

-- What a card costs a contractor on a day: his price list, else his group's, else the promotion, else his level less his
-- discount. Nothing where the list has a price in another currency. "prog": a threshold of the order's value lowers it.
CREATE FUNCTION dbo.ustal_cene(
    "artykul" numeric, "kontrahent" numeric, "dzien" integer, OUT "netto" numeric, OUT "brutto" numeric, OUT "prog" boolean
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    a dbo."ARTYKUL"%ROWTYPE;
    k dbo."KONTRAHENT"%ROWTYPE;
    c record;
    poziom numeric;
    narzut numeric;
BEGIN
    "prog" := false;
    SELECT * INTO a FROM dbo."ARTYKUL" WHERE "ID_ARTYKULU" = "artykul";
    SELECT * INTO k FROM dbo."KONTRAHENT" WHERE "ID_KONTRAHENTA" = "kontrahent";
    SELECT coalesce(nullif(kg."ID_CENY", 0), nullif(g."ID_CENY", 0), a."ID_CENY_DOM"), coalesce(kg."NARZUT", g."NARZUT", 0)
    INTO poziom, narzut
    FROM (SELECT 1) AS jeden LEFT JOIN dbo."GRUPA_KONTRAHENTA" g ON g."ID_GRUPY" = k."ID_GRUPY"
    LEFT JOIN dbo."CENA_GRUPY" kg ON kg."ID_GRUPY" = g."ID_GRUPY" AND kg."ID_KATEGORII" = a."ID_KATEGORII";
    IF upper(trim(coalesce(a."WYLACZ_CENY_IND", ''))) NOT IN ('1', 'T', 'TAK') THEN
        FOR c IN
            (SELECT 1 AS kolej, "TRYB", "SYM_WAL", "CENA_NETTO", "CENA_BRUTTO", "UPUST", "ID_CENY" FROM dbo."CENNIK_KONTRAHENTA"
            WHERE "ID_KONTRAHENTA" = k."ID_KONTRAHENTA" AND "ID_ARTYKULU" = "artykul" AND "TRYB" IN (1, 2) AND "SPRZEDAZ_ZAKUP" = 0
            ORDER BY "ID_CENNIK_KONTRAHENTA" LIMIT 1)
            UNION ALL
            (SELECT 2, "TRYB", "SYM_WAL", "CENA_NETTO", "CENA_BRUTTO", "UPUST", "ID_CENY" FROM dbo."CENNIK_INDYWIDUALNY"
            WHERE "ID_GRUPY" = k."ID_GRUPY" AND "ID_ARTYKULU" = "artykul" AND "TRYB" IN (1, 2) AND "SPRZEDAZ_ZAKUP" = 0
            ORDER BY "CENA_NETTO", "UPUST" LIMIT 1)
            ORDER BY 1
        LOOP
            IF c."TRYB" = 1 THEN
                IF coalesce(nullif(trim(c."SYM_WAL"), ''), 'PLN') = 'PLN' THEN
                    "netto" := c."CENA_NETTO";
                    "brutto" := coalesce(nullif(c."CENA_BRUTTO", 0), dbo."JL_Func_ObliczBrutto"(c."CENA_NETTO", a."VAT_SPRZEDAZY"));
                END IF;
                RETURN;
            END IF;
            SELECT p."netto", p."brutto" INTO "netto", "brutto"
            FROM dbo.cena_poziomu("artykul", coalesce(nullif(c."ID_CENY", 0), poziom), narzut, a."VAT_SPRZEDAZY") p;
            IF "netto" IS NOT NULL THEN
                SELECT z."netto", z."brutto" INTO "netto", "brutto" FROM dbo.zmien_cene("netto", "brutto", -c."UPUST", a."VAT_SPRZEDAZY") z;
                RETURN;
            END IF;
        END LOOP;
    END IF;
    SELECT p."netto", p."brutto" INTO "netto", "brutto" FROM dbo.cena_poziomu("artykul", poziom, narzut, a."VAT_SPRZEDAZY") p;
    IF k."PODLEGA_PROMOCJI" <> 0 AND coalesce(nullif(a."PROMOCJA_OD", 0), "dzien") <= "dzien"
        AND coalesce(nullif(a."PROMOCJA_DO", 0), "dzien") >= "dzien"
    THEN
        IF a."CENA_PROMOCJI_N" > 0 THEN
            "netto" := a."CENA_PROMOCJI_N";
            "brutto" := coalesce(nullif(a."CENA_PROMOCJI_B", 0), dbo."JL_Func_ObliczBrutto"(a."CENA_PROMOCJI_N", a."VAT_SPRZEDAZY"));
            RETURN;
        ELSIF a."PROMOCJA_RABAT" <> 0 AND "netto" IS NOT NULL THEN
            SELECT z."netto", z."brutto" INTO "netto", "brutto" FROM dbo.zmien_cene("netto", "brutto", -a."PROMOCJA_RABAT", a."VAT_SPRZEDAZY") z;
            RETURN;
        END IF;
    END IF;
    IF a."PODLEGA_RABATOWANIU" <> 0 THEN
        SELECT z."netto", z."brutto" INTO "netto", "brutto" FROM dbo.zmien_cene("netto", "brutto", k."DOMYSLNY_RABAT", a."VAT_SPRZEDAZY") z;
        "prog" := true;
    END IF;
END $$;

CREATE FUNCTION dbo."RM_UstawCenyAktualne"(
    "id_zamowienia" numeric, "id_sesji" numeric, "uzycie" integer, "id_kontr" numeric, OUT "rc" integer
) LANGUAGE plpgsql AS $$
DECLARE
    p record;
    c record;
    rabat numeric;
BEGIN
    FOR p IN SELECT l."ID_POZYCJI_ZAMOWIENIA" AS id, l."ID_ARTYKULU" AS artykul, z."DATA" AS dzien FROM dbo."POZYCJA_ZAMOWIENIA" l
        JOIN dbo."ZAMOWIENIE" z ON z."ID_ZAMOWIENIA" = l."ID_ZAMOWIENIA" WHERE l."ID_ZAMOWIENIA" = "id_zamowienia"
    LOOP
        SELECT * INTO c FROM dbo.ustal_cene(p.artykul, "id_kontr", p.dzien);
        UPDATE dbo."POZYCJA_ZAMOWIENIA" SET "CENA_NETTO" = coalesce(c."netto", 0), "CENA_BRUTTO" = coalesce(c."brutto", 0)
        WHERE "ID_POZYCJI_ZAMOWIENIA" = p.id;
    END LOOP;
    -- The best threshold that the order's net value reaches.
    SELECT max(g."RABAT") INTO rabat FROM dbo."PROGI_RABATOWE" g JOIN dbo."ZAMOWIENIE" z ON z."ID_FIRMY" = g."ID_FIRMY"
    WHERE z."ID_ZAMOWIENIA" = "id_zamowienia" AND g."PROG" <= (SELECT sum(round(l."ZAMOWIONO" * l."CENA_NETTO", 2))
        FROM dbo."POZYCJA_ZAMOWIENIA" l WHERE l."ID_ZAMOWIENIA" = "id_zamowienia");
    UPDATE dbo."POZYCJA_ZAMOWIENIA" l SET "CENA_NETTO" = n."netto", "CENA_BRUTTO" = n."brutto"
    FROM dbo."ZAMOWIENIE" z, dbo."ARTYKUL" a, LATERAL dbo.ustal_cene(a."ID_ARTYKULU", "id_kontr", z."DATA") u,
        LATERAL dbo.zmien_cene(u."netto", u."brutto", -rabat, a."VAT_SPRZEDAZY") n
    WHERE z."ID_ZAMOWIENIA" = "id_zamowienia" AND l."ID_ZAMOWIENIA" = z."ID_ZAMOWIENIA" AND a."ID_ARTYKULU" = l."ID_ARTYKULU"
        AND u."prog" AND u."netto" IS NOT NULL AND rabat > 0;
    SELECT s."rc" INTO "rc" FROM dbo."RM_SumujZamowienie"("id_zamowienia") s;
END $$;
