-- What the shop's staff said of status letters that our settings do not name.
CREATE TABLE IF NOT EXISTS wiadukt.znaczenie_statusu (
    litera varchar(1) PRIMARY KEY,
    stan varchar(15) NOT NULL,
    zapisano timestamptz NOT NULL
);
