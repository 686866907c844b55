-- Our own room in WAPRO's base. The queue's key comes from a sequence and never from an identity column:
-- on SQL Server an insert by a trigger would change @@IDENTITY under WAPRO's own code.
CREATE SCHEMA IF NOT EXISTS wiadukt;
CREATE SEQUENCE IF NOT EXISTS wiadukt.kolejka_id;
CREATE TABLE IF NOT EXISTS wiadukt.kolejka (
    id bigint PRIMARY KEY DEFAULT nextval('wiadukt.kolejka_id'),
    rodzaj varchar(10) NOT NULL CHECK (rodzaj IN ('customer', 'product', 'order', 'invoice')),
    id_obiektu varchar(40) NOT NULL,
    status varchar(10) NOT NULL DEFAULT 'przyjety' CHECK (status IN ('przyjety', 'wyslany', 'odrzucony')),
    proby integer NOT NULL DEFAULT 0,
    nastepna_proba timestamptz NOT NULL DEFAULT now(),
    ostatni_blad varchar(2000) NOT NULL DEFAULT '',
    utworzono timestamptz NOT NULL DEFAULT clock_timestamp(),
    wyslano timestamptz,
    zajete_do timestamptz,
    zajete_przez varchar(64),
    zdarzenie bigint
);
ALTER TABLE wiadukt.kolejka ADD COLUMN IF NOT EXISTS zdarzenie bigint;
CREATE INDEX IF NOT EXISTS kolejka_do_wyslania ON wiadukt.kolejka (nastepna_proba, id) WHERE status = 'przyjety';
CREATE INDEX IF NOT EXISTS kolejka_czeka ON wiadukt.kolejka (rodzaj, id_obiektu) WHERE status = 'przyjety';
CREATE INDEX IF NOT EXISTS kolejka_odrzucone ON wiadukt.kolejka (id) WHERE status = 'odrzucony';
CREATE INDEX IF NOT EXISTS kolejka_obiekt ON wiadukt.kolejka (rodzaj, id_obiektu, id);
CREATE TABLE IF NOT EXISTS wiadukt.zamowienie_mapa (
    numer varchar(30) PRIMARY KEY,
    id_zamowienia numeric(18, 0) NOT NULL UNIQUE,
    skrot varchar(64) NOT NULL,
    utworzono timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS wiadukt.postep_produkcji (
    numer varchar(30) PRIMARY KEY,
    rewizja integer NOT NULL,
    stan varchar(15) NOT NULL,
    procent numeric(5, 2) NOT NULL,
    zgloszono timestamptz NOT NULL DEFAULT now(),
    pozycje varchar(8000) NOT NULL DEFAULT ''
);
ALTER TABLE wiadukt.postep_produkcji ADD COLUMN IF NOT EXISTS pozycje varchar(8000) NOT NULL DEFAULT '';
