SET ANSI_NULLS ON;
SET QUOTED_IDENTIFIER ON;
GO
-- Our own room in WAPRO's base. It belongs to dbo, as WAPRO's tables do: so a trigger may write here on behalf of any
-- user of WAPRO, none of whom needs a right to it.
IF SCHEMA_ID(N'wiadukt') IS NULL EXEC (N'CREATE SCHEMA wiadukt AUTHORIZATION dbo');
GO
-- Keys come from a sequence and never from an identity column: an insert by a trigger would change @@IDENTITY under
-- WAPRO's own code.
IF OBJECT_ID(N'wiadukt.kolejka_id') IS NULL
    CREATE SEQUENCE wiadukt.kolejka_id AS bigint START WITH 1 INCREMENT BY 1;
GO
-- No filtered index, computed column or indexed view anywhere here: a session of WAPRO with ANSI settings off could not
-- write to such a table. No escalation, and every statement of ours locks by row: what the dispatcher locks never covers
-- a row of the office, and thousands of rows changed at once hold up nobody. Page locks are not forbidden by the indexes
-- themselves, for then the customer's nightly REORGANIZE would fail on them (error 2552).
IF OBJECT_ID(N'wiadukt.kolejka') IS NULL
BEGIN
    CREATE TABLE wiadukt.kolejka (
        id bigint NOT NULL CONSTRAINT kolejka_nowe_id DEFAULT (NEXT VALUE FOR wiadukt.kolejka_id),
        rodzaj varchar(10) NOT NULL CONSTRAINT kolejka_rodzaj CHECK (rodzaj IN ('customer', 'product', 'order', 'invoice')),
        id_obiektu varchar(40) NOT NULL,
        status varchar(10) NOT NULL CONSTRAINT kolejka_przyjety DEFAULT ('przyjety')
            CONSTRAINT kolejka_status CHECK (status IN ('przyjety', 'wyslany', 'odrzucony')),
        proby int NOT NULL CONSTRAINT kolejka_proby DEFAULT (0),
        nastepna_proba datetimeoffset(6) NOT NULL CONSTRAINT kolejka_od_razu DEFAULT (SYSDATETIMEOFFSET()),
        ostatni_blad varchar(2000) NOT NULL CONSTRAINT kolejka_bez_bledu DEFAULT (''),
        utworzono datetimeoffset(6) NOT NULL CONSTRAINT kolejka_utworzono DEFAULT (SYSDATETIMEOFFSET()),
        wyslano datetimeoffset(6) NULL,
        zajete_do datetimeoffset(6) NULL,
        zajete_przez varchar(64) NULL,
        zdarzenie bigint NULL,
        CONSTRAINT kolejka_klucz PRIMARY KEY CLUSTERED (id)
    );
    ALTER TABLE wiadukt.kolejka SET (LOCK_ESCALATION = DISABLE);
    CREATE INDEX kolejka_do_wyslania ON wiadukt.kolejka (status, nastepna_proba, id);
    CREATE INDEX kolejka_obiekt ON wiadukt.kolejka (rodzaj, id_obiektu, id);
END;
GO
-- Who may not see a table is told by OBJECT_ID that there is none: then a trigger would keep silent for him.
GRANT VIEW DEFINITION ON OBJECT::wiadukt.kolejka TO public;
GO
IF OBJECT_ID(N'wiadukt.zamowienie_mapa') IS NULL
    CREATE TABLE wiadukt.zamowienie_mapa (
        numer varchar(30) NOT NULL CONSTRAINT zamowienie_mapa_klucz PRIMARY KEY,
        id_zamowienia numeric(18, 0) NOT NULL CONSTRAINT zamowienie_mapa_jedno UNIQUE,
        skrot varchar(64) NOT NULL,
        utworzono datetimeoffset(6) NOT NULL CONSTRAINT zamowienie_mapa_utworzono DEFAULT (SYSDATETIMEOFFSET())
    );
GO
IF OBJECT_ID(N'wiadukt.postep_produkcji') IS NULL
    CREATE TABLE wiadukt.postep_produkcji (
        numer varchar(30) NOT NULL CONSTRAINT postep_produkcji_klucz PRIMARY KEY,
        rewizja int NOT NULL,
        stan varchar(15) NOT NULL,
        procent numeric(5, 2) NOT NULL,
        zgloszono datetimeoffset(6) NOT NULL CONSTRAINT postep_produkcji_zgloszono DEFAULT (SYSDATETIMEOFFSET())
    );
GO
IF COL_LENGTH(N'wiadukt.postep_produkcji', N'pozycje') IS NULL
    ALTER TABLE wiadukt.postep_produkcji ADD pozycje varchar(8000) NOT NULL
        CONSTRAINT postep_produkcji_pozycje DEFAULT ('');
GO
-- Times when capture was away, and moments when a trigger could not write to the queue (begun and ended at once): what
-- changed then nobody announced, so the shop compares everything afterwards.
IF OBJECT_ID(N'wiadukt.luka') IS NULL
    CREATE TABLE wiadukt.luka (
        id bigint NOT NULL CONSTRAINT luka_nowe_id DEFAULT (NEXT VALUE FOR wiadukt.kolejka_id)
            CONSTRAINT luka_klucz PRIMARY KEY,
        zauwazono datetimeoffset(6) NOT NULL CONSTRAINT luka_zauwazono DEFAULT (SYSDATETIMEOFFSET()),
        zakonczono datetimeoffset(6) NULL
    );
GO
GRANT VIEW DEFINITION ON OBJECT::wiadukt.luka TO public;
GO
-- What the last sweep saw, where capture goes without triggers.
IF OBJECT_ID(N'wiadukt.zamiatanie') IS NULL
    CREATE TABLE wiadukt.zamiatanie (
        rodzaj varchar(10) NOT NULL,
        id_obiektu varchar(40) NOT NULL,
        skrot varchar(64) NOT NULL,
        CONSTRAINT zamiatanie_klucz PRIMARY KEY (rodzaj, id_obiektu)
    );
GO
-- Where capture goes by change tracking: how far each table has been read; and what was switched on by us, so that it is
-- switched off with us ('*' is the base).
IF OBJECT_ID(N'wiadukt.sledzenie') IS NULL
    CREATE TABLE wiadukt.sledzenie (
        tabela varchar(60) NOT NULL CONSTRAINT sledzenie_klucz PRIMARY KEY,
        od_wersji bigint NULL,
        wersja bigint NULL,
        nasze smallint NOT NULL CONSTRAINT sledzenie_cudze DEFAULT (0)
    );
GO
-- Whose each row was when we last saw it: of a deleted row change tracking tells no more than its key.
IF OBJECT_ID(N'wiadukt.wlasciciel') IS NULL
    CREATE TABLE wiadukt.wlasciciel (
        tabela varchar(60) NOT NULL,
        klucz varchar(100) NOT NULL,
        id_obiektu varchar(40) NULL,
        pamietane varchar(40) NULL,
        CONSTRAINT wlasciciel_klucz PRIMARY KEY (tabela, klucz)
    );
GO
-- What the shop told us last about each address and delivery place, and what we answered; a place that was made in the
-- shop has its key here and nowhere else.
IF OBJECT_ID(N'wiadukt.adres_powiedziany') IS NULL
BEGIN
    CREATE TABLE wiadukt.adres_powiedziany (
        klucz varchar(60) NOT NULL CONSTRAINT adres_powiedziany_klucz PRIMARY KEY,
        id_wiersza numeric(18, 0) NULL,
        rewizja bigint NOT NULL,
        skrot varchar(64) NOT NULL,
        odpowiedz varchar(8000) NOT NULL,
        zapisano datetimeoffset(6) NOT NULL
    );
    CREATE INDEX adres_powiedziany_wiersz ON wiadukt.adres_powiedziany (id_wiersza);
END;
GO
-- What the shop's staff said of status letters that our settings do not name.
IF OBJECT_ID(N'wiadukt.znaczenie_statusu') IS NULL
    CREATE TABLE wiadukt.znaczenie_statusu (
        litera varchar(1) NOT NULL CONSTRAINT znaczenie_statusu_klucz PRIMARY KEY,
        stan varchar(15) NOT NULL,
        zapisano datetimeoffset(6) NOT NULL
    );
