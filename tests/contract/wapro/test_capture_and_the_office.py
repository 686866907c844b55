"""However the office changes its rows, triggers announce what changed, and the office notices nothing of them."""

from __future__ import annotations

import pytest
from factories.bases import SERVERS, connect
from factories.captured import Cast, make_cast

MANY = 4_000
TENS = "(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))"


@pytest.fixture
def cast(office) -> Cast:
    return make_cast(office)


def _sql_server(base: str) -> bool:
    return base.startswith("mssql")


def test_one_statement_over_thousands_of_rows_announces_each_object_once(office):
    def announced() -> tuple[int, int]:
        query = "SELECT count(*) AS n, count(DISTINCT id_obiektu) AS objects FROM wiadukt.kolejka"
        found = office.rows(query)[0]
        office.forget_queue()
        return found["n"], found["objects"]

    office.run(
        'INSERT INTO dbo."ARTYKUL" ("ID_MAGAZYNU", "INDEKS_KATALOGOWY", "NAZWA", "VAT_SPRZEDAZY", "ID_JEDNOSTKI")'
        f" SELECT 1, concat('M-', a.n, b.n, c.n, d.n), 'Zawias', '23', 1"
        f" FROM {TENS} AS a (n), {TENS} AS b (n), {TENS} AS c (n), {TENS} AS d (n) WHERE d.n < {MANY // 1000}"
    )
    assert announced() == (MANY, MANY)
    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 5')
    assert announced() == (MANY, MANY)
    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 5')
    assert announced() == (0, 0)
    office.run('DELETE FROM dbo."ARTYKUL"')
    assert announced() == (MANY, MANY)


def test_a_merge_announces_what_it_changed_added_and_took_away(office):
    changed, same = office.article("FR-1"), office.article("FR-2")
    office.article("FR-3")
    office.forget_queue()

    office.run(
        'MERGE INTO dbo."ARTYKUL" AS t'
        f" USING (VALUES ({changed}, 'FR-1', 5), ({same}, 'FR-2', 100), (0, 'FR-4', 1)) AS s (id, indeks, stan)"
        ' ON s.id = t."ID_ARTYKULU"'
        ' WHEN MATCHED THEN UPDATE SET "STAN" = s.stan'
        ' WHEN NOT MATCHED THEN INSERT ("ID_MAGAZYNU", "INDEKS_KATALOGOWY", "NAZWA", "VAT_SPRZEDAZY", "ID_JEDNOSTKI",'
        " \"STAN\") VALUES (1, s.indeks, 'Nowy', '23', 1, s.stan)"
        " WHEN NOT MATCHED BY SOURCE THEN DELETE;"
    )

    assert sorted(office.queue()) == [("product", "FR-1"), ("product", "FR-3"), ("product", "FR-4")]


def test_a_row_that_goes_with_another_is_announced(office, cast):
    """By a cascade of the base: nobody's statement names the table that capture watches."""
    office.run("CREATE TABLE dbo.rodzic (id int NOT NULL PRIMARY KEY)")
    office.run(
        'ALTER TABLE dbo."KONTAKT" ADD rodzic int NULL'
        " CONSTRAINT kaskada REFERENCES dbo.rodzic (id) ON DELETE CASCADE ON UPDATE CASCADE"
    )
    office.run("INSERT INTO dbo.rodzic (id) VALUES (1)")
    office.run('UPDATE dbo."KONTAKT" SET rodzic = 1')
    office.forget_queue()

    office.run("UPDATE dbo.rodzic SET id = 2")
    assert office.queue() == [], "a column that we don't read"
    office.run("DELETE FROM dbo.rodzic")

    assert office.count("KONTAKT") == 0
    assert office.queue() == [("customer", str(cast["KONTRAHENT"]))]


# Somebody else's trigger: a change of an order changes the buyer's contact.
FOREIGN = {
    "postgresql": [
        'CREATE FUNCTION dbo.obcy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE dbo."KONTAKT" SET "IMIE" ='
        " 'Ewa'; RETURN NULL; END $$",
        'CREATE TRIGGER obcy AFTER UPDATE ON dbo."ZAMOWIENIE" FOR EACH STATEMENT EXECUTE FUNCTION dbo.obcy()',
    ],
    "sqlserver": [
        "CREATE TRIGGER dbo.obcy ON dbo.[ZAMOWIENIE] AFTER UPDATE AS UPDATE dbo.[KONTAKT] SET [IMIE] = 'Ewa'",
    ],
}


