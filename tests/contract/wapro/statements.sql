DELETE FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK) WHERE wiadukt.kolejka.id IN (SELECT TOP (?) wiadukt.kolejka.id
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.status = CAST(:status_1 AS VARCHAR(8000)) AND wiadukt.kolejka.wyslano < DATEADD(second, CAST(CEILING(:param_2) AS int), SYSDATETIMEOFFSET()))
GO

DELETE FROM wiadukt.sledzenie WHERE wiadukt.sledzenie.tabela IN (?)
GO

DELETE FROM wiadukt.wlasciciel WHERE wiadukt.wlasciciel.tabela = CAST(:tabela_1 AS VARCHAR(8000))
GO

DELETE FROM wiadukt.wlasciciel WHERE wiadukt.wlasciciel.tabela = CAST(:tabela_1 AS VARCHAR(8000)) AND wiadukt.wlasciciel.klucz IN (?)
GO

DELETE FROM wiadukt.zamiatanie WHERE wiadukt.zamiatanie.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000)) AND wiadukt.zamiatanie.id_obiektu IN (?)
GO

DELETE FROM wiadukt.znaczenie_statusu WHERE wiadukt.znaczenie_statusu.litera = CAST(:litera_1 AS VARCHAR(8000))
GO

INSERT INTO dbo.[ADRESY_KONTRAHENTA] ([ID_KONTRAHENTA], [DATA_OD], [RODO_DATA], [NAZWA_PELNA], [ULICA_LOKAL], [KOD_POCZTOWY], [MIEJSCOWOSC], [SYM_KRAJU], [WOJEWODZTWO], [POWIAT], [NIP]) VALUES (:ID_KONTRAHENTA, :DATA_OD, :RODO_DATA, CAST(:NAZWA_PELNA AS VARCHAR(8000)), CAST(:ULICA_LOKAL AS VARCHAR(8000)), CAST(:KOD_POCZTOWY AS VARCHAR(8000)), CAST(:MIEJSCOWOSC AS VARCHAR(8000)), CAST(:SYM_KRAJU AS VARCHAR(8000)), NULL, NULL, NULL)
GO

INSERT INTO dbo.[DOSTAWA] ([ID_MIEJSCA_DOSTAWY], [ID_DOK_MAGAZYNOWEGO], [ID_ZAMOWIENIA], [ID_FORMY_DOSTAWY], [ODEBRANO]) VALUES (:ID_MIEJSCA_DOSTAWY, :ID_DOK_MAGAZYNOWEGO, :ID_ZAMOWIENIA, :ID_FORMY_DOSTAWY, :ODEBRANO)
GO

INSERT INTO dbo.[MIEJSCE_DOSTAWY] ([ID_KONTRAHENTA], [TYP_ADRESU], [RODO_DATA], [FIRMA], [ODBIORCA], [ULICA_LOKAL], [KOD_POCZTOWY], [MIEJSCOWOSC], [SYM_KRAJU], [TEL], [OPIS]) OUTPUT inserted.[ID_MIEJSCA_DOSTAWY] VALUES (:ID_KONTRAHENTA, :TYP_ADRESU, :RODO_DATA, CAST(:FIRMA AS VARCHAR(8000)), CAST(:ODBIORCA AS VARCHAR(8000)), CAST(:ULICA_LOKAL AS VARCHAR(8000)), CAST(:KOD_POCZTOWY AS VARCHAR(8000)), CAST(:MIEJSCOWOSC AS VARCHAR(8000)), CAST(:SYM_KRAJU AS VARCHAR(8000)), CAST(:TEL AS VARCHAR(8000)), CAST(:OPIS AS VARCHAR(8000)))
GO

INSERT INTO wiadukt.adres_powiedziany (klucz, id_wiersza, rewizja, skrot, odpowiedz, zapisano) VALUES (CAST(:klucz AS VARCHAR(8000)), :id_wiersza, :rewizja, CAST(:skrot AS VARCHAR(8000)), CAST(:odpowiedz AS VARCHAR(8000)), SYSDATETIMEOFFSET())
GO

INSERT INTO wiadukt.adres_powiedziany (klucz, id_wiersza, rewizja, skrot, odpowiedz, zapisano) VALUES (CAST(:klucz AS VARCHAR(8000)), NULL, :rewizja, CAST(:skrot AS VARCHAR(8000)), CAST(:odpowiedz AS VARCHAR(8000)), SYSDATETIMEOFFSET())
GO

INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) VALUES (CAST(:rodzaj AS VARCHAR(8000)), CAST(:id_obiektu AS VARCHAR(8000)))
GO

INSERT INTO wiadukt.luka (zauwazono) VALUES (SYSDATETIMEOFFSET())
GO

INSERT INTO wiadukt.postep_produkcji (numer, rewizja, stan, procent, zgloszono, pozycje) VALUES (CAST(:numer AS VARCHAR(8000)), :rewizja, CAST(:stan AS VARCHAR(8000)), :procent, SYSDATETIMEOFFSET(), CAST(:pozycje AS VARCHAR(8000)))
GO

INSERT INTO wiadukt.sledzenie (tabela, od_wersji, wersja, nasze) VALUES (CAST(:tabela AS VARCHAR(8000)), :od_wersji, :wersja, :nasze)
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'ARTYKUL', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_ARTYKULU] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(r.[INDEKS_KATALOGOWY] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
    FROM dbo.[ARTYKUL] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'CENA_ARTYKULU', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_CENA_ARTYKULU] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(a.[INDEKS_KATALOGOWY] AS varchar(40))), ''), '0') AS id_obiektu, NULLIF(NULLIF(RTRIM(CAST(r.[ID_ARTYKULU] AS varchar(40))), ''), '0') AS pamietane
    FROM dbo.[CENA_ARTYKULU] AS r LEFT JOIN dbo.[ARTYKUL] AS a ON a.[ID_ARTYKULU] = r.[ID_ARTYKULU]
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'CENNIK_INDYWIDUALNY', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_CENNIK_INDYWIDUALNY] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(a.[INDEKS_KATALOGOWY] AS varchar(40))), ''), '0') AS id_obiektu, NULLIF(NULLIF(RTRIM(CAST(r.[ID_ARTYKULU] AS varchar(40))), ''), '0') AS pamietane
    FROM dbo.[CENNIK_INDYWIDUALNY] AS r LEFT JOIN dbo.[ARTYKUL] AS a ON a.[ID_ARTYKULU] = r.[ID_ARTYKULU]
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'CENNIK_KONTRAHENTA', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_CENNIK_KONTRAHENTA] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(r.[ID_KONTRAHENTA] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
    FROM dbo.[CENNIK_KONTRAHENTA] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'DOKUMENT_HANDLOWY', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_DOKUMENTU_HANDLOWEGO] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(r.[ID_DOKUMENTU_HANDLOWEGO] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
    FROM dbo.[DOKUMENT_HANDLOWY] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'DOKUMENT_MAGAZYNOWY', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_DOK_MAGAZYNOWEGO] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(r.[ID_DOKUMENTU_HANDLOWEGO] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
    FROM dbo.[DOKUMENT_MAGAZYNOWY] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'DOSTAWA', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_DOSTAWY] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(r.[ID_ZAMOWIENIA] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
    FROM dbo.[DOSTAWA] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'KONTAKT', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_KONTAKTU] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(r.[ID_KONTRAHENTA] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
    FROM dbo.[KONTAKT] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'KONTRAHENT', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_KONTRAHENTA] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(r.[ID_KONTRAHENTA] AS varchar(40))), ''), '0') AS id_obiektu, CASE WHEN r.[DOSTEPNY_W_B2B] IN (1) THEN '1' END AS pamietane
    FROM dbo.[KONTRAHENT] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'MIEJSCE_DOSTAWY', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_MIEJSCA_DOSTAWY] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(r.[ID_KONTRAHENTA] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
    FROM dbo.[MIEJSCE_DOSTAWY] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'POZYCJA_DOKUMENTU_MAGAZYNOWEGO', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_POZ_DOK_MAG] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(coalesce(nullif(r.[ID_DOK_HANDLOWEGO], 0), d.[ID_DOKUMENTU_HANDLOWEGO]) AS varchar(40))), ''), '0') AS id_obiektu, NULLIF(NULLIF(RTRIM(CAST(r.[ID_DOK_MAGAZYNOWEGO] AS varchar(40))), ''), '0') AS pamietane
    FROM dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO] AS r LEFT JOIN dbo.[DOKUMENT_MAGAZYNOWY] AS d ON d.[ID_DOK_MAGAZYNOWEGO] = r.[ID_DOK_MAGAZYNOWEGO]
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'POZYCJA_ZAMOWIENIA', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_POZYCJI_ZAMOWIENIA] AS varchar(40)) AS klucz, NULLIF(NULLIF(RTRIM(CAST(r.[ID_ZAMOWIENIA] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
    FROM dbo.[POZYCJA_ZAMOWIENIA] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'ROZLICZENIE', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_ROZLICZENIA] AS varchar(40)) AS klucz, CASE WHEN s.[TYP_DOK] = 'h' THEN NULLIF(NULLIF(RTRIM(CAST(s.[ID_NAG_DOK_M] AS varchar(40))), ''), '0') END AS id_obiektu, NULLIF(NULLIF(RTRIM(CAST(r.[ID_ROZRACHUNKU] AS varchar(40))), ''), '0') AS pamietane
    FROM dbo.[ROZLICZENIE] AS r LEFT JOIN dbo.[ROZRACHUNEK] AS s ON s.[ID_ROZRACHUNKU] = r.[ID_ROZRACHUNKU]
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'ROZRACHUNEK', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_ROZRACHUNKU] AS varchar(40)) AS klucz, CASE WHEN r.[TYP_DOK] = 'h' THEN NULLIF(NULLIF(RTRIM(CAST(r.[ID_NAG_DOK_M] AS varchar(40))), ''), '0') END AS id_obiektu, NULL AS pamietane
    FROM dbo.[ROZRACHUNEK] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'ROZRACHUNEK_wplata', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_ROZRACHUNKU] AS varchar(40)) AS klucz, CASE WHEN r.[TYP_DOK] <> 'h' THEN NULLIF(NULLIF(RTRIM(CAST(r.[ID_KONTRAHENTA] AS varchar(40))), ''), '0') END AS id_obiektu, NULL AS pamietane
    FROM dbo.[ROZRACHUNEK] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane)
SELECT 'ZAMOWIENIE', klucz, id_obiektu, pamietane FROM (
    SELECT CAST(r.[ID_ZAMOWIENIA] AS varchar(40)) AS klucz, CASE WHEN r.[TYP] = 1 THEN NULLIF(NULLIF(RTRIM(CAST(r.[ID_ZAMOWIENIA] AS varchar(40))), ''), '0') END AS id_obiektu, NULL AS pamietane
    FROM dbo.[ZAMOWIENIE] AS r
) AS wiersze WHERE id_obiektu IS NOT NULL OR pamietane IS NOT NULL
GO

INSERT INTO wiadukt.wlasciciel (tabela, klucz, id_obiektu, pamietane) VALUES (CAST(:tabela AS VARCHAR(8000)), CAST(:klucz AS VARCHAR(8000)), CAST(:id_obiektu AS VARCHAR(8000)), CAST(:pamietane AS VARCHAR(8000)))
GO

INSERT INTO wiadukt.zamiatanie (rodzaj, id_obiektu, skrot) VALUES (CAST(:rodzaj AS VARCHAR(8000)), CAST(:id_obiektu AS VARCHAR(8000)), CAST(:skrot AS VARCHAR(8000)))
GO

INSERT INTO wiadukt.zamowienie_mapa (numer, id_zamowienia, skrot) VALUES (CAST(:numer AS VARCHAR(8000)), :id_zamowienia, CAST(:skrot AS VARCHAR(8000)))
GO

INSERT INTO wiadukt.znaczenie_statusu (litera, stan, zapisano) VALUES (CAST(:litera AS VARCHAR(8000)), CAST(:stan AS VARCHAR(8000)), SYSDATETIMEOFFSET())
GO

SELECT 1
GO

SELECT APPLOCK_MODE('public', CAST(:name AS nvarchar(255)), 'Transaction') AS mode
GO

SELECT CASE OBJECT_SCHEMA_NAME(object_id) WHEN 'dbo' THEN '' ELSE OBJECT_SCHEMA_NAME(object_id) + '.' END
    + OBJECT_NAME(object_id) AS tabela, begin_version, CHANGE_TRACKING_MIN_VALID_VERSION(object_id) AS najstarsza
FROM sys.change_tracking_tables
GO

SELECT CAST(SERVERPROPERTY('ProductVersion') AS varchar(50)) AS version,
    CAST(SERVERPROPERTY('Edition') AS varchar(100)) AS edition
GO

SELECT CAST(retention_period AS int) AS ile, retention_period_units_desc AS czego, is_auto_cleanup_on AS sprzata
FROM sys.change_tracking_databases WHERE database_id = DB_ID()
GO

SELECT CAST(value_in_use AS int) FROM sys.configurations WHERE name = 'nested triggers'
GO

SELECT CHANGE_TRACKING_CURRENT_VERSION()
GO

SELECT COUNT(*) FROM sys.identity_columns WHERE object_id = OBJECT_ID('dbo.DOSTAWA')
GO

SELECT COUNT(*) FROM sys.identity_columns WHERE object_id = OBJECT_ID(:table)
GO

SELECT DISTINCT TOP (?) dbo.[ARTYKUL].[INDEKS_KATALOGOWY]
FROM dbo.[ARTYKUL]
WHERE dbo.[ARTYKUL].[DOSTEPNY_W_SKLEPIE_INTER] IN (?) AND dbo.[ARTYKUL].[ID_MAGAZYNU] IN (?) AND dbo.[ARTYKUL].[INDEKS_KATALOGOWY] > CAST(:INDEKS_KATALOGOWY_1 AS VARCHAR(8000)) ORDER BY dbo.[ARTYKUL].[INDEKS_KATALOGOWY]
GO

SELECT DISTINCT TOP (?) dbo.[ARTYKUL].[INDEKS_KATALOGOWY]
FROM dbo.[ARTYKUL]
WHERE dbo.[ARTYKUL].[DOSTEPNY_W_SKLEPIE_INTER] IN (?) AND dbo.[ARTYKUL].[ID_MAGAZYNU] IN (?) ORDER BY dbo.[ARTYKUL].[INDEKS_KATALOGOWY]
GO

SELECT DISTINCT TOP (?) dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO]
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY] = :ID_FIRMY_1 AND (dbo.[DOKUMENT_HANDLOWY].[ID_PLATNIKA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?)) OR dbo.[DOKUMENT_HANDLOWY].[ID_KONTRAHENTA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?))) AND dbo.[DOKUMENT_HANDLOWY].[ID_TYPU] IN (SELECT dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU]
FROM dbo.[TYP_DOKUMENTU_HANDLOWEGO]
WHERE rtrim(dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]) IN (?)) AND (rtrim(dbo.[DOKUMENT_HANDLOWY].[NUMER]) NOT IN (?)) AND dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO] > :ID_DOKUMENTU_HANDLOWEGO_1 ORDER BY dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO]
GO

SELECT DISTINCT TOP (?) dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO]
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY] = :ID_FIRMY_1 AND (dbo.[DOKUMENT_HANDLOWY].[ID_PLATNIKA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?)) OR dbo.[DOKUMENT_HANDLOWY].[ID_KONTRAHENTA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?))) AND dbo.[DOKUMENT_HANDLOWY].[ID_TYPU] IN (SELECT dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU]
FROM dbo.[TYP_DOKUMENTU_HANDLOWEGO]
WHERE rtrim(dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]) IN (?)) AND (rtrim(dbo.[DOKUMENT_HANDLOWY].[NUMER]) NOT IN (?)) ORDER BY dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO]
GO

SELECT DISTINCT TOP (?) dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?) AND dbo.[KONTRAHENT].[ID_KONTRAHENTA] > :ID_KONTRAHENTA_1 ORDER BY dbo.[KONTRAHENT].[ID_KONTRAHENTA]
GO

SELECT DISTINCT TOP (?) dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?) ORDER BY dbo.[KONTRAHENT].[ID_KONTRAHENTA]
GO

SELECT DISTINCT TOP (?) dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA]
FROM dbo.[ZAMOWIENIE]
WHERE dbo.[ZAMOWIENIE].[TYP] = :TYP_1 AND dbo.[ZAMOWIENIE].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[ZAMOWIENIE].[ID_KONTRAHENTA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?)) AND (rtrim(dbo.[ZAMOWIENIE].[NUMER]) NOT IN (?)) AND dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA] > :ID_ZAMOWIENIA_1 ORDER BY dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA]
GO

SELECT DISTINCT TOP (?) dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA]
FROM dbo.[ZAMOWIENIE]
WHERE dbo.[ZAMOWIENIE].[TYP] = :TYP_1 AND dbo.[ZAMOWIENIE].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[ZAMOWIENIE].[ID_KONTRAHENTA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?)) AND (rtrim(dbo.[ZAMOWIENIE].[NUMER]) NOT IN (?)) ORDER BY dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA]
GO

SELECT DISTINCT dbo.[ARTYKUL].[INDEKS_KATALOGOWY]
FROM dbo.[ARTYKUL]
WHERE dbo.[ARTYKUL].[DOSTEPNY_W_SKLEPIE_INTER] IN (?) AND dbo.[ARTYKUL].[ID_MAGAZYNU] IN (?) ORDER BY dbo.[ARTYKUL].[INDEKS_KATALOGOWY]
GO

SELECT DISTINCT dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO]
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY] = :ID_FIRMY_1 AND (dbo.[DOKUMENT_HANDLOWY].[ID_PLATNIKA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?)) OR dbo.[DOKUMENT_HANDLOWY].[ID_KONTRAHENTA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?))) AND dbo.[DOKUMENT_HANDLOWY].[ID_TYPU] IN (SELECT dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU]
FROM dbo.[TYP_DOKUMENTU_HANDLOWEGO]
WHERE rtrim(dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]) IN (?)) AND (rtrim(dbo.[DOKUMENT_HANDLOWY].[NUMER]) NOT IN (?)) ORDER BY dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO]
GO

SELECT DISTINCT dbo.[KONTRAHENT].[FORMA_PLATNOSCI]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?) AND dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_1
GO

SELECT DISTINCT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?) ORDER BY dbo.[KONTRAHENT].[ID_KONTRAHENTA]
GO

SELECT DISTINCT dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA]
FROM dbo.[ZAMOWIENIE]
WHERE dbo.[ZAMOWIENIE].[TYP] = :TYP_1 AND dbo.[ZAMOWIENIE].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[ZAMOWIENIE].[ID_KONTRAHENTA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?)) AND (rtrim(dbo.[ZAMOWIENIE].[NUMER]) NOT IN (?)) ORDER BY dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA]
GO

SELECT HAS_PERMS_BY_NAME(:name, 'OBJECT', :needed)
GO

SELECT HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE')
GO

SELECT OBJECT_DEFINITION(OBJECT_ID(:name))
GO

