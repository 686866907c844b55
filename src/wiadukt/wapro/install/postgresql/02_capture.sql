-- Capture: each trigger only appends rows to the queue, old and new owner alike. It never updates a queue row,
-- so it waits for nobody; and whatever fails here must not fail WAPRO's own work.
CREATE OR REPLACE FUNCTION wiadukt.przyjmij(p_rodzaj text, p_ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu)
    SELECT DISTINCT p_rodzaj, id FROM unnest(p_ids) AS id WHERE id IS NOT NULL AND id NOT IN ('', '0');
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'wiadukt: zmiana nie trafiła do kolejki: %', SQLERRM;
END $$;

-- The argument of a trigger names the kind and the query part that gives the ids from the changed rows.
CREATE OR REPLACE FUNCTION wiadukt.zmiana() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids text[];
    zrodlo text := CASE TG_OP
        WHEN 'INSERT' THEN 'nowe' WHEN 'DELETE' THEN 'stare' ELSE '(TABLE nowe UNION ALL TABLE stare)' END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- Rows that did not differ are no change: EXCEPT leaves both versions of those that did.
        zrodlo := '((TABLE nowe EXCEPT TABLE stare) UNION ALL (TABLE stare EXCEPT TABLE nowe))';
    END IF;
    EXECUTE format('SELECT array_agg(DISTINCT ids.id) FROM (SELECT %s AS id FROM %s AS r %s) AS ids', TG_ARGV[1], zrodlo, TG_ARGV[2]) INTO ids;
    PERFORM wiadukt.przyjmij(TG_ARGV[0], ids);
    IF TG_NARGS > 3 THEN
        EXECUTE format('SELECT array_agg(DISTINCT ids.id) FROM (SELECT %s AS id FROM %s AS r %s) AS ids', TG_ARGV[4], zrodlo, TG_ARGV[5]) INTO ids;
        PERFORM wiadukt.przyjmij(TG_ARGV[3], ids);
    END IF;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'wiadukt: zmiana nie trafiła do kolejki: %', SQLERRM;
    RETURN NULL;
END $$;

-- A buyer who enters the shop brings his orders and invoices with him.
CREATE OR REPLACE FUNCTION wiadukt.nowy_w_sklepie() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM wiadukt.przyjmij('order', array_agg(z."ID_ZAMOWIENIA"::text)) FROM dbo."ZAMOWIENIE" z
    WHERE z."ID_KONTRAHENTA" = NEW."ID_KONTRAHENTA";
    PERFORM wiadukt.przyjmij('invoice', array_agg(d."ID_DOKUMENTU_HANDLOWEGO"::text)) FROM dbo."DOKUMENT_HANDLOWY" d
    WHERE coalesce(nullif(d."ID_PLATNIKA", 0), d."ID_KONTRAHENTA") = NEW."ID_KONTRAHENTA";
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'wiadukt: zmiana nie trafiła do kolejki: %', SQLERRM;
    RETURN NULL;
END $$;

DO $$
DECLARE
    opis record;
    zdarzenie text;
    przejscie text;
BEGIN
    FOR opis IN SELECT * FROM (VALUES
        ('KONTRAHENT', $a$'customer', 'r."ID_KONTRAHENTA"::text', ''$a$),
        ('KONTAKT', $a$'customer', 'r."ID_KONTRAHENTA"::text', ''$a$),
        ('MIEJSCE_DOSTAWY', $a$'customer', 'r."ID_KONTRAHENTA"::text', ''$a$),
        ('CENNIK_KONTRAHENTA', $a$'customer', 'r."ID_KONTRAHENTA"::text', ''$a$),
        ('ARTYKUL', $a$'product', 'r."INDEKS_KATALOGOWY"', ''$a$),
        ('CENA_ARTYKULU', $a$'product', 'a."INDEKS_KATALOGOWY"', 'JOIN dbo."ARTYKUL" a ON a."ID_ARTYKULU" = r."ID_ARTYKULU"'$a$),
        ('ZAMOWIENIE', $a$'order', 'r."ID_ZAMOWIENIA"::text', 'WHERE r."TYP" = 1'$a$),
        ('POZYCJA_ZAMOWIENIA', $a$'order', 'r."ID_ZAMOWIENIA"::text', ''$a$),
        ('DOSTAWA', $a$'order', 'r."ID_ZAMOWIENIA"::text', ''$a$),
        ('DOKUMENT_HANDLOWY', $a$'invoice', 'r."ID_DOKUMENTU_HANDLOWEGO"::text', ''$a$),
        ('POZYCJA_DOKUMENTU_MAGAZYNOWEGO', $a$'invoice', 'coalesce(nullif(r."ID_DOK_HANDLOWEGO", 0), d."ID_DOKUMENTU_HANDLOWEGO")::text',
            'LEFT JOIN dbo."DOKUMENT_MAGAZYNOWY" d ON d."ID_DOK_MAGAZYNOWEGO" = r."ID_DOK_MAGAZYNOWEGO"'$a$),
        ('DOKUMENT_MAGAZYNOWY', $a$'invoice', 'r."ID_DOKUMENTU_HANDLOWEGO"::text', ''$a$),
        ('ROZRACHUNEK', $a$'invoice', 'r."ID_NAG_DOK_M"::text', 'WHERE r."TYP_DOK" = ''h'''$a$),
        ('ROZLICZENIE', $a$'invoice', 's."ID_NAG_DOK_M"::text',
            'JOIN dbo."ROZRACHUNEK" s ON s."ID_ROZRACHUNKU" = r."ID_ROZRACHUNKU" AND s."TYP_DOK" = ''h'''$a$)
    ) AS opisy (tabela, argumenty)
    LOOP
        FOREACH zdarzenie IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
            przejscie := CASE zdarzenie WHEN 'INSERT' THEN 'NEW TABLE AS nowe' WHEN 'DELETE' THEN 'OLD TABLE AS stare'
                ELSE 'NEW TABLE AS nowe OLD TABLE AS stare' END;
            EXECUTE format('CREATE OR REPLACE TRIGGER wiadukt_%s AFTER %s ON dbo.%I REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION wiadukt.zmiana(%s)',
                lower(zdarzenie), zdarzenie, opis.tabela, przejscie, opis.argumenty);
        END LOOP;
    END LOOP;
END $$;

CREATE OR REPLACE TRIGGER wiadukt_nowy_w_sklepie AFTER UPDATE OF "DOSTEPNY_W_B2B" ON dbo."KONTRAHENT" FOR EACH ROW
WHEN (NEW."DOSTEPNY_W_B2B" = 1 AND OLD."DOSTEPNY_W_B2B" <> 1) EXECUTE FUNCTION wiadukt.nowy_w_sklepie();
