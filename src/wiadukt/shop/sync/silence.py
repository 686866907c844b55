"""Why a neighbour does not answer, in one word that a remedy can be found by."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import httpx
from django.db import models
from django.utils.translation import gettext_lazy as _

from wiadukt.contract.errors import Misconfigured


class Silence(models.TextChoices):
    """From the network up to what the neighbour itself says."""

    NAME = "name", _("its name is not known in the network")
    NOBODY = "nobody", _("nobody listens at its address")
    LATE = "late", _("it does not answer in time")
    EXPIRED = "expired", _("its certificate has expired")
    UNTRUSTED = "untrusted", _("its certificate is not trusted here")
    TLS = "tls", _("no encrypted connection comes about")
    KEY = "key", _("it does not accept our key")
    ADDRESS = "address", _("somebody else answers at its address")
    BASE = "base", _("it can not work with its base")
    OTHER = "other", _("it does not answer")


_EXPIRED = 10
"""OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED."""
_SETTINGS = {"token": Silence.KEY, "url": Silence.ADDRESS}
"""By what `sync.client` names as set wrong; what else is set wrong, the neighbour says of itself."""


def why(error: BaseException) -> Silence:
    """By the kinds of errors in its chain, never by their texts: those change with the machine's language."""
    for one in _chain(error):
        if isinstance(one, Misconfigured):
            return _SETTINGS.get(one.setting, Silence.BASE)
        if isinstance(one, ssl.SSLCertVerificationError):
            return Silence.EXPIRED if one.verify_code == _EXPIRED else Silence.UNTRUSTED
        if isinstance(one, ssl.SSLError):
            return Silence.TLS
        if isinstance(one, socket.gaierror):
            return Silence.NAME
        if isinstance(one, ConnectionRefusedError):
            return Silence.NOBODY
        if isinstance(one, (httpx.TimeoutException, TimeoutError)):
            return Silence.LATE
    return Silence.OTHER


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, the deepest first."""
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or one.__context__
    return reversed(found)
