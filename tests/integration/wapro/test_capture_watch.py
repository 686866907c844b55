"""Triggers that vanish are noticed, named, and put back where that is allowed; the gap is told."""

from __future__ import annotations

import pytest
from factories.wapro import settings_for

from wiadukt.wapro import gaps, install
from wiadukt.wapro.capture.triggers import Triggers
from wiadukt.wapro.engine import reading

pytestmark = pytest.mark.postgres

HARMS = ["drop", "disable"]


def gap_ended(engine):
    with reading(engine) as conn:
        return gaps.last_ended_at(conn)


def queued(office) -> list[str]:
    return [row["id_obiektu"] for row in office.rows("SELECT id_obiektu FROM wiadukt.kolejka ORDER BY id")]


def test_with_all_triggers_on_nothing_is_said_and_nothing_announced(base, engine, office):
    office.article("FR-1")
    office.forget_queue()
    watch = Triggers(engine, settings_for(base, wapro_mend_capture=True), lambda: install.install(engine))
    assert watch.word == "unknown"

    watch.step()

    assert (watch.word, queued(office)) == ("on", [])


@pytest.mark.parametrize("harm", HARMS)
def test_a_vanished_trigger_is_named_and_left_to_the_administrator(base, engine, office, harm):
    office.capture("ARTYKUL", harm)
    watch = Triggers(engine, settings_for(base))

    watch.step()

    assert watch.word == "missing"
    assert "ARTYKUL" in watch.missing
    watch.step()
    assert watch.word == "missing"


@pytest.mark.parametrize("harm", HARMS)
def test_where_it_is_allowed_capture_is_put_back_and_the_gap_is_told(base, engine, office, harm):
    card = office.article("FR-1")
    office.capture("ARTYKUL", harm)
    office.forget_queue()
    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 3 WHERE "ID_ARTYKULU" = %s', card)
    assert queued(office) == [], "nobody saw it"
    watch = Triggers(engine, settings_for(base, wapro_mend_capture=True), lambda: install.install(engine))
    before = gap_ended(engine)

    watch.step()

    assert watch.word == "on"
    assert gap_ended(engine) != before
    office.run('UPDATE dbo."ARTYKUL" SET "STAN" = 4 WHERE "ID_ARTYKULU" = %s', card)
    assert queued(office) == ["FR-1"], "and seen from now on"


def test_a_gap_that_somebody_else_mended_ends_too_also_after_a_restart(base, engine, office):
    office.capture("ARTYKUL", "disable")
    before = gap_ended(engine)
    Triggers(engine, settings_for(base)).step()
    assert gap_ended(engine) == before, "it lasts"
    office.capture("ARTYKUL", "enable")

    Triggers(engine, settings_for(base)).step()

    first = gap_ended(engine)
    assert first != before
    Triggers(engine, settings_for(base)).step()
    assert gap_ended(engine) == first, "one gap ends once"


def test_an_installation_over_triggers_that_vanished_unseen_tells_a_gap(base, engine, office):
    office.capture("ARTYKUL", "drop")
    before = gap_ended(engine)

    install.install(engine)

    assert gap_ended(engine) != before