SELECT OBJECT_NAME(g.parent_id) AS tabela, m.definition FROM sys.triggers g
JOIN sys.sql_modules m ON m.object_id = g.object_id
WHERE g.name LIKE 'wiadukt[_]%' AND g.parent_id <> 0 AND g.is_disabled = 0
GO

SELECT OBJECT_NAME(i.object_id) AS tabela, c.name AS kolumna
FROM sys.indexes i JOIN sys.index_columns ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
JOIN sys.columns c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
WHERE i.is_primary_key = 1 AND OBJECT_SCHEMA_NAME(i.object_id) = 'dbo'
ORDER BY i.object_id, ic.key_ordinal
GO

SELECT OBJECT_NAME(parent_id) AS tabela, name FROM sys.triggers
WHERE parent_id <> 0 AND is_disabled = 0 AND name NOT LIKE 'wiadukt[_]%'
GO

SELECT OBJECT_NAME(parent_id) AS tabela, name, is_disabled FROM sys.triggers
WHERE name LIKE 'wiadukt[_]%' AND parent_id <> 0
GO

SELECT SUM(CAST(size AS bigint)) / 128 AS mb, CAST(SERVERPROPERTY('EngineEdition') AS int) AS edition
FROM sys.database_files WHERE type = 0
GO

SELECT SUSER_ID(:login)
GO

SELECT SYSDATETIMEOFFSET() AS anon_1
GO

SELECT TOP (?) dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO], dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY], dbo.[DOKUMENT_HANDLOWY].[ID_TYPU], dbo.[DOKUMENT_HANDLOWY].[DATA_WYSTAWIENIA], dbo.[DOKUMENT_HANDLOWY].[DATA_SPRZEDAZY], dbo.[DOKUMENT_HANDLOWY].[TERMIN_PLAT], dbo.[DOKUMENT_HANDLOWY].[ID_KONTRAHENTA], dbo.[DOKUMENT_HANDLOWY].[ID_PLATNIKA], dbo.[DOKUMENT_HANDLOWY].[DOK_KOREKTY], dbo.[DOKUMENT_HANDLOWY].[ID_DOK_ORYGINALNEGO], dbo.[DOKUMENT_HANDLOWY].[ID_DOK_KORYGOWANEGO], dbo.[DOKUMENT_HANDLOWY].[ID_FZAL_ORG], dbo.[DOKUMENT_HANDLOWY].[ID_RACHUNKU], dbo.[DOKUMENT_HANDLOWY].[NUMER], dbo.[DOKUMENT_HANDLOWY].[SYM_WAL], dbo.[DOKUMENT_HANDLOWY].[FORMA_PLATNOSCI], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_NETTO], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO], dbo.[DOKUMENT_HANDLOWY].[ZALICZKA], dbo.[DOKUMENT_HANDLOWY].[RAZEM_ZAPLACONO], dbo.[DOKUMENT_HANDLOWY].[POZOSTALO], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_NETTO_WAL], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO_WAL], dbo.[DOKUMENT_HANDLOWY].[RAZEM_ZAPLACONO_WAL], dbo.[DOKUMENT_HANDLOWY].[POZOSTALO_WAL], dbo.[DOKUMENT_HANDLOWY].[SUMA_ODSETEK]
FROM dbo.[DOKUMENT_HANDLOWY] JOIN dbo.[TYP_DOKUMENTU_HANDLOWEGO] ON dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU] = dbo.[DOKUMENT_HANDLOWY].[ID_TYPU]
WHERE dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY] = :ID_FIRMY_1 AND rtrim(dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]) IN (?) AND dbo.[DOKUMENT_HANDLOWY].[ID_FZAL_ORG] != :ID_FZAL_ORG_1 ORDER BY dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO] DESC
GO

SELECT TOP (?) left(wiadukt.kolejka.ostatni_blad, 300) AS cause, count(*) AS n, min(wiadukt.kolejka.utworzono) AS oldest, max(wiadukt.kolejka.id) AS up_to
FROM wiadukt.kolejka
WHERE wiadukt.kolejka.status = 'odrzucony' AND wiadukt.kolejka.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000)) AND left(wiadukt.kolejka.ostatni_blad, 300) = CAST(:left_1 AS VARCHAR(8000)) AND (wiadukt.kolejka.id_obiektu LIKE CAST(:id_obiektu_1 AS VARCHAR(8000)) ESCAPE '/' OR wiadukt.kolejka.ostatni_blad LIKE CAST(:ostatni_blad_1 AS VARCHAR(8000)) ESCAPE '/') AND wiadukt.kolejka.utworzono >= :utworzono_1 AND wiadukt.kolejka.utworzono < :utworzono_2 GROUP BY left(wiadukt.kolejka.ostatni_blad, 300) ORDER BY n DESC
GO

SELECT TOP (?) left(wiadukt.kolejka.ostatni_blad, 300) AS cause, count(*) AS n, min(wiadukt.kolejka.utworzono) AS oldest, max(wiadukt.kolejka.id) AS up_to
FROM wiadukt.kolejka
WHERE wiadukt.kolejka.status = 'odrzucony' GROUP BY left(wiadukt.kolejka.ostatni_blad, 300) ORDER BY n DESC
GO

SELECT TOP (?) left(wiadukt.kolejka.ostatni_blad, 300) AS cause, count(*) AS n, min(wiadukt.kolejka.utworzono) AS oldest, max(wiadukt.kolejka.id) AS up_to
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.status = 'odrzucony' AND wiadukt.kolejka.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000)) AND left(wiadukt.kolejka.ostatni_blad, 300) = CAST(:left_1 AS VARCHAR(8000)) AND (wiadukt.kolejka.id_obiektu LIKE CAST(:id_obiektu_1 AS VARCHAR(8000)) ESCAPE '/' OR wiadukt.kolejka.ostatni_blad LIKE CAST(:ostatni_blad_1 AS VARCHAR(8000)) ESCAPE '/') AND wiadukt.kolejka.utworzono >= :utworzono_1 AND wiadukt.kolejka.utworzono < :utworzono_2 GROUP BY left(wiadukt.kolejka.ostatni_blad, 300) ORDER BY n DESC
GO

SELECT TOP (?) left(wiadukt.kolejka.ostatni_blad, 300) AS cause, count(*) AS n, min(wiadukt.kolejka.utworzono) AS oldest, max(wiadukt.kolejka.id) AS up_to
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.status = 'odrzucony' GROUP BY left(wiadukt.kolejka.ostatni_blad, 300) ORDER BY n DESC
GO

SELECT TOP (?) wiadukt.kolejka.id
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.status = 'odrzucony' AND wiadukt.kolejka.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000)) AND left(wiadukt.kolejka.ostatni_blad, 300) = CAST(:left_1 AS VARCHAR(8000)) AND (wiadukt.kolejka.id_obiektu LIKE CAST(:id_obiektu_1 AS VARCHAR(8000)) ESCAPE '/' OR wiadukt.kolejka.ostatni_blad LIKE CAST(:ostatni_blad_1 AS VARCHAR(8000)) ESCAPE '/') AND wiadukt.kolejka.utworzono >= :utworzono_1 AND wiadukt.kolejka.utworzono < :utworzono_2 AND wiadukt.kolejka.id > :id_1 AND wiadukt.kolejka.id <= :id_2 ORDER BY wiadukt.kolejka.id
GO

SELECT TOP (?) wiadukt.kolejka.id, wiadukt.kolejka.rodzaj, wiadukt.kolejka.id_obiektu, wiadukt.kolejka.status, wiadukt.kolejka.proby, wiadukt.kolejka.nastepna_proba, wiadukt.kolejka.ostatni_blad, wiadukt.kolejka.utworzono, wiadukt.kolejka.wyslano, wiadukt.kolejka.zajete_do, wiadukt.kolejka.zajete_przez, wiadukt.kolejka.zdarzenie
FROM wiadukt.kolejka
WHERE wiadukt.kolejka.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000)) AND (wiadukt.kolejka.id_obiektu LIKE CAST(:id_obiektu_1 AS VARCHAR(8000)) ESCAPE '/' OR wiadukt.kolejka.ostatni_blad LIKE CAST(:ostatni_blad_1 AS VARCHAR(8000)) ESCAPE '/') AND wiadukt.kolejka.utworzono >= :utworzono_1 AND wiadukt.kolejka.utworzono < :utworzono_2 AND wiadukt.kolejka.status = 'odrzucony' AND wiadukt.kolejka.id < :id_1 ORDER BY wiadukt.kolejka.id DESC
GO

SELECT TOP (?) wiadukt.kolejka.id, wiadukt.kolejka.rodzaj, wiadukt.kolejka.id_obiektu, wiadukt.kolejka.status, wiadukt.kolejka.proby, wiadukt.kolejka.nastepna_proba, wiadukt.kolejka.ostatni_blad, wiadukt.kolejka.utworzono, wiadukt.kolejka.wyslano, wiadukt.kolejka.zajete_do, wiadukt.kolejka.zajete_przez, wiadukt.kolejka.zdarzenie
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000)) AND (wiadukt.kolejka.id_obiektu LIKE CAST(:id_obiektu_1 AS VARCHAR(8000)) ESCAPE '/' OR wiadukt.kolejka.ostatni_blad LIKE CAST(:ostatni_blad_1 AS VARCHAR(8000)) ESCAPE '/') AND wiadukt.kolejka.utworzono >= :utworzono_1 AND wiadukt.kolejka.utworzono < :utworzono_2 AND wiadukt.kolejka.status = 'odrzucony' AND wiadukt.kolejka.id < :id_1 ORDER BY wiadukt.kolejka.id DESC
GO

SELECT TOP (?) wiadukt.kolejka.ostatni_blad
FROM wiadukt.kolejka
WHERE wiadukt.kolejka.status = 'przyjety' AND wiadukt.kolejka.ostatni_blad != CAST(:ostatni_blad_1 AS VARCHAR(8000)) ORDER BY wiadukt.kolejka.utworzono
GO

SELECT TOP (?) wiadukt.kolejka.ostatni_blad
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.status = 'przyjety' AND wiadukt.kolejka.ostatni_blad != CAST(:ostatni_blad_1 AS VARCHAR(8000)) ORDER BY wiadukt.kolejka.utworzono
GO

SELECT compatibility_level AS level, snapshot_isolation_state AS snapshot, collation_name AS collation,
    CAST(COLLATIONPROPERTY(CAST(collation_name AS varchar(100)), 'CodePage') AS int) AS page
FROM sys.databases WHERE database_id = DB_ID()
GO

SELECT count(*) AS count_1
FROM (SELECT dbo.[ARTYKUL].[INDEKS_KATALOGOWY] AS [INDEKS_KATALOGOWY]
FROM dbo.[ARTYKUL]
WHERE dbo.[ARTYKUL].[DOSTEPNY_W_SKLEPIE_INTER] IN (?) AND dbo.[ARTYKUL].[ID_MAGAZYNU] IN (?) AND dbo.[ARTYKUL].[INDEKS_KATALOGOWY] != CAST(:INDEKS_KATALOGOWY_1 AS VARCHAR(8000)) GROUP BY dbo.[ARTYKUL].[INDEKS_KATALOGOWY], dbo.[ARTYKUL].[ID_MAGAZYNU]
HAVING count(*) > :count_2) AS anon_1
GO

SELECT count(*) AS count_1
FROM (SELECT dbo.[KONTRAHENT].[NIP] AS [NIP]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?) AND dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[KONTRAHENT].[NIP] != CAST(:NIP_1 AS VARCHAR(8000)) GROUP BY dbo.[KONTRAHENT].[NIP]
HAVING count(*) > :count_2) AS anon_1
GO

SELECT count(*) AS count_1
FROM (SELECT dbo.[ZAMOWIENIE].[NR_ZAMOWIENIA_KLIENTA] AS [NR_ZAMOWIENIA_KLIENTA]
FROM dbo.[ZAMOWIENIE]
WHERE dbo.[ZAMOWIENIE].[NR_ZAMOWIENIA_KLIENTA] IN (SELECT wiadukt.zamowienie_mapa.numer
FROM wiadukt.zamowienie_mapa) GROUP BY dbo.[ZAMOWIENIE].[NR_ZAMOWIENIA_KLIENTA], dbo.[ZAMOWIENIE].[ID_MAGAZYNU]
HAVING count(*) > :count_2) AS anon_1
GO

SELECT count(*) AS count_1
FROM dbo.[ARTYKUL]
WHERE dbo.[ARTYKUL].[CENA_PROMOCJI_N] > :CENA_PROMOCJI_N_1
GO

SELECT count(*) AS count_1
FROM dbo.[ARTYKUL]
WHERE dbo.[ARTYKUL].[PROMOCJA_PROCENT] != :PROMOCJA_PROCENT_1 AND coalesce(dbo.[ARTYKUL].[CENA_PROMOCJI_N], :coalesce_1) = :coalesce_2
GO

SELECT count(*) AS count_1
FROM dbo.[ARTYKUL]
WHERE dbo.[ARTYKUL].[PROMOCJA_RABAT] != :PROMOCJA_RABAT_1 AND coalesce(dbo.[ARTYKUL].[CENA_PROMOCJI_N], :coalesce_1) = :coalesce_2
GO

SELECT count(*) AS count_1
FROM dbo.[ARTYKUL] JOIN dbo.[JEDNOSTKA] ON dbo.[JEDNOSTKA].[ID_JEDNOSTKI] = dbo.[ARTYKUL].[ID_JEDNOSTKI_SPRZ]
WHERE dbo.[ARTYKUL].[DOSTEPNY_W_SKLEPIE_INTER] IN (?) AND dbo.[ARTYKUL].[ID_MAGAZYNU] IN (?) AND (dbo.[JEDNOSTKA].[PRZELICZNIK] NOT IN (?))
GO

SELECT count(*) AS count_1
FROM dbo.[ARTYKUL] JOIN dbo.[WIDOK_ARTYKUL] ON dbo.[ARTYKUL].[ID_ARTYKULU] = dbo.[WIDOK_ARTYKUL].[IdArtykulu]
WHERE dbo.[ARTYKUL].[DOSTEPNY_W_SKLEPIE_INTER] IN (?) AND dbo.[ARTYKUL].[ID_MAGAZYNU] IN (?) AND dbo.[WIDOK_ARTYKUL].[IloscDostepna] != (dbo.[ARTYKUL].[STAN] - dbo.[ARTYKUL].[ZAREZERWOWANO]) - dbo.[ARTYKUL].[ILOSC_EDYTOWANA]
GO

SELECT count(*) AS count_1
FROM dbo.[CENA_ARTYKULU]
WHERE (coalesce(rtrim(dbo.[CENA_ARTYKULU].[SYM_WAL]), :coalesce_1) NOT IN (?))
GO

SELECT count(*) AS count_1
FROM dbo.[CENNIK_INDYWIDUALNY]
WHERE (coalesce(rtrim(dbo.[CENNIK_INDYWIDUALNY].[SYM_WAL]), :coalesce_1) NOT IN (?))
GO

SELECT count(*) AS count_1
FROM dbo.[CENNIK_KONTRAHENTA]
WHERE (coalesce(rtrim(dbo.[CENNIK_KONTRAHENTA].[SYM_WAL]), :coalesce_1) NOT IN (?))
GO

SELECT count(*) AS count_1
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE (dbo.[DOKUMENT_HANDLOWY].[DATA_WYSTAWIENIA] < :DATA_WYSTAWIENIA_1 OR dbo.[DOKUMENT_HANDLOWY].[DATA_WYSTAWIENIA] > :DATA_WYSTAWIENIA_2) AND dbo.[DOKUMENT_HANDLOWY].[DATA_WYSTAWIENIA] != :DATA_WYSTAWIENIA_3
GO

SELECT count(*) AS count_1
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE (dbo.[DOKUMENT_HANDLOWY].[TERMIN_PLAT] < :TERMIN_PLAT_1 OR dbo.[DOKUMENT_HANDLOWY].[TERMIN_PLAT] > :TERMIN_PLAT_2) AND dbo.[DOKUMENT_HANDLOWY].[TERMIN_PLAT] != :TERMIN_PLAT_3
GO

SELECT count(*) AS count_1
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[DOKUMENT_HANDLOWY].[ID_TYPU] IN (SELECT dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU]
FROM dbo.[TYP_DOKUMENTU_HANDLOWEGO]
WHERE rtrim(dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]) IN (?)) AND abs((dbo.[DOKUMENT_HANDLOWY].[RAZEM_ZAPLACONO] + dbo.[DOKUMENT_HANDLOWY].[POZOSTALO]) - dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO]) >= :abs_1 AND abs((abs(dbo.[DOKUMENT_HANDLOWY].[RAZEM_ZAPLACONO]) + abs(dbo.[DOKUMENT_HANDLOWY].[POZOSTALO])) - abs(dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO])) >= :abs_2
GO

SELECT count(*) AS count_1
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[DOKUMENT_HANDLOWY].[ID_TYPU] IN (SELECT dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU]
FROM dbo.[TYP_DOKUMENTU_HANDLOWEGO]
WHERE rtrim(dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]) IN (?)) AND dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO] < :WARTOSC_BRUTTO_1 AND dbo.[DOKUMENT_HANDLOWY].[POZOSTALO] < :POZOSTALO_1
GO

SELECT count(*) AS count_1
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[DOKUMENT_HANDLOWY].[ID_TYPU] IN (SELECT dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU]
FROM dbo.[TYP_DOKUMENTU_HANDLOWEGO]
WHERE rtrim(dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]) IN (?)) AND dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO] < :WARTOSC_BRUTTO_1 AND dbo.[DOKUMENT_HANDLOWY].[POZOSTALO] > :POZOSTALO_1
GO

SELECT count(*) AS count_1
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[DOKUMENT_HANDLOWY].[ID_TYPU] IN (SELECT dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU]
FROM dbo.[TYP_DOKUMENTU_HANDLOWEGO]
WHERE rtrim(dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]) IN (?)) AND dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO] > :WARTOSC_BRUTTO_1 AND dbo.[DOKUMENT_HANDLOWY].[POZOSTALO] < :POZOSTALO_1
GO

SELECT count(*) AS count_1
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[DOKUMENT_HANDLOWY].[ID_TYPU] IN (SELECT dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU]
FROM dbo.[TYP_DOKUMENTU_HANDLOWEGO]
WHERE rtrim(dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]) IN (?)) AND dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO] > :WARTOSC_BRUTTO_1 AND dbo.[DOKUMENT_HANDLOWY].[POZOSTALO] > :POZOSTALO_1
GO

SELECT count(*) AS count_1
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?) AND dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[KONTRAHENT].[DOMYSLNY_RABAT] > :DOMYSLNY_RABAT_1
GO

SELECT count(*) AS count_1
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?)
GO

SELECT count(*) AS count_1
FROM dbo.[MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN]
GO

SELECT count(*) AS count_1
FROM dbo.[ROZLICZENIE]
WHERE (dbo.[ROZLICZENIE].[DATA_ROZLICZENIA] < :DATA_ROZLICZENIA_1 OR dbo.[ROZLICZENIE].[DATA_ROZLICZENIA] > :DATA_ROZLICZENIA_2) AND dbo.[ROZLICZENIE].[DATA_ROZLICZENIA] != :DATA_ROZLICZENIA_3
GO

