-- Where capture goes by change tracking: how far each table has been read; and what was switched on by us, so that it is
-- switched off with us ('*' is the base).
CREATE TABLE IF NOT EXISTS wiadukt.sledzenie (
    tabela varchar(60) PRIMARY KEY,
    od_wersji bigint,
    wersja bigint,
    nasze smallint NOT NULL DEFAULT 0
);
-- Whose each row was when we last saw it: of a deleted row change tracking tells no more than its key.
CREATE TABLE IF NOT EXISTS wiadukt.wlasciciel (
    tabela varchar(60) NOT NULL,
    klucz varchar(100) NOT NULL,
    id_obiektu varchar(40),
    pamietane varchar(40),
    PRIMARY KEY (tabela, klucz)
);