GO
IF OBJECT_ID(N'dbo.wiadukt_KONTRAHENT') IS NOT NULL DROP TRIGGER dbo.[wiadukt_KONTRAHENT];
GO
CREATE TRIGGER dbo.[wiadukt_KONTRAHENT] ON dbo.[KONTRAHENT] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), r.[ID_KONTRAHENTA])
        FROM (
            SELECT * FROM (SELECT [ID_KONTRAHENTA], [ID_FIRMY], [KOD_KONTRAHENTA], [ID_GRUPY], [TERMIN_NALEZNOSCI], [ID_HANDLOWCA], [ZABLOKOWANY], [DOSTEPNY_W_B2B], [RODO_ZANONIMIZOWANY], [PODLEGA_PROMOCJI], [DNI_PO_TERMINIE], [BLOKOWANIE], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], CONVERT(varbinary(8000), [NAZWA_PELNA]) AS [b_NAZWA_PELNA], CONVERT(varbinary(8000), [NIP]) AS [b_NIP], CONVERT(varbinary(8000), [ULICA_LOKAL]) AS [b_ULICA_LOKAL], CONVERT(varbinary(8000), [KOD_POCZTOWY]) AS [b_KOD_POCZTOWY], CONVERT(varbinary(8000), [MIEJSCOWOSC]) AS [b_MIEJSCOWOSC], CONVERT(varbinary(8000), [SYM_KRAJU]) AS [b_SYM_KRAJU], CONVERT(varbinary(8000), [ULICA_LOKAL_KOR]) AS [b_ULICA_LOKAL_KOR], CONVERT(varbinary(8000), [KOD_POCZTOWY_KOR]) AS [b_KOD_POCZTOWY_KOR], CONVERT(varbinary(8000), [MIEJSCOWOSC_KOR]) AS [b_MIEJSCOWOSC_KOR], CONVERT(varbinary(8000), [SYM_KRAJU_KOR]) AS [b_SYM_KRAJU_KOR], CONVERT(varbinary(8000), [ADRES_EMAIL]) AS [b_ADRES_EMAIL], CONVERT(varbinary(8000), [TELEFON_FIRMOWY]) AS [b_TELEFON_FIRMOWY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], CONVERT(varbinary(8000), [DOM_SYM_WAL]) AS [b_DOM_SYM_WAL], [LIMIT_KUPIECKI], [DOMYSLNY_RABAT] FROM inserted EXCEPT SELECT [ID_KONTRAHENTA], [ID_FIRMY], [KOD_KONTRAHENTA], [ID_GRUPY], [TERMIN_NALEZNOSCI], [ID_HANDLOWCA], [ZABLOKOWANY], [DOSTEPNY_W_B2B], [RODO_ZANONIMIZOWANY], [PODLEGA_PROMOCJI], [DNI_PO_TERMINIE], [BLOKOWANIE], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], CONVERT(varbinary(8000), [NAZWA_PELNA]) AS [b_NAZWA_PELNA], CONVERT(varbinary(8000), [NIP]) AS [b_NIP], CONVERT(varbinary(8000), [ULICA_LOKAL]) AS [b_ULICA_LOKAL], CONVERT(varbinary(8000), [KOD_POCZTOWY]) AS [b_KOD_POCZTOWY], CONVERT(varbinary(8000), [MIEJSCOWOSC]) AS [b_MIEJSCOWOSC], CONVERT(varbinary(8000), [SYM_KRAJU]) AS [b_SYM_KRAJU], CONVERT(varbinary(8000), [ULICA_LOKAL_KOR]) AS [b_ULICA_LOKAL_KOR], CONVERT(varbinary(8000), [KOD_POCZTOWY_KOR]) AS [b_KOD_POCZTOWY_KOR], CONVERT(varbinary(8000), [MIEJSCOWOSC_KOR]) AS [b_MIEJSCOWOSC_KOR], CONVERT(varbinary(8000), [SYM_KRAJU_KOR]) AS [b_SYM_KRAJU_KOR], CONVERT(varbinary(8000), [ADRES_EMAIL]) AS [b_ADRES_EMAIL], CONVERT(varbinary(8000), [TELEFON_FIRMOWY]) AS [b_TELEFON_FIRMOWY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], CONVERT(varbinary(8000), [DOM_SYM_WAL]) AS [b_DOM_SYM_WAL], [LIMIT_KUPIECKI], [DOMYSLNY_RABAT] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_KONTRAHENTA], [ID_FIRMY], [KOD_KONTRAHENTA], [ID_GRUPY], [TERMIN_NALEZNOSCI], [ID_HANDLOWCA], [ZABLOKOWANY], [DOSTEPNY_W_B2B], [RODO_ZANONIMIZOWANY], [PODLEGA_PROMOCJI], [DNI_PO_TERMINIE], [BLOKOWANIE], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], CONVERT(varbinary(8000), [NAZWA_PELNA]) AS [b_NAZWA_PELNA], CONVERT(varbinary(8000), [NIP]) AS [b_NIP], CONVERT(varbinary(8000), [ULICA_LOKAL]) AS [b_ULICA_LOKAL], CONVERT(varbinary(8000), [KOD_POCZTOWY]) AS [b_KOD_POCZTOWY], CONVERT(varbinary(8000), [MIEJSCOWOSC]) AS [b_MIEJSCOWOSC], CONVERT(varbinary(8000), [SYM_KRAJU]) AS [b_SYM_KRAJU], CONVERT(varbinary(8000), [ULICA_LOKAL_KOR]) AS [b_ULICA_LOKAL_KOR], CONVERT(varbinary(8000), [KOD_POCZTOWY_KOR]) AS [b_KOD_POCZTOWY_KOR], CONVERT(varbinary(8000), [MIEJSCOWOSC_KOR]) AS [b_MIEJSCOWOSC_KOR], CONVERT(varbinary(8000), [SYM_KRAJU_KOR]) AS [b_SYM_KRAJU_KOR], CONVERT(varbinary(8000), [ADRES_EMAIL]) AS [b_ADRES_EMAIL], CONVERT(varbinary(8000), [TELEFON_FIRMOWY]) AS [b_TELEFON_FIRMOWY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], CONVERT(varbinary(8000), [DOM_SYM_WAL]) AS [b_DOM_SYM_WAL], [LIMIT_KUPIECKI], [DOMYSLNY_RABAT] FROM deleted EXCEPT SELECT [ID_KONTRAHENTA], [ID_FIRMY], [KOD_KONTRAHENTA], [ID_GRUPY], [TERMIN_NALEZNOSCI], [ID_HANDLOWCA], [ZABLOKOWANY], [DOSTEPNY_W_B2B], [RODO_ZANONIMIZOWANY], [PODLEGA_PROMOCJI], [DNI_PO_TERMINIE], [BLOKOWANIE], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], CONVERT(varbinary(8000), [NAZWA_PELNA]) AS [b_NAZWA_PELNA], CONVERT(varbinary(8000), [NIP]) AS [b_NIP], CONVERT(varbinary(8000), [ULICA_LOKAL]) AS [b_ULICA_LOKAL], CONVERT(varbinary(8000), [KOD_POCZTOWY]) AS [b_KOD_POCZTOWY], CONVERT(varbinary(8000), [MIEJSCOWOSC]) AS [b_MIEJSCOWOSC], CONVERT(varbinary(8000), [SYM_KRAJU]) AS [b_SYM_KRAJU], CONVERT(varbinary(8000), [ULICA_LOKAL_KOR]) AS [b_ULICA_LOKAL_KOR], CONVERT(varbinary(8000), [KOD_POCZTOWY_KOR]) AS [b_KOD_POCZTOWY_KOR], CONVERT(varbinary(8000), [MIEJSCOWOSC_KOR]) AS [b_MIEJSCOWOSC_KOR], CONVERT(varbinary(8000), [SYM_KRAJU_KOR]) AS [b_SYM_KRAJU_KOR], CONVERT(varbinary(8000), [ADRES_EMAIL]) AS [b_ADRES_EMAIL], CONVERT(varbinary(8000), [TELEFON_FIRMOWY]) AS [b_TELEFON_FIRMOWY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], CONVERT(varbinary(8000), [DOM_SYM_WAL]) AS [b_DOM_SYM_WAL], [LIMIT_KUPIECKI], [DOMYSLNY_RABAT] FROM inserted) AS stare
        ) AS r
        WHERE r.[ID_KONTRAHENTA] IS NOT NULL AND CONVERT(varchar(40), r.[ID_KONTRAHENTA]) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'customer', id FROM @ids;
        -- A buyer who enters the shop brings his orders and invoices with him.
        DECLARE @nowi TABLE (id numeric(18, 0) NOT NULL);
        INSERT INTO @nowi (id)
        SELECT i.[ID_KONTRAHENTA] FROM inserted AS i JOIN deleted AS d ON d.[ID_KONTRAHENTA] = i.[ID_KONTRAHENTA]
        WHERE i.[DOSTEPNY_W_B2B] IN (1) AND CASE WHEN d.[DOSTEPNY_W_B2B] IN (1) THEN 1 ELSE 0 END = 0;
        IF EXISTS (SELECT 1 FROM @nowi)
        BEGIN
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu)
            SELECT 'order', CONVERT(varchar(40), z.[ID_ZAMOWIENIA]) FROM dbo.[ZAMOWIENIE] AS z WITH (NOLOCK)
            WHERE z.[TYP] = 1 AND z.[ID_KONTRAHENTA] IN (SELECT id FROM @nowi);
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu)
            SELECT 'invoice', CONVERT(varchar(40), f.[ID_DOKUMENTU_HANDLOWEGO])
            FROM dbo.[DOKUMENT_HANDLOWY] AS f WITH (NOLOCK)
            WHERE f.[ID_KONTRAHENTA] IN (SELECT id FROM @nowi) OR f.[ID_PLATNIKA] IN (SELECT id FROM @nowi);
        END
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_KONTAKT') IS NOT NULL DROP TRIGGER dbo.[wiadukt_KONTAKT];
GO
CREATE TRIGGER dbo.[wiadukt_KONTAKT] ON dbo.[KONTAKT] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), r.[ID_KONTRAHENTA])
        FROM (
            SELECT * FROM (SELECT [ID_KONTAKTU], [ID_KONTRAHENTA], [DOMYSLNY], CONVERT(varbinary(8000), [IMIE]) AS [b_IMIE], CONVERT(varbinary(8000), [NAZWISKO]) AS [b_NAZWISKO], CONVERT(varbinary(8000), [STANOWISKO]) AS [b_STANOWISKO], CONVERT(varbinary(8000), [TEL]) AS [b_TEL], CONVERT(varbinary(8000), [TEL_KOM]) AS [b_TEL_KOM], CONVERT(varbinary(8000), [E_MAIL]) AS [b_E_MAIL] FROM inserted EXCEPT SELECT [ID_KONTAKTU], [ID_KONTRAHENTA], [DOMYSLNY], CONVERT(varbinary(8000), [IMIE]) AS [b_IMIE], CONVERT(varbinary(8000), [NAZWISKO]) AS [b_NAZWISKO], CONVERT(varbinary(8000), [STANOWISKO]) AS [b_STANOWISKO], CONVERT(varbinary(8000), [TEL]) AS [b_TEL], CONVERT(varbinary(8000), [TEL_KOM]) AS [b_TEL_KOM], CONVERT(varbinary(8000), [E_MAIL]) AS [b_E_MAIL] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_KONTAKTU], [ID_KONTRAHENTA], [DOMYSLNY], CONVERT(varbinary(8000), [IMIE]) AS [b_IMIE], CONVERT(varbinary(8000), [NAZWISKO]) AS [b_NAZWISKO], CONVERT(varbinary(8000), [STANOWISKO]) AS [b_STANOWISKO], CONVERT(varbinary(8000), [TEL]) AS [b_TEL], CONVERT(varbinary(8000), [TEL_KOM]) AS [b_TEL_KOM], CONVERT(varbinary(8000), [E_MAIL]) AS [b_E_MAIL] FROM deleted EXCEPT SELECT [ID_KONTAKTU], [ID_KONTRAHENTA], [DOMYSLNY], CONVERT(varbinary(8000), [IMIE]) AS [b_IMIE], CONVERT(varbinary(8000), [NAZWISKO]) AS [b_NAZWISKO], CONVERT(varbinary(8000), [STANOWISKO]) AS [b_STANOWISKO], CONVERT(varbinary(8000), [TEL]) AS [b_TEL], CONVERT(varbinary(8000), [TEL_KOM]) AS [b_TEL_KOM], CONVERT(varbinary(8000), [E_MAIL]) AS [b_E_MAIL] FROM inserted) AS stare
        ) AS r
        WHERE r.[ID_KONTRAHENTA] IS NOT NULL AND CONVERT(varchar(40), r.[ID_KONTRAHENTA]) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'customer', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_MIEJSCE_DOSTAWY') IS NOT NULL DROP TRIGGER dbo.[wiadukt_MIEJSCE_DOSTAWY];