SELECT count(*) AS count_1
FROM dbo.[ZAMOWIENIE]
WHERE (dbo.[ZAMOWIENIE].[DATA] < :DATA_1 OR dbo.[ZAMOWIENIE].[DATA] > :DATA_2) AND dbo.[ZAMOWIENIE].[DATA] != :DATA_3
GO

SELECT count(*) AS count_1
FROM dbo.[ZAMOWIENIE]
WHERE (dbo.[ZAMOWIENIE].[DATA_REALIZACJI] < :DATA_REALIZACJI_1 OR dbo.[ZAMOWIENIE].[DATA_REALIZACJI] > :DATA_REALIZACJI_2) AND dbo.[ZAMOWIENIE].[DATA_REALIZACJI] != :DATA_REALIZACJI_3
GO

SELECT count(*) AS count_1
FROM dbo.[ZAMOWIENIE]
WHERE coalesce(dbo.[ZAMOWIENIE].[SEMAFOR], :coalesce_1) != :coalesce_2 AND rtrim(coalesce(dbo.[ZAMOWIENIE].[NUMER], :coalesce_3)) IN (?) AND dbo.[ZAMOWIENIE].[DATA] < :DATA_1
GO

SELECT count(*) AS count_1
FROM dbo.[ZAMOWIENIE]
WHERE dbo.[ZAMOWIENIE].[ZAMOWIENIE_INTERNETOWE] = :ZAMOWIENIE_INTERNETOWE_1 AND dbo.[ZAMOWIENIE].[DATA] >= :DATA_1
GO

SELECT count(*) AS count_1
FROM information_schema.routines
WHERE information_schema.routines.routine_name LIKE :routine_name_1
GO

SELECT count(*) AS count_1
FROM wiadukt.zamowienie_mapa
WHERE NOT (EXISTS (SELECT dbo.[POZYCJA_ZAMOWIENIA].[ID_POZYCJI_ZAMOWIENIA]
FROM dbo.[POZYCJA_ZAMOWIENIA]
WHERE dbo.[POZYCJA_ZAMOWIENIA].[ID_ZAMOWIENIA] = wiadukt.zamowienie_mapa.id_zamowienia))
GO

SELECT count(*) AS count_1, max(wiadukt.kolejka.id) AS max_1
FROM wiadukt.kolejka
WHERE wiadukt.kolejka.status = 'odrzucony'
GO

SELECT count(*) AS count_1, max(wiadukt.kolejka.id) AS max_1
FROM wiadukt.kolejka
WHERE wiadukt.kolejka.status = 'odrzucony' AND wiadukt.kolejka.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000)) AND left(wiadukt.kolejka.ostatni_blad, 300) = CAST(:left_1 AS VARCHAR(8000)) AND (wiadukt.kolejka.id_obiektu LIKE CAST(:id_obiektu_1 AS VARCHAR(8000)) ESCAPE '/' OR wiadukt.kolejka.ostatni_blad LIKE CAST(:ostatni_blad_1 AS VARCHAR(8000)) ESCAPE '/') AND wiadukt.kolejka.utworzono >= :utworzono_1 AND wiadukt.kolejka.utworzono < :utworzono_2
GO

SELECT count(*) AS count_1, max(wiadukt.kolejka.id) AS max_1
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.status = 'odrzucony'
GO

SELECT count(*) AS count_1, max(wiadukt.kolejka.id) AS max_1
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.status = 'odrzucony' AND wiadukt.kolejka.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000)) AND left(wiadukt.kolejka.ostatni_blad, 300) = CAST(:left_1 AS VARCHAR(8000)) AND (wiadukt.kolejka.id_obiektu LIKE CAST(:id_obiektu_1 AS VARCHAR(8000)) ESCAPE '/' OR wiadukt.kolejka.ostatni_blad LIKE CAST(:ostatni_blad_1 AS VARCHAR(8000)) ESCAPE '/') AND wiadukt.kolejka.utworzono >= :utworzono_1 AND wiadukt.kolejka.utworzono < :utworzono_2
GO

SELECT count(*) AS count_1, max(wiadukt.kolejka.ostatni_blad) AS max_1
FROM wiadukt.kolejka
WHERE wiadukt.kolejka.status = CAST(:status_1 AS VARCHAR(8000)) AND wiadukt.kolejka.utworzono < DATEADD(second, CAST(CEILING(:param_1) AS int), SYSDATETIMEOFFSET())
GO

SELECT count(*) AS count_1, min(dbo.[CENA_GRUPY].[NARZUT]) AS min_1, max(dbo.[CENA_GRUPY].[NARZUT]) AS max_1
FROM dbo.[CENA_GRUPY]
WHERE dbo.[CENA_GRUPY].[NARZUT] != :NARZUT_1
GO

SELECT count(*) AS count_1, min(dbo.[CENA_KATEGORII].[DOMYSLNY_NARZUT]) AS min_1, max(dbo.[CENA_KATEGORII].[DOMYSLNY_NARZUT]) AS max_1
FROM dbo.[CENA_KATEGORII]
WHERE dbo.[CENA_KATEGORII].[DOMYSLNY_NARZUT] != :DOMYSLNY_NARZUT_1
GO

SELECT count(*) AS count_1, min(dbo.[GRUPA_KONTRAHENTA].[NARZUT]) AS min_1, max(dbo.[GRUPA_KONTRAHENTA].[NARZUT]) AS max_1
FROM dbo.[GRUPA_KONTRAHENTA]
WHERE dbo.[GRUPA_KONTRAHENTA].[NARZUT] != :NARZUT_1
GO

SELECT count(*) AS count_1, min(dbo.[KONTRAHENT].[DOMYSLNY_RABAT]) AS min_1, max(dbo.[KONTRAHENT].[DOMYSLNY_RABAT]) AS max_1
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[DOMYSLNY_RABAT] != :DOMYSLNY_RABAT_1
GO

SELECT count(*) AS count_1, min(wiadukt.kolejka.utworzono) AS min_1
FROM wiadukt.kolejka
WHERE wiadukt.kolejka.status = 'przyjety'
GO

SELECT count(*) AS count_1, min(wiadukt.kolejka.utworzono) AS min_1
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.status = 'przyjety'
GO

SELECT count(*) AS count_1, sum(abs(dbo.[ROZRACHUNEK].[POZOSTALO])) AS sum_1
FROM dbo.[ROZRACHUNEK]
WHERE dbo.[ROZRACHUNEK].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[ROZRACHUNEK].[POZOSTALO] != :POZOSTALO_1 AND dbo.[ROZRACHUNEK].[ID_KONTRAHENTA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?) AND dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2) AND dbo.[ROZRACHUNEK].[TYP_DOK] != CAST(:TYP_DOK_1 AS VARCHAR(8000)) AND dbo.[ROZRACHUNEK].[STRONA] = CAST(:STRONA_1 AS VARCHAR(8000)) AND rtrim(coalesce(dbo.[ROZRACHUNEK].[RODZAJ], :coalesce_1)) IN (?) AND dbo.[ROZRACHUNEK].[KWOTA] > :KWOTA_1
GO

SELECT count(DISTINCT dbo.[ARTYKUL].[INDEKS_KATALOGOWY]) AS count_1
FROM dbo.[ARTYKUL]
WHERE dbo.[ARTYKUL].[DOSTEPNY_W_SKLEPIE_INTER] IN (?) AND dbo.[ARTYKUL].[ID_MAGAZYNU] IN (?)
GO

SELECT dbo.[ADRESY_KONTRAHENTA].[DATA_OD]
FROM dbo.[ADRESY_KONTRAHENTA]
WHERE dbo.[ADRESY_KONTRAHENTA].[ID_KONTRAHENTA] = :ID_KONTRAHENTA_1 AND dbo.[ADRESY_KONTRAHENTA].[DATA_OD] = :DATA_OD_1
GO

SELECT dbo.[ARTYKUL].[ID_ARTYKULU], dbo.[ARTYKUL].[ID_MAGAZYNU], dbo.[ARTYKUL].[ID_KATEGORII], dbo.[ARTYKUL].[ID_KATEGORII_TREE], dbo.[ARTYKUL].[ID_JEDNOSTKI], dbo.[ARTYKUL].[ID_JEDNOSTKI_SPRZ], dbo.[ARTYKUL].[ID_CENY_DOM], dbo.[ARTYKUL].[PODLEGA_RABATOWANIU], dbo.[ARTYKUL].[PROMOCJA_OD], dbo.[ARTYKUL].[PROMOCJA_DO], dbo.[ARTYKUL].[DOSTEPNY_W_SKLEPIE_INTER], dbo.[ARTYKUL].[ZABLOKOWANY], dbo.[ARTYKUL].[INDEKS_KATALOGOWY], dbo.[ARTYKUL].[INDEKS_HANDLOWY], dbo.[ARTYKUL].[NAZWA], dbo.[ARTYKUL].[NAZWA_CALA], dbo.[ARTYKUL].[OPIS], dbo.[ARTYKUL].[KOD_KRESKOWY], dbo.[ARTYKUL].[VAT_SPRZEDAZY], dbo.[ARTYKUL].[WYLACZ_CENY_IND], dbo.[ARTYKUL].[STAN], dbo.[ARTYKUL].[ZAREZERWOWANO], dbo.[ARTYKUL].[ILOSC_EDYTOWANA], dbo.[ARTYKUL].[CENA_PROMOCJI_N], dbo.[ARTYKUL].[CENA_PROMOCJI_B], dbo.[ARTYKUL].[PROMOCJA_PROCENT], dbo.[ARTYKUL].[PROMOCJA_RABAT], CASE WHEN (dbo.[ARTYKUL].[DOSTEPNY_W_SKLEPIE_INTER] IN (?)) THEN :param_1 ELSE :param_2 END AS [SPRZEDAWANY], dbo.[JEDNOSTKA].[SKROT], sale_unit.[SKROT] AS sale_unit, sale_unit.[PRZELICZNIK] AS sale_factor, coalesce(sale_unit.[PODZIELNA], dbo.[JEDNOSTKA].[PODZIELNA]) AS divisible, dbo.[KATEGORIA_ARTYKULU_TREE].[KOD_TREE], dbo.[STAWKA_VAT].[STAWKA]
FROM dbo.[ARTYKUL] LEFT OUTER JOIN dbo.[JEDNOSTKA] ON dbo.[JEDNOSTKA].[ID_JEDNOSTKI] = dbo.[ARTYKUL].[ID_JEDNOSTKI] LEFT OUTER JOIN dbo.[JEDNOSTKA] AS sale_unit ON sale_unit.[ID_JEDNOSTKI] = dbo.[ARTYKUL].[ID_JEDNOSTKI_SPRZ] LEFT OUTER JOIN dbo.[KATEGORIA_ARTYKULU_TREE] ON dbo.[KATEGORIA_ARTYKULU_TREE].[ID_KATEGORII_TREE] = dbo.[ARTYKUL].[ID_KATEGORII_TREE] LEFT OUTER JOIN dbo.[STAWKA_VAT] ON dbo.[STAWKA_VAT].[KOD_VAT] = dbo.[ARTYKUL].[VAT_SPRZEDAZY]
WHERE dbo.[ARTYKUL].[INDEKS_KATALOGOWY] IN (?) AND dbo.[ARTYKUL].[ID_MAGAZYNU] IN (?) ORDER BY CASE WHEN (dbo.[ARTYKUL].[ID_MAGAZYNU] = :ID_MAGAZYNU_2) THEN :param_3 ELSE :param_4 END, dbo.[ARTYKUL].[ID_MAGAZYNU]
GO

SELECT dbo.[ARTYKUL].[ID_ARTYKULU], dbo.[ARTYKUL].[ID_MAGAZYNU], dbo.[ARTYKUL].[ID_KATEGORII], dbo.[ARTYKUL].[ID_KATEGORII_TREE], dbo.[ARTYKUL].[ID_JEDNOSTKI], dbo.[ARTYKUL].[ID_JEDNOSTKI_SPRZ], dbo.[ARTYKUL].[ID_CENY_DOM], dbo.[ARTYKUL].[PODLEGA_RABATOWANIU], dbo.[ARTYKUL].[PROMOCJA_OD], dbo.[ARTYKUL].[PROMOCJA_DO], dbo.[ARTYKUL].[DOSTEPNY_W_SKLEPIE_INTER], dbo.[ARTYKUL].[ZABLOKOWANY], dbo.[ARTYKUL].[INDEKS_KATALOGOWY], dbo.[ARTYKUL].[INDEKS_HANDLOWY], dbo.[ARTYKUL].[NAZWA], dbo.[ARTYKUL].[NAZWA_CALA], dbo.[ARTYKUL].[OPIS], dbo.[ARTYKUL].[KOD_KRESKOWY], dbo.[ARTYKUL].[VAT_SPRZEDAZY], dbo.[ARTYKUL].[WYLACZ_CENY_IND], dbo.[ARTYKUL].[STAN], dbo.[ARTYKUL].[ZAREZERWOWANO], dbo.[ARTYKUL].[ILOSC_EDYTOWANA], dbo.[ARTYKUL].[CENA_PROMOCJI_N], dbo.[ARTYKUL].[CENA_PROMOCJI_B], dbo.[ARTYKUL].[PROMOCJA_PROCENT], dbo.[ARTYKUL].[PROMOCJA_RABAT], dbo.[JEDNOSTKA].[SKROT], sale_unit.[SKROT] AS sale_unit, sale_unit.[PRZELICZNIK] AS sale_factor
FROM dbo.[ARTYKUL] LEFT OUTER JOIN dbo.[JEDNOSTKA] ON dbo.[JEDNOSTKA].[ID_JEDNOSTKI] = dbo.[ARTYKUL].[ID_JEDNOSTKI] LEFT OUTER JOIN dbo.[JEDNOSTKA] AS sale_unit ON sale_unit.[ID_JEDNOSTKI] = dbo.[ARTYKUL].[ID_JEDNOSTKI_SPRZ]
WHERE dbo.[ARTYKUL].[INDEKS_KATALOGOWY] IN (?) AND dbo.[ARTYKUL].[ID_MAGAZYNU] = :ID_MAGAZYNU_1
GO

SELECT dbo.[ARTYKUL].[WYLACZ_CENY_IND], count(*) AS count_1
FROM dbo.[ARTYKUL] GROUP BY dbo.[ARTYKUL].[WYLACZ_CENY_IND]
GO

SELECT dbo.[CENA].[ID_CENY]
FROM dbo.[CENA]
GO

SELECT dbo.[CENA_ARTYKULU].[ID_ARTYKULU], dbo.[CENA_ARTYKULU].[ID_CENY], dbo.[CENA_ARTYKULU].[CENA_NETTO], dbo.[CENA_ARTYKULU].[CENA_BRUTTO]
FROM dbo.[CENA_ARTYKULU]
WHERE dbo.[CENA_ARTYKULU].[ID_ARTYKULU] IN (?) AND dbo.[CENA_ARTYKULU].[ID_CENY] IN (?)
GO

SELECT dbo.[CENA_ARTYKULU].[ID_ARTYKULU], dbo.[CENA_ARTYKULU].[ID_CENY], dbo.[CENA_ARTYKULU].[SYM_WAL], dbo.[CENA_ARTYKULU].[CENA_NETTO], dbo.[CENA_ARTYKULU].[CENA_BRUTTO], dbo.[CENA].[NAZWA]
FROM dbo.[CENA_ARTYKULU] JOIN dbo.[CENA] ON dbo.[CENA].[ID_CENY] = dbo.[CENA_ARTYKULU].[ID_CENY]
WHERE dbo.[CENA_ARTYKULU].[ID_ARTYKULU] IN (?) AND dbo.[CENA_ARTYKULU].[ID_CENY] IN (?) ORDER BY dbo.[CENA_ARTYKULU].[ID_CENY]
GO

SELECT dbo.[CENA_ARTYKULU].[ID_ARTYKULU], dbo.[CENA_ARTYKULU].[ID_CENY], dbo.[CENA_ARTYKULU].[SYM_WAL], dbo.[CENA_ARTYKULU].[CENA_NETTO], dbo.[CENA_ARTYKULU].[CENA_BRUTTO], dbo.[CENA].[NAZWA]
FROM dbo.[CENA_ARTYKULU] JOIN dbo.[CENA] ON dbo.[CENA].[ID_CENY] = dbo.[CENA_ARTYKULU].[ID_CENY]
WHERE dbo.[CENA_ARTYKULU].[ID_ARTYKULU] IN (?) ORDER BY dbo.[CENA_ARTYKULU].[ID_CENY]
GO

SELECT dbo.[CENA_GRUPY].[ID_KATEGORII], dbo.[CENA_GRUPY].[ID_GRUPY], dbo.[CENA_GRUPY].[ID_CENY], dbo.[CENA_GRUPY].[NARZUT]
FROM dbo.[CENA_GRUPY]
WHERE dbo.[CENA_GRUPY].[ID_GRUPY] IN (?) ORDER BY dbo.[CENA_GRUPY].[ID_KATEGORII]
GO

SELECT dbo.[CENA_KATEGORII].[ID_KATEGORII], dbo.[CENA_KATEGORII].[ID_CENY], dbo.[CENA_KATEGORII].[DOMYSLNY_NARZUT]
FROM dbo.[CENA_KATEGORII]
WHERE dbo.[CENA_KATEGORII].[ID_CENY] IN (?) ORDER BY dbo.[CENA_KATEGORII].[ID_KATEGORII]
GO

SELECT dbo.[CENNIK_INDYWIDUALNY].[ID_GRUPY], dbo.[CENNIK_INDYWIDUALNY].[ID_ARTYKULU], dbo.[CENNIK_INDYWIDUALNY].[ID_CENY], dbo.[CENNIK_INDYWIDUALNY].[TRYB], dbo.[CENNIK_INDYWIDUALNY].[SPRZEDAZ_ZAKUP], dbo.[CENNIK_INDYWIDUALNY].[SYM_WAL], dbo.[CENNIK_INDYWIDUALNY].[CENA_NETTO], dbo.[CENNIK_INDYWIDUALNY].[CENA_BRUTTO], dbo.[CENNIK_INDYWIDUALNY].[UPUST], dbo.[ARTYKUL].[INDEKS_KATALOGOWY]
FROM dbo.[CENNIK_INDYWIDUALNY] JOIN dbo.[ARTYKUL] ON dbo.[ARTYKUL].[ID_ARTYKULU] = dbo.[CENNIK_INDYWIDUALNY].[ID_ARTYKULU]
WHERE dbo.[CENNIK_INDYWIDUALNY].[TRYB] IN (?) AND dbo.[CENNIK_INDYWIDUALNY].[SPRZEDAZ_ZAKUP] = :SPRZEDAZ_ZAKUP_1 AND dbo.[CENNIK_INDYWIDUALNY].[ID_ARTYKULU] IN (?) ORDER BY CASE WHEN (dbo.[ARTYKUL].[ID_MAGAZYNU] = :ID_MAGAZYNU_1) THEN :param_1 ELSE :param_2 END, dbo.[ARTYKUL].[ID_MAGAZYNU], dbo.[CENNIK_INDYWIDUALNY].[CENA_NETTO], dbo.[CENNIK_INDYWIDUALNY].[UPUST]
GO

