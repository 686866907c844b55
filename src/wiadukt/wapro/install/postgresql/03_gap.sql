-- Times when capture was away: what changed meanwhile nobody announced, so the shop compares everything afterwards.
CREATE TABLE IF NOT EXISTS wiadukt.luka (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    zauwazono timestamptz NOT NULL DEFAULT now(),
    zakonczono timestamptz
);
CREATE UNIQUE INDEX IF NOT EXISTS luka_otwarta ON wiadukt.luka ((zakonczono IS NULL)) WHERE zakonczono IS NULL;
