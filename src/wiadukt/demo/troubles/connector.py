"""Troubles between the shop and the connector."""

from __future__ import annotations

from datetime import timedelta

from wiadukt.demo.troubles.certificates import write_certificate
from wiadukt.demo.troubles.stage import Stage, Trouble


def _stop(stage: Stage) -> None:
    stage.down("connector")


def _as_usual(stage: Stage) -> None:
    stage.as_usual("connector")


def _change_key(stage: Stage) -> None:
    """Somebody gave the connector new keys and forgot to tell the shop."""
    production = stage.layout.secrets()["connector_production"]
    stage.run_with("connector", CONNECTOR_TOKENS=f"shop:another-key,production:{production}")


def _let_certificate_expire(stage: Stage) -> None:
    authority = write_certificate(stage.layout.certificate, valid_for=timedelta(days=-1))
    stage.run_with("front")
    address = f"https://localhost:{stage.ports.all['front']}"
    stage.run_with("worker", CONNECTOR_URL=address, SSL_CERT_FILE=str(authority))


def _renew_certificate(stage: Stage) -> None:
    """The front is started anew, as every web server is after its certificate was renewed."""
    write_certificate(stage.layout.certificate, valid_for=timedelta(days=90))
    stage.run_with("front", RENEWED="yes")


def _put_clock_forward(stage: Stage) -> None:
    stage.run_with("connector", clock_off_s=600)


TROUBLES = {
    "connector_down": Trouble("the connector does not run", _stop, _as_usual),
    "wrong_key": Trouble("the connector has another key for the shop", _change_key, _as_usual),
    "expired_certificate": Trouble(
        "the certificate of the connector's address has expired", _let_certificate_expire, _renew_certificate
    ),
    "clock_off": Trouble("the clock of the connector's server is 10 minutes ahead", _put_clock_forward, _as_usual),
}