SELECT dbo.[CENNIK_INDYWIDUALNY].[TRYB], dbo.[CENNIK_INDYWIDUALNY].[SPRZEDAZ_ZAKUP], count(*) AS count_1, sum(CASE WHEN (dbo.[CENNIK_INDYWIDUALNY].[CENA_NETTO] != :CENA_NETTO_1) THEN :param_1 ELSE :param_2 END) AS sum_1, sum(CASE WHEN (dbo.[CENNIK_INDYWIDUALNY].[UPUST] != :UPUST_1) THEN :param_3 ELSE :param_4 END) AS sum_2
FROM dbo.[CENNIK_INDYWIDUALNY] GROUP BY dbo.[CENNIK_INDYWIDUALNY].[TRYB], dbo.[CENNIK_INDYWIDUALNY].[SPRZEDAZ_ZAKUP]
GO

SELECT dbo.[CENNIK_KONTRAHENTA].[ID_CENNIK_KONTRAHENTA], dbo.[CENNIK_KONTRAHENTA].[ID_KONTRAHENTA], dbo.[CENNIK_KONTRAHENTA].[ID_ARTYKULU], dbo.[CENNIK_KONTRAHENTA].[ID_CENY], dbo.[CENNIK_KONTRAHENTA].[TRYB], dbo.[CENNIK_KONTRAHENTA].[SPRZEDAZ_ZAKUP], dbo.[CENNIK_KONTRAHENTA].[SYM_WAL], dbo.[CENNIK_KONTRAHENTA].[CENA_NETTO], dbo.[CENNIK_KONTRAHENTA].[CENA_BRUTTO], dbo.[CENNIK_KONTRAHENTA].[UPUST], dbo.[ARTYKUL].[INDEKS_KATALOGOWY]
FROM dbo.[CENNIK_KONTRAHENTA] JOIN dbo.[ARTYKUL] ON dbo.[ARTYKUL].[ID_ARTYKULU] = dbo.[CENNIK_KONTRAHENTA].[ID_ARTYKULU]
WHERE dbo.[CENNIK_KONTRAHENTA].[ID_KONTRAHENTA] IN (?) AND dbo.[CENNIK_KONTRAHENTA].[TRYB] IN (?) AND dbo.[CENNIK_KONTRAHENTA].[SPRZEDAZ_ZAKUP] = :SPRZEDAZ_ZAKUP_1 AND dbo.[ARTYKUL].[ID_MAGAZYNU] IN (?) ORDER BY CASE WHEN (dbo.[ARTYKUL].[ID_MAGAZYNU] = :ID_MAGAZYNU_2) THEN :param_1 ELSE :param_2 END, dbo.[CENNIK_KONTRAHENTA].[ID_CENNIK_KONTRAHENTA]
GO

SELECT dbo.[CENNIK_KONTRAHENTA].[TRYB], dbo.[CENNIK_KONTRAHENTA].[SPRZEDAZ_ZAKUP], count(*) AS count_1, sum(CASE WHEN (dbo.[CENNIK_KONTRAHENTA].[CENA_NETTO] != :CENA_NETTO_1) THEN :param_1 ELSE :param_2 END) AS sum_1, sum(CASE WHEN (dbo.[CENNIK_KONTRAHENTA].[UPUST] != :UPUST_1) THEN :param_3 ELSE :param_4 END) AS sum_2
FROM dbo.[CENNIK_KONTRAHENTA] GROUP BY dbo.[CENNIK_KONTRAHENTA].[TRYB], dbo.[CENNIK_KONTRAHENTA].[SPRZEDAZ_ZAKUP]
GO

SELECT dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO]
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE dbo.[DOKUMENT_HANDLOWY].[ID_KONTRAHENTA] IN (?) OR dbo.[DOKUMENT_HANDLOWY].[ID_PLATNIKA] IN (?)
GO

SELECT dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO], dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY], dbo.[DOKUMENT_HANDLOWY].[ID_TYPU], dbo.[DOKUMENT_HANDLOWY].[DATA_WYSTAWIENIA], dbo.[DOKUMENT_HANDLOWY].[DATA_SPRZEDAZY], dbo.[DOKUMENT_HANDLOWY].[TERMIN_PLAT], dbo.[DOKUMENT_HANDLOWY].[ID_KONTRAHENTA], dbo.[DOKUMENT_HANDLOWY].[ID_PLATNIKA], dbo.[DOKUMENT_HANDLOWY].[DOK_KOREKTY], dbo.[DOKUMENT_HANDLOWY].[ID_DOK_ORYGINALNEGO], dbo.[DOKUMENT_HANDLOWY].[ID_DOK_KORYGOWANEGO], dbo.[DOKUMENT_HANDLOWY].[ID_FZAL_ORG], dbo.[DOKUMENT_HANDLOWY].[ID_RACHUNKU], dbo.[DOKUMENT_HANDLOWY].[NUMER], dbo.[DOKUMENT_HANDLOWY].[SYM_WAL], dbo.[DOKUMENT_HANDLOWY].[FORMA_PLATNOSCI], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_NETTO], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO], dbo.[DOKUMENT_HANDLOWY].[ZALICZKA], dbo.[DOKUMENT_HANDLOWY].[RAZEM_ZAPLACONO], dbo.[DOKUMENT_HANDLOWY].[POZOSTALO], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_NETTO_WAL], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO_WAL], dbo.[DOKUMENT_HANDLOWY].[RAZEM_ZAPLACONO_WAL], dbo.[DOKUMENT_HANDLOWY].[POZOSTALO_WAL], dbo.[DOKUMENT_HANDLOWY].[SUMA_ODSETEK]
FROM dbo.[DOKUMENT_HANDLOWY] JOIN dbo.[TYP_DOKUMENTU_HANDLOWEGO] ON dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU] = dbo.[DOKUMENT_HANDLOWY].[ID_TYPU]
WHERE rtrim(dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]) IN (?) AND (dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO] IN (?) OR dbo.[DOKUMENT_HANDLOWY].[ID_FZAL_ORG] IN (?))
GO

SELECT dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO], dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY], dbo.[DOKUMENT_HANDLOWY].[ID_TYPU], dbo.[DOKUMENT_HANDLOWY].[DATA_WYSTAWIENIA], dbo.[DOKUMENT_HANDLOWY].[DATA_SPRZEDAZY], dbo.[DOKUMENT_HANDLOWY].[TERMIN_PLAT], dbo.[DOKUMENT_HANDLOWY].[ID_KONTRAHENTA], dbo.[DOKUMENT_HANDLOWY].[ID_PLATNIKA], dbo.[DOKUMENT_HANDLOWY].[DOK_KOREKTY], dbo.[DOKUMENT_HANDLOWY].[ID_DOK_ORYGINALNEGO], dbo.[DOKUMENT_HANDLOWY].[ID_DOK_KORYGOWANEGO], dbo.[DOKUMENT_HANDLOWY].[ID_FZAL_ORG], dbo.[DOKUMENT_HANDLOWY].[ID_RACHUNKU], dbo.[DOKUMENT_HANDLOWY].[NUMER], dbo.[DOKUMENT_HANDLOWY].[SYM_WAL], dbo.[DOKUMENT_HANDLOWY].[FORMA_PLATNOSCI], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_NETTO], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO], dbo.[DOKUMENT_HANDLOWY].[ZALICZKA], dbo.[DOKUMENT_HANDLOWY].[RAZEM_ZAPLACONO], dbo.[DOKUMENT_HANDLOWY].[POZOSTALO], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_NETTO_WAL], dbo.[DOKUMENT_HANDLOWY].[WARTOSC_BRUTTO_WAL], dbo.[DOKUMENT_HANDLOWY].[RAZEM_ZAPLACONO_WAL], dbo.[DOKUMENT_HANDLOWY].[POZOSTALO_WAL], dbo.[DOKUMENT_HANDLOWY].[SUMA_ODSETEK], dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA], dbo.[RACHUNEK_FIRMY].[NUMER_RACHUNKU], :param_1 AS ksef_number, :param_2 AS ksef_url
FROM dbo.[DOKUMENT_HANDLOWY] JOIN dbo.[TYP_DOKUMENTU_HANDLOWEGO] ON dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU] = dbo.[DOKUMENT_HANDLOWY].[ID_TYPU] LEFT OUTER JOIN dbo.[RACHUNEK_FIRMY] ON dbo.[RACHUNEK_FIRMY].[ID_RACHUNKU] = dbo.[DOKUMENT_HANDLOWY].[ID_RACHUNKU]
WHERE dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO] IN (?) AND dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY] = :ID_FIRMY_1
GO

SELECT dbo.[DOKUMENT_HANDLOWY].[SYM_WAL], count(*) AS count_1, sum(abs(sign(coalesce(dbo.[DOKUMENT_HANDLOWY].[POZOSTALO], :coalesce_1)))) AS sum_1
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE dbo.[DOKUMENT_HANDLOWY].[POZOSTALO_WAL] != :POZOSTALO_WAL_1 AND dbo.[DOKUMENT_HANDLOWY].[ID_FIRMY] = :ID_FIRMY_1 GROUP BY dbo.[DOKUMENT_HANDLOWY].[SYM_WAL] ORDER BY dbo.[DOKUMENT_HANDLOWY].[SYM_WAL]
GO

SELECT dbo.[DOSTAWA].[ID_DOSTAWY], dbo.[DOSTAWA].[ID_MIEJSCA_DOSTAWY], dbo.[DOSTAWA].[ID_DOK_MAGAZYNOWEGO], dbo.[DOSTAWA].[ID_ZAMOWIENIA], dbo.[DOSTAWA].[ID_FORMY_DOSTAWY], dbo.[DOSTAWA].[ODEBRANO], dbo.[DOSTAWA].[DATA_ODBIORU]
FROM dbo.[DOSTAWA]
WHERE dbo.[DOSTAWA].[ID_ZAMOWIENIA] IN (?) ORDER BY dbo.[DOSTAWA].[ID_DOSTAWY]
GO

SELECT dbo.[FORMA_DOSTAWY].[ID_FORMY_DOSTAWY], dbo.[FORMA_DOSTAWY].[NAZWA]
FROM dbo.[FORMA_DOSTAWY]
WHERE dbo.[FORMA_DOSTAWY].[ID_FIRMY] = :ID_FIRMY_1
GO

SELECT dbo.[FORMA_PLATNOSCI].[NAZWA]
FROM dbo.[FORMA_PLATNOSCI]
GO

SELECT dbo.[FORMA_PLATNOSCI].[NAZWA], dbo.[FORMA_PLATNOSCI].[DNI_NALEZNOSCI]
FROM dbo.[FORMA_PLATNOSCI]
WHERE dbo.[FORMA_PLATNOSCI].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[FORMA_PLATNOSCI].[AKTYWNA] = :AKTYWNA_1
GO

SELECT dbo.[KATEGORIA_ARTYKULU_TREE].[ID_KATEGORII_TREE], dbo.[KATEGORIA_ARTYKULU_TREE].[POZIOM], dbo.[KATEGORIA_ARTYKULU_TREE].[NAZWA], dbo.[KATEGORIA_ARTYKULU_TREE].[KOD_TREE]
FROM dbo.[KATEGORIA_ARTYKULU_TREE]
GO

SELECT dbo.[KONTAKT].[ID_KONTAKTU], dbo.[KONTAKT].[ID_KONTRAHENTA], dbo.[KONTAKT].[DOMYSLNY], dbo.[KONTAKT].[IMIE], dbo.[KONTAKT].[NAZWISKO], dbo.[KONTAKT].[STANOWISKO], dbo.[KONTAKT].[TEL], dbo.[KONTAKT].[TEL_KOM], dbo.[KONTAKT].[E_MAIL]
FROM dbo.[KONTAKT]
WHERE dbo.[KONTAKT].[ID_KONTRAHENTA] IN (?)
GO

SELECT dbo.[KONTRAHENT].[BLOKOWANIE], count(*) AS count_1
FROM dbo.[KONTRAHENT] GROUP BY dbo.[KONTRAHENT].[BLOKOWANIE]
GO

SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?)
GO

SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA], dbo.[KONTRAHENT].[ID_FIRMY], dbo.[KONTRAHENT].[KOD_KONTRAHENTA], dbo.[KONTRAHENT].[ID_GRUPY], dbo.[KONTRAHENT].[TERMIN_NALEZNOSCI], dbo.[KONTRAHENT].[ID_HANDLOWCA], dbo.[KONTRAHENT].[ZABLOKOWANY], dbo.[KONTRAHENT].[DOSTEPNY_W_B2B], dbo.[KONTRAHENT].[RODO_ZANONIMIZOWANY], dbo.[KONTRAHENT].[PODLEGA_PROMOCJI], dbo.[KONTRAHENT].[DNI_PO_TERMINIE], dbo.[KONTRAHENT].[BLOKOWANIE], dbo.[KONTRAHENT].[NAZWA], dbo.[KONTRAHENT].[NAZWA_PELNA], dbo.[KONTRAHENT].[NIP], dbo.[KONTRAHENT].[ULICA_LOKAL], dbo.[KONTRAHENT].[KOD_POCZTOWY], dbo.[KONTRAHENT].[MIEJSCOWOSC], dbo.[KONTRAHENT].[SYM_KRAJU], dbo.[KONTRAHENT].[ULICA_LOKAL_KOR], dbo.[KONTRAHENT].[KOD_POCZTOWY_KOR], dbo.[KONTRAHENT].[MIEJSCOWOSC_KOR], dbo.[KONTRAHENT].[SYM_KRAJU_KOR], dbo.[KONTRAHENT].[ADRES_EMAIL], dbo.[KONTRAHENT].[TELEFON_FIRMOWY], dbo.[KONTRAHENT].[FORMA_PLATNOSCI], dbo.[KONTRAHENT].[DOM_SYM_WAL], dbo.[KONTRAHENT].[LIMIT_KUPIECKI], dbo.[KONTRAHENT].[DOMYSLNY_RABAT], CASE WHEN (dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?)) THEN :param_1 ELSE :param_2 END AS [W_SKLEPIE], dbo.[GRUPA_KONTRAHENTA].[ID_CENY]
FROM dbo.[KONTRAHENT] LEFT OUTER JOIN dbo.[GRUPA_KONTRAHENTA] ON dbo.[GRUPA_KONTRAHENTA].[ID_GRUPY] = dbo.[KONTRAHENT].[ID_GRUPY]
WHERE dbo.[KONTRAHENT].[ID_KONTRAHENTA] = :ID_KONTRAHENTA_1 AND dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_1
GO

SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA], dbo.[KONTRAHENT].[ID_FIRMY], dbo.[KONTRAHENT].[KOD_KONTRAHENTA], dbo.[KONTRAHENT].[ID_GRUPY], dbo.[KONTRAHENT].[TERMIN_NALEZNOSCI], dbo.[KONTRAHENT].[ID_HANDLOWCA], dbo.[KONTRAHENT].[ZABLOKOWANY], dbo.[KONTRAHENT].[DOSTEPNY_W_B2B], dbo.[KONTRAHENT].[RODO_ZANONIMIZOWANY], dbo.[KONTRAHENT].[PODLEGA_PROMOCJI], dbo.[KONTRAHENT].[DNI_PO_TERMINIE], dbo.[KONTRAHENT].[BLOKOWANIE], dbo.[KONTRAHENT].[NAZWA], dbo.[KONTRAHENT].[NAZWA_PELNA], dbo.[KONTRAHENT].[NIP], dbo.[KONTRAHENT].[ULICA_LOKAL], dbo.[KONTRAHENT].[KOD_POCZTOWY], dbo.[KONTRAHENT].[MIEJSCOWOSC], dbo.[KONTRAHENT].[SYM_KRAJU], dbo.[KONTRAHENT].[ULICA_LOKAL_KOR], dbo.[KONTRAHENT].[KOD_POCZTOWY_KOR], dbo.[KONTRAHENT].[MIEJSCOWOSC_KOR], dbo.[KONTRAHENT].[SYM_KRAJU_KOR], dbo.[KONTRAHENT].[ADRES_EMAIL], dbo.[KONTRAHENT].[TELEFON_FIRMOWY], dbo.[KONTRAHENT].[FORMA_PLATNOSCI], dbo.[KONTRAHENT].[DOM_SYM_WAL], dbo.[KONTRAHENT].[LIMIT_KUPIECKI], dbo.[KONTRAHENT].[DOMYSLNY_RABAT], CASE WHEN (dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?)) THEN :param_1 ELSE :param_2 END AS [W_SKLEPIE], dbo.[GRUPA_KONTRAHENTA].[ID_CENY], dbo.[GRUPA_KONTRAHENTA].[NARZUT], dbo.[GRUPA_KONTRAHENTA].[NAZWA] AS group_name, dbo.[CENA].[NAZWA] AS level_name, dbo.[PRACOWNIK].[IMIE_1], dbo.[PRACOWNIK].[NAZWISKO], dbo.[PRACOWNIK].[TELEFON], :param_3 AS salesman_email
FROM dbo.[KONTRAHENT] LEFT OUTER JOIN dbo.[GRUPA_KONTRAHENTA] ON dbo.[GRUPA_KONTRAHENTA].[ID_GRUPY] = dbo.[KONTRAHENT].[ID_GRUPY] LEFT OUTER JOIN dbo.[CENA] ON dbo.[CENA].[ID_CENY] = dbo.[GRUPA_KONTRAHENTA].[ID_CENY] LEFT OUTER JOIN dbo.[PRACOWNIK] ON dbo.[PRACOWNIK].[ID_PRACOWNIKA] = dbo.[KONTRAHENT].[ID_HANDLOWCA]
WHERE dbo.[KONTRAHENT].[ID_KONTRAHENTA] IN (?) AND dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_1
GO

SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA], dbo.[KONTRAHENT].[SEMAFOR], dbo.[KONTRAHENT].[ULICA_LOKAL], dbo.[KONTRAHENT].[KOD_POCZTOWY], dbo.[KONTRAHENT].[MIEJSCOWOSC], dbo.[KONTRAHENT].[SYM_KRAJU], dbo.[KONTRAHENT].[ULICA_LOKAL_KOR], dbo.[KONTRAHENT].[KOD_POCZTOWY_KOR], dbo.[KONTRAHENT].[MIEJSCOWOSC_KOR], dbo.[KONTRAHENT].[SYM_KRAJU_KOR], dbo.[KONTRAHENT].[TELEFON_FIRMOWY], dbo.[KONTRAHENT].[NAZWA_PELNA], dbo.[KONTRAHENT].[NIP], dbo.[KONTRAHENT].[WOJEWODZTWO], dbo.[KONTRAHENT].[POWIAT], dbo.[KONTRAHENT].[KTO_POPRAWIL]
FROM dbo.[KONTRAHENT] WITH (UPDLOCK, ROWLOCK)
WHERE dbo.[KONTRAHENT].[ID_KONTRAHENTA] = :ID_KONTRAHENTA_1
GO