@pytest.mark.parametrize(("bases", "foreign"), [(one, FOREIGN[one]) for one in SERVERS], indirect=["bases"])
def test_what_anothers_trigger_changes_is_announced(office, cast, foreign):
    for statement in foreign:
        office.run(statement)

    office.run('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'P\' WHERE "ID_ZAMOWIENIA" = %s', cast["ZAMOWIENIE"])

    told = set(office.queue())
    assert told == {("order", str(cast["ZAMOWIENIE"])), ("customer", str(cast["KONTRAHENT"]))}


# A trigger that changes the very table it stands on, as long as there is something to change.
RECURSIVE = {
    "postgresql": [
        'CREATE FUNCTION dbo.wkolo() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE dbo."ARTYKUL" SET "STAN" ='
        ' "STAN" - 1 WHERE "STAN" > 97; RETURN NULL; END $$',
        'CREATE TRIGGER wkolo AFTER UPDATE ON dbo."ARTYKUL" FOR EACH STATEMENT WHEN (pg_trigger_depth() < 5)'
        " EXECUTE FUNCTION dbo.wkolo()",
    ],
    "sqlserver": [
        "CREATE TRIGGER dbo.wkolo ON dbo.[ARTYKUL] AFTER UPDATE AS IF TRIGGER_NESTLEVEL(@@PROCID) < 5"
        " UPDATE dbo.[ARTYKUL] SET [STAN] = [STAN] - 1 WHERE [STAN] > 97",
    ],
}


@pytest.mark.parametrize(
    ("bases", "recursive", "setting"),
    [
        *(("postgresql", RECURSIVE["postgresql"], "") for one in SERVERS if one == "postgresql"),
        *(("sqlserver", RECURSIVE["sqlserver"], way) for one in SERVERS if one == "sqlserver" for way in ("ON", "OFF")),
    ],
    indirect=["bases"],
)
def test_triggers_that_call_themselves_end_as_without_capture(office, cast, recursive, setting):
    if setting:
        office.run(f"ALTER DATABASE CURRENT SET RECURSIVE_TRIGGERS {setting}")
    for statement in recursive:
        office.run(statement)

    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 100 WHERE "INDEKS_KATALOGOWY" = \'FR-1\'')

    once = 99
    assert office.value('SELECT max("STAN") FROM dbo."ARTYKUL"') == (once if setting == "OFF" else 97)
    assert set(office.queue()) == {("product", "FR-1"), ("product", "FR-2")}


HELD = {"postgresql": "SET lock_timeout = '1s'", "sqlserver": "SET LOCK_TIMEOUT 1000"}


@pytest.mark.parametrize(("bases", "limit"), [(one, HELD[one]) for one in SERVERS], indirect=["bases"])
def test_whoever_holds_every_row_of_the_queue_holds_up_no_change(office, cast, base, limit):
    """A dispatcher that marks and prunes, or an administrator who mends rows by hand, and has not committed."""
    office.announce("FR-1", "FR-2")
    other = connect(base)
    office.run(limit)

    with other.transaction():
        other.run("UPDATE wiadukt.kolejka SET proby = proby + 1, status = 'wyslany' WHERE id_obiektu = 'FR-1'")
        other.run("DELETE FROM wiadukt.kolejka WHERE id_obiektu = 'FR-2'")
        office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3')
        with office.working():
            office.run('DELETE FROM dbo."ARTYKUL"')
    other.close()

    assert sorted(office.queue()) == [("product", "FR-1")] * 2 + [("product", "FR-2")] * 2


def test_what_the_office_did_before_capture_broke_is_not_taken_back(office, cast):
    office.run("ALTER TABLE wiadukt.kolejka ADD CHECK (id_obiektu = 'x')")

    with office.working():
        office.run('UPDATE dbo."KONTAKT" SET "IMIE" = \'Ewa\'')
        office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3')
        office.run('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = \'P\'')

    assert office.value('SELECT "IMIE" FROM dbo."KONTAKT"') == "Ewa"
    assert office.value('SELECT max("STAN") FROM dbo."ARTYKUL"') == 3
    assert office.queue() == []
