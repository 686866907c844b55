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