SELECT dbo.[MAGAZYN].[ID_MAGAZYNU], dbo.[MAGAZYN].[ID_FIRMY]
FROM dbo.[MAGAZYN]
GO

SELECT dbo.[MAG_SLOWNIK_STATUSOW_DOKUMENTOW].[ID_STATUSU], dbo.[MAG_SLOWNIK_STATUSOW_DOKUMENTOW].[OPIS_STATUSU], dbo.[MAG_SLOWNIK_STATUSOW_DOKUMENTOW].[KOD_STATUSU]
FROM dbo.[MAG_SLOWNIK_STATUSOW_DOKUMENTOW]
GO

SELECT dbo.[MAG_SLOWNIK_STATUSOW_DOKUMENTOW].[KOD_STATUSU]
FROM dbo.[MAG_SLOWNIK_STATUSOW_DOKUMENTOW]
GO

SELECT dbo.[MIEJSCE_DOSTAWY].[ID_MIEJSCA_DOSTAWY]
FROM dbo.[MIEJSCE_DOSTAWY]
WHERE dbo.[MIEJSCE_DOSTAWY].[ID_MIEJSCA_DOSTAWY] = :ID_MIEJSCA_DOSTAWY_1 AND dbo.[MIEJSCE_DOSTAWY].[ID_KONTRAHENTA] = :ID_KONTRAHENTA_1
GO

SELECT dbo.[MIEJSCE_DOSTAWY].[ID_MIEJSCA_DOSTAWY], dbo.[MIEJSCE_DOSTAWY].[FIRMA], dbo.[MIEJSCE_DOSTAWY].[ODBIORCA], dbo.[MIEJSCE_DOSTAWY].[ULICA_LOKAL], dbo.[MIEJSCE_DOSTAWY].[KOD_POCZTOWY], dbo.[MIEJSCE_DOSTAWY].[MIEJSCOWOSC], dbo.[MIEJSCE_DOSTAWY].[SYM_KRAJU], dbo.[MIEJSCE_DOSTAWY].[TEL], dbo.[MIEJSCE_DOSTAWY].[OPIS]
FROM dbo.[MIEJSCE_DOSTAWY] WITH (UPDLOCK, ROWLOCK)
WHERE dbo.[MIEJSCE_DOSTAWY].[ID_MIEJSCA_DOSTAWY] = :ID_MIEJSCA_DOSTAWY_1 AND dbo.[MIEJSCE_DOSTAWY].[ID_KONTRAHENTA] = :ID_KONTRAHENTA_1
GO

SELECT dbo.[MIEJSCE_DOSTAWY].[ID_MIEJSCA_DOSTAWY], dbo.[MIEJSCE_DOSTAWY].[ID_KONTRAHENTA], dbo.[MIEJSCE_DOSTAWY].[FIRMA], dbo.[MIEJSCE_DOSTAWY].[ODBIORCA], dbo.[MIEJSCE_DOSTAWY].[ULICA_LOKAL], dbo.[MIEJSCE_DOSTAWY].[KOD_POCZTOWY], dbo.[MIEJSCE_DOSTAWY].[MIEJSCOWOSC], dbo.[MIEJSCE_DOSTAWY].[SYM_KRAJU], dbo.[MIEJSCE_DOSTAWY].[TEL], dbo.[MIEJSCE_DOSTAWY].[OPIS]
FROM dbo.[MIEJSCE_DOSTAWY]
WHERE dbo.[MIEJSCE_DOSTAWY].[ID_KONTRAHENTA] IN (?)
GO

SELECT dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_DOK_MAG], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_DOK_MAGAZYNOWEGO], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_DOK_HANDLOWEGO], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_ARTYKULU], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_ZAM], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_ZAM_ZAL], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_ORYGINALNEJ], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_KORYGOWANEJ], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[JEDNOSTKA], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[KOD_VAT], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ILOSC], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[CENA_NETTO], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[CENA_BRUTTO], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[CENA_NETTO_WAL], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[CENA_BRUTTO_WAL], coalesce(nullif(dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_DOK_HANDLOWEGO], :nullif_1), dbo.[DOKUMENT_MAGAZYNOWY].[ID_DOKUMENTU_HANDLOWEGO]) AS invoice_id
FROM dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO] LEFT OUTER JOIN dbo.[DOKUMENT_MAGAZYNOWY] ON dbo.[DOKUMENT_MAGAZYNOWY].[ID_DOK_MAGAZYNOWEGO] = dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_DOK_MAGAZYNOWEGO]
WHERE dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_DOK_MAG] IN (?)
GO

SELECT dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_DOK_MAG], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_DOK_MAGAZYNOWEGO], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_DOK_HANDLOWEGO], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_ARTYKULU], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_ZAM], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_ZAM_ZAL], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_ORYGINALNEJ], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_KORYGOWANEJ], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[JEDNOSTKA], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[KOD_VAT], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ILOSC], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[CENA_NETTO], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[CENA_BRUTTO], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[CENA_NETTO_WAL], dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[CENA_BRUTTO_WAL], coalesce(nullif(dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_DOK_HANDLOWEGO], :nullif_1), dbo.[DOKUMENT_MAGAZYNOWY].[ID_DOKUMENTU_HANDLOWEGO]) AS invoice_id, dbo.[ARTYKUL].[INDEKS_KATALOGOWY], dbo.[ARTYKUL].[NAZWA], dbo.[ARTYKUL].[NAZWA_CALA]
FROM dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO] LEFT OUTER JOIN dbo.[DOKUMENT_MAGAZYNOWY] ON dbo.[DOKUMENT_MAGAZYNOWY].[ID_DOK_MAGAZYNOWEGO] = dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_DOK_MAGAZYNOWEGO] LEFT OUTER JOIN dbo.[ARTYKUL] ON dbo.[ARTYKUL].[ID_ARTYKULU] = dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_ARTYKULU]
WHERE dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_DOK_HANDLOWEGO] IN (?) OR coalesce(dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_DOK_HANDLOWEGO], :coalesce_1) = :coalesce_2 AND dbo.[DOKUMENT_MAGAZYNOWY].[ID_DOKUMENTU_HANDLOWEGO] IN (?) ORDER BY dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO].[ID_POZ_DOK_MAG]
GO

SELECT dbo.[POZYCJA_ZAMOWIENIA].[ID_POZYCJI_ZAMOWIENIA], dbo.[POZYCJA_ZAMOWIENIA].[ID_ZAMOWIENIA]
FROM dbo.[POZYCJA_ZAMOWIENIA]
WHERE dbo.[POZYCJA_ZAMOWIENIA].[ID_POZYCJI_ZAMOWIENIA] IN (?)
GO

SELECT dbo.[POZYCJA_ZAMOWIENIA].[ID_POZYCJI_ZAMOWIENIA], dbo.[POZYCJA_ZAMOWIENIA].[ID_ZAMOWIENIA], dbo.[POZYCJA_ZAMOWIENIA].[ID_ARTYKULU], dbo.[POZYCJA_ZAMOWIENIA].[KOD_VAT], dbo.[POZYCJA_ZAMOWIENIA].[JEDNOSTKA], dbo.[POZYCJA_ZAMOWIENIA].[ZAMOWIONO], dbo.[POZYCJA_ZAMOWIENIA].[ZREALIZOWANO], dbo.[POZYCJA_ZAMOWIENIA].[CENA_NETTO], dbo.[POZYCJA_ZAMOWIENIA].[CENA_BRUTTO], dbo.[POZYCJA_ZAMOWIENIA].[CENA_NETTO_WAL], dbo.[POZYCJA_ZAMOWIENIA].[CENA_BRUTTO_WAL], dbo.[ARTYKUL].[INDEKS_KATALOGOWY], dbo.[ARTYKUL].[NAZWA], dbo.[ARTYKUL].[NAZWA_CALA]
FROM dbo.[POZYCJA_ZAMOWIENIA] LEFT OUTER JOIN dbo.[ARTYKUL] ON dbo.[ARTYKUL].[ID_ARTYKULU] = dbo.[POZYCJA_ZAMOWIENIA].[ID_ARTYKULU]
WHERE dbo.[POZYCJA_ZAMOWIENIA].[ID_ZAMOWIENIA] IN (?) ORDER BY dbo.[POZYCJA_ZAMOWIENIA].[ID_POZYCJI_ZAMOWIENIA]
GO

SELECT dbo.[PRACOWNIK].[ID_PRACOWNIKA]
FROM dbo.[PRACOWNIK]
WHERE dbo.[PRACOWNIK].[ID_UZYTKOWNIKA] = :ID_UZYTKOWNIKA_1 AND dbo.[PRACOWNIK].[ID_FIRMY] = :ID_FIRMY_1
GO

SELECT dbo.[PROGI_RABATOWE].[ID_FIRMY], dbo.[PROGI_RABATOWE].[PROG], dbo.[PROGI_RABATOWE].[RABAT]
FROM dbo.[PROGI_RABATOWE]
WHERE dbo.[PROGI_RABATOWE].[ID_FIRMY] = :ID_FIRMY_1 ORDER BY dbo.[PROGI_RABATOWE].[PROG]
GO

SELECT dbo.[RACHUNEK_FIRMY].[ID_RACHUNKU]
FROM dbo.[RACHUNEK_FIRMY]
WHERE dbo.[RACHUNEK_FIRMY].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[RACHUNEK_FIRMY].[AKTYWNY] = :AKTYWNY_1 ORDER BY dbo.[RACHUNEK_FIRMY].[ID_RACHUNKU]
GO

SELECT dbo.[ROZLICZENIE].[ID_ROZLICZENIA], dbo.[ROZLICZENIE].[ID_ROZRACHUNKU], dbo.[ROZLICZENIE].[ID_ROZRACHUNKU_ZWIAZEK], dbo.[ROZLICZENIE].[DATA_ROZLICZENIA], dbo.[ROZLICZENIE].[KWOTA], dbo.[ROZLICZENIE].[KWOTA_W], dbo.[ROZRACHUNEK].[ID_NAG_DOK_M] AS document_id, druga_strona.[ID_NAG_DOK_M] AS other_document, druga_strona.[TYP_DOK], druga_strona.[NR_DOK], druga_strona.[FORMA_PLATNOSCI], druga_strona.[CZY_KOREKTA], druga_strona.[CZY_KOMPENSATA]
FROM dbo.[ROZLICZENIE] JOIN dbo.[ROZRACHUNEK] ON dbo.[ROZRACHUNEK].[ID_ROZRACHUNKU] = dbo.[ROZLICZENIE].[ID_ROZRACHUNKU] LEFT OUTER JOIN dbo.[ROZRACHUNEK] AS druga_strona ON druga_strona.[ID_ROZRACHUNKU] = dbo.[ROZLICZENIE].[ID_ROZRACHUNKU_ZWIAZEK]
WHERE dbo.[ROZRACHUNEK].[TYP_DOK] = CAST(:TYP_DOK_1 AS VARCHAR(8000)) AND dbo.[ROZRACHUNEK].[ID_NAG_DOK_M] IN (?) ORDER BY dbo.[ROZLICZENIE].[DATA_ROZLICZENIA], dbo.[ROZLICZENIE].[ID_ROZLICZENIA]
GO

SELECT dbo.[ROZRACHUNEK].[FORMA_PLATNOSCI], count(*) AS count_1
FROM dbo.[ROZRACHUNEK] JOIN dbo.[ROZLICZENIE] ON dbo.[ROZLICZENIE].[ID_ROZRACHUNKU_ZWIAZEK] = dbo.[ROZRACHUNEK].[ID_ROZRACHUNKU]
WHERE dbo.[ROZRACHUNEK].[TYP_DOK] != CAST(:TYP_DOK_1 AS VARCHAR(8000)) GROUP BY dbo.[ROZRACHUNEK].[FORMA_PLATNOSCI] ORDER BY dbo.[ROZRACHUNEK].[FORMA_PLATNOSCI]
GO

SELECT dbo.[ROZRACHUNEK].[ID_NAG_DOK_M], dbo.[ROZRACHUNEK].[SUMA_ODSETEK]
FROM dbo.[ROZRACHUNEK]
WHERE dbo.[ROZRACHUNEK].[TYP_DOK] = CAST(:TYP_DOK_1 AS VARCHAR(8000)) AND dbo.[ROZRACHUNEK].[ID_NAG_DOK_M] IN (?)
GO

SELECT dbo.[ROZRACHUNEK].[ID_ROZRACHUNKU], dbo.[ROZRACHUNEK].[ID_FIRMY], dbo.[ROZRACHUNEK].[ID_KONTRAHENTA], dbo.[ROZRACHUNEK].[ID_NAG_DOK_M], dbo.[ROZRACHUNEK].[ID_ZAMOWIENIA], dbo.[ROZRACHUNEK].[DATA_DOK], dbo.[ROZRACHUNEK].[TERMIN_PLATNOSCI], dbo.[ROZRACHUNEK].[CZY_KOREKTA], dbo.[ROZRACHUNEK].[CZY_KOMPENSATA], dbo.[ROZRACHUNEK].[TYP_DOK], dbo.[ROZRACHUNEK].[NR_DOK], dbo.[ROZRACHUNEK].[STRONA], dbo.[ROZRACHUNEK].[RODZAJ], dbo.[ROZRACHUNEK].[SYM_WALUTY], dbo.[ROZRACHUNEK].[FORMA_PLATNOSCI], dbo.[ROZRACHUNEK].[KWOTA], dbo.[ROZRACHUNEK].[KWOTA_W], dbo.[ROZRACHUNEK].[POZOSTALO], dbo.[ROZRACHUNEK].[POZOSTALO_W], dbo.[ROZRACHUNEK].[SUMA_ODSETEK]
FROM dbo.[ROZRACHUNEK]
WHERE dbo.[ROZRACHUNEK].[ID_KONTRAHENTA] IN (?) AND dbo.[ROZRACHUNEK].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[ROZRACHUNEK].[POZOSTALO] != :POZOSTALO_1 AND dbo.[ROZRACHUNEK].[TYP_DOK] != CAST(:TYP_DOK_1 AS VARCHAR(8000)) AND dbo.[ROZRACHUNEK].[STRONA] = CAST(:STRONA_1 AS VARCHAR(8000)) AND rtrim(coalesce(dbo.[ROZRACHUNEK].[RODZAJ], :coalesce_1)) IN (?) AND dbo.[ROZRACHUNEK].[KWOTA] > :KWOTA_1 ORDER BY dbo.[ROZRACHUNEK].[ID_ROZRACHUNKU]
GO

SELECT dbo.[ROZRACHUNEK].[ID_ROZRACHUNKU], dbo.[ROZRACHUNEK].[ID_FIRMY], dbo.[ROZRACHUNEK].[ID_KONTRAHENTA], dbo.[ROZRACHUNEK].[ID_NAG_DOK_M], dbo.[ROZRACHUNEK].[ID_ZAMOWIENIA], dbo.[ROZRACHUNEK].[DATA_DOK], dbo.[ROZRACHUNEK].[TERMIN_PLATNOSCI], dbo.[ROZRACHUNEK].[CZY_KOREKTA], dbo.[ROZRACHUNEK].[CZY_KOMPENSATA], dbo.[ROZRACHUNEK].[TYP_DOK], dbo.[ROZRACHUNEK].[NR_DOK], dbo.[ROZRACHUNEK].[STRONA], dbo.[ROZRACHUNEK].[RODZAJ], dbo.[ROZRACHUNEK].[SYM_WALUTY], dbo.[ROZRACHUNEK].[FORMA_PLATNOSCI], dbo.[ROZRACHUNEK].[KWOTA], dbo.[ROZRACHUNEK].[KWOTA_W], dbo.[ROZRACHUNEK].[POZOSTALO], dbo.[ROZRACHUNEK].[POZOSTALO_W], dbo.[ROZRACHUNEK].[SUMA_ODSETEK]
FROM dbo.[ROZRACHUNEK]
WHERE dbo.[ROZRACHUNEK].[ID_KONTRAHENTA] IN (?) AND dbo.[ROZRACHUNEK].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[ROZRACHUNEK].[TYP_DOK] != CAST(:TYP_DOK_1 AS VARCHAR(8000)) AND dbo.[ROZRACHUNEK].[STRONA] = CAST(:STRONA_1 AS VARCHAR(8000)) AND dbo.[ROZRACHUNEK].[POZOSTALO] != :POZOSTALO_1 ORDER BY dbo.[ROZRACHUNEK].[ID_ROZRACHUNKU]
GO

SELECT dbo.[ROZRACHUNEK].[TYP_DOK], dbo.[ROZRACHUNEK].[RODZAJ], count(*) AS count_1, sum(abs(dbo.[ROZRACHUNEK].[POZOSTALO])) AS sum_1
FROM dbo.[ROZRACHUNEK]
WHERE dbo.[ROZRACHUNEK].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[ROZRACHUNEK].[POZOSTALO] != :POZOSTALO_1 AND dbo.[ROZRACHUNEK].[ID_KONTRAHENTA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?) AND dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2) AND dbo.[ROZRACHUNEK].[TYP_DOK] != CAST(:TYP_DOK_1 AS VARCHAR(8000)) AND dbo.[ROZRACHUNEK].[STRONA] = CAST(:STRONA_1 AS VARCHAR(8000)) AND NOT (dbo.[ROZRACHUNEK].[TYP_DOK] != CAST(:TYP_DOK_2 AS VARCHAR(8000)) AND dbo.[ROZRACHUNEK].[STRONA] = CAST(:STRONA_2 AS VARCHAR(8000)) AND rtrim(coalesce(dbo.[ROZRACHUNEK].[RODZAJ], :coalesce_1)) IN (?) AND dbo.[ROZRACHUNEK].[KWOTA] > :KWOTA_1) GROUP BY dbo.[ROZRACHUNEK].[TYP_DOK], dbo.[ROZRACHUNEK].[RODZAJ] ORDER BY dbo.[ROZRACHUNEK].[TYP_DOK], dbo.[ROZRACHUNEK].[RODZAJ]
GO

SELECT dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]
FROM dbo.[TYP_DOKUMENTU_HANDLOWEGO]
WHERE dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_FIRMY] = :ID_FIRMY_1
GO

SELECT dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA], count(*) AS count_1, sum(abs(dbo.[ROZRACHUNEK].[POZOSTALO])) AS sum_1
FROM dbo.[ROZRACHUNEK] LEFT OUTER JOIN dbo.[DOKUMENT_HANDLOWY] ON dbo.[DOKUMENT_HANDLOWY].[ID_DOKUMENTU_HANDLOWEGO] = dbo.[ROZRACHUNEK].[ID_NAG_DOK_M] LEFT OUTER JOIN dbo.[TYP_DOKUMENTU_HANDLOWEGO] ON dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU] = dbo.[DOKUMENT_HANDLOWY].[ID_TYPU]
WHERE dbo.[ROZRACHUNEK].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[ROZRACHUNEK].[POZOSTALO] != :POZOSTALO_1 AND dbo.[ROZRACHUNEK].[ID_KONTRAHENTA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?) AND dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2) AND dbo.[ROZRACHUNEK].[TYP_DOK] = CAST(:TYP_DOK_1 AS VARCHAR(8000)) AND (dbo.[TYP_DOKUMENTU_HANDLOWEGO].[ID_TYPU] IS NULL OR (rtrim(dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]) NOT IN (?))) GROUP BY dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA] ORDER BY dbo.[TYP_DOKUMENTU_HANDLOWEGO].[SYGNATURA]
GO

