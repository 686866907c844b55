"""The connector's login has the rights it needs and no others."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from factories.bases import connect, tracks_changes
from factories.captured import make_cast
from factories.wapro import placed, settings_for
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import DBAPIError

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Misconfigured, Refused
from wiadukt.contract.job_order import ProgressReport
from wiadukt.wapro import queue
from wiadukt.wapro.capture.sweep import Sweeper
from wiadukt.wapro.capture.tracking import ChangeTracking
from wiadukt.wapro.doctor.checks import LOOKS
from wiadukt.wapro.engine import make_engine, reading, writing
from wiadukt.wapro.install import Choices, install
from wiadukt.wapro.install.sqlserver.rights import Login
from wiadukt.wapro.read.digests import READERS
from wiadukt.wapro.read.ids import read_ids
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.write.orders import write_order
from wiadukt.wapro.write.statuses import write_progress

pytestmark = pytest.mark.parametrize("bases", ["sqlserver"], indirect=True)
PASSWORD = "Haslo_" + uuid.uuid4().hex


@pytest.fixture
def coming_as(base, office) -> Iterator[Callable[..., Engine]]:
    """The base as the connector sees it that was installed for this login."""
    engines: list[Engine] = []
    logins: list[str] = []

    def coming_as(capture: str = "triggers", *, writes=(), only_reads: bool = False) -> Engine:
        logins.append(f"wiadukt_{uuid.uuid4().hex[:8]}")
        admin = make_engine(base)
        login = Login(logins[-1], PASSWORD, only_reads)
        for _ in range(2):  # a repeat finds the login
            install(admin, login, capture=capture, choices=Choices(writes=writes))
        admin.dispose()
        url = make_url(base).set(username=login.name, password=PASSWORD)
        engines.append(make_engine(url.render_as_string(hide_password=False)))
        return engines[-1]

    yield coming_as
    for engine in engines:
        engine.dispose()
    for name in logins:
        office.run(f"DROP USER [{name}]")
        with suppress(DBAPIError):  # a connection that is just closing keeps its login
            office.run(f"DROP LOGIN [{name}]")


@pytest.fixture
def settings(base) -> Settings:
    return settings_for(base, wapro_price_levels="2")


def _reads_everything(engine: Engine, settings: Settings) -> list[str]:
    """What `doctor` has to say against it."""
    with reading(engine) as conn:
        for kind, read in READERS.items():
            ids = read_ids(conn, kind, settings, after="", limit=10).ids
            assert not read(conn, ids, settings).broken
        return [
            found.what for looks in LOOKS.values() for look in looks for found in look(conn, settings) if not found.ok
        ]


def test_it_reads_writes_orders_and_works_off_the_queue(office, coming_as, settings):
    engine = coming_as()
    buyer = make_cast(office)["KONTRAHENT"]

    assert _reads_everything(engine, settings) == []
    order = placed(int(buyer), {"product_id": "FR-1"}, delivery_place_id=str(office.place(int(buyer))))
    with writing(engine) as conn:
        receipt = write_order(conn, order, settings)
        report = ProgressReport(order_number=order.number, revision=1, state="in_production", planned="2", good="1")
        write_progress(conn, report, settings)
    assert ("order", receipt.id) in office.queue()
    with writing(engine) as conn:
        queue.mark_sent(conn, "who", queue.claim(conn, "who", 100))
        queue.accept(conn, Kind.ORDER, "1")
        queue.prune(conn, -1)
    assert office.queue() == [("order", "1")]


FORBIDDEN = [
    "UPDATE dbo.ARTYKUL SET STAN = 1000",
    "UPDATE dbo.KONTRAHENT SET NAZWA = 'x'",
    "UPDATE dbo.KONTRAHENT SET ULICA_LOKAL = 'x'",
    "INSERT INTO dbo.MIEJSCE_DOSTAWY (ID_KONTRAHENTA, FIRMA, ODBIORCA, TYP_ADRESU) VALUES (1, 'x', '', 0)",
    "DELETE FROM dbo.ZAMOWIENIE",
    "DELETE FROM dbo.DOSTAWA",
    "EXEC dbo.RM_UsunBlokadeZamowienia 1, 0",
    "CREATE TABLE wiadukt.nowa (id int)",
    "DROP TABLE wiadukt.kolejka",
    "DROP TRIGGER dbo.wiadukt_ARTYKUL",
    "SELECT * FROM dbo.RACHUNEK_KONTRAHENTA",
]


def _is_refused(engine: Engine, statement: str) -> bool:
    line = connect(engine.url.render_as_string(hide_password=False))
    try:
        line.run(statement)
    except DBAPIError:
        return True
    finally:
        line.close()
    return False


def test_everything_else_is_refused(office, coming_as):
    make_cast(office)
    office.run("CREATE TABLE dbo.RACHUNEK_KONTRAHENTA (ID_RACHUNKU int, NRB varchar(40))")
    engine = coming_as()

    assert [one for one in FORBIDDEN if not _is_refused(engine, one)] == []


def test_addresses_and_places_are_written_where_that_is_switched_on_and_nothing_beside_them(office, coming_as):
    make_cast(office)
    engine = coming_as(writes=("addresses", "places"))

    allowed = [one for one in FORBIDDEN if "ULICA_LOKAL" in one or "MIEJSCE_DOSTAWY" in one]
    assert [one for one in FORBIDDEN if not _is_refused(engine, one) and "RACHUNEK" not in one] == allowed


def test_a_login_that_only_reads_notices_changes_by_sweeps_and_writes_no_order(office, coming_as, settings):
    engine = coming_as("sweep", only_reads=True)
    buyer = make_cast(office)["KONTRAHENT"]
    sweeper = Sweeper(engine, settings.model_copy(update={"wapro_capture": "sweep"}))
    sweeper.step()

    office.run("UPDATE dbo.ARTYKUL SET STAN = 7 WHERE INDEKS_KATALOGOWY = 'FR-1'")
    sweeper.step()

    assert office.queue() == [("product", "FR-1")]
    assert _reads_everything(engine, sweeper.settings) == []
    with pytest.raises((Refused, Misconfigured)), writing(engine) as conn:
        write_order(conn, placed(int(buyer), {"product_id": "FR-1"}), settings)
    assert all(_is_refused(engine, one) for one in FORBIDDEN if "RACHUNEK" not in one)
    assert _is_refused(engine, "INSERT INTO dbo.DOSTAWA (ID_ZAMOWIENIA, ID_MIEJSCA_DOSTAWY) VALUES (1, 1)")


@pytest.mark.skipif(not tracks_changes("sqlserver"), reason="this server has no change tracking")
def test_change_tracking_is_read_with_the_rights_that_install_gives(office, coming_as, settings):
    engine = coming_as("change_tracking")
    tracker = ChangeTracking(engine, settings.model_copy(update={"wapro_capture": "change_tracking"}))
    tracker.step()

    office.article("FR-1")
    tracker.step()

    assert office.queue() == [("product", "FR-1")]
    assert _reads_everything(engine, tracker.settings) == []


def test_a_login_that_nobody_made_and_has_no_password_is_told(engine, office):
    before = office.queue()

    with pytest.raises(Misconfigured, match="the server has no login wiadukt_nikt"):
        install(engine, Login("wiadukt_nikt"))

    assert office.queue() == before
