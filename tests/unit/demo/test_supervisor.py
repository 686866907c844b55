"""What is staged reaches the processes: the supervisor starts a part anew as it is wished, and again as usual."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from wiadukt.demo import start
from wiadukt.demo.layout import Layout, Ports
from wiadukt.demo.staging import USUAL, Wish
from wiadukt.demo.start import Supervisor

PART = "machines"


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    """With one part that runs as usual; what it really does is nothing to this test."""
    layout = Layout(tmp_path)
    layout.make()
    env = {"CONNECTOR_TOKENS": "shop:right", "PATH": "/usr/bin:/bin"}
    one = Supervisor(layout, Ports(9000), say=lambda _text: None, env=env)
    one._start(PART)
    yield one
    for process in one.running.values():
        start._end_at_once(process)


def told(supervisor: Supervisor) -> tuple[list[str], dict[str, str]]:
    """Command and environment of the running part, as the system has them."""
    place = Path(f"/proc/{supervisor.running[PART].pid}")
    words = (place / "cmdline").read_text().split("\0")
    pairs = (one.partition("=") for one in (place / "environ").read_text().split("\0") if one)
    return words, {name: value for name, _sign, value in pairs}


def test_another_setting_reaches_the_part_and_goes_with_the_mend(supervisor):
    usual = supervisor.running[PART]

    supervisor._follow({PART: Wish(env={"CONNECTOR_TOKENS": "shop:wrong"})})

    assert usual.poll() is not None, "the one before is dead"
    words, env = told(supervisor)
    assert env["CONNECTOR_TOKENS"] == "shop:wrong"
    assert env["PATH"] == "/usr/bin:/bin", "all else as it was"
    assert "wiadukt.demo.wrong_clock" not in words
    supervisor._follow({PART: USUAL})
    assert told(supervisor)[1]["CONNECTOR_TOKENS"] == "shop:right"


def test_a_clock_that_shall_be_wrong_is_wrong_by_as_much(supervisor):
    supervisor._follow({PART: Wish(clock_off_s=600)})

    words, _env = told(supervisor)
    assert words[words.index("wiadukt.demo.wrong_clock") + 1] == "600"


def test_a_part_that_shall_be_off_stays_off_until_it_is_wanted(supervisor):
    usual = supervisor.running[PART]

    supervisor._follow({PART: Wish(is_off=True)})
    supervisor._follow({PART: Wish(is_off=True)})

    assert usual.poll() is not None
    assert PART not in supervisor.running
    supervisor._follow({PART: USUAL})
    assert supervisor.running[PART].poll() is None


def test_what_is_wished_as_it_runs_disturbs_nobody(supervisor):
    wish = {PART: Wish(env={"A": "b"})}
    supervisor._follow(wish)
    before = supervisor.running[PART]

    supervisor._follow(dict(wish))

    assert supervisor.running[PART] is before