SELECT dbo.[TYP_DOKUMENTU_MAGAZYNOWEGO].[ID_TYPU], dbo.[TYP_DOKUMENTU_MAGAZYNOWEGO].[SYGNATURA]
FROM dbo.[TYP_DOKUMENTU_MAGAZYNOWEGO]
WHERE dbo.[TYP_DOKUMENTU_MAGAZYNOWEGO].[ID_FIRMY] = :ID_FIRMY_1
GO

SELECT dbo.[TYP_DOKUMENTU_MAGAZYNOWEGO].[SYGNATURA]
FROM dbo.[TYP_DOKUMENTU_MAGAZYNOWEGO]
WHERE dbo.[TYP_DOKUMENTU_MAGAZYNOWEGO].[ID_FIRMY] = :ID_FIRMY_1
GO

SELECT dbo.[UZYTKOWNIK].[ID_UZYTKOWNIKA]
FROM dbo.[UZYTKOWNIK]
WHERE dbo.[UZYTKOWNIK].[ID_UZYTKOWNIKA] = :ID_UZYTKOWNIKA_1 AND dbo.[UZYTKOWNIK].[CZY_AKTYWNY] = :CZY_AKTYWNY_1 AND dbo.[UZYTKOWNIK].[ARCHIWALNY] = :ARCHIWALNY_1
GO

SELECT dbo.[WAPRODBSTATE].[PRGNAZWA], dbo.[WAPRODBSTATE].[PRGWER], dbo.[WAPRODBSTATE].[DBWER]
FROM dbo.[WAPRODBSTATE]
GO

SELECT dbo.[ZAMOWIENIE].[FAKTURA_DO_ZAMOWIENIA], count(*) AS count_1
FROM dbo.[ZAMOWIENIE]
WHERE dbo.[ZAMOWIENIE].[TYP] = :TYP_1 AND dbo.[ZAMOWIENIE].[DATA] >= :DATA_1 GROUP BY dbo.[ZAMOWIENIE].[FAKTURA_DO_ZAMOWIENIA] ORDER BY dbo.[ZAMOWIENIE].[FAKTURA_DO_ZAMOWIENIA]
GO

SELECT dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA]
FROM dbo.[ZAMOWIENIE]
WHERE dbo.[ZAMOWIENIE].[TYP] = :TYP_1 AND dbo.[ZAMOWIENIE].[ID_FIRMY] = :ID_FIRMY_1 AND dbo.[ZAMOWIENIE].[ID_KONTRAHENTA] IN (SELECT dbo.[KONTRAHENT].[ID_KONTRAHENTA]
FROM dbo.[KONTRAHENT]
WHERE dbo.[KONTRAHENT].[ID_FIRMY] = :ID_FIRMY_2 AND dbo.[KONTRAHENT].[DOSTEPNY_W_B2B] IN (?)) AND (rtrim(dbo.[ZAMOWIENIE].[NUMER]) NOT IN (?)) AND rtrim(dbo.[ZAMOWIENIE].[STATUS_ZAM]) = :rtrim_2
GO

SELECT dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA]
FROM dbo.[ZAMOWIENIE]
WHERE dbo.[ZAMOWIENIE].[TYP] = :TYP_1 AND dbo.[ZAMOWIENIE].[ID_KONTRAHENTA] IN (?)
GO

SELECT dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA], dbo.[ZAMOWIENIE].[ID_FIRMY], dbo.[ZAMOWIENIE].[ID_MAGAZYNU], dbo.[ZAMOWIENIE].[ID_KONTRAHENTA], dbo.[ZAMOWIENIE].[TYP], dbo.[ZAMOWIENIE].[DATA], dbo.[ZAMOWIENIE].[DATA_REALIZACJI], dbo.[ZAMOWIENIE].[ID_OPERATORA_PRZESYLKI], dbo.[ZAMOWIENIE].[NUMER], dbo.[ZAMOWIENIE].[NR_ZAMOWIENIA_KLIENTA], dbo.[ZAMOWIENIE].[STAN_REALIZ], dbo.[ZAMOWIENIE].[STATUS_ZAM], dbo.[ZAMOWIENIE].[SYM_WAL], dbo.[ZAMOWIENIE].[FORMA_PLATNOSCI], dbo.[ZAMOWIENIE].[UWAGI], dbo.[ZAMOWIENIE].[NUMER_PRZESYLKI], dbo.[ZAMOWIENIE].[WARTOSC_NETTO], dbo.[ZAMOWIENIE].[WARTOSC_BRUTTO], dbo.[ZAMOWIENIE].[WARTOSC_NETTO_WAL], dbo.[ZAMOWIENIE].[WARTOSC_BRUTTO_WAL], wiadukt.zamowienie_mapa.numer AS shop_number, dbo.[MAG_OPERATOR_PRZESYLKI].[NAZWA] AS carrier, dbo.[MAG_OPERATOR_PRZESYLKI].[URL_SLEDZENIE], wiadukt.postep_produkcji.stan AS production, wiadukt.postep_produkcji.procent, wiadukt.postep_produkcji.zgloszono, wiadukt.postep_produkcji.pozycje
FROM dbo.[ZAMOWIENIE] LEFT OUTER JOIN wiadukt.zamowienie_mapa ON wiadukt.zamowienie_mapa.id_zamowienia = dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA] LEFT OUTER JOIN wiadukt.postep_produkcji ON wiadukt.postep_produkcji.numer = wiadukt.zamowienie_mapa.numer LEFT OUTER JOIN dbo.[MAG_OPERATOR_PRZESYLKI] ON dbo.[MAG_OPERATOR_PRZESYLKI].[ID_OPERATORA_PRZESYLKI] = dbo.[ZAMOWIENIE].[ID_OPERATORA_PRZESYLKI]
WHERE dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA] IN (?) AND dbo.[ZAMOWIENIE].[TYP] = :TYP_1 AND dbo.[ZAMOWIENIE].[ID_FIRMY] = :ID_FIRMY_1
GO

SELECT dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA], dbo.[ZAMOWIENIE].[NUMER], wiadukt.zamowienie_mapa.numer, dbo.[ZAMOWIENIE].[ID_KONTRAHENTA], wiadukt.zamowienie_mapa.skrot
FROM dbo.[ZAMOWIENIE] LEFT OUTER JOIN wiadukt.zamowienie_mapa ON wiadukt.zamowienie_mapa.id_zamowienia = dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA]
WHERE (wiadukt.zamowienie_mapa.numer = CAST(:numer_1 AS VARCHAR(8000)) OR dbo.[ZAMOWIENIE].[NR_ZAMOWIENIA_KLIENTA] = CAST(:NR_ZAMOWIENIA_KLIENTA_1 AS VARCHAR(8000)) AND dbo.[ZAMOWIENIE].[ID_MAGAZYNU] = :ID_MAGAZYNU_1) AND dbo.[ZAMOWIENIE].[TYP] = :TYP_1 ORDER BY CASE WHEN (wiadukt.zamowienie_mapa.numer IS NULL) THEN :param_1 ELSE :param_2 END, dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA]
GO

SELECT dbo.[ZAMOWIENIE].[NUMER]
FROM dbo.[ZAMOWIENIE]
WHERE dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA] = :ID_ZAMOWIENIA_1
GO

SELECT dbo.[ZAMOWIENIE].[SEMAFOR]
FROM dbo.[ZAMOWIENIE] WITH (UPDLOCK, ROWLOCK)
WHERE dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA] = :ID_ZAMOWIENIA_1
GO

SELECT dbo.[ZAMOWIENIE].[STATUS_ZAM], dbo.[ZAMOWIENIE].[STAN_REALIZ]
FROM dbo.[ZAMOWIENIE]
WHERE dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA] = :ID_ZAMOWIENIA_1
GO

SELECT dbo.[ZAMOWIENIE].[STATUS_ZAM], dbo.[ZAMOWIENIE].[STAN_REALIZ]
FROM dbo.[ZAMOWIENIE] WITH (UPDLOCK, ROWLOCK)
WHERE dbo.[ZAMOWIENIE].[ID_ZAMOWIENIA] = :ID_ZAMOWIENIA_1
GO

SELECT f.name, v.available_bytes, v.total_bytes
FROM sys.database_files f CROSS APPLY sys.dm_os_volume_stats(DB_ID(), f.file_id) v
GO

SELECT information_schema.columns.character_maximum_length
FROM information_schema.columns
WHERE information_schema.columns.table_name = :table_name_1 AND information_schema.columns.column_name = :column_name_1
GO

SELECT information_schema.columns.column_name, information_schema.columns.character_maximum_length
FROM information_schema.columns
WHERE information_schema.columns.table_schema = :table_schema_1 AND information_schema.columns.table_name = :table_name_1
GO

SELECT information_schema.columns.table_name, information_schema.columns.column_name
FROM information_schema.columns
WHERE information_schema.columns.column_name LIKE :column_name_1
GO

SELECT information_schema.columns.table_name, information_schema.columns.column_name
FROM information_schema.columns
WHERE information_schema.columns.table_name IN (?)
GO

SELECT information_schema.tables.table_name
FROM information_schema.tables
GO

SELECT max(dbo.[DOKUMENT_HANDLOWY].[DATA_WYSTAWIENIA]) AS max_1
FROM dbo.[DOKUMENT_HANDLOWY]
WHERE dbo.[DOKUMENT_HANDLOWY].[DATA_WYSTAWIENIA] <= :DATA_WYSTAWIENIA_1
GO

SELECT max(dbo.[ZAMOWIENIE].[DATA]) AS max_1
FROM dbo.[ZAMOWIENIE]
WHERE dbo.[ZAMOWIENIE].[DATA] <= :DATA_1
GO

SELECT max(wiadukt.kolejka.utworzono) AS max_1
FROM wiadukt.kolejka
GO

SELECT max(wiadukt.luka.zakonczono) AS max_1
FROM wiadukt.luka
GO

SELECT name FROM sys.columns
WHERE object_id = OBJECT_ID(:table) AND TYPE_NAME(system_type_id) IN ('text', 'ntext', 'image')
GO

SELECT name FROM sys.columns WHERE object_id = OBJECT_ID(:table)
GO

SELECT o.name AS procedura, p.name AS parametr, TYPE_NAME(p.system_type_id) AS typ, p.max_length, p.precision, p.scale,
    p.is_output
FROM sys.objects o LEFT JOIN sys.parameters p ON p.object_id = o.object_id AND p.parameter_id > 0
WHERE o.schema_id = SCHEMA_ID('dbo') AND o.type = 'P' AND o.name IN ({marks})
ORDER BY o.name, p.parameter_id
GO

SELECT o.name FROM sys.sql_modules m JOIN sys.objects o ON o.object_id = m.object_id
WHERE m.definition LIKE '%OUTPUT inserted.%' OR m.definition LIKE '%OUTPUT deleted.%'
GO

SELECT r.name AS rola, p.name, CASE WHEN p.default_schema_name = 'wiadukt' THEN 1 ELSE 0 END AS ours
FROM sys.database_role_members m JOIN sys.database_principals p ON p.principal_id = m.member_principal_id
JOIN sys.database_principals r ON r.principal_id = m.role_principal_id
WHERE r.name = :writer OR r.name = :reader
GO

SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()
GO

SELECT sum(dbo.[POZYCJA_ZAMOWIENIA].[ZREALIZOWANO]) AS sum_1
FROM dbo.[POZYCJA_ZAMOWIENIA]
WHERE dbo.[POZYCJA_ZAMOWIENIA].[ID_ZAMOWIENIA] = :ID_ZAMOWIENIA_1
GO

SELECT wiadukt.adres_powiedziany.id_wiersza, wiadukt.adres_powiedziany.klucz
FROM wiadukt.adres_powiedziany JOIN dbo.[MIEJSCE_DOSTAWY] ON dbo.[MIEJSCE_DOSTAWY].[ID_MIEJSCA_DOSTAWY] = wiadukt.adres_powiedziany.id_wiersza
WHERE dbo.[MIEJSCE_DOSTAWY].[ID_KONTRAHENTA] IN (?)
GO

SELECT wiadukt.adres_powiedziany.klucz
FROM wiadukt.adres_powiedziany
WHERE wiadukt.adres_powiedziany.klucz = CAST(:klucz_1 AS VARCHAR(8000))
GO

SELECT wiadukt.adres_powiedziany.klucz, wiadukt.adres_powiedziany.id_wiersza, wiadukt.adres_powiedziany.rewizja, wiadukt.adres_powiedziany.skrot, wiadukt.adres_powiedziany.odpowiedz, wiadukt.adres_powiedziany.zapisano
FROM wiadukt.adres_powiedziany
WHERE wiadukt.adres_powiedziany.klucz = CAST(:klucz_1 AS VARCHAR(8000))
GO

SELECT wiadukt.kolejka.id, wiadukt.kolejka.rodzaj, wiadukt.kolejka.id_obiektu, wiadukt.kolejka.status, wiadukt.kolejka.proby, wiadukt.kolejka.nastepna_proba, wiadukt.kolejka.ostatni_blad, wiadukt.kolejka.utworzono, wiadukt.kolejka.wyslano, wiadukt.kolejka.zajete_do, wiadukt.kolejka.zajete_przez, wiadukt.kolejka.zdarzenie
FROM wiadukt.kolejka
WHERE wiadukt.kolejka.id IN (SELECT max(wiadukt.kolejka.id) AS max_1
FROM wiadukt.kolejka
WHERE wiadukt.kolejka.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000)) AND wiadukt.kolejka.id_obiektu IN (?) GROUP BY wiadukt.kolejka.id_obiektu)
GO

SELECT wiadukt.kolejka.id, wiadukt.kolejka.rodzaj, wiadukt.kolejka.id_obiektu, wiadukt.kolejka.status, wiadukt.kolejka.proby, wiadukt.kolejka.nastepna_proba, wiadukt.kolejka.ostatni_blad, wiadukt.kolejka.utworzono, wiadukt.kolejka.wyslano, wiadukt.kolejka.zajete_do, wiadukt.kolejka.zajete_przez, wiadukt.kolejka.zdarzenie
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.id IN (SELECT max(wiadukt.kolejka.id) AS max_1
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000)) AND wiadukt.kolejka.id_obiektu IN (?) GROUP BY wiadukt.kolejka.id_obiektu)
GO

SELECT wiadukt.kolejka.id_obiektu, max(wiadukt.kolejka.id) AS max_1
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000)) AND wiadukt.kolejka.id_obiektu IN (?) GROUP BY wiadukt.kolejka.id_obiektu
GO

SELECT wiadukt.kolejka.ostatni_blad
FROM wiadukt.kolejka
WHERE wiadukt.kolejka.id = :id_1
GO

SELECT wiadukt.kolejka.ostatni_blad
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)
WHERE wiadukt.kolejka.id = :id_1
GO

SELECT wiadukt.kolejka.status, count(*) AS count_1
FROM wiadukt.kolejka GROUP BY wiadukt.kolejka.status
GO

SELECT wiadukt.kolejka.status, count(*) AS count_1
FROM wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK) GROUP BY wiadukt.kolejka.status
GO

SELECT wiadukt.luka.id
FROM wiadukt.luka
WHERE wiadukt.luka.zakonczono IS NULL
GO

SELECT wiadukt.postep_produkcji.rewizja
FROM wiadukt.postep_produkcji
WHERE wiadukt.postep_produkcji.numer = CAST(:numer_1 AS VARCHAR(8000))
GO

SELECT wiadukt.sledzenie.tabela
FROM wiadukt.sledzenie
WHERE wiadukt.sledzenie.nasze = :nasze_1 ORDER BY wiadukt.sledzenie.tabela
GO

SELECT wiadukt.sledzenie.tabela, wiadukt.sledzenie.od_wersji, wiadukt.sledzenie.wersja
FROM wiadukt.sledzenie
WHERE wiadukt.sledzenie.wersja IS NOT NULL
GO

SELECT wiadukt.wlasciciel.klucz, wiadukt.wlasciciel.id_obiektu, wiadukt.wlasciciel.pamietane
FROM wiadukt.wlasciciel
WHERE wiadukt.wlasciciel.tabela = CAST(:tabela_1 AS VARCHAR(8000)) AND wiadukt.wlasciciel.klucz IN (?)
GO

SELECT wiadukt.zamiatanie.id_obiektu, wiadukt.zamiatanie.skrot
FROM wiadukt.zamiatanie
WHERE wiadukt.zamiatanie.rodzaj = CAST(:rodzaj_1 AS VARCHAR(8000))
GO

SELECT wiadukt.zamowienie_mapa.id_zamowienia
FROM wiadukt.zamowienie_mapa
WHERE wiadukt.zamowienie_mapa.numer = CAST(:numer_1 AS VARCHAR(8000))
GO

SELECT wiadukt.znaczenie_statusu.litera, wiadukt.znaczenie_statusu.stan, wiadukt.znaczenie_statusu.zapisano
FROM wiadukt.znaczenie_statusu
GO

SET NOCOUNT OFF; SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCK_TIMEOUT 10000;
GO

SET NOCOUNT OFF; SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCK_TIMEOUT 3000;
GO

SET NOCOUNT OFF; SET TRANSACTION ISOLATION LEVEL SNAPSHOT; SET LOCK_TIMEOUT 3000;
GO

SET NOCOUNT ON;
-- Such a lock needs a transaction, and the driver's begins with the first table that is read.
DECLARE @begun int;
SELECT @begun = COUNT(*) FROM sys.schemas WHERE 1 = 0;
DECLARE @rc int, @name nvarchar(255) = CAST(:name AS nvarchar(255));
EXEC @rc = sp_getapplock @Resource = @name, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 10000;
SELECT @rc AS rc;
GO

SET NOCOUNT ON;
DECLARE @now datetimeoffset(6) = SYSDATETIMEOFFSET();
DECLARE @due TABLE (rodzaj varchar(10) NOT NULL, id_obiektu varchar(40) NOT NULL);
DECLARE @mine TABLE (id bigint PRIMARY KEY, rodzaj varchar(10) NOT NULL, id_obiektu varchar(40) NOT NULL,
    utworzono datetimeoffset(6) NOT NULL);
DECLARE @kept TABLE (id bigint PRIMARY KEY, rodzaj varchar(10) NOT NULL, id_obiektu varchar(40) NOT NULL,
    merged int NOT NULL, first datetimeoffset(6) NOT NULL);