GO
CREATE TRIGGER dbo.[wiadukt_MIEJSCE_DOSTAWY] ON dbo.[MIEJSCE_DOSTAWY] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), r.[ID_KONTRAHENTA])
        FROM (
            SELECT * FROM (SELECT [ID_MIEJSCA_DOSTAWY], [ID_KONTRAHENTA], CONVERT(varbinary(8000), [FIRMA]) AS [b_FIRMA], CONVERT(varbinary(8000), [ODBIORCA]) AS [b_ODBIORCA], CONVERT(varbinary(8000), [ULICA_LOKAL]) AS [b_ULICA_LOKAL], CONVERT(varbinary(8000), [KOD_POCZTOWY]) AS [b_KOD_POCZTOWY], CONVERT(varbinary(8000), [MIEJSCOWOSC]) AS [b_MIEJSCOWOSC], CONVERT(varbinary(8000), [SYM_KRAJU]) AS [b_SYM_KRAJU], CONVERT(varbinary(8000), [TEL]) AS [b_TEL], CONVERT(varbinary(8000), [OPIS]) AS [b_OPIS] FROM inserted EXCEPT SELECT [ID_MIEJSCA_DOSTAWY], [ID_KONTRAHENTA], CONVERT(varbinary(8000), [FIRMA]) AS [b_FIRMA], CONVERT(varbinary(8000), [ODBIORCA]) AS [b_ODBIORCA], CONVERT(varbinary(8000), [ULICA_LOKAL]) AS [b_ULICA_LOKAL], CONVERT(varbinary(8000), [KOD_POCZTOWY]) AS [b_KOD_POCZTOWY], CONVERT(varbinary(8000), [MIEJSCOWOSC]) AS [b_MIEJSCOWOSC], CONVERT(varbinary(8000), [SYM_KRAJU]) AS [b_SYM_KRAJU], CONVERT(varbinary(8000), [TEL]) AS [b_TEL], CONVERT(varbinary(8000), [OPIS]) AS [b_OPIS] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_MIEJSCA_DOSTAWY], [ID_KONTRAHENTA], CONVERT(varbinary(8000), [FIRMA]) AS [b_FIRMA], CONVERT(varbinary(8000), [ODBIORCA]) AS [b_ODBIORCA], CONVERT(varbinary(8000), [ULICA_LOKAL]) AS [b_ULICA_LOKAL], CONVERT(varbinary(8000), [KOD_POCZTOWY]) AS [b_KOD_POCZTOWY], CONVERT(varbinary(8000), [MIEJSCOWOSC]) AS [b_MIEJSCOWOSC], CONVERT(varbinary(8000), [SYM_KRAJU]) AS [b_SYM_KRAJU], CONVERT(varbinary(8000), [TEL]) AS [b_TEL], CONVERT(varbinary(8000), [OPIS]) AS [b_OPIS] FROM deleted EXCEPT SELECT [ID_MIEJSCA_DOSTAWY], [ID_KONTRAHENTA], CONVERT(varbinary(8000), [FIRMA]) AS [b_FIRMA], CONVERT(varbinary(8000), [ODBIORCA]) AS [b_ODBIORCA], CONVERT(varbinary(8000), [ULICA_LOKAL]) AS [b_ULICA_LOKAL], CONVERT(varbinary(8000), [KOD_POCZTOWY]) AS [b_KOD_POCZTOWY], CONVERT(varbinary(8000), [MIEJSCOWOSC]) AS [b_MIEJSCOWOSC], CONVERT(varbinary(8000), [SYM_KRAJU]) AS [b_SYM_KRAJU], CONVERT(varbinary(8000), [TEL]) AS [b_TEL], CONVERT(varbinary(8000), [OPIS]) AS [b_OPIS] FROM inserted) AS stare
        ) AS r
        WHERE r.[ID_KONTRAHENTA] IS NOT NULL AND CONVERT(varchar(40), r.[ID_KONTRAHENTA]) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'customer', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_CENNIK_KONTRAHENTA') IS NOT NULL DROP TRIGGER dbo.[wiadukt_CENNIK_KONTRAHENTA];
GO
CREATE TRIGGER dbo.[wiadukt_CENNIK_KONTRAHENTA] ON dbo.[CENNIK_KONTRAHENTA] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), r.[ID_KONTRAHENTA])
        FROM (
            SELECT * FROM (SELECT [ID_CENNIK_KONTRAHENTA], [ID_KONTRAHENTA], [ID_ARTYKULU], [ID_CENY], [TRYB], [SPRZEDAZ_ZAKUP], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO], [UPUST] FROM inserted EXCEPT SELECT [ID_CENNIK_KONTRAHENTA], [ID_KONTRAHENTA], [ID_ARTYKULU], [ID_CENY], [TRYB], [SPRZEDAZ_ZAKUP], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO], [UPUST] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_CENNIK_KONTRAHENTA], [ID_KONTRAHENTA], [ID_ARTYKULU], [ID_CENY], [TRYB], [SPRZEDAZ_ZAKUP], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO], [UPUST] FROM deleted EXCEPT SELECT [ID_CENNIK_KONTRAHENTA], [ID_KONTRAHENTA], [ID_ARTYKULU], [ID_CENY], [TRYB], [SPRZEDAZ_ZAKUP], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO], [UPUST] FROM inserted) AS stare
        ) AS r
        WHERE r.[ID_KONTRAHENTA] IS NOT NULL AND CONVERT(varchar(40), r.[ID_KONTRAHENTA]) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'customer', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_GRUPA_KONTRAHENTA') IS NOT NULL DROP TRIGGER dbo.[wiadukt_GRUPA_KONTRAHENTA];
