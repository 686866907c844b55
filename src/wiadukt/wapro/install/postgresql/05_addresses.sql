-- What the shop told us last about each address and delivery place, and what we answered; a place that was made in the
-- shop has its key here and nowhere else.
CREATE TABLE IF NOT EXISTS wiadukt.adres_powiedziany (
    klucz varchar(60) PRIMARY KEY,
    id_wiersza numeric(18, 0),
    rewizja bigint NOT NULL,
    skrot varchar(64) NOT NULL,
    odpowiedz varchar(8000) NOT NULL,
    zapisano timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS adres_powiedziany_wiersz ON wiadukt.adres_powiedziany (id_wiersza);
