-- Capture only appends rows to the queue; the triggers of each table are made from the list of what is watched.
-- SECURITY DEFINER: the users of WAPRO need no rights to our schema.
CREATE OR REPLACE FUNCTION wiadukt.przyjmij(p_rodzaj text, p_ids text[]) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog AS $$
    INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu)
    SELECT DISTINCT p_rodzaj, id FROM unnest(p_ids) AS id WHERE id IS NOT NULL AND id NOT IN ('', '0');
$$;

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