GO
CREATE TRIGGER dbo.[wiadukt_GRUPA_KONTRAHENTA] ON dbo.[GRUPA_KONTRAHENTA] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), k.[ID_KONTRAHENTA])
        FROM (
            SELECT * FROM (SELECT [ID_GRUPY], [ID_CENY], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], [NARZUT] FROM inserted EXCEPT SELECT [ID_GRUPY], [ID_CENY], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], [NARZUT] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_GRUPY], [ID_CENY], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], [NARZUT] FROM deleted EXCEPT SELECT [ID_GRUPY], [ID_CENY], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], [NARZUT] FROM inserted) AS stare
        ) AS r
        LEFT JOIN dbo.[KONTRAHENT] AS k WITH (NOLOCK) ON k.[ID_GRUPY] = r.[ID_GRUPY]
        WHERE k.[ID_KONTRAHENTA] IS NOT NULL AND CONVERT(varchar(40), k.[ID_KONTRAHENTA]) NOT IN ('', '0') AND k.[DOSTEPNY_W_B2B] = 1
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'customer', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_CENA_GRUPY') IS NOT NULL DROP TRIGGER dbo.[wiadukt_CENA_GRUPY];
GO
CREATE TRIGGER dbo.[wiadukt_CENA_GRUPY] ON dbo.[CENA_GRUPY] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), k.[ID_KONTRAHENTA])
        FROM (
            SELECT * FROM (SELECT [ID_KATEGORII], [ID_GRUPY], [ID_CENY], [NARZUT] FROM inserted EXCEPT SELECT [ID_KATEGORII], [ID_GRUPY], [ID_CENY], [NARZUT] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_KATEGORII], [ID_GRUPY], [ID_CENY], [NARZUT] FROM deleted EXCEPT SELECT [ID_KATEGORII], [ID_GRUPY], [ID_CENY], [NARZUT] FROM inserted) AS stare
        ) AS r
        LEFT JOIN dbo.[KONTRAHENT] AS k WITH (NOLOCK) ON k.[ID_GRUPY] = r.[ID_GRUPY]
        WHERE k.[ID_KONTRAHENTA] IS NOT NULL AND CONVERT(varchar(40), k.[ID_KONTRAHENTA]) NOT IN ('', '0') AND k.[DOSTEPNY_W_B2B] = 1
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'customer', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_PROGI_RABATOWE') IS NOT NULL DROP TRIGGER dbo.[wiadukt_PROGI_RABATOWE];
GO
CREATE TRIGGER dbo.[wiadukt_PROGI_RABATOWE] ON dbo.[PROGI_RABATOWE] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), k.[ID_KONTRAHENTA])
        FROM (
            SELECT * FROM (SELECT [ID_FIRMY], [PROG], [RABAT] FROM inserted EXCEPT SELECT [ID_FIRMY], [PROG], [RABAT] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_FIRMY], [PROG], [RABAT] FROM deleted EXCEPT SELECT [ID_FIRMY], [PROG], [RABAT] FROM inserted) AS stare
        ) AS r
        LEFT JOIN dbo.[KONTRAHENT] AS k WITH (NOLOCK) ON k.[ID_FIRMY] = r.[ID_FIRMY]
        WHERE k.[ID_KONTRAHENTA] IS NOT NULL AND CONVERT(varchar(40), k.[ID_KONTRAHENTA]) NOT IN ('', '0') AND k.[DOSTEPNY_W_B2B] = 1
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'customer', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_PRACOWNIK') IS NOT NULL DROP TRIGGER dbo.[wiadukt_PRACOWNIK];
GO
CREATE TRIGGER dbo.[wiadukt_PRACOWNIK] ON dbo.[PRACOWNIK] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), k.[ID_KONTRAHENTA])
        FROM (
            SELECT * FROM (SELECT [ID_PRACOWNIKA], [ID_FIRMY], [ID_UZYTKOWNIKA], CONVERT(varbinary(8000), [IMIE_1]) AS [b_IMIE_1], CONVERT(varbinary(8000), [NAZWISKO]) AS [b_NAZWISKO], CONVERT(varbinary(8000), [TELEFON]) AS [b_TELEFON], CONVERT(varbinary(8000), [POLE1]) AS [b_POLE1], CONVERT(varbinary(8000), [POLE2]) AS [b_POLE2], CONVERT(varbinary(8000), [POLE3]) AS [b_POLE3], CONVERT(varbinary(8000), [POLE4]) AS [b_POLE4], CONVERT(varbinary(8000), [POLE5]) AS [b_POLE5], CONVERT(varbinary(8000), [POLE6]) AS [b_POLE6], CONVERT(varbinary(8000), [POLE7]) AS [b_POLE7], CONVERT(varbinary(8000), [POLE8]) AS [b_POLE8], CONVERT(varbinary(8000), [POLE9]) AS [b_POLE9], CONVERT(varbinary(8000), [POLE10]) AS [b_POLE10] FROM inserted EXCEPT SELECT [ID_PRACOWNIKA], [ID_FIRMY], [ID_UZYTKOWNIKA], CONVERT(varbinary(8000), [IMIE_1]) AS [b_IMIE_1], CONVERT(varbinary(8000), [NAZWISKO]) AS [b_NAZWISKO], CONVERT(varbinary(8000), [TELEFON]) AS [b_TELEFON], CONVERT(varbinary(8000), [POLE1]) AS [b_POLE1], CONVERT(varbinary(8000), [POLE2]) AS [b_POLE2], CONVERT(varbinary(8000), [POLE3]) AS [b_POLE3], CONVERT(varbinary(8000), [POLE4]) AS [b_POLE4], CONVERT(varbinary(8000), [POLE5]) AS [b_POLE5], CONVERT(varbinary(8000), [POLE6]) AS [b_POLE6], CONVERT(varbinary(8000), [POLE7]) AS [b_POLE7], CONVERT(varbinary(8000), [POLE8]) AS [b_POLE8], CONVERT(varbinary(8000), [POLE9]) AS [b_POLE9], CONVERT(varbinary(8000), [POLE10]) AS [b_POLE10] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_PRACOWNIKA], [ID_FIRMY], [ID_UZYTKOWNIKA], CONVERT(varbinary(8000), [IMIE_1]) AS [b_IMIE_1], CONVERT(varbinary(8000), [NAZWISKO]) AS [b_NAZWISKO], CONVERT(varbinary(8000), [TELEFON]) AS [b_TELEFON], CONVERT(varbinary(8000), [POLE1]) AS [b_POLE1], CONVERT(varbinary(8000), [POLE2]) AS [b_POLE2], CONVERT(varbinary(8000), [POLE3]) AS [b_POLE3], CONVERT(varbinary(8000), [POLE4]) AS [b_POLE4], CONVERT(varbinary(8000), [POLE5]) AS [b_POLE5], CONVERT(varbinary(8000), [POLE6]) AS [b_POLE6], CONVERT(varbinary(8000), [POLE7]) AS [b_POLE7], CONVERT(varbinary(8000), [POLE8]) AS [b_POLE8], CONVERT(varbinary(8000), [POLE9]) AS [b_POLE9], CONVERT(varbinary(8000), [POLE10]) AS [b_POLE10] FROM deleted EXCEPT SELECT [ID_PRACOWNIKA], [ID_FIRMY], [ID_UZYTKOWNIKA], CONVERT(varbinary(8000), [IMIE_1]) AS [b_IMIE_1], CONVERT(varbinary(8000), [NAZWISKO]) AS [b_NAZWISKO], CONVERT(varbinary(8000), [TELEFON]) AS [b_TELEFON], CONVERT(varbinary(8000), [POLE1]) AS [b_POLE1], CONVERT(varbinary(8000), [POLE2]) AS [b_POLE2], CONVERT(varbinary(8000), [POLE3]) AS [b_POLE3], CONVERT(varbinary(8000), [POLE4]) AS [b_POLE4], CONVERT(varbinary(8000), [POLE5]) AS [b_POLE5], CONVERT(varbinary(8000), [POLE6]) AS [b_POLE6], CONVERT(varbinary(8000), [POLE7]) AS [b_POLE7], CONVERT(varbinary(8000), [POLE8]) AS [b_POLE8], CONVERT(varbinary(8000), [POLE9]) AS [b_POLE9], CONVERT(varbinary(8000), [POLE10]) AS [b_POLE10] FROM inserted) AS stare
        ) AS r
        LEFT JOIN dbo.[KONTRAHENT] AS k WITH (NOLOCK) ON k.[ID_HANDLOWCA] = r.[ID_PRACOWNIKA]
        WHERE k.[ID_KONTRAHENTA] IS NOT NULL AND CONVERT(varchar(40), k.[ID_KONTRAHENTA]) NOT IN ('', '0') AND k.[DOSTEPNY_W_B2B] = 1
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'customer', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_ARTYKUL') IS NOT NULL DROP TRIGGER dbo.[wiadukt_ARTYKUL];
GO
CREATE TRIGGER dbo.[wiadukt_ARTYKUL] ON dbo.[ARTYKUL] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT RTRIM(r.[INDEKS_KATALOGOWY])
        FROM (
            SELECT * FROM (SELECT [ID_ARTYKULU], [ID_MAGAZYNU], [ID_KATEGORII], [ID_KATEGORII_TREE], [ID_JEDNOSTKI], [ID_JEDNOSTKI_SPRZ], [ID_CENY_DOM], [PODLEGA_RABATOWANIU], [PROMOCJA_OD], [PROMOCJA_DO], [DOSTEPNY_W_SKLEPIE_INTER], [ZABLOKOWANY], [INDEKS_KATALOGOWY], CONVERT(varbinary(8000), [INDEKS_KATALOGOWY]) AS [b_INDEKS_KATALOGOWY], CONVERT(varbinary(8000), [INDEKS_HANDLOWY]) AS [b_INDEKS_HANDLOWY], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], CONVERT(varbinary(8000), [NAZWA_CALA]) AS [b_NAZWA_CALA], CONVERT(varbinary(8000), [OPIS]) AS [b_OPIS], CONVERT(varbinary(8000), [KOD_KRESKOWY]) AS [b_KOD_KRESKOWY], CONVERT(varbinary(8000), [VAT_SPRZEDAZY]) AS [b_VAT_SPRZEDAZY], CONVERT(varbinary(8000), [WYLACZ_CENY_IND]) AS [b_WYLACZ_CENY_IND], [STAN], [ZAREZERWOWANO], [ILOSC_EDYTOWANA], [CENA_PROMOCJI_N], [CENA_PROMOCJI_B], [PROMOCJA_PROCENT], [PROMOCJA_RABAT] FROM inserted EXCEPT SELECT [ID_ARTYKULU], [ID_MAGAZYNU], [ID_KATEGORII], [ID_KATEGORII_TREE], [ID_JEDNOSTKI], [ID_JEDNOSTKI_SPRZ], [ID_CENY_DOM], [PODLEGA_RABATOWANIU], [PROMOCJA_OD], [PROMOCJA_DO], [DOSTEPNY_W_SKLEPIE_INTER], [ZABLOKOWANY], [INDEKS_KATALOGOWY], CONVERT(varbinary(8000), [INDEKS_KATALOGOWY]) AS [b_INDEKS_KATALOGOWY], CONVERT(varbinary(8000), [INDEKS_HANDLOWY]) AS [b_INDEKS_HANDLOWY], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], CONVERT(varbinary(8000), [NAZWA_CALA]) AS [b_NAZWA_CALA], CONVERT(varbinary(8000), [OPIS]) AS [b_OPIS], CONVERT(varbinary(8000), [KOD_KRESKOWY]) AS [b_KOD_KRESKOWY], CONVERT(varbinary(8000), [VAT_SPRZEDAZY]) AS [b_VAT_SPRZEDAZY], CONVERT(varbinary(8000), [WYLACZ_CENY_IND]) AS [b_WYLACZ_CENY_IND], [STAN], [ZAREZERWOWANO], [ILOSC_EDYTOWANA], [CENA_PROMOCJI_N], [CENA_PROMOCJI_B], [PROMOCJA_PROCENT], [PROMOCJA_RABAT] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_ARTYKULU], [ID_MAGAZYNU], [ID_KATEGORII], [ID_KATEGORII_TREE], [ID_JEDNOSTKI], [ID_JEDNOSTKI_SPRZ], [ID_CENY_DOM], [PODLEGA_RABATOWANIU], [PROMOCJA_OD], [PROMOCJA_DO], [DOSTEPNY_W_SKLEPIE_INTER], [ZABLOKOWANY], [INDEKS_KATALOGOWY], CONVERT(varbinary(8000), [INDEKS_KATALOGOWY]) AS [b_INDEKS_KATALOGOWY], CONVERT(varbinary(8000), [INDEKS_HANDLOWY]) AS [b_INDEKS_HANDLOWY], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], CONVERT(varbinary(8000), [NAZWA_CALA]) AS [b_NAZWA_CALA], CONVERT(varbinary(8000), [OPIS]) AS [b_OPIS], CONVERT(varbinary(8000), [KOD_KRESKOWY]) AS [b_KOD_KRESKOWY], CONVERT(varbinary(8000), [VAT_SPRZEDAZY]) AS [b_VAT_SPRZEDAZY], CONVERT(varbinary(8000), [WYLACZ_CENY_IND]) AS [b_WYLACZ_CENY_IND], [STAN], [ZAREZERWOWANO], [ILOSC_EDYTOWANA], [CENA_PROMOCJI_N], [CENA_PROMOCJI_B], [PROMOCJA_PROCENT], [PROMOCJA_RABAT] FROM deleted EXCEPT SELECT [ID_ARTYKULU], [ID_MAGAZYNU], [ID_KATEGORII], [ID_KATEGORII_TREE], [ID_JEDNOSTKI], [ID_JEDNOSTKI_SPRZ], [ID_CENY_DOM], [PODLEGA_RABATOWANIU], [PROMOCJA_OD], [PROMOCJA_DO], [DOSTEPNY_W_SKLEPIE_INTER], [ZABLOKOWANY], [INDEKS_KATALOGOWY], CONVERT(varbinary(8000), [INDEKS_KATALOGOWY]) AS [b_INDEKS_KATALOGOWY], CONVERT(varbinary(8000), [INDEKS_HANDLOWY]) AS [b_INDEKS_HANDLOWY], CONVERT(varbinary(8000), [NAZWA]) AS [b_NAZWA], CONVERT(varbinary(8000), [NAZWA_CALA]) AS [b_NAZWA_CALA], CONVERT(varbinary(8000), [OPIS]) AS [b_OPIS], CONVERT(varbinary(8000), [KOD_KRESKOWY]) AS [b_KOD_KRESKOWY], CONVERT(varbinary(8000), [VAT_SPRZEDAZY]) AS [b_VAT_SPRZEDAZY], CONVERT(varbinary(8000), [WYLACZ_CENY_IND]) AS [b_WYLACZ_CENY_IND], [STAN], [ZAREZERWOWANO], [ILOSC_EDYTOWANA], [CENA_PROMOCJI_N], [CENA_PROMOCJI_B], [PROMOCJA_PROCENT], [PROMOCJA_RABAT] FROM inserted) AS stare
        ) AS r
        WHERE r.[INDEKS_KATALOGOWY] IS NOT NULL AND RTRIM(r.[INDEKS_KATALOGOWY]) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'product', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_CENNIK_INDYWIDUALNY') IS NOT NULL DROP TRIGGER dbo.[wiadukt_CENNIK_INDYWIDUALNY];
