-- What the last sweep saw, where capture goes without triggers.
CREATE TABLE IF NOT EXISTS wiadukt.zamiatanie (
    rodzaj varchar(10) NOT NULL,
    id_obiektu varchar(40) NOT NULL,
    skrot varchar(64) NOT NULL,
    PRIMARY KEY (rodzaj, id_obiektu)
);
