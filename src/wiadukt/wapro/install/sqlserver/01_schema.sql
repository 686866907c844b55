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
