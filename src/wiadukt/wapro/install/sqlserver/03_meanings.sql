-- What the shop's staff said of status letters that our settings do not name.
IF OBJECT_ID(N'wiadukt.znaczenie_statusu') IS NULL
    CREATE TABLE wiadukt.znaczenie_statusu (
        litera varchar(1) NOT NULL CONSTRAINT znaczenie_statusu_klucz PRIMARY KEY,
        stan varchar(15) NOT NULL,
        zapisano datetimeoffset(6) NOT NULL
    );
GO
