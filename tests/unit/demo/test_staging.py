"""What is staged in a running demo is known to its supervisor, and forgotten by the next start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from wiadukt.demo import staging
from wiadukt.demo.layout import DemoError, Layout, Ports
from wiadukt.demo.staging import USUAL, Wish
from wiadukt.demo.troubles.certificates import write_certificate
from wiadukt.demo.troubles.stage import Stage


@pytest.fixture
def layout(tmp_path) -> Layout:
    layout = Layout(tmp_path)
    layout.make()
    return layout


def test_a_part_runs_as_it_was_wished_last(layout):
    staging.wish(layout, "worker", Wish(is_off=True))
    staging.wish(layout, "connector", Wish(clock_off_s=600, env={"A": "b"}))
    staging.wish(layout, "worker", USUAL)

    assert staging.wishes(layout) == {"worker": USUAL, "connector": Wish(clock_off_s=600, env={"A": "b"})}


def test_a_new_start_forgets_what_was_staged(layout):
    staging.wish(layout, "worker", Wish(is_off=True))

    layout.note_running(Ports(9000), {"wapro": "postgresql://x"})

    assert staging.wishes(layout) == {}


def test_a_trouble_needs_a_running_demo_with_the_stand_in(layout):
    with pytest.raises(DemoError, match="does not run"):
        Stage.of(layout)

    layout.note_running(Ports(9000), {"wapro": "mssql+mssqlpython://x"})
    layout.ready_file.touch()
    with pytest.raises(DemoError, match="stand-in"):
        Stage.of(layout)


def test_an_expired_certificate_is_expired_and_the_authority_stays(tmp_path):
    path = tmp_path / "front.pem"
    authority = write_certificate(path, valid_for=timedelta(days=-1)).read_bytes()
    expired = x509.load_pem_x509_certificate(path.read_bytes())
    write_certificate(path, valid_for=timedelta(days=1))
    renewed = x509.load_pem_x509_certificate(path.read_bytes())

    now = datetime.now(UTC)
    assert expired.not_valid_before_utc < expired.not_valid_after_utc < now < renewed.not_valid_after_utc
    assert (tmp_path / "authority.pem").read_bytes() == authority
    renewed.verify_directly_issued_by(x509.load_pem_x509_certificate(authority))
