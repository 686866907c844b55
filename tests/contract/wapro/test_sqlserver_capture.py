"""What only SQL Server's sessions can do to a trigger, and a trigger to them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from factories.captured import make_cast
from factories.wapro import settings_for

from wiadukt.wapro.capture.triggers import Triggers
from wiadukt.wapro.install import install

pytestmark = pytest.mark.parametrize("bases", ["sqlserver"], indirect=True)
MAY_CONFIGURE = os.environ.get("MSSQL_MAY_CONFIGURE") == "1"
"""Whether the whole server is ours, so that a setting of all its bases may be changed for a moment."""


@pytest.mark.parametrize(
    "session",
    [
        "SET ROWCOUNT 1",
        "SET XACT_ABORT ON",
        "SET ANSI_WARNINGS OFF; SET ANSI_PADDING OFF; SET ARITHABORT OFF",
        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    ],
)
def test_capture_works_whatever_the_offices_session_says(office, session):
    office.article("FR-1")
    office.article("FR-2")
    office.forget_queue()

    office.run(f'{session}; UPDATE dbo."ARTYKUL" SET "STAN" = 3 WHERE "INDEKS_KATALOGOWY" = \'FR-2\'')

    assert office.queue() == [("product", "FR-2")]


def test_the_offices_identity_is_its_own(office):
    """Not that of a row which capture added, whichever of the two ways the office asks by."""
    found = office.rows(
        "SET NOCOUNT ON; INSERT INTO dbo.MIEJSCE_DOSTAWY (ID_KONTRAHENTA, FIRMA, ODBIORCA, TYP_ADRESU)"
        " VALUES (1, 'Hala', '', 0); SELECT @@IDENTITY AS last_id, SCOPE_IDENTITY() AS own"
    )

    assert found[0]["last_id"] == found[0]["own"]
    assert office.queue() == [("customer", "1")]


def test_a_statement_answers_with_its_own_count_and_nothing_else(office):
    make_cast(office)
    office.run("SET NOCOUNT OFF")
    cursor = office.desk.connection.connection.cursor()

    for in_shop in (0, 1):
        cursor.execute(f"UPDATE dbo.KONTRAHENT SET DOSTEPNY_W_B2B = {in_shop}")
        assert (cursor.rowcount, cursor.description, cursor.nextset()) == (2, None, False)
    cursor.close()

    assert {kind for kind, _ in office.queue()} == {"customer", "order", "invoice"}


def test_the_offices_session_is_as_it_was(office):
    office.article("FR-1")
    office.article("FR-2")

    office.run("SET NOCOUNT OFF; SET XACT_ABORT ON; SET ROWCOUNT 1; UPDATE dbo.ARTYKUL SET STAN = 3")

    told = "SELECT @@OPTIONS & 512 AS is_silent, @@OPTIONS & 16384 AS aborts FROM dbo.ARTYKUL"
    assert office.rows(told) == [{"is_silent": 0, "aborts": 16384}]
    office.run("SET ROWCOUNT 0; SET XACT_ABORT OFF")


def test_letters_that_a_polish_collation_takes_for_the_same_are_a_change(office):
    office.article("FR-1", NAZWA="front")
    office.forget_queue()

    office.run("UPDATE dbo.ARTYKUL SET NAZWA = 'Front'")

    assert office.queue() == [("product", "FR-1")]


def test_a_trigger_that_names_a_column_which_went_is_told_and_renewed(office, base, engine):
    """An update of WAPRO took it away: until the trigger is renewed, the office can save nothing in that table."""
    office.article("FR-1")
    office.rename("ARTYKUL", "KOD_KRESKOWY", "KOD_EAN")
    watch = Triggers(engine, settings_for(base))

    watch.step()
    assert "ARTYKUL (KOD_KRESKOWY)" in watch.missing
    mending = Triggers(engine, settings_for(base, wapro_mend_capture=True), lambda: install(engine))
    mending.step()

    assert mending.word == "on"
    office.forget_queue()
    office.run("UPDATE dbo.ARTYKUL SET STAN = 3")
    assert office.queue() == [("product", "FR-1")]


def test_a_column_of_an_old_large_type_keeps_nobody_from_noticing_the_others(office, engine):
    """A trigger may not read text, ntext and image (error 311): what changes there is left to the daily comparison."""
    office.run("ALTER TABLE dbo.KONTAKT DROP COLUMN STANOWISKO")
    office.run("ALTER TABLE dbo.KONTAKT ADD STANOWISKO text")

    install(engine)

    cast = make_cast(office)
    office.run("UPDATE dbo.KONTAKT SET STANOWISKO = 'Kierownik'")
    assert office.queue() == []
    office.run("UPDATE dbo.KONTAKT SET IMIE = 'Ewa'")
    assert office.queue() == [("customer", str(cast["KONTRAHENT"]))]


@pytest.fixture
def without_nesting(office) -> Iterator[None]:
    if not MAY_CONFIGURE:
        pytest.skip("MSSQL_MAY_CONFIGURE=1 lets this test change a setting of the whole server for a moment")
    office.run("EXEC sp_configure 'nested triggers', 0; RECONFIGURE")
    yield
    office.run("EXEC sp_configure 'nested triggers', 1; RECONFIGURE")


def test_with_nested_triggers_off_the_offices_own_changes_are_announced(office, without_nesting):
    """What another's trigger changes is not, since no trigger fires for it: the daily comparison sees that."""
    cast = make_cast(office)
    office.run("CREATE TRIGGER dbo.obcy ON dbo.ZAMOWIENIE AFTER UPDATE AS UPDATE dbo.KONTAKT SET IMIE = 'Ewa'")

    office.run("UPDATE dbo.ZAMOWIENIE SET STATUS_ZAM = 'P' WHERE ID_ZAMOWIENIA = %s", cast["ZAMOWIENIE"])

    assert office.value("SELECT IMIE FROM dbo.KONTAKT") == "Ewa"
    assert office.queue() == [("order", str(cast["ZAMOWIENIE"]))]
