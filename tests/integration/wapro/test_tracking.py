"""Change tracking: what the server can't tell any more is noticed, and no change falls between two rounds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from factories.bases import SERVERS, bases_of, connect, tracks_changes
from factories.wapro import settings_for
from typer.testing import CliRunner

from wiadukt.contract.errors import Misconfigured
from wiadukt.wapro import gaps, install
from wiadukt.wapro.capture import tracking
from wiadukt.wapro.capture.tracking import ChangeTracking
from wiadukt.wapro.capture.watched import TABLES
from wiadukt.wapro.doctor.cli import app as doctor
from wiadukt.wapro.engine import make_engine, reading

WAY = "change_tracking"
UPDATE = 'UPDATE dbo."ARTYKUL" SET "STAN" = %s WHERE "INDEKS_KATALOGOWY" = \'FR-1\''


@pytest.fixture(scope="module", params=[server for server in SERVERS if tracks_changes(server)])
def bases(request, postgres):
    bases = bases_of(request.param, postgres, capture=WAY)
    yield bases
    bases.close()


@pytest.fixture
def poller(base) -> Callable[..., ChangeTracking]:
    """Makes pollers, each with its own connections."""
    made: list[ChangeTracking] = []

    def make(**changes: object) -> ChangeTracking:
        settings = settings_for(base, **{"wapro_capture": WAY, "capture_check_s": 0, **changes})
        engine = make_engine(base)
        made.append(ChangeTracking(engine, settings, partial(install.install, engine, capture=WAY)))
        return made[-1]

    yield make
    for one in made:
        one.engine.dispose()


@pytest.fixture
def card(office, poller) -> int:
    """An article that has been announced already."""
    card = office.article("FR-1")
    office.article("FR-2")
    poller().step()
    office.forget_queue()
    return card


def gap_ended(engine):
    with reading(engine) as conn:
        return gaps.last_ended_at(conn)


def test_a_quiet_second_announces_nothing_and_writes_nothing(office, card, poller):
    before = office.rows("SELECT * FROM wiadukt.sledzenie ORDER BY tabela")

    assert poller().step() == 0

    assert office.rows("SELECT * FROM wiadukt.sledzenie ORDER BY tabela") == before


def test_no_trigger_of_ours_is_on_the_tables(engine, card):
    with reading(engine) as conn:
        assert install.triggers.server(conn).switched_on(conn) == set()


def test_two_pollers_that_saw_the_same_announce_it_once(office, card, poller):
    first, second = poller(), poller()
    office.run(UPDATE, 3)
    seen = [one._seen() for one in (first, second)]

    assert [first._announce(seen[0]), second._announce(seen[1])] == [1, 0]

    assert office.queue() == [("product", "FR-1")]


def test_a_poller_that_fails_half_way_has_announced_nothing_and_lost_nothing(office, card, poller, monkeypatch):
    office.run(UPDATE, 3)
    monkeypatch.setattr(tracking, "_keep_bookmarks", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        poller().step()

    assert office.queue() == []
    monkeypatch.undo()
    poller().step()
    assert office.queue() == [("product", "FR-1")]


def test_a_change_during_a_round_is_announced_by_it_or_by_the_next(office, card, poller, monkeypatch):
    read, one = tracking._read, poller()
    office.run(UPDATE, 3)

    def meanwhile(conn, watched, *rest):
        monkeypatch.undo()
        office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 9 WHERE "INDEKS_KATALOGOWY" = \'FR-2\'')
        return read(conn, watched, *rest)

    monkeypatch.setattr(tracking, "_read", meanwhile)

    one.step()
    one.step()

    assert set(office.queue()) == {("product", "FR-1"), ("product", "FR-2")}


@pytest.mark.parametrize("bases", ["postgresql"], indirect=True)
def test_an_outage_longer_than_the_retention_is_a_gap(office, card, poller, engine):
    before = gap_ended(engine)
    office.run(UPDATE, 3)
    office.run("SELECT change_tracking.forget(change_tracking.current_version())")

    poller().step()

    assert gap_ended(engine) != before
    office.run(UPDATE, 4)
    poller().step()
    assert office.queue() == [("product", "FR-1")], "and seen from now on"


def test_a_table_emptied_at_once_is_a_gap(office, card, poller, engine):
    before = gap_ended(engine)

    office.run('TRUNCATE TABLE dbo."CENNIK_KONTRAHENTA"')
    poller().step()

    assert gap_ended(engine) != before


def test_tracking_that_was_off_for_a_moment_is_a_gap(office, card, poller, engine):
    """Nobody looked while it was off; but it is another tracking than before."""
    office.run(UPDATE, 3)
    poller().step()
    before = gap_ended(engine)
    office.tracking("ARTYKUL", "off")
    office.run(UPDATE, 4)
    office.tracking("ARTYKUL", "on")

    poller().step()

    assert gap_ended(engine) != before


def test_a_base_put_back_from_a_copy_is_a_gap(office, card, poller, engine):
    before = gap_ended(engine)
    office.run("UPDATE wiadukt.sledzenie SET wersja = wersja + 1000 WHERE tabela = 'ARTYKUL'")

    poller().step()

    assert gap_ended(engine) != before


def test_lost_tracking_is_named_and_left_to_the_administrator(base, office, card, poller):
    office.tracking("ARTYKUL", "off")
    one = poller()

    one.step()

    assert (one.word, "ARTYKUL" in one.missing) == ("missing", True)
    office.run('UPDATE dbo."KONTRAHENT" SET "NAZWA" = \'Inna\'')
    buyer = office.contractor()
    one.step()
    assert office.queue() == [("customer", str(buyer))], "the other tables are still read"


def test_lost_tracking_is_told_at_the_health_address_and_by_the_doctor(base, office, card, start, eventually):
    office.tracking("ARTYKUL", "off")

    with start(events_url="http://127.0.0.1:9/", WAPRO_CAPTURE=WAY) as (client, _):
        eventually(lambda: client.get("/healthz").json()["capture"] == "missing")
        assert "ARTYKUL" in client.get("/v1/status").json()["capture_missing"]

    environment = {"WAPRO_DATABASE_URL": base, "WAPRO_WAREHOUSES": "1,2", "WAPRO_CAPTURE": WAY}
    result = CliRunner().invoke(doctor, [], env=environment)
    assert result.exit_code == 1
    assert (
        "[!!] change tracking is off on ARTYKUL -> Run 'wiadukt connector install --capture change_trac"
        in result.output
    )


def test_a_base_that_can_not_be_read_is_told_when_it_lasts(card, poller, monkeypatch):
    one = poller(wapro_tracking_poll_s=0.01)
    one.step()
    monkeypatch.setattr(one, "_seen", lambda: 1 / 0)
    one.failed("once")
    assert one.word == "missing", "with no patience at all"

    monkeypatch.undo()
    one.step()

    assert one.word == "on"


# What says which tables are tracked, and whether the base is.
TRACKED = {
    "postgresql": "SELECT name AS one FROM change_tracking.tracked UNION ALL SELECT '*' FROM change_tracking.base",
    "mssql": "SELECT OBJECT_NAME(object_id) AS one FROM sys.change_tracking_tables"
    " UNION ALL SELECT '*' FROM sys.change_tracking_databases WHERE database_id = DB_ID()",
}


def test_what_was_tracked_before_us_stays_tracked_and_the_rest_goes(base, engine, office):
    def tracked() -> set[str]:
        return {row["one"] for row in office.rows(TRACKED[base.split(":")[0].split("+")[0]])}

    assert len(tracked()) == len(TABLES) + 1
    install.uninstall(engine)
    assert tracked() == set(), "all of it was ours"
    with reading(engine) as conn:
        theirs = tracking.server(conn).switched_on(2)
    line = connect(base)
    line.run(theirs)
    line.tracking("KONTAKT", "on")
    line.close()

    install.install(engine, capture=WAY)
    assert len(tracked()) == len(TABLES) + 1
    install.install(engine, capture="triggers")

    assert tracked() == {"*", "KONTAKT"}
    install.uninstall(engine)
    assert tracked() == {"*", "KONTAKT"}


def test_retention_follows_the_setting_where_tracking_is_ours(engine, card):
    install.install(engine, capture=WAY, choices=install.Choices(keep_days=3))

    with reading(engine) as conn:
        assert conn.execute(tracking.server(conn).BASE).first()[0] == 3


def test_an_installation_cut_off_half_way_is_completed_by_the_next(engine, office, monkeypatch):
    install.uninstall(engine)
    monkeypatch.setattr(install, "_statements", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        install.install(engine, capture=WAY)
    monkeypatch.undo()

    install.install(engine, capture=WAY)

    with reading(engine) as conn:
        assert tracking.lacking(conn) == ""
    install.uninstall(engine)
    with reading(engine) as conn:
        assert conn.execute(tracking.server(conn).BASE).first() is None, "it knew that the switch was ours"


@pytest.mark.parametrize("bases", ["postgresql"], indirect=True)
def test_a_table_without_a_key_stops_the_installation_with_a_clear_text(engine, office):
    install.uninstall(engine)
    office.run('ALTER TABLE dbo."KONTAKT" DROP CONSTRAINT "KONTAKT_pkey"')

    with pytest.raises(Misconfigured, match="KONTAKT can't be tracked, having no primary key"):
        install.install(engine, capture=WAY)


@pytest.mark.parametrize("bases", ["postgresql"], indirect=True)
def test_a_server_without_change_tracking_takes_the_other_ways(engine, office):
    install.uninstall(engine)
    office.run("DROP SCHEMA change_tracking CASCADE")

    install.install(engine)
    install.install(engine, capture="sweep")

    install.uninstall(engine)
