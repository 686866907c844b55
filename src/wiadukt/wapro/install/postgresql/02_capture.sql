-- Capture: each trigger only appends rows to the queue, old and new owner alike. It never updates a queue row,
-- so it waits for nobody; and whatever fails here must not fail WAPRO's own work.
-- SECURITY DEFINER: the users of WAPRO need no rights to our schema.
CREATE OR REPLACE FUNCTION wiadukt.przyjmij(p_rodzaj text, p_ids text[]) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog AS $$
    INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu)
    SELECT DISTINCT p_rodzaj, id FROM unnest(p_ids) AS id WHERE id IS NOT NULL AND id NOT IN ('', '0');
$$;

-- Arguments of a trigger: the kind, the expression of the object's id, the joins and conditions that it needs, and the
-- columns that the connector reads. An update that changed no such column (a card opened and closed) is no change.
CREATE OR REPLACE FUNCTION wiadukt.zmiana() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    ids text[];
    zrodlo text := CASE TG_OP WHEN 'INSERT' THEN 'nowe' WHEN 'DELETE' THEN 'stare' ELSE format(
        '((SELECT %1$s FROM nowe EXCEPT SELECT %1$s FROM stare) UNION ALL (SELECT %1$s FROM stare EXCEPT SELECT %1$s FROM nowe))',
        TG_ARGV[3]) END;
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT ids.id) FROM (SELECT %s AS id FROM %s AS r %s) AS ids', TG_ARGV[1], zrodlo, TG_ARGV[2])
    INTO ids;
    IF ids IS NOT NULL THEN
        PERFORM wiadukt.przyjmij(TG_ARGV[0], ids);
    END IF;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'wiadukt: zmiana nie trafiła do kolejki: %', SQLERRM;
    RETURN NULL;
END $$;

-- A buyer who enters the shop brings his orders and invoices with him.
CREATE OR REPLACE FUNCTION wiadukt.nowy_w_sklepie() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM wiadukt.przyjmij('order', array_agg(z."ID_ZAMOWIENIA"::text)) FROM dbo."ZAMOWIENIE" z
    WHERE z."ID_KONTRAHENTA" = NEW."ID_KONTRAHENTA" AND z."TYP" = 1;
    PERFORM wiadukt.przyjmij('invoice', array_agg(d."ID_DOKUMENTU_HANDLOWEGO"::text)) FROM dbo."DOKUMENT_HANDLOWY" d
    WHERE d."ID_PLATNIKA" = NEW."ID_KONTRAHENTA" OR d."ID_KONTRAHENTA" = NEW."ID_KONTRAHENTA";
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'wiadukt: zmiana nie trafiła do kolejki: %', SQLERRM;
    RETURN NULL;
END $$;