GO
CREATE TRIGGER dbo.[wiadukt_CENNIK_INDYWIDUALNY] ON dbo.[CENNIK_INDYWIDUALNY] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT RTRIM(a.[INDEKS_KATALOGOWY])
        FROM (
            SELECT * FROM (SELECT [ID_GRUPY], [ID_ARTYKULU], [ID_CENY], [TRYB], [SPRZEDAZ_ZAKUP], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO], [UPUST] FROM inserted EXCEPT SELECT [ID_GRUPY], [ID_ARTYKULU], [ID_CENY], [TRYB], [SPRZEDAZ_ZAKUP], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO], [UPUST] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_GRUPY], [ID_ARTYKULU], [ID_CENY], [TRYB], [SPRZEDAZ_ZAKUP], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO], [UPUST] FROM deleted EXCEPT SELECT [ID_GRUPY], [ID_ARTYKULU], [ID_CENY], [TRYB], [SPRZEDAZ_ZAKUP], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO], [UPUST] FROM inserted) AS stare
        ) AS r
        LEFT JOIN dbo.[ARTYKUL] AS a WITH (NOLOCK) ON a.[ID_ARTYKULU] = r.[ID_ARTYKULU]
        WHERE a.[INDEKS_KATALOGOWY] IS NOT NULL AND RTRIM(a.[INDEKS_KATALOGOWY]) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'product', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_CENA_ARTYKULU') IS NOT NULL DROP TRIGGER dbo.[wiadukt_CENA_ARTYKULU];
GO
CREATE TRIGGER dbo.[wiadukt_CENA_ARTYKULU] ON dbo.[CENA_ARTYKULU] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT RTRIM(a.[INDEKS_KATALOGOWY])
        FROM (
            SELECT * FROM (SELECT [ID_ARTYKULU], [ID_CENY], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO] FROM inserted EXCEPT SELECT [ID_ARTYKULU], [ID_CENY], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_ARTYKULU], [ID_CENY], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO] FROM deleted EXCEPT SELECT [ID_ARTYKULU], [ID_CENY], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], [CENA_NETTO], [CENA_BRUTTO] FROM inserted) AS stare
        ) AS r
        LEFT JOIN dbo.[ARTYKUL] AS a WITH (NOLOCK) ON a.[ID_ARTYKULU] = r.[ID_ARTYKULU]
        WHERE a.[INDEKS_KATALOGOWY] IS NOT NULL AND RTRIM(a.[INDEKS_KATALOGOWY]) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'product', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_ZAMOWIENIE') IS NOT NULL DROP TRIGGER dbo.[wiadukt_ZAMOWIENIE];
GO
CREATE TRIGGER dbo.[wiadukt_ZAMOWIENIE] ON dbo.[ZAMOWIENIE] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), r.[ID_ZAMOWIENIA])
        FROM (
            SELECT * FROM (SELECT [ID_ZAMOWIENIA], [ID_FIRMY], [ID_MAGAZYNU], [ID_KONTRAHENTA], [TYP], [DATA], [DATA_REALIZACJI], [ID_OPERATORA_PRZESYLKI], CONVERT(varbinary(8000), [NUMER]) AS [b_NUMER], CONVERT(varbinary(8000), [NR_ZAMOWIENIA_KLIENTA]) AS [b_NR_ZAMOWIENIA_KLIENTA], CONVERT(varbinary(8000), [STAN_REALIZ]) AS [b_STAN_REALIZ], CONVERT(varbinary(8000), [STATUS_ZAM]) AS [b_STATUS_ZAM], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], CONVERT(varbinary(8000), [UWAGI]) AS [b_UWAGI], CONVERT(varbinary(8000), [NUMER_PRZESYLKI]) AS [b_NUMER_PRZESYLKI], [WARTOSC_NETTO], [WARTOSC_BRUTTO], [WARTOSC_NETTO_WAL], [WARTOSC_BRUTTO_WAL] FROM inserted EXCEPT SELECT [ID_ZAMOWIENIA], [ID_FIRMY], [ID_MAGAZYNU], [ID_KONTRAHENTA], [TYP], [DATA], [DATA_REALIZACJI], [ID_OPERATORA_PRZESYLKI], CONVERT(varbinary(8000), [NUMER]) AS [b_NUMER], CONVERT(varbinary(8000), [NR_ZAMOWIENIA_KLIENTA]) AS [b_NR_ZAMOWIENIA_KLIENTA], CONVERT(varbinary(8000), [STAN_REALIZ]) AS [b_STAN_REALIZ], CONVERT(varbinary(8000), [STATUS_ZAM]) AS [b_STATUS_ZAM], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], CONVERT(varbinary(8000), [UWAGI]) AS [b_UWAGI], CONVERT(varbinary(8000), [NUMER_PRZESYLKI]) AS [b_NUMER_PRZESYLKI], [WARTOSC_NETTO], [WARTOSC_BRUTTO], [WARTOSC_NETTO_WAL], [WARTOSC_BRUTTO_WAL] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_ZAMOWIENIA], [ID_FIRMY], [ID_MAGAZYNU], [ID_KONTRAHENTA], [TYP], [DATA], [DATA_REALIZACJI], [ID_OPERATORA_PRZESYLKI], CONVERT(varbinary(8000), [NUMER]) AS [b_NUMER], CONVERT(varbinary(8000), [NR_ZAMOWIENIA_KLIENTA]) AS [b_NR_ZAMOWIENIA_KLIENTA], CONVERT(varbinary(8000), [STAN_REALIZ]) AS [b_STAN_REALIZ], CONVERT(varbinary(8000), [STATUS_ZAM]) AS [b_STATUS_ZAM], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], CONVERT(varbinary(8000), [UWAGI]) AS [b_UWAGI], CONVERT(varbinary(8000), [NUMER_PRZESYLKI]) AS [b_NUMER_PRZESYLKI], [WARTOSC_NETTO], [WARTOSC_BRUTTO], [WARTOSC_NETTO_WAL], [WARTOSC_BRUTTO_WAL] FROM deleted EXCEPT SELECT [ID_ZAMOWIENIA], [ID_FIRMY], [ID_MAGAZYNU], [ID_KONTRAHENTA], [TYP], [DATA], [DATA_REALIZACJI], [ID_OPERATORA_PRZESYLKI], CONVERT(varbinary(8000), [NUMER]) AS [b_NUMER], CONVERT(varbinary(8000), [NR_ZAMOWIENIA_KLIENTA]) AS [b_NR_ZAMOWIENIA_KLIENTA], CONVERT(varbinary(8000), [STAN_REALIZ]) AS [b_STAN_REALIZ], CONVERT(varbinary(8000), [STATUS_ZAM]) AS [b_STATUS_ZAM], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], CONVERT(varbinary(8000), [UWAGI]) AS [b_UWAGI], CONVERT(varbinary(8000), [NUMER_PRZESYLKI]) AS [b_NUMER_PRZESYLKI], [WARTOSC_NETTO], [WARTOSC_BRUTTO], [WARTOSC_NETTO_WAL], [WARTOSC_BRUTTO_WAL] FROM inserted) AS stare
        ) AS r
        WHERE r.[ID_ZAMOWIENIA] IS NOT NULL AND CONVERT(varchar(40), r.[ID_ZAMOWIENIA]) NOT IN ('', '0') AND r.[TYP] = 1
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'order', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_POZYCJA_ZAMOWIENIA') IS NOT NULL DROP TRIGGER dbo.[wiadukt_POZYCJA_ZAMOWIENIA];
GO
CREATE TRIGGER dbo.[wiadukt_POZYCJA_ZAMOWIENIA] ON dbo.[POZYCJA_ZAMOWIENIA] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), r.[ID_ZAMOWIENIA])
        FROM (
            SELECT * FROM (SELECT [ID_POZYCJI_ZAMOWIENIA], [ID_ZAMOWIENIA], [ID_ARTYKULU], CONVERT(varbinary(8000), [KOD_VAT]) AS [b_KOD_VAT], CONVERT(varbinary(8000), [JEDNOSTKA]) AS [b_JEDNOSTKA], [ZAMOWIONO], [ZREALIZOWANO], [CENA_NETTO], [CENA_BRUTTO], [CENA_NETTO_WAL], [CENA_BRUTTO_WAL] FROM inserted EXCEPT SELECT [ID_POZYCJI_ZAMOWIENIA], [ID_ZAMOWIENIA], [ID_ARTYKULU], CONVERT(varbinary(8000), [KOD_VAT]) AS [b_KOD_VAT], CONVERT(varbinary(8000), [JEDNOSTKA]) AS [b_JEDNOSTKA], [ZAMOWIONO], [ZREALIZOWANO], [CENA_NETTO], [CENA_BRUTTO], [CENA_NETTO_WAL], [CENA_BRUTTO_WAL] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_POZYCJI_ZAMOWIENIA], [ID_ZAMOWIENIA], [ID_ARTYKULU], CONVERT(varbinary(8000), [KOD_VAT]) AS [b_KOD_VAT], CONVERT(varbinary(8000), [JEDNOSTKA]) AS [b_JEDNOSTKA], [ZAMOWIONO], [ZREALIZOWANO], [CENA_NETTO], [CENA_BRUTTO], [CENA_NETTO_WAL], [CENA_BRUTTO_WAL] FROM deleted EXCEPT SELECT [ID_POZYCJI_ZAMOWIENIA], [ID_ZAMOWIENIA], [ID_ARTYKULU], CONVERT(varbinary(8000), [KOD_VAT]) AS [b_KOD_VAT], CONVERT(varbinary(8000), [JEDNOSTKA]) AS [b_JEDNOSTKA], [ZAMOWIONO], [ZREALIZOWANO], [CENA_NETTO], [CENA_BRUTTO], [CENA_NETTO_WAL], [CENA_BRUTTO_WAL] FROM inserted) AS stare
        ) AS r
        WHERE r.[ID_ZAMOWIENIA] IS NOT NULL AND CONVERT(varchar(40), r.[ID_ZAMOWIENIA]) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'order', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_DOSTAWA') IS NOT NULL DROP TRIGGER dbo.[wiadukt_DOSTAWA];