DECLARE @got TABLE (id bigint PRIMARY KEY);
INSERT INTO @due (rodzaj, id_obiektu)
SELECT TOP (CAST(:size AS int)) rodzaj, id_obiektu
FROM wiadukt.kolejka WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK)
WHERE status = 'przyjety' AND nastepna_proba <= @now AND (zajete_do IS NULL OR zajete_do < @now)
ORDER BY nastepna_proba, id;
INSERT INTO @mine (id, rodzaj, id_obiektu, utworzono)
SELECT k.id, k.rodzaj, k.id_obiektu, k.utworzono
FROM (SELECT DISTINCT rodzaj, id_obiektu FROM @due) one
JOIN wiadukt.kolejka k WITH (UPDLOCK, READPAST, ROWLOCK, READCOMMITTEDLOCK)
    ON k.rodzaj = one.rodzaj AND k.id_obiektu = one.id_obiektu
WHERE k.status = 'przyjety' AND (k.zajete_do IS NULL OR k.zajete_do < @now);
INSERT INTO @kept (id, rodzaj, id_obiektu, merged, first)
SELECT MIN(id), rodzaj, id_obiektu, COUNT(*), MIN(utworzono) FROM @mine GROUP BY rodzaj, id_obiektu;
UPDATE k SET k.zajete_do = DATEADD(second, CAST(:lease AS int), @now),
    k.zajete_przez = CAST(:who AS varchar(64)), k.zdarzenie = COALESCE(k.zdarzenie, k.id)
OUTPUT inserted.id INTO @got
FROM wiadukt.kolejka AS k WITH (ROWLOCK, FORCESEEK, INDEX (kolejka_klucz))
WHERE k.id IN (SELECT id FROM @kept) AND k.status = 'przyjety' AND (k.zajete_do IS NULL OR k.zajete_do < @now);
UPDATE k SET k.utworzono = kept.first
FROM wiadukt.kolejka AS k WITH (ROWLOCK, FORCESEEK, INDEX (kolejka_klucz)) JOIN @kept kept ON kept.id = k.id JOIN @got got ON got.id = k.id;
UPDATE k SET k.zdarzenie = NEXT VALUE FOR wiadukt.kolejka_id
FROM wiadukt.kolejka AS k WITH (ROWLOCK, FORCESEEK, INDEX (kolejka_klucz))
WHERE k.id IN (SELECT got.id FROM @got got JOIN @kept kept ON kept.id = got.id WHERE kept.merged > 1);
DELETE k FROM wiadukt.kolejka AS k WITH (ROWLOCK, FORCESEEK, INDEX (kolejka_klucz)) WHERE k.id IN (
    SELECT mine.id FROM @mine mine JOIN @kept kept ON kept.rodzaj = mine.rodzaj AND kept.id_obiektu = mine.id_obiektu
    JOIN @got got ON got.id = kept.id WHERE mine.id <> kept.id);
SELECT k.id, k.rodzaj, k.id_obiektu, k.utworzono, k.proby, k.zdarzenie
FROM wiadukt.kolejka AS k WITH (ROWLOCK, FORCESEEK, INDEX (kolejka_klucz)) JOIN @got got ON got.id = k.id;
GO

SET NOCOUNT ON;
DECLARE @rc int, @przed int = @@TRANCOUNT, @wy_format_num varchar(50), @wy_okresnumeracji smallint, @wy_parametr1 smallint, @wy_parametr2 smallint;
EXEC @rc = dbo.[JL_PobierzFormatNumeracji_Server] @id_firmy = ?, @dokument = ?, @id_typu = ?, @id_zasobu = ?, @format_num = @wy_format_num OUTPUT, @okresnumeracji = @wy_okresnumeracji OUTPUT, @parametr1 = @wy_parametr1 OUTPUT, @parametr2 = @wy_parametr2 OUTPUT;
SELECT @rc AS rc, @przed AS przed, @@TRANCOUNT AS po, @wy_format_num AS [format_num], @wy_okresnumeracji AS [okresnumeracji], @wy_parametr1 AS [parametr1], @wy_parametr2 AS [parametr2];
GO

SET NOCOUNT ON;
DECLARE @rc int, @przed int = @@TRANCOUNT;
EXEC @rc = dbo.[RM_DodajPozycjeZamowienia] @ID_POZYCJI_ZAMOWIENIA = ?, @ID_ZAMOWIENIA = ?, @ID_ARTYKULU = ?, @KOD_VAT = ?, @ZAMOWIONO = ?, @ZREALIZOWANO = ?, @ZAREZERWOWANO = ?, @DO_REZERWACJI = ?, @CENA_NETTO = ?, @CENA_BRUTTO = ?, @CENA_NETTO_WAL = ?, @CENA_BRUTTO_WAL = ?, @PRZELICZNIK = ?, @JEDNOSTKA = ?, @NARZUT = ?, @OPIS = ?, @ZNAK_NARZUTU = ?, @trybrejestracji = ?, @ID_DOSTAWY_REZ = ?, @ID_WARIANTU_PRODUKTU = ?, @ZNACZNIK_CENY = ?, @NR_SERII = ?, @TYP_TRANSKACJI_TRANSGRANICZNEJ = ?;
SELECT @rc AS rc, @przed AS przed, @@TRANCOUNT AS po;
GO

SET NOCOUNT ON;
DECLARE @rc int, @przed int = @@TRANCOUNT;
EXEC @rc = dbo.[RM_DodajZamowienie] @id_firmy = ?, @id_kontrahenta = ?, @id_magazynu = ?, @typ = ?, @data = ?, @semafor = ?, @trybrejestracji = ?, @brutto_netto = ?;
SELECT @rc AS rc, @przed AS przed, @@TRANCOUNT AS po;
GO

SET NOCOUNT ON;
DECLARE @rc int, @przed int = @@TRANCOUNT;
EXEC @rc = dbo.[RM_KontrolaCenPozycjiZamowienia] @id_zamowienia = ?, @id_uzytkownika = ?;
SELECT @rc AS rc, @przed AS przed, @@TRANCOUNT AS po;
GO

SET NOCOUNT ON;
DECLARE @rc int, @przed int = @@TRANCOUNT;
EXEC @rc = dbo.[RM_SumujZamowienie] @id_zamowienia = ?;
SELECT @rc AS rc, @przed AS przed, @@TRANCOUNT AS po;
GO

SET NOCOUNT ON;
DECLARE @rc int, @przed int = @@TRANCOUNT;
EXEC @rc = dbo.[RM_UstawStanZamowien] @id_zamowienia = ?, @id_sesji = ?, @tryb_inf_realiz = ?, @status_zam = ?;
SELECT @rc AS rc, @przed AS przed, @@TRANCOUNT AS po;
GO

SET NOCOUNT ON;
DECLARE @rc int, @przed int = @@TRANCOUNT;
EXEC @rc = dbo.[RM_ZatwierdzZamowienie] @ID_ZAMOWIENIA = ?, @ID_KONTRAHENTA = ?, @ID_TYPU = ?, @NUMER = ?, @NUM_FORMAT = ?, @NUM_OKRESNUMERACJI = ?, @NUM_AUTO = ?, @NUM_NIEZALEZNY = ?, @AUTONUMER = ?, @ID_FIRMY = ?, @ID_MAG = ?, @DATA = ?, @DATA_REALIZACJI = ?, @ZALICZKA = ?, @PRIORYTET = ?, @AUTO_REZERWACJA = ?, @NR_ZAM_KLIENTA = ?, @TYP = ?, @ID_PRACOWNIKA = ?, @PRZELICZNIK_WAL = ?, @DATA_KURS_WAL = ?, @SYM_WAL = ?, @DOK_WAL = ?, @FLAGA_STANU = ?, @trybrejestracji = ?, @RABAT_NARZUT = ?, @ZNAK_RABATU = ?, @UWAGI = ?, @ID_RACHUNKU = ?, @InformacjeDodatkowe = ?, @OsobaZamawiajaca = ?, @Id_KONTAKTU = ?, @FormaPlatnosci = ?, @DniPlatnosci = ?, @FakturaParagon = ?, @NumerPrzesylki = ?, @IdOperatoraPrzesylki = ?;
SELECT @rc AS rc, @przed AS przed, @@TRANCOUNT AS po;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_ARTYKULU] AS varchar(40)) AS klucz, CASE WHEN r.[ID_ARTYKULU] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(r.[INDEKS_KATALOGOWY] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[ARTYKUL], @since) AS c LEFT JOIN dbo.[ARTYKUL] AS r ON r.[ID_ARTYKULU] = c.[ID_ARTYKULU]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'ID_ARTYKULU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'ID_MAGAZYNU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'ID_KATEGORII', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'ID_KATEGORII_TREE', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'ID_JEDNOSTKI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'ID_JEDNOSTKI_SPRZ', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'ID_CENY_DOM', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'PODLEGA_RABATOWANIU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'PROMOCJA_OD', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'PROMOCJA_DO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'DOSTEPNY_W_SKLEPIE_INTER', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'ZABLOKOWANY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'INDEKS_KATALOGOWY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'INDEKS_HANDLOWY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'NAZWA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'NAZWA_CALA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'OPIS', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'KOD_KRESKOWY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'VAT_SPRZEDAZY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'WYLACZ_CENY_IND', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'STAN', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'ZAREZERWOWANO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'ILOSC_EDYTOWANA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'CENA_PROMOCJI_N', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'CENA_PROMOCJI_B', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'PROMOCJA_PROCENT', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ARTYKUL'), 'PROMOCJA_RABAT', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_CENA_ARTYKULU] AS varchar(40)) AS klucz, CASE WHEN r.[ID_CENA_ARTYKULU] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(a.[INDEKS_KATALOGOWY] AS varchar(40))), ''), '0') AS id_obiektu, NULLIF(NULLIF(RTRIM(CAST(r.[ID_ARTYKULU] AS varchar(40))), ''), '0') AS pamietane
FROM CHANGETABLE(CHANGES dbo.[CENA_ARTYKULU], @since) AS c LEFT JOIN dbo.[CENA_ARTYKULU] AS r ON r.[ID_CENA_ARTYKULU] = c.[ID_CENA_ARTYKULU] LEFT JOIN dbo.[ARTYKUL] AS a ON a.[ID_ARTYKULU] = r.[ID_ARTYKULU]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENA_ARTYKULU'), 'ID_ARTYKULU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENA_ARTYKULU'), 'ID_CENY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENA_ARTYKULU'), 'SYM_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENA_ARTYKULU'), 'CENA_NETTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENA_ARTYKULU'), 'CENA_BRUTTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_CENNIK_INDYWIDUALNY] AS varchar(40)) AS klucz, CASE WHEN r.[ID_CENNIK_INDYWIDUALNY] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(a.[INDEKS_KATALOGOWY] AS varchar(40))), ''), '0') AS id_obiektu, NULLIF(NULLIF(RTRIM(CAST(r.[ID_ARTYKULU] AS varchar(40))), ''), '0') AS pamietane
FROM CHANGETABLE(CHANGES dbo.[CENNIK_INDYWIDUALNY], @since) AS c LEFT JOIN dbo.[CENNIK_INDYWIDUALNY] AS r ON r.[ID_CENNIK_INDYWIDUALNY] = c.[ID_CENNIK_INDYWIDUALNY] LEFT JOIN dbo.[ARTYKUL] AS a ON a.[ID_ARTYKULU] = r.[ID_ARTYKULU]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_INDYWIDUALNY'), 'ID_GRUPY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_INDYWIDUALNY'), 'ID_ARTYKULU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_INDYWIDUALNY'), 'ID_CENY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_INDYWIDUALNY'), 'TRYB', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_INDYWIDUALNY'), 'SPRZEDAZ_ZAKUP', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_INDYWIDUALNY'), 'SYM_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_INDYWIDUALNY'), 'CENA_NETTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_INDYWIDUALNY'), 'CENA_BRUTTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_INDYWIDUALNY'), 'UPUST', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_CENNIK_KONTRAHENTA] AS varchar(40)) AS klucz, CASE WHEN r.[ID_CENNIK_KONTRAHENTA] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(r.[ID_KONTRAHENTA] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[CENNIK_KONTRAHENTA], @since) AS c LEFT JOIN dbo.[CENNIK_KONTRAHENTA] AS r ON r.[ID_CENNIK_KONTRAHENTA] = c.[ID_CENNIK_KONTRAHENTA]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_KONTRAHENTA'), 'ID_CENNIK_KONTRAHENTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_KONTRAHENTA'), 'ID_KONTRAHENTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_KONTRAHENTA'), 'ID_ARTYKULU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_KONTRAHENTA'), 'ID_CENY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_KONTRAHENTA'), 'TRYB', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_KONTRAHENTA'), 'SPRZEDAZ_ZAKUP', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_KONTRAHENTA'), 'SYM_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_KONTRAHENTA'), 'CENA_NETTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_KONTRAHENTA'), 'CENA_BRUTTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENNIK_KONTRAHENTA'), 'UPUST', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_DOKUMENTU_HANDLOWEGO] AS varchar(40)) AS klucz, CASE WHEN r.[ID_DOKUMENTU_HANDLOWEGO] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(r.[ID_DOKUMENTU_HANDLOWEGO] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[DOKUMENT_HANDLOWY], @since) AS c LEFT JOIN dbo.[DOKUMENT_HANDLOWY] AS r ON r.[ID_DOKUMENTU_HANDLOWEGO] = c.[ID_DOKUMENTU_HANDLOWEGO]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'ID_DOKUMENTU_HANDLOWEGO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'ID_FIRMY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'ID_TYPU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'DATA_WYSTAWIENIA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'DATA_SPRZEDAZY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'TERMIN_PLAT', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'ID_KONTRAHENTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'ID_PLATNIKA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'DOK_KOREKTY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'ID_DOK_ORYGINALNEGO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'ID_DOK_KORYGOWANEGO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'ID_FZAL_ORG', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'ID_RACHUNKU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'NUMER', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'SYM_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'FORMA_PLATNOSCI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'WARTOSC_NETTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'WARTOSC_BRUTTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'ZALICZKA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'RAZEM_ZAPLACONO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'POZOSTALO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'WARTOSC_NETTO_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'WARTOSC_BRUTTO_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'RAZEM_ZAPLACONO_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'POZOSTALO_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_HANDLOWY'), 'SUMA_ODSETEK', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_DOK_MAGAZYNOWEGO] AS varchar(40)) AS klucz, CASE WHEN r.[ID_DOK_MAGAZYNOWEGO] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(r.[ID_DOKUMENTU_HANDLOWEGO] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[DOKUMENT_MAGAZYNOWY], @since) AS c LEFT JOIN dbo.[DOKUMENT_MAGAZYNOWY] AS r ON r.[ID_DOK_MAGAZYNOWEGO] = c.[ID_DOK_MAGAZYNOWEGO]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_MAGAZYNOWY'), 'ID_DOK_MAGAZYNOWEGO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOKUMENT_MAGAZYNOWY'), 'ID_DOKUMENTU_HANDLOWEGO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_DOSTAWY] AS varchar(40)) AS klucz, CASE WHEN r.[ID_DOSTAWY] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(r.[ID_ZAMOWIENIA] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[DOSTAWA], @since) AS c LEFT JOIN dbo.[DOSTAWA] AS r ON r.[ID_DOSTAWY] = c.[ID_DOSTAWY]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOSTAWA'), 'ID_DOSTAWY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOSTAWA'), 'ID_MIEJSCA_DOSTAWY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOSTAWA'), 'ID_ZAMOWIENIA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.DOSTAWA'), 'DATA_ODBIORU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_FIRMY] AS varchar(40)) + '/' + CAST(c.[PROG] AS varchar(40)) AS klucz, CASE WHEN r.[ID_FIRMY] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULL AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[PROGI_RABATOWE], @since) AS c LEFT JOIN dbo.[PROGI_RABATOWE] AS r ON r.[ID_FIRMY] = c.[ID_FIRMY] AND r.[PROG] = c.[PROG]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PROGI_RABATOWE'), 'ID_FIRMY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PROGI_RABATOWE'), 'PROG', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PROGI_RABATOWE'), 'RABAT', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_GRUPY] AS varchar(40)) AS klucz, CASE WHEN r.[ID_GRUPY] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULL AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[GRUPA_KONTRAHENTA], @since) AS c LEFT JOIN dbo.[GRUPA_KONTRAHENTA] AS r ON r.[ID_GRUPY] = c.[ID_GRUPY]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.GRUPA_KONTRAHENTA'), 'ID_GRUPY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.GRUPA_KONTRAHENTA'), 'ID_CENY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.GRUPA_KONTRAHENTA'), 'NAZWA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.GRUPA_KONTRAHENTA'), 'NARZUT', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_KATEGORII] AS varchar(40)) + '/' + CAST(c.[ID_GRUPY] AS varchar(40)) AS klucz, CASE WHEN r.[ID_KATEGORII] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULL AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[CENA_GRUPY], @since) AS c LEFT JOIN dbo.[CENA_GRUPY] AS r ON r.[ID_KATEGORII] = c.[ID_KATEGORII] AND r.[ID_GRUPY] = c.[ID_GRUPY]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENA_GRUPY'), 'ID_KATEGORII', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENA_GRUPY'), 'ID_GRUPY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENA_GRUPY'), 'ID_CENY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.CENA_GRUPY'), 'NARZUT', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_KONTAKTU] AS varchar(40)) AS klucz, CASE WHEN r.[ID_KONTAKTU] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(r.[ID_KONTRAHENTA] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[KONTAKT], @since) AS c LEFT JOIN dbo.[KONTAKT] AS r ON r.[ID_KONTAKTU] = c.[ID_KONTAKTU]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTAKT'), 'ID_KONTAKTU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTAKT'), 'ID_KONTRAHENTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTAKT'), 'DOMYSLNY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTAKT'), 'IMIE', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTAKT'), 'NAZWISKO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTAKT'), 'STANOWISKO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTAKT'), 'TEL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTAKT'), 'TEL_KOM', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTAKT'), 'E_MAIL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_KONTRAHENTA] AS varchar(40)) AS klucz, CASE WHEN r.[ID_KONTRAHENTA] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(r.[ID_KONTRAHENTA] AS varchar(40))), ''), '0') AS id_obiektu, CASE WHEN r.[DOSTEPNY_W_B2B] IN (1) THEN '1' END AS pamietane
FROM CHANGETABLE(CHANGES dbo.[KONTRAHENT], @since) AS c LEFT JOIN dbo.[KONTRAHENT] AS r ON r.[ID_KONTRAHENTA] = c.[ID_KONTRAHENTA]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'ID_KONTRAHENTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'ID_FIRMY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'KOD_KONTRAHENTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'ID_GRUPY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'TERMIN_NALEZNOSCI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'ID_HANDLOWCA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'ZABLOKOWANY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'DOSTEPNY_W_B2B', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'RODO_ZANONIMIZOWANY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'PODLEGA_PROMOCJI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'DNI_PO_TERMINIE', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'BLOKOWANIE', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'NAZWA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'NAZWA_PELNA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'NIP', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'ULICA_LOKAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'KOD_POCZTOWY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'MIEJSCOWOSC', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'SYM_KRAJU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'ULICA_LOKAL_KOR', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'KOD_POCZTOWY_KOR', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'MIEJSCOWOSC_KOR', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'SYM_KRAJU_KOR', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'ADRES_EMAIL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'TELEFON_FIRMOWY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'FORMA_PLATNOSCI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'DOM_SYM_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'LIMIT_KUPIECKI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.KONTRAHENT'), 'DOMYSLNY_RABAT', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_MIEJSCA_DOSTAWY] AS varchar(40)) AS klucz, CASE WHEN r.[ID_MIEJSCA_DOSTAWY] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(r.[ID_KONTRAHENTA] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[MIEJSCE_DOSTAWY], @since) AS c LEFT JOIN dbo.[MIEJSCE_DOSTAWY] AS r ON r.[ID_MIEJSCA_DOSTAWY] = c.[ID_MIEJSCA_DOSTAWY]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.MIEJSCE_DOSTAWY'), 'ID_MIEJSCA_DOSTAWY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.MIEJSCE_DOSTAWY'), 'ID_KONTRAHENTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.MIEJSCE_DOSTAWY'), 'FIRMA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.MIEJSCE_DOSTAWY'), 'ODBIORCA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.MIEJSCE_DOSTAWY'), 'ULICA_LOKAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.MIEJSCE_DOSTAWY'), 'KOD_POCZTOWY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.MIEJSCE_DOSTAWY'), 'MIEJSCOWOSC', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.MIEJSCE_DOSTAWY'), 'SYM_KRAJU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.MIEJSCE_DOSTAWY'), 'TEL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.MIEJSCE_DOSTAWY'), 'OPIS', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_POZYCJI_ZAMOWIENIA] AS varchar(40)) AS klucz, CASE WHEN r.[ID_POZYCJI_ZAMOWIENIA] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(r.[ID_ZAMOWIENIA] AS varchar(40))), ''), '0') AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[POZYCJA_ZAMOWIENIA], @since) AS c LEFT JOIN dbo.[POZYCJA_ZAMOWIENIA] AS r ON r.[ID_POZYCJI_ZAMOWIENIA] = c.[ID_POZYCJI_ZAMOWIENIA]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_ZAMOWIENIA'), 'ID_POZYCJI_ZAMOWIENIA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_ZAMOWIENIA'), 'ID_ZAMOWIENIA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_ZAMOWIENIA'), 'ID_ARTYKULU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_ZAMOWIENIA'), 'KOD_VAT', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_ZAMOWIENIA'), 'JEDNOSTKA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_ZAMOWIENIA'), 'ZAMOWIONO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_ZAMOWIENIA'), 'ZREALIZOWANO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_ZAMOWIENIA'), 'CENA_NETTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_ZAMOWIENIA'), 'CENA_BRUTTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_ZAMOWIENIA'), 'CENA_NETTO_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_ZAMOWIENIA'), 'CENA_BRUTTO_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_POZ_DOK_MAG] AS varchar(40)) AS klucz, CASE WHEN r.[ID_POZ_DOK_MAG] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULLIF(NULLIF(RTRIM(CAST(coalesce(nullif(r.[ID_DOK_HANDLOWEGO], 0), d.[ID_DOKUMENTU_HANDLOWEGO]) AS varchar(40))), ''), '0') AS id_obiektu, NULLIF(NULLIF(RTRIM(CAST(r.[ID_DOK_MAGAZYNOWEGO] AS varchar(40))), ''), '0') AS pamietane
FROM CHANGETABLE(CHANGES dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO], @since) AS c LEFT JOIN dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO] AS r ON r.[ID_POZ_DOK_MAG] = c.[ID_POZ_DOK_MAG] LEFT JOIN dbo.[DOKUMENT_MAGAZYNOWY] AS d ON d.[ID_DOK_MAGAZYNOWEGO] = r.[ID_DOK_MAGAZYNOWEGO]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'ID_POZ_DOK_MAG', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'ID_DOK_MAGAZYNOWEGO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'ID_DOK_HANDLOWEGO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'ID_ARTYKULU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'ID_POZ_ZAM', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'ID_POZ_ZAM_ZAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'ID_POZ_ORYGINALNEJ', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'ID_POZ_KORYGOWANEJ', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'JEDNOSTKA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'KOD_VAT', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'ILOSC', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'CENA_NETTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'CENA_BRUTTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'CENA_NETTO_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.POZYCJA_DOKUMENTU_MAGAZYNOWEGO'), 'CENA_BRUTTO_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_PRACOWNIKA] AS varchar(40)) AS klucz, CASE WHEN r.[ID_PRACOWNIKA] IS NULL THEN 1 ELSE 0 END AS znikl,
    NULL AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[PRACOWNIK], @since) AS c LEFT JOIN dbo.[PRACOWNIK] AS r ON r.[ID_PRACOWNIKA] = c.[ID_PRACOWNIKA]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'ID_PRACOWNIKA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'ID_FIRMY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'ID_UZYTKOWNIKA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'IMIE_1', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'NAZWISKO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'TELEFON', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'POLE1', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'POLE2', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'POLE3', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'POLE4', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'POLE5', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'POLE6', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'POLE7', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'POLE8', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'POLE9', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.PRACOWNIK'), 'POLE10', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_ROZLICZENIA] AS varchar(40)) AS klucz, CASE WHEN r.[ID_ROZLICZENIA] IS NULL THEN 1 ELSE 0 END AS znikl,
    CASE WHEN s.[TYP_DOK] = 'h' THEN NULLIF(NULLIF(RTRIM(CAST(s.[ID_NAG_DOK_M] AS varchar(40))), ''), '0') END AS id_obiektu, NULLIF(NULLIF(RTRIM(CAST(r.[ID_ROZRACHUNKU] AS varchar(40))), ''), '0') AS pamietane
