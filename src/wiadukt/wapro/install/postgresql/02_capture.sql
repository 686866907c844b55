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

DO $$
DECLARE
    opis record;
    zdarzenie text;
    przejscie text;
    kolumny text;
BEGIN
    FOR opis IN SELECT * FROM (VALUES
        ('KONTRAHENT', 'customer', 'r."ID_KONTRAHENTA"::text', '',
            'ID_KONTRAHENTA ID_FIRMY KOD_KONTRAHENTA ID_GRUPY TERMIN_NALEZNOSCI ID_HANDLOWCA ZABLOKOWANY DOSTEPNY_W_B2B '
            'RODO_ZANONIMIZOWANY NAZWA NAZWA_PELNA NIP ULICA_LOKAL KOD_POCZTOWY MIEJSCOWOSC SYM_KRAJU ULICA_LOKAL_KOR KOD_POCZTOWY_KOR '
            'MIEJSCOWOSC_KOR SYM_KRAJU_KOR ADRES_EMAIL TELEFON_FIRMOWY FORMA_PLATNOSCI DOM_SYM_WAL LIMIT_KUPIECKI DOMYSLNY_RABAT'),
        ('KONTAKT', 'customer', 'r."ID_KONTRAHENTA"::text', '',
            'ID_KONTAKTU ID_KONTRAHENTA DOMYSLNY IMIE NAZWISKO STANOWISKO TEL TEL_KOM E_MAIL'),
        ('MIEJSCE_DOSTAWY', 'customer', 'r."ID_KONTRAHENTA"::text', '',
            'ID_MIEJSCA_DOSTAWY ID_KONTRAHENTA FIRMA ODBIORCA ULICA_LOKAL KOD_POCZTOWY MIEJSCOWOSC SYM_KRAJU TEL OPIS'),
        ('CENNIK_KONTRAHENTA', 'customer', 'r."ID_KONTRAHENTA"::text', '',
            'ID_CENNIK_KONTRAHENTA ID_KONTRAHENTA ID_ARTYKULU TRYB SPRZEDAZ_ZAKUP CENA_NETTO CENA_BRUTTO'),
        ('ARTYKUL', 'product', 'r."INDEKS_KATALOGOWY"', '',
            'ID_ARTYKULU ID_MAGAZYNU ID_KATEGORII_TREE ID_JEDNOSTKI ID_JEDNOSTKI_SPRZ DOSTEPNY_W_SKLEPIE_INTER ZABLOKOWANY '
            'INDEKS_KATALOGOWY INDEKS_HANDLOWY NAZWA NAZWA_CALA OPIS KOD_KRESKOWY VAT_SPRZEDAZY STAN ZAREZERWOWANO ILOSC_EDYTOWANA'),
        ('CENA_ARTYKULU', 'product', 'a."INDEKS_KATALOGOWY"', 'JOIN dbo."ARTYKUL" a ON a."ID_ARTYKULU" = r."ID_ARTYKULU"',
            'ID_ARTYKULU ID_CENY SYM_WAL CENA_NETTO CENA_BRUTTO'),
        ('ZAMOWIENIE', 'order', 'r."ID_ZAMOWIENIA"::text', 'WHERE r."TYP" = 1',
            'ID_ZAMOWIENIA ID_FIRMY ID_MAGAZYNU ID_KONTRAHENTA TYP DATA DATA_REALIZACJI ID_OPERATORA_PRZESYLKI NUMER NR_ZAMOWIENIA_KLIENTA '
            'STAN_REALIZ STATUS_ZAM SYM_WAL FORMA_PLATNOSCI UWAGI NUMER_PRZESYLKI WARTOSC_NETTO WARTOSC_BRUTTO'),
        ('POZYCJA_ZAMOWIENIA', 'order', 'r."ID_ZAMOWIENIA"::text', '',
            'ID_POZYCJI_ZAMOWIENIA ID_ZAMOWIENIA ID_ARTYKULU KOD_VAT JEDNOSTKA ZAMOWIONO ZREALIZOWANO CENA_NETTO CENA_BRUTTO'),
        ('DOSTAWA', 'order', 'r."ID_ZAMOWIENIA"::text', '', 'ID_DOSTAWY ID_MIEJSCA_DOSTAWY ID_ZAMOWIENIA'),
        ('DOKUMENT_HANDLOWY', 'invoice', 'r."ID_DOKUMENTU_HANDLOWEGO"::text', '',
            'ID_DOKUMENTU_HANDLOWEGO ID_FIRMY ID_TYPU DATA_WYSTAWIENIA DATA_SPRZEDAZY TERMIN_PLAT ID_KONTRAHENTA ID_PLATNIKA DOK_KOREKTY '
            'ID_DOK_ORYGINALNEGO NUMER SYM_WAL FORMA_PLATNOSCI WARTOSC_NETTO WARTOSC_BRUTTO RAZEM_ZAPLACONO POZOSTALO'),
        ('POZYCJA_DOKUMENTU_MAGAZYNOWEGO', 'invoice', 'coalesce(nullif(r."ID_DOK_HANDLOWEGO", 0), d."ID_DOKUMENTU_HANDLOWEGO")::text',
            'LEFT JOIN dbo."DOKUMENT_MAGAZYNOWY" d ON d."ID_DOK_MAGAZYNOWEGO" = r."ID_DOK_MAGAZYNOWEGO"',
            'ID_POZ_DOK_MAG ID_DOK_MAGAZYNOWEGO ID_DOK_HANDLOWEGO ID_ARTYKULU ID_POZ_ZAM JEDNOSTKA KOD_VAT ILOSC CENA_NETTO CENA_BRUTTO'),
        ('DOKUMENT_MAGAZYNOWY', 'invoice', 'r."ID_DOKUMENTU_HANDLOWEGO"::text', '', 'ID_DOK_MAGAZYNOWEGO ID_DOKUMENTU_HANDLOWEGO'),
        ('ROZRACHUNEK', 'invoice', 'r."ID_NAG_DOK_M"::text', 'WHERE r."TYP_DOK" = ''h''', 'ID_ROZRACHUNKU ID_NAG_DOK_M TYP_DOK'),
        ('ROZLICZENIE', 'invoice', 's."ID_NAG_DOK_M"::text',
            'JOIN dbo."ROZRACHUNEK" s ON s."ID_ROZRACHUNKU" = r."ID_ROZRACHUNKU" AND s."TYP_DOK" = ''h''',
            'ID_ROZLICZENIA ID_ROZRACHUNKU DATA_ROZLICZENIA KWOTA')
    ) AS opisy (tabela, rodzaj, id, zlaczenie, kolumny)
    LOOP
        SELECT string_agg(quote_ident(nazwa), ', ') INTO kolumny FROM unnest(string_to_array(opis.kolumny, ' ')) AS nazwa;
        FOREACH zdarzenie IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
            przejscie := CASE zdarzenie WHEN 'INSERT' THEN 'NEW TABLE AS nowe' WHEN 'DELETE' THEN 'OLD TABLE AS stare'
                ELSE 'NEW TABLE AS nowe OLD TABLE AS stare' END;
            EXECUTE format('CREATE OR REPLACE TRIGGER wiadukt_%s AFTER %s ON dbo.%I REFERENCING %s FOR EACH STATEMENT '
                'EXECUTE FUNCTION wiadukt.zmiana(%L, %L, %L, %L)',
                lower(zdarzenie), zdarzenie, opis.tabela, przejscie, opis.rodzaj, opis.id, opis.zlaczenie, kolumny);
        END LOOP;
    END LOOP;
END $$;

CREATE OR REPLACE TRIGGER wiadukt_nowy_w_sklepie AFTER UPDATE OF "DOSTEPNY_W_B2B" ON dbo."KONTRAHENT" FOR EACH ROW
WHEN (NEW."DOSTEPNY_W_B2B" = 1 AND OLD."DOSTEPNY_W_B2B" IS DISTINCT FROM 1) EXECUTE FUNCTION wiadukt.nowy_w_sklepie();