GO
CREATE TRIGGER dbo.[wiadukt_DOSTAWA] ON dbo.[DOSTAWA] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), r.[ID_ZAMOWIENIA])
        FROM (
            SELECT * FROM (SELECT [ID_DOSTAWY], [ID_MIEJSCA_DOSTAWY], [ID_ZAMOWIENIA], [DATA_ODBIORU] FROM inserted EXCEPT SELECT [ID_DOSTAWY], [ID_MIEJSCA_DOSTAWY], [ID_ZAMOWIENIA], [DATA_ODBIORU] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_DOSTAWY], [ID_MIEJSCA_DOSTAWY], [ID_ZAMOWIENIA], [DATA_ODBIORU] FROM deleted EXCEPT SELECT [ID_DOSTAWY], [ID_MIEJSCA_DOSTAWY], [ID_ZAMOWIENIA], [DATA_ODBIORU] FROM inserted) AS stare
        ) AS r
        WHERE r.[ID_ZAMOWIENIA] IS NOT NULL AND CONVERT(varchar(40), r.[ID_ZAMOWIENIA]) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'order', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_DOKUMENT_HANDLOWY') IS NOT NULL DROP TRIGGER dbo.[wiadukt_DOKUMENT_HANDLOWY];
GO
CREATE TRIGGER dbo.[wiadukt_DOKUMENT_HANDLOWY] ON dbo.[DOKUMENT_HANDLOWY] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), r.[ID_DOKUMENTU_HANDLOWEGO])
        FROM (
            SELECT * FROM (SELECT [ID_DOKUMENTU_HANDLOWEGO], [ID_FIRMY], [ID_TYPU], [DATA_WYSTAWIENIA], [DATA_SPRZEDAZY], [TERMIN_PLAT], [ID_KONTRAHENTA], [ID_PLATNIKA], [DOK_KOREKTY], [ID_DOK_ORYGINALNEGO], [ID_DOK_KORYGOWANEGO], [ID_FZAL_ORG], [ID_RACHUNKU], CONVERT(varbinary(8000), [NUMER]) AS [b_NUMER], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [WARTOSC_NETTO], [WARTOSC_BRUTTO], [ZALICZKA], [RAZEM_ZAPLACONO], [POZOSTALO], [WARTOSC_NETTO_WAL], [WARTOSC_BRUTTO_WAL], [RAZEM_ZAPLACONO_WAL], [POZOSTALO_WAL], [SUMA_ODSETEK] FROM inserted EXCEPT SELECT [ID_DOKUMENTU_HANDLOWEGO], [ID_FIRMY], [ID_TYPU], [DATA_WYSTAWIENIA], [DATA_SPRZEDAZY], [TERMIN_PLAT], [ID_KONTRAHENTA], [ID_PLATNIKA], [DOK_KOREKTY], [ID_DOK_ORYGINALNEGO], [ID_DOK_KORYGOWANEGO], [ID_FZAL_ORG], [ID_RACHUNKU], CONVERT(varbinary(8000), [NUMER]) AS [b_NUMER], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [WARTOSC_NETTO], [WARTOSC_BRUTTO], [ZALICZKA], [RAZEM_ZAPLACONO], [POZOSTALO], [WARTOSC_NETTO_WAL], [WARTOSC_BRUTTO_WAL], [RAZEM_ZAPLACONO_WAL], [POZOSTALO_WAL], [SUMA_ODSETEK] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_DOKUMENTU_HANDLOWEGO], [ID_FIRMY], [ID_TYPU], [DATA_WYSTAWIENIA], [DATA_SPRZEDAZY], [TERMIN_PLAT], [ID_KONTRAHENTA], [ID_PLATNIKA], [DOK_KOREKTY], [ID_DOK_ORYGINALNEGO], [ID_DOK_KORYGOWANEGO], [ID_FZAL_ORG], [ID_RACHUNKU], CONVERT(varbinary(8000), [NUMER]) AS [b_NUMER], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [WARTOSC_NETTO], [WARTOSC_BRUTTO], [ZALICZKA], [RAZEM_ZAPLACONO], [POZOSTALO], [WARTOSC_NETTO_WAL], [WARTOSC_BRUTTO_WAL], [RAZEM_ZAPLACONO_WAL], [POZOSTALO_WAL], [SUMA_ODSETEK] FROM deleted EXCEPT SELECT [ID_DOKUMENTU_HANDLOWEGO], [ID_FIRMY], [ID_TYPU], [DATA_WYSTAWIENIA], [DATA_SPRZEDAZY], [TERMIN_PLAT], [ID_KONTRAHENTA], [ID_PLATNIKA], [DOK_KOREKTY], [ID_DOK_ORYGINALNEGO], [ID_DOK_KORYGOWANEGO], [ID_FZAL_ORG], [ID_RACHUNKU], CONVERT(varbinary(8000), [NUMER]) AS [b_NUMER], CONVERT(varbinary(8000), [SYM_WAL]) AS [b_SYM_WAL], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [WARTOSC_NETTO], [WARTOSC_BRUTTO], [ZALICZKA], [RAZEM_ZAPLACONO], [POZOSTALO], [WARTOSC_NETTO_WAL], [WARTOSC_BRUTTO_WAL], [RAZEM_ZAPLACONO_WAL], [POZOSTALO_WAL], [SUMA_ODSETEK] FROM inserted) AS stare
        ) AS r
        WHERE r.[ID_DOKUMENTU_HANDLOWEGO] IS NOT NULL AND CONVERT(varchar(40), r.[ID_DOKUMENTU_HANDLOWEGO]) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'invoice', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_POZYCJA_DOKUMENTU_MAGAZYNOWEGO') IS NOT NULL DROP TRIGGER dbo.[wiadukt_POZYCJA_DOKUMENTU_MAGAZYNOWEGO];
GO
CREATE TRIGGER dbo.[wiadukt_POZYCJA_DOKUMENTU_MAGAZYNOWEGO] ON dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), coalesce(nullif(r.[ID_DOK_HANDLOWEGO], 0), d.[ID_DOKUMENTU_HANDLOWEGO]))
        FROM (
            SELECT * FROM (SELECT [ID_POZ_DOK_MAG], [ID_DOK_MAGAZYNOWEGO], [ID_DOK_HANDLOWEGO], [ID_ARTYKULU], [ID_POZ_ZAM], [ID_POZ_ZAM_ZAL], [ID_POZ_ORYGINALNEJ], [ID_POZ_KORYGOWANEJ], CONVERT(varbinary(8000), [JEDNOSTKA]) AS [b_JEDNOSTKA], CONVERT(varbinary(8000), [KOD_VAT]) AS [b_KOD_VAT], [ILOSC], [CENA_NETTO], [CENA_BRUTTO], [CENA_NETTO_WAL], [CENA_BRUTTO_WAL] FROM inserted EXCEPT SELECT [ID_POZ_DOK_MAG], [ID_DOK_MAGAZYNOWEGO], [ID_DOK_HANDLOWEGO], [ID_ARTYKULU], [ID_POZ_ZAM], [ID_POZ_ZAM_ZAL], [ID_POZ_ORYGINALNEJ], [ID_POZ_KORYGOWANEJ], CONVERT(varbinary(8000), [JEDNOSTKA]) AS [b_JEDNOSTKA], CONVERT(varbinary(8000), [KOD_VAT]) AS [b_KOD_VAT], [ILOSC], [CENA_NETTO], [CENA_BRUTTO], [CENA_NETTO_WAL], [CENA_BRUTTO_WAL] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_POZ_DOK_MAG], [ID_DOK_MAGAZYNOWEGO], [ID_DOK_HANDLOWEGO], [ID_ARTYKULU], [ID_POZ_ZAM], [ID_POZ_ZAM_ZAL], [ID_POZ_ORYGINALNEJ], [ID_POZ_KORYGOWANEJ], CONVERT(varbinary(8000), [JEDNOSTKA]) AS [b_JEDNOSTKA], CONVERT(varbinary(8000), [KOD_VAT]) AS [b_KOD_VAT], [ILOSC], [CENA_NETTO], [CENA_BRUTTO], [CENA_NETTO_WAL], [CENA_BRUTTO_WAL] FROM deleted EXCEPT SELECT [ID_POZ_DOK_MAG], [ID_DOK_MAGAZYNOWEGO], [ID_DOK_HANDLOWEGO], [ID_ARTYKULU], [ID_POZ_ZAM], [ID_POZ_ZAM_ZAL], [ID_POZ_ORYGINALNEJ], [ID_POZ_KORYGOWANEJ], CONVERT(varbinary(8000), [JEDNOSTKA]) AS [b_JEDNOSTKA], CONVERT(varbinary(8000), [KOD_VAT]) AS [b_KOD_VAT], [ILOSC], [CENA_NETTO], [CENA_BRUTTO], [CENA_NETTO_WAL], [CENA_BRUTTO_WAL] FROM inserted) AS stare
        ) AS r
        LEFT JOIN dbo.[DOKUMENT_MAGAZYNOWY] AS d WITH (NOLOCK) ON d.[ID_DOK_MAGAZYNOWEGO] = r.[ID_DOK_MAGAZYNOWEGO]
        WHERE coalesce(nullif(r.[ID_DOK_HANDLOWEGO], 0), d.[ID_DOKUMENTU_HANDLOWEGO]) IS NOT NULL AND CONVERT(varchar(40), coalesce(nullif(r.[ID_DOK_HANDLOWEGO], 0), d.[ID_DOKUMENTU_HANDLOWEGO])) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'invoice', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_DOKUMENT_MAGAZYNOWY') IS NOT NULL DROP TRIGGER dbo.[wiadukt_DOKUMENT_MAGAZYNOWY];
