"""Why a neighbour does not answer is told apart by what really happens on the line."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from wiadukt.contract.errors import Misconfigured, Unreachable
from wiadukt.demo.troubles.certificates import write_certificate
from wiadukt.shop.sync.silence import Silence, why


@contextmanager
def listening(certificate: Path | None = None) -> Iterator[int]:
    """A port at which somebody takes connections, with TLS where there is a certificate, and never answers."""
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    held = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    taken = server.accept()[0]
                    held.append(taken)
                    if context:
                        with suppress(OSError):
                            held.append(context.wrap_socket(taken, server_side=True))
                    elif taken.recv(1) == b"\x16":  # a client that speaks TLS
                        taken.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)
    for one in held:
        one.close()


def said(url: str, trusted: Path | None = None) -> Silence:
    verify: ssl.SSLContext | bool = ssl.create_default_context(cafile=str(trusted)) if trusted else True
    with httpx.Client(verify=verify, timeout=0.5, trust_env=False) as http:
        with pytest.raises(httpx.RequestError) as caught:
            http.get(url)
        try:
            raise Unreachable("as sync.client says it") from caught.value
        except Unreachable as error:
            return why(error)


@pytest.mark.parametrize(
    ("days", "host", "trusts", "word"),
    [
        (-1, "localhost", True, Silence.EXPIRED),
        (90, "localhost", False, Silence.UNTRUSTED),
        (90, "127.0.0.1", True, Silence.UNTRUSTED),
        (90, "localhost", True, Silence.LATE),
    ],
)
def test_a_certificate_is_told_by_what_is_wrong_with_it(tmp_path, days, host, trusts, word):
    authority = write_certificate(tmp_path / "front.pem", valid_for=timedelta(days=days))
    with listening(tmp_path / "front.pem") as port:
        assert said(f"https://{host}:{port}/", authority if trusts else None) is word


def test_who_does_not_answer_is_told_from_who_is_not_there():
    with listening() as port:
        assert said(f"http://127.0.0.1:{port}/") is Silence.LATE
        assert said(f"https://127.0.0.1:{port}/") is Silence.TLS
    assert said(f"http://127.0.0.1:{port}/") is Silence.NOBODY
    assert said("http://nobody.invalid/") is Silence.NAME


@pytest.mark.parametrize(
    ("setting", "word"), [("token", Silence.KEY), ("url", Silence.ADDRESS), ("WAPRO_USER_ID", Silence.BASE)]
)
def test_what_is_set_wrong_is_told_by_whose_setting_it_is(setting, word):
    assert why(Misconfigured(setting, "cause", remedy="remedy")) is word
    assert why(ValueError("anything else")) is Silence.OTHER