FROM CHANGETABLE(CHANGES dbo.[ROZLICZENIE], @since) AS c LEFT JOIN dbo.[ROZLICZENIE] AS r ON r.[ID_ROZLICZENIA] = c.[ID_ROZLICZENIA] LEFT JOIN dbo.[ROZRACHUNEK] AS s ON s.[ID_ROZRACHUNKU] = r.[ID_ROZRACHUNKU]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZLICZENIE'), 'ID_ROZLICZENIA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZLICZENIE'), 'ID_ROZRACHUNKU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZLICZENIE'), 'ID_ROZRACHUNKU_ZWIAZEK', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZLICZENIE'), 'DATA_ROZLICZENIA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZLICZENIE'), 'KWOTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZLICZENIE'), 'KWOTA_W', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_ROZRACHUNKU] AS varchar(40)) AS klucz, CASE WHEN r.[ID_ROZRACHUNKU] IS NULL THEN 1 ELSE 0 END AS znikl,
    CASE WHEN r.[TYP_DOK] <> 'h' THEN NULLIF(NULLIF(RTRIM(CAST(r.[ID_KONTRAHENTA] AS varchar(40))), ''), '0') END AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[ROZRACHUNEK], @since) AS c LEFT JOIN dbo.[ROZRACHUNEK] AS r ON r.[ID_ROZRACHUNKU] = c.[ID_ROZRACHUNKU]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'ID_ROZRACHUNKU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'ID_FIRMY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'ID_KONTRAHENTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'ID_NAG_DOK_M', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'ID_ZAMOWIENIA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'DATA_DOK', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'TERMIN_PLATNOSCI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'CZY_KOREKTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'CZY_KOMPENSATA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'TYP_DOK', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'NR_DOK', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'STRONA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'RODZAJ', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'SYM_WALUTY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'FORMA_PLATNOSCI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'KWOTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'KWOTA_W', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'POZOSTALO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'POZOSTALO_W', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_ROZRACHUNKU] AS varchar(40)) AS klucz, CASE WHEN r.[ID_ROZRACHUNKU] IS NULL THEN 1 ELSE 0 END AS znikl,
    CASE WHEN r.[TYP_DOK] = 'h' THEN NULLIF(NULLIF(RTRIM(CAST(r.[ID_NAG_DOK_M] AS varchar(40))), ''), '0') END AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[ROZRACHUNEK], @since) AS c LEFT JOIN dbo.[ROZRACHUNEK] AS r ON r.[ID_ROZRACHUNKU] = c.[ID_ROZRACHUNKU]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'ID_ROZRACHUNKU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'ID_FIRMY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'ID_KONTRAHENTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'ID_NAG_DOK_M', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'ID_ZAMOWIENIA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'DATA_DOK', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'TERMIN_PLATNOSCI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'CZY_KOREKTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'CZY_KOMPENSATA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'TYP_DOK', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'NR_DOK', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'STRONA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'RODZAJ', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'SYM_WALUTY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'FORMA_PLATNOSCI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'KWOTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'KWOTA_W', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'POZOSTALO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'POZOSTALO_W', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ROZRACHUNEK'), 'SUMA_ODSETEK', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
DECLARE @since bigint = CAST(:since AS bigint);
SELECT CAST(c.[ID_ZAMOWIENIA] AS varchar(40)) AS klucz, CASE WHEN r.[ID_ZAMOWIENIA] IS NULL THEN 1 ELSE 0 END AS znikl,
    CASE WHEN r.[TYP] = 1 THEN NULLIF(NULLIF(RTRIM(CAST(r.[ID_ZAMOWIENIA] AS varchar(40))), ''), '0') END AS id_obiektu, NULL AS pamietane
FROM CHANGETABLE(CHANGES dbo.[ZAMOWIENIE], @since) AS c LEFT JOIN dbo.[ZAMOWIENIE] AS r ON r.[ID_ZAMOWIENIA] = c.[ID_ZAMOWIENIA]
WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'ID_ZAMOWIENIA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'ID_FIRMY', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'ID_MAGAZYNU', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'ID_KONTRAHENTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'TYP', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'DATA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'DATA_REALIZACJI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'ID_OPERATORA_PRZESYLKI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'NUMER', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'NR_ZAMOWIENIA_KLIENTA', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'STAN_REALIZ', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'STATUS_ZAM', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'SYM_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'FORMA_PLATNOSCI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'UWAGI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'NUMER_PRZESYLKI', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'WARTOSC_NETTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'WARTOSC_BRUTTO', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'WARTOSC_NETTO_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1
    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK(COLUMNPROPERTY(OBJECT_ID(N'dbo.ZAMOWIENIE'), 'WARTOSC_BRUTTO_WAL', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1;
GO

SET NOCOUNT ON;
INSERT INTO dbo.[MIEJSCE_DOSTAWY] ([ID_KONTRAHENTA], [TYP_ADRESU], [RODO_DATA], [FIRMA], [ODBIORCA], [ULICA_LOKAL], [KOD_POCZTOWY], [MIEJSCOWOSC], [SYM_KRAJU], [TEL], [OPIS]) VALUES (:ID_KONTRAHENTA, :TYP_ADRESU, :RODO_DATA, :FIRMA, :ODBIORCA, :ULICA_LOKAL, :KOD_POCZTOWY, :MIEJSCOWOSC, :SYM_KRAJU, :TEL, :OPIS);
SELECT CAST(SCOPE_IDENTITY() AS numeric(18, 0)) AS id;
GO

SET XACT_ABORT ON; SET DEADLOCK_PRIORITY LOW;
GO

UPDATE dbo.[ADRESY_KONTRAHENTA] SET [RODO_DATA]=:RODO_DATA, [NAZWA_PELNA]=CAST(:NAZWA_PELNA AS VARCHAR(8000)), [ULICA_LOKAL]=CAST(:ULICA_LOKAL AS VARCHAR(8000)), [KOD_POCZTOWY]=CAST(:KOD_POCZTOWY AS VARCHAR(8000)), [MIEJSCOWOSC]=CAST(:MIEJSCOWOSC AS VARCHAR(8000)), [SYM_KRAJU]=CAST(:SYM_KRAJU AS VARCHAR(8000)), [WOJEWODZTWO]=NULL, [POWIAT]=NULL, [NIP]=NULL WHERE dbo.[ADRESY_KONTRAHENTA].[ID_KONTRAHENTA] = :ID_KONTRAHENTA_1 AND dbo.[ADRESY_KONTRAHENTA].[DATA_OD] = :DATA_OD_1
GO

UPDATE dbo.[KONTRAHENT] SET [MIEJSCOWOSC]=CAST(:MIEJSCOWOSC AS VARCHAR(8000)) WHERE dbo.[KONTRAHENT].[ID_KONTRAHENTA] = :ID_KONTRAHENTA_1
GO

UPDATE dbo.[KONTRAHENT] SET [TELEFON_FIRMOWY]=CAST(:TELEFON_FIRMOWY AS VARCHAR(8000)) WHERE dbo.[KONTRAHENT].[ID_KONTRAHENTA] = :ID_KONTRAHENTA_1
GO

UPDATE dbo.[KONTRAHENT] SET [ULICA_LOKAL]=CAST(:ULICA_LOKAL AS VARCHAR(8000)), [KOD_POCZTOWY]=CAST(:KOD_POCZTOWY AS VARCHAR(8000)), [MIEJSCOWOSC]=CAST(:MIEJSCOWOSC AS VARCHAR(8000)), [SYM_KRAJU]=CAST(:SYM_KRAJU AS VARCHAR(8000)) WHERE dbo.[KONTRAHENT].[ID_KONTRAHENTA] = :ID_KONTRAHENTA_1
GO

UPDATE dbo.[KONTRAHENT] SET [ULICA_LOKAL_KOR]=CAST(:ULICA_LOKAL_KOR AS VARCHAR(8000)), [KOD_POCZTOWY_KOR]=CAST(:KOD_POCZTOWY_KOR AS VARCHAR(8000)), [MIEJSCOWOSC_KOR]=CAST(:MIEJSCOWOSC_KOR AS VARCHAR(8000)), [SYM_KRAJU_KOR]=CAST(:SYM_KRAJU_KOR AS VARCHAR(8000)) WHERE dbo.[KONTRAHENT].[ID_KONTRAHENTA] = :ID_KONTRAHENTA_1
GO

UPDATE dbo.[MIEJSCE_DOSTAWY] SET [FIRMA]=CAST(:FIRMA AS VARCHAR(8000)), [ODBIORCA]=CAST(:ODBIORCA AS VARCHAR(8000)), [ULICA_LOKAL]=CAST(:ULICA_LOKAL AS VARCHAR(8000)), [KOD_POCZTOWY]=CAST(:KOD_POCZTOWY AS VARCHAR(8000)), [MIEJSCOWOSC]=CAST(:MIEJSCOWOSC AS VARCHAR(8000)), [SYM_KRAJU]=CAST(:SYM_KRAJU AS VARCHAR(8000)), [TEL]=CAST(:TEL AS VARCHAR(8000)), [OPIS]=CAST(:OPIS AS VARCHAR(8000)) WHERE dbo.[MIEJSCE_DOSTAWY].[ID_MIEJSCA_DOSTAWY] = :ID_MIEJSCA_DOSTAWY_1
GO

UPDATE wiadukt.adres_powiedziany SET id_wiersza=NULL, rewizja=:rewizja, skrot=CAST(:skrot AS VARCHAR(8000)), odpowiedz=CAST(:odpowiedz AS VARCHAR(8000)), zapisano=SYSDATETIMEOFFSET() WHERE wiadukt.adres_powiedziany.klucz = CAST(:klucz_1 AS VARCHAR(8000))
GO

UPDATE wiadukt.adres_powiedziany SET odpowiedz=CAST(:odpowiedz AS VARCHAR(8000)) WHERE wiadukt.adres_powiedziany.zapisano < DATEADD(second, CAST(CEILING(:param_1) AS int), SYSDATETIMEOFFSET()) AND wiadukt.adres_powiedziany.odpowiedz != CAST(:odpowiedz_1 AS VARCHAR(8000))
GO

UPDATE wiadukt.kolejka WITH (ROWLOCK) SET status=CAST(:status AS VARCHAR(8000)), proby=(wiadukt.kolejka.proby + :proby_1), ostatni_blad=CAST(:ostatni_blad AS VARCHAR(8000)), wyslano=SYSDATETIMEOFFSET(), zajete_do=NULL, zajete_przez=NULL WHERE wiadukt.kolejka.id IN (?) AND wiadukt.kolejka.status = CAST(:status_1 AS VARCHAR(8000)) AND wiadukt.kolejka.zajete_przez = CAST(:zajete_przez_1 AS VARCHAR(8000))
GO

UPDATE wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK) SET proby=(wiadukt.kolejka.proby + :proby_1), nastepna_proba=DATEADD(second, CAST(CEILING(:param_1) AS int), SYSDATETIMEOFFSET()), ostatni_blad=CAST(:ostatni_blad AS VARCHAR(8000)), zajete_do=NULL, zajete_przez=NULL WHERE wiadukt.kolejka.id IN (?) AND wiadukt.kolejka.status = CAST(:status_1 AS VARCHAR(8000)) AND wiadukt.kolejka.zajete_przez = CAST(:zajete_przez_1 AS VARCHAR(8000))
GO

UPDATE wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK) SET status=CAST(:status AS VARCHAR(8000)), proby=(wiadukt.kolejka.proby + :proby_1), ostatni_blad=CAST(:ostatni_blad AS VARCHAR(8000)), wyslano=SYSDATETIMEOFFSET(), zajete_do=NULL, zajete_przez=NULL WHERE wiadukt.kolejka.id IN (?) AND wiadukt.kolejka.status = CAST(:status_1 AS VARCHAR(8000)) AND wiadukt.kolejka.zajete_przez = CAST(:zajete_przez_1 AS VARCHAR(8000))
GO

UPDATE wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK) SET status=CAST(:status AS VARCHAR(8000)), proby=(wiadukt.kolejka.proby + :proby_1), ostatni_blad=CAST(:ostatni_blad AS VARCHAR(8000)), zajete_do=NULL, zajete_przez=NULL WHERE wiadukt.kolejka.id IN (?) AND wiadukt.kolejka.status = CAST(:status_1 AS VARCHAR(8000)) AND wiadukt.kolejka.zajete_przez = CAST(:zajete_przez_1 AS VARCHAR(8000))
GO

UPDATE wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK) SET status=CAST(:status AS VARCHAR(8000)), proby=:proby, nastepna_proba=SYSDATETIMEOFFSET() WHERE wiadukt.kolejka.id IN (?) AND wiadukt.kolejka.status = 'odrzucony'
GO

UPDATE wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK) SET status=CAST(:status AS VARCHAR(8000)), proby=:proby, nastepna_proba=SYSDATETIMEOFFSET() WHERE wiadukt.kolejka.status = CAST(:status_1 AS VARCHAR(8000))
GO

UPDATE wiadukt.kolejka WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK) SET status=CAST(:status AS VARCHAR(8000)), proby=:proby, nastepna_proba=SYSDATETIMEOFFSET() WHERE wiadukt.kolejka.status = CAST(:status_1 AS VARCHAR(8000)) AND wiadukt.kolejka.id = :id_1
GO

UPDATE wiadukt.luka SET zakonczono=SYSDATETIMEOFFSET() WHERE wiadukt.luka.zakonczono IS NULL
GO

UPDATE wiadukt.postep_produkcji SET rewizja=:rewizja, stan=CAST(:stan AS VARCHAR(8000)), procent=:procent, zgloszono=SYSDATETIMEOFFSET(), pozycje=CAST(:pozycje AS VARCHAR(8000)) WHERE wiadukt.postep_produkcji.numer = CAST(:numer_1 AS VARCHAR(8000))
GO