GO
CREATE TRIGGER dbo.[wiadukt_DOKUMENT_MAGAZYNOWY] ON dbo.[DOKUMENT_MAGAZYNOWY] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), r.[ID_DOKUMENTU_HANDLOWEGO])
        FROM (
            SELECT * FROM (SELECT [ID_DOK_MAGAZYNOWEGO], [ID_DOKUMENTU_HANDLOWEGO] FROM inserted EXCEPT SELECT [ID_DOK_MAGAZYNOWEGO], [ID_DOKUMENTU_HANDLOWEGO] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_DOK_MAGAZYNOWEGO], [ID_DOKUMENTU_HANDLOWEGO] FROM deleted EXCEPT SELECT [ID_DOK_MAGAZYNOWEGO], [ID_DOKUMENTU_HANDLOWEGO] FROM inserted) AS stare
        ) AS r
        WHERE r.[ID_DOKUMENTU_HANDLOWEGO] IS NOT NULL AND CONVERT(varchar(40), r.[ID_DOKUMENTU_HANDLOWEGO]) NOT IN ('', '0')
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'invoice', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_ROZRACHUNEK') IS NOT NULL DROP TRIGGER dbo.[wiadukt_ROZRACHUNEK];
GO
CREATE TRIGGER dbo.[wiadukt_ROZRACHUNEK] ON dbo.[ROZRACHUNEK] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), r.[ID_NAG_DOK_M])
        FROM (
            SELECT * FROM (SELECT [ID_ROZRACHUNKU], [ID_FIRMY], [ID_KONTRAHENTA], [ID_NAG_DOK_M], [ID_ZAMOWIENIA], [DATA_DOK], [TERMIN_PLATNOSCI], [CZY_KOREKTA], [CZY_KOMPENSATA], [TYP_DOK], CONVERT(varbinary(8000), [TYP_DOK]) AS [b_TYP_DOK], CONVERT(varbinary(8000), [NR_DOK]) AS [b_NR_DOK], CONVERT(varbinary(8000), [STRONA]) AS [b_STRONA], CONVERT(varbinary(8000), [RODZAJ]) AS [b_RODZAJ], CONVERT(varbinary(8000), [SYM_WALUTY]) AS [b_SYM_WALUTY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [KWOTA], [KWOTA_W], [POZOSTALO], [POZOSTALO_W], [SUMA_ODSETEK] FROM inserted EXCEPT SELECT [ID_ROZRACHUNKU], [ID_FIRMY], [ID_KONTRAHENTA], [ID_NAG_DOK_M], [ID_ZAMOWIENIA], [DATA_DOK], [TERMIN_PLATNOSCI], [CZY_KOREKTA], [CZY_KOMPENSATA], [TYP_DOK], CONVERT(varbinary(8000), [TYP_DOK]) AS [b_TYP_DOK], CONVERT(varbinary(8000), [NR_DOK]) AS [b_NR_DOK], CONVERT(varbinary(8000), [STRONA]) AS [b_STRONA], CONVERT(varbinary(8000), [RODZAJ]) AS [b_RODZAJ], CONVERT(varbinary(8000), [SYM_WALUTY]) AS [b_SYM_WALUTY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [KWOTA], [KWOTA_W], [POZOSTALO], [POZOSTALO_W], [SUMA_ODSETEK] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_ROZRACHUNKU], [ID_FIRMY], [ID_KONTRAHENTA], [ID_NAG_DOK_M], [ID_ZAMOWIENIA], [DATA_DOK], [TERMIN_PLATNOSCI], [CZY_KOREKTA], [CZY_KOMPENSATA], [TYP_DOK], CONVERT(varbinary(8000), [TYP_DOK]) AS [b_TYP_DOK], CONVERT(varbinary(8000), [NR_DOK]) AS [b_NR_DOK], CONVERT(varbinary(8000), [STRONA]) AS [b_STRONA], CONVERT(varbinary(8000), [RODZAJ]) AS [b_RODZAJ], CONVERT(varbinary(8000), [SYM_WALUTY]) AS [b_SYM_WALUTY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [KWOTA], [KWOTA_W], [POZOSTALO], [POZOSTALO_W], [SUMA_ODSETEK] FROM deleted EXCEPT SELECT [ID_ROZRACHUNKU], [ID_FIRMY], [ID_KONTRAHENTA], [ID_NAG_DOK_M], [ID_ZAMOWIENIA], [DATA_DOK], [TERMIN_PLATNOSCI], [CZY_KOREKTA], [CZY_KOMPENSATA], [TYP_DOK], CONVERT(varbinary(8000), [TYP_DOK]) AS [b_TYP_DOK], CONVERT(varbinary(8000), [NR_DOK]) AS [b_NR_DOK], CONVERT(varbinary(8000), [STRONA]) AS [b_STRONA], CONVERT(varbinary(8000), [RODZAJ]) AS [b_RODZAJ], CONVERT(varbinary(8000), [SYM_WALUTY]) AS [b_SYM_WALUTY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [KWOTA], [KWOTA_W], [POZOSTALO], [POZOSTALO_W], [SUMA_ODSETEK] FROM inserted) AS stare
        ) AS r
        WHERE r.[ID_NAG_DOK_M] IS NOT NULL AND CONVERT(varchar(40), r.[ID_NAG_DOK_M]) NOT IN ('', '0') AND r.[TYP_DOK] = 'h'
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'invoice', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_ROZRACHUNEK_wplata') IS NOT NULL DROP TRIGGER dbo.[wiadukt_ROZRACHUNEK_wplata];
GO
CREATE TRIGGER dbo.[wiadukt_ROZRACHUNEK_wplata] ON dbo.[ROZRACHUNEK] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), r.[ID_KONTRAHENTA])
        FROM (
            SELECT * FROM (SELECT [ID_ROZRACHUNKU], [ID_FIRMY], [ID_KONTRAHENTA], [ID_NAG_DOK_M], [ID_ZAMOWIENIA], [DATA_DOK], [TERMIN_PLATNOSCI], [CZY_KOREKTA], [CZY_KOMPENSATA], [TYP_DOK], CONVERT(varbinary(8000), [TYP_DOK]) AS [b_TYP_DOK], CONVERT(varbinary(8000), [NR_DOK]) AS [b_NR_DOK], CONVERT(varbinary(8000), [STRONA]) AS [b_STRONA], CONVERT(varbinary(8000), [RODZAJ]) AS [b_RODZAJ], CONVERT(varbinary(8000), [SYM_WALUTY]) AS [b_SYM_WALUTY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [KWOTA], [KWOTA_W], [POZOSTALO], [POZOSTALO_W] FROM inserted EXCEPT SELECT [ID_ROZRACHUNKU], [ID_FIRMY], [ID_KONTRAHENTA], [ID_NAG_DOK_M], [ID_ZAMOWIENIA], [DATA_DOK], [TERMIN_PLATNOSCI], [CZY_KOREKTA], [CZY_KOMPENSATA], [TYP_DOK], CONVERT(varbinary(8000), [TYP_DOK]) AS [b_TYP_DOK], CONVERT(varbinary(8000), [NR_DOK]) AS [b_NR_DOK], CONVERT(varbinary(8000), [STRONA]) AS [b_STRONA], CONVERT(varbinary(8000), [RODZAJ]) AS [b_RODZAJ], CONVERT(varbinary(8000), [SYM_WALUTY]) AS [b_SYM_WALUTY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [KWOTA], [KWOTA_W], [POZOSTALO], [POZOSTALO_W] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_ROZRACHUNKU], [ID_FIRMY], [ID_KONTRAHENTA], [ID_NAG_DOK_M], [ID_ZAMOWIENIA], [DATA_DOK], [TERMIN_PLATNOSCI], [CZY_KOREKTA], [CZY_KOMPENSATA], [TYP_DOK], CONVERT(varbinary(8000), [TYP_DOK]) AS [b_TYP_DOK], CONVERT(varbinary(8000), [NR_DOK]) AS [b_NR_DOK], CONVERT(varbinary(8000), [STRONA]) AS [b_STRONA], CONVERT(varbinary(8000), [RODZAJ]) AS [b_RODZAJ], CONVERT(varbinary(8000), [SYM_WALUTY]) AS [b_SYM_WALUTY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [KWOTA], [KWOTA_W], [POZOSTALO], [POZOSTALO_W] FROM deleted EXCEPT SELECT [ID_ROZRACHUNKU], [ID_FIRMY], [ID_KONTRAHENTA], [ID_NAG_DOK_M], [ID_ZAMOWIENIA], [DATA_DOK], [TERMIN_PLATNOSCI], [CZY_KOREKTA], [CZY_KOMPENSATA], [TYP_DOK], CONVERT(varbinary(8000), [TYP_DOK]) AS [b_TYP_DOK], CONVERT(varbinary(8000), [NR_DOK]) AS [b_NR_DOK], CONVERT(varbinary(8000), [STRONA]) AS [b_STRONA], CONVERT(varbinary(8000), [RODZAJ]) AS [b_RODZAJ], CONVERT(varbinary(8000), [SYM_WALUTY]) AS [b_SYM_WALUTY], CONVERT(varbinary(8000), [FORMA_PLATNOSCI]) AS [b_FORMA_PLATNOSCI], [KWOTA], [KWOTA_W], [POZOSTALO], [POZOSTALO_W] FROM inserted) AS stare
        ) AS r
        WHERE r.[ID_KONTRAHENTA] IS NOT NULL AND CONVERT(varchar(40), r.[ID_KONTRAHENTA]) NOT IN ('', '0') AND r.[TYP_DOK] <> 'h'
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'customer', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF OBJECT_ID(N'dbo.wiadukt_ROZLICZENIE') IS NOT NULL DROP TRIGGER dbo.[wiadukt_ROZLICZENIE];
GO
CREATE TRIGGER dbo.[wiadukt_ROZLICZENIE] ON dbo.[ROZLICZENIE] AFTER INSERT, UPDATE, DELETE AS
BEGIN
    SET NOCOUNT ON;
    -- A session of WAPRO may count rows or end its transaction at any error; neither may reach into our few lines, nor
    -- they out of here: these settings are the session's again when the trigger ends.
    SET ROWCOUNT 0;
    SET XACT_ABORT OFF;
    IF OBJECT_ID(N'wiadukt.kolejka') IS NULL RETURN;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    BEGIN TRY
        -- Collected first: a sequence gives no number to a statement with DISTINCT in it.
        DECLARE @ids TABLE (id varchar(40) NOT NULL);
        INSERT INTO @ids (id)
        SELECT DISTINCT CONVERT(varchar(40), s.[ID_NAG_DOK_M])
        FROM (
            SELECT * FROM (SELECT [ID_ROZLICZENIA], [ID_ROZRACHUNKU], [ID_ROZRACHUNKU_ZWIAZEK], [DATA_ROZLICZENIA], [KWOTA], [KWOTA_W] FROM inserted EXCEPT SELECT [ID_ROZLICZENIA], [ID_ROZRACHUNKU], [ID_ROZRACHUNKU_ZWIAZEK], [DATA_ROZLICZENIA], [KWOTA], [KWOTA_W] FROM deleted) AS nowe
            UNION ALL
            SELECT * FROM (SELECT [ID_ROZLICZENIA], [ID_ROZRACHUNKU], [ID_ROZRACHUNKU_ZWIAZEK], [DATA_ROZLICZENIA], [KWOTA], [KWOTA_W] FROM deleted EXCEPT SELECT [ID_ROZLICZENIA], [ID_ROZRACHUNKU], [ID_ROZRACHUNKU_ZWIAZEK], [DATA_ROZLICZENIA], [KWOTA], [KWOTA_W] FROM inserted) AS stare
        ) AS r
        LEFT JOIN dbo.[ROZRACHUNEK] AS s WITH (NOLOCK) ON s.[ID_ROZRACHUNKU] = r.[ID_ROZRACHUNKU]
        WHERE s.[ID_NAG_DOK_M] IS NOT NULL AND CONVERT(varchar(40), s.[ID_NAG_DOK_M]) NOT IN ('', '0') AND s.[TYP_DOK] = 'h'
        -- A plan that was made for a price list of thousands of rows is kept for the one card of a minute later: it
        -- must not ask for a quarter of the server's memory each time, and have the office wait for it.
        OPTION (MAX_GRANT_PERCENT = 1);
        IF EXISTS (SELECT 1 FROM @ids)
            INSERT INTO wiadukt.kolejka WITH (ROWLOCK) (rodzaj, id_obiektu) SELECT 'invoice', id FROM @ids;
    END TRY
    BEGIN CATCH
        -- The office's work goes on, and what we lost is noted as a gap: the shop compares everything after it. Asked
        -- before, for no CATCH beside it catches that a table is not there.
        IF XACT_STATE() <> -1 AND OBJECT_ID(N'wiadukt.luka') IS NOT NULL
        BEGIN TRY
            INSERT INTO wiadukt.luka WITH (ROWLOCK) (zakonczono) VALUES (SYSDATETIMEOFFSET());
        END TRY
        BEGIN CATCH
            RETURN;
        END CATCH
    END CATCH
END
GO
IF DATABASE_PRINCIPAL_ID(N'wiadukt_konektor') IS NULL CREATE ROLE wiadukt_konektor;
GO
GRANT SELECT ON dbo.[ARTYKUL] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[CENA] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[CENA_ARTYKULU] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[CENA_GRUPY] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[CENA_KATEGORII] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[CENNIK_INDYWIDUALNY] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[CENNIK_KONTRAHENTA] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[DOKUMENT_HANDLOWY] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[DOKUMENT_MAGAZYNOWY] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[DOSTAWA] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[FORMA_DOSTAWY] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[FORMA_PLATNOSCI] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[GRUPA_KONTRAHENTA] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[JEDNOSTKA] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[KATEGORIA_ARTYKULU_TREE] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[KONTAKT] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[KONTRAHENT] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[MAGAZYN] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[MAG_OPERATOR_PRZESYLKI] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[MAG_SLOWNIK_STATUSOW_DOKUMENTOW] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[MIEJSCE_DOSTAWY] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[POZYCJA_ZAMOWIENIA] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[PRACOWNIK] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[PROGI_RABATOWE] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[RACHUNEK_FIRMY] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[ROZLICZENIE] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[ROZRACHUNEK] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[STAWKA_VAT] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[TYP_DOKUMENTU_HANDLOWEGO] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[TYP_DOKUMENTU_MAGAZYNOWEGO] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[UZYTKOWNIK] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[WAPRODBSTATE] TO wiadukt_konektor;
GO
GRANT SELECT ON dbo.[ZAMOWIENIE] TO wiadukt_konektor;
GO
IF OBJECT_ID(N'dbo.AKTYWNOSC_UZYTKOWNIKA') IS NOT NULL GRANT SELECT ON dbo.[AKTYWNOSC_UZYTKOWNIKA] TO wiadukt_konektor;
GO
IF OBJECT_ID(N'dbo.MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN') IS NOT NULL GRANT SELECT ON dbo.[MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN] TO wiadukt_konektor;
GO
IF OBJECT_ID(N'dbo.WIDOK_ARTYKUL') IS NOT NULL GRANT SELECT ON dbo.[WIDOK_ARTYKUL] TO wiadukt_konektor;
GO
GRANT VIEW DEFINITION ON SCHEMA::dbo TO wiadukt_konektor;
GO
GRANT INSERT ON dbo.[DOSTAWA] TO wiadukt_konektor;
GO
GRANT UPDATE ON dbo.[KONTRAHENT] ([ULICA_LOKAL], [KOD_POCZTOWY], [MIEJSCOWOSC], [SYM_KRAJU], [ULICA_LOKAL_KOR], [KOD_POCZTOWY_KOR], [MIEJSCOWOSC_KOR], [SYM_KRAJU_KOR], [TELEFON_FIRMOWY]) TO wiadukt_konektor;
GO
GRANT SELECT, INSERT, UPDATE ON dbo.[ADRESY_KONTRAHENTA] TO wiadukt_konektor;
GO
GRANT INSERT, UPDATE ON dbo.[MIEJSCE_DOSTAWY] TO wiadukt_konektor;
GO
IF OBJECT_ID(N'dbo.JL_PobierzFormatNumeracji_Server') IS NOT NULL GRANT EXECUTE ON dbo.[JL_PobierzFormatNumeracji_Server] TO wiadukt_konektor;
GO
IF OBJECT_ID(N'dbo.RM_DodajPozycjeZamowienia') IS NOT NULL GRANT EXECUTE ON dbo.[RM_DodajPozycjeZamowienia] TO wiadukt_konektor;
GO
IF OBJECT_ID(N'dbo.RM_DodajZamowienie') IS NOT NULL GRANT EXECUTE ON dbo.[RM_DodajZamowienie] TO wiadukt_konektor;
GO
IF OBJECT_ID(N'dbo.RM_KontrolaCenPozycjiZamowienia') IS NOT NULL GRANT EXECUTE ON dbo.[RM_KontrolaCenPozycjiZamowienia] TO wiadukt_konektor;
GO
IF OBJECT_ID(N'dbo.RM_SumujZamowienie') IS NOT NULL GRANT EXECUTE ON dbo.[RM_SumujZamowienie] TO wiadukt_konektor;
GO
IF OBJECT_ID(N'dbo.RM_UstawStanZamowien') IS NOT NULL GRANT EXECUTE ON dbo.[RM_UstawStanZamowien] TO wiadukt_konektor;
GO
IF OBJECT_ID(N'dbo.RM_ZatwierdzZamowienie') IS NOT NULL GRANT EXECUTE ON dbo.[RM_ZatwierdzZamowienie] TO wiadukt_konektor;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[adres_powiedziany] TO wiadukt_konektor;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[kolejka] TO wiadukt_konektor;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[luka] TO wiadukt_konektor;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[postep_produkcji] TO wiadukt_konektor;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[sledzenie] TO wiadukt_konektor;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[wlasciciel] TO wiadukt_konektor;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[zamiatanie] TO wiadukt_konektor;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[zamowienie_mapa] TO wiadukt_konektor;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[znaczenie_statusu] TO wiadukt_konektor;
GO
GRANT UPDATE ON wiadukt.[kolejka_id] TO wiadukt_konektor;
GO
IF DATABASE_PRINCIPAL_ID(N'wiadukt') IS NULL CREATE USER [wiadukt] FOR LOGIN [wiadukt] WITH DEFAULT_SCHEMA = wiadukt;
GO
IF IS_ROLEMEMBER(N'wiadukt_czytelnik', N'wiadukt') = 1 ALTER ROLE wiadukt_czytelnik DROP MEMBER [wiadukt];
GO
ALTER ROLE wiadukt_konektor ADD MEMBER [wiadukt];
GO
IF DATABASE_PRINCIPAL_ID(N'wiadukt_czytelnik') IS NULL CREATE ROLE wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[ARTYKUL] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[CENA] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[CENA_ARTYKULU] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[CENA_GRUPY] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[CENA_KATEGORII] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[CENNIK_INDYWIDUALNY] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[CENNIK_KONTRAHENTA] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[DOKUMENT_HANDLOWY] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[DOKUMENT_MAGAZYNOWY] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[DOSTAWA] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[FORMA_DOSTAWY] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[FORMA_PLATNOSCI] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[GRUPA_KONTRAHENTA] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[JEDNOSTKA] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[KATEGORIA_ARTYKULU_TREE] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[KONTAKT] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[KONTRAHENT] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[MAGAZYN] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[MAG_OPERATOR_PRZESYLKI] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[MAG_SLOWNIK_STATUSOW_DOKUMENTOW] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[MIEJSCE_DOSTAWY] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[POZYCJA_DOKUMENTU_MAGAZYNOWEGO] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[POZYCJA_ZAMOWIENIA] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[PRACOWNIK] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[PROGI_RABATOWE] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[RACHUNEK_FIRMY] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[ROZLICZENIE] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[ROZRACHUNEK] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[STAWKA_VAT] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[TYP_DOKUMENTU_HANDLOWEGO] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[TYP_DOKUMENTU_MAGAZYNOWEGO] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[UZYTKOWNIK] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[WAPRODBSTATE] TO wiadukt_czytelnik;
GO
GRANT SELECT ON dbo.[ZAMOWIENIE] TO wiadukt_czytelnik;
GO
IF OBJECT_ID(N'dbo.AKTYWNOSC_UZYTKOWNIKA') IS NOT NULL GRANT SELECT ON dbo.[AKTYWNOSC_UZYTKOWNIKA] TO wiadukt_czytelnik;
GO
IF OBJECT_ID(N'dbo.MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN') IS NOT NULL GRANT SELECT ON dbo.[MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN] TO wiadukt_czytelnik;
GO
IF OBJECT_ID(N'dbo.WIDOK_ARTYKUL') IS NOT NULL GRANT SELECT ON dbo.[WIDOK_ARTYKUL] TO wiadukt_czytelnik;
GO
GRANT VIEW DEFINITION ON SCHEMA::dbo TO wiadukt_czytelnik;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[adres_powiedziany] TO wiadukt_czytelnik;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[kolejka] TO wiadukt_czytelnik;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[luka] TO wiadukt_czytelnik;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[postep_produkcji] TO wiadukt_czytelnik;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[sledzenie] TO wiadukt_czytelnik;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[wlasciciel] TO wiadukt_czytelnik;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[zamiatanie] TO wiadukt_czytelnik;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[zamowienie_mapa] TO wiadukt_czytelnik;
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON wiadukt.[znaczenie_statusu] TO wiadukt_czytelnik;
GO
GRANT UPDATE ON wiadukt.[kolejka_id] TO wiadukt_czytelnik;
GO
IF DATABASE_PRINCIPAL_ID(N'wiadukt_odczyt') IS NULL CREATE USER [wiadukt_odczyt] FOR LOGIN [wiadukt_odczyt] WITH DEFAULT_SCHEMA = wiadukt;
GO
IF IS_ROLEMEMBER(N'wiadukt_konektor', N'wiadukt_odczyt') = 1 ALTER ROLE wiadukt_konektor DROP MEMBER [wiadukt_odczyt];
GO
ALTER ROLE wiadukt_czytelnik ADD MEMBER [wiadukt_odczyt];
GO
