"""Triggers see exactly what the shop would see, and the office's work never suffers from them.

That every change is noticed they promise with the other ways of capture: tests/contract/wapro/test_capture_ways.py.
"""

from __future__ import annotations

import pytest
from factories.bases import SERVERS, connect
from factories.captured import CHANGES, Cast, make_cast, subject

from wiadukt.wapro import queue
from wiadukt.wapro.engine import writing
from wiadukt.wapro.install import install


@pytest.fixture
def cast(office) -> Cast:
    return make_cast(office)


@pytest.mark.parametrize("table", CHANGES)
def test_a_row_written_with_nothing_new_announces_nothing(office, cast, table):
    column, _ = CHANGES[table]

    office.run(f'UPDATE dbo."{table}" SET "{column}" = "{column}"')

    assert office.queue() == []


@pytest.mark.parametrize("table", ["KONTRAHENT", "ARTYKUL", "ZAMOWIENIE", "DOKUMENT_HANDLOWY"])
def test_a_card_opened_and_closed_announces_nothing(office, cast, table):
    office.run(f'UPDATE dbo."{table}" SET "SEMAFOR" = 3000002, "FLAGA_STANU" = 1')

    assert office.queue() == []


def test_one_statement_over_many_rows_announces_each_object_once(office, cast):
    office.article("FR-1", ID_MAGAZYNU=2)
    office.forget_queue()

    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = "STAN" + 1')

    assert sorted(office.queue()) == [("product", "FR-1"), ("product", "FR-2")]


DAMAGES = {
    "postgresql": [
        "DROP TABLE wiadukt.kolejka",
        "DROP FUNCTION wiadukt.przyjmij",
        "ALTER TABLE wiadukt.kolejka ADD CHECK (id_obiektu = 'x')",
        "DROP SEQUENCE wiadukt.kolejka_id CASCADE; ALTER TABLE wiadukt.kolejka ALTER id SET NOT NULL",
    ],
    "sqlserver": [
        "DROP TABLE wiadukt.kolejka",
        "ALTER TABLE wiadukt.kolejka ADD CHECK (id_obiektu = 'x')",
        "ALTER TABLE wiadukt.kolejka ADD CHECK (id_obiektu = 'x'); DROP TABLE wiadukt.luka",
    ],
}


@pytest.mark.parametrize(
    ("bases", "damage"),
    [(server, damage) for server in SERVERS for damage in DAMAGES[server]],
    indirect=["bases"],
)
def test_a_broken_capture_never_breaks_the_offices_work(office, cast, damage):
    for statement in damage.split("; "):
        office.run(statement)

    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3')
    office.run('UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = 0')
    office.run('UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = 1')

    assert office.value('SELECT min("STAN") FROM dbo."ARTYKUL"') == 3


# How somebody gets rights to WAPRO's tables only, becomes the one who works, and leaves no trace.
CLERKS = {
    "postgresql": (
        "DROP ROLE IF EXISTS biuro; CREATE ROLE biuro; GRANT USAGE ON SCHEMA dbo TO biuro;"
        " GRANT ALL ON ALL TABLES IN SCHEMA dbo TO biuro; SET ROLE biuro",
        "RESET ROLE; DROP OWNED BY biuro; DROP ROLE biuro",
    ),
    "sqlserver": (
        "CREATE USER biuro WITHOUT LOGIN; GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::dbo TO biuro;"
        " EXECUTE AS USER = 'biuro'",
        "REVERT; DROP USER biuro",
    ),
}


@pytest.mark.parametrize(("bases", "clerk"), [(server, CLERKS[server]) for server in SERVERS], indirect=["bases"])
def test_an_office_user_needs_no_rights_to_our_schema(office, cast, clerk):
    before, after = clerk
    for statement in before.split("; "):
        office.run(statement)

    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3 WHERE "INDEKS_KATALOGOWY" = \'FR-1\'')

    for statement in after.split("; "):
        office.run(statement)
    assert office.queue() == [("product", "FR-1")]


def test_two_office_users_never_wait_for_each_other_in_our_queue(office, cast, base):
    """Both change the same customer, by different rows, and neither has committed yet."""
    second = connect(base)
    second.run("SET lock_timeout = '1s'" if base.startswith("postgresql") else "SET LOCK_TIMEOUT 1000")
    with second.transaction(), office.working():
        office.run('UPDATE dbo."KONTAKT" SET "IMIE" = \'Ewa\'')
        second.run('UPDATE dbo."MIEJSCE_DOSTAWY" SET "MIEJSCOWOSC" = \'Kępno\'')
    second.close()

    assert office.queue() == [subject("KONTAKT", cast)] * 2


def test_the_dispatcher_and_the_office_never_wait_for_each_other(office, cast, engine):
    """A claim that has not ended yet holds up no change, and a change that has not ended yet no claim."""
    office.announce("FR-1")

    with writing(engine) as conn, office.working():
        office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3 WHERE "INDEKS_KATALOGOWY" = \'FR-2\'')
        claimed = queue.claim(conn, "dispatcher", 10)
        office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3 WHERE "INDEKS_KATALOGOWY" = \'FR-1\'')

    assert [one.object_id for one in claimed] == ["FR-1"]
    assert len(office.queue()) == 3


def test_installing_again_keeps_the_queue_and_doubles_nothing(office, engine):
    office.article("A")

    install(engine)
    office.article("B")

    assert office.queue() == [("product", "A"), ("product", "B")]
