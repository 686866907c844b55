"""The way to another system, step by step: its address, its port, its certificate."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx

TIMEOUT_S = 5
PORTS = {"http": 80, "https": 443}
EXPIRES_SOON = timedelta(days=21)


@dataclass(frozen=True)
class Place:
    """Where a URL leads."""

    host: str
    port: int
    is_tls: bool


def place_of(url: str) -> Place | None:
    """None for what is no address of HTTP."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or not port:
        return None
    return Place(parts.hostname, port, parts.scheme == "https")


def addresses(place: Place) -> list[str]:
    """The numbers behind the name. Raises OSError when there are none."""
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    return sorted({str(entry[4][0]) for entry in found})


def connect(place: Place) -> None:
    """Opens a connection and closes it. Raises OSError when nobody listens."""
    socket.create_connection((place.host, place.port), timeout=TIMEOUT_S).close()


def certificate_ends(place: Place) -> datetime:
    """Until when the certificate holds, trusted by what our own calls trust.

    Raises ssl.SSLCertVerificationError when it is not valid (also when it has expired), else OSError.
    """
    context = httpx.create_ssl_context()
    with (
        socket.create_connection((place.host, place.port), timeout=TIMEOUT_S) as plain,
        context.wrap_socket(plain, server_hostname=place.host) as wrapped,
    ):
        certificate = wrapped.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
