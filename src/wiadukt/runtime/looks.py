"""What every system looks at in the same way: the road to another one, clocks, the disk."""

from __future__ import annotations

import shutil
import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from wiadukt.contract.checkup import Finding
from wiadukt.runtime import clock
from wiadukt.runtime.reach import EXPIRES_SOON, addresses, certificate_ends, connect, place_of
from wiadukt.runtime.words import said as _

CLOCKS_MAY_DIFFER_S = 60
"""A signature of events is refused from five minutes on; times on screens mislead long before."""
DISK_LOW, DISK_FULL = 0.10, 0.03
GB = 1_000_000_000


def look_at_address(url: str, setting: str) -> Iterator[Finding]:
    """Whether the URL is one, and its name leads to a machine."""
    place = place_of(url)
    if place is None:
        what = _("{setting} is no address of http or https: {url}", setting=setting, url=url or "''")
        yield Finding(False, what, _("Set {setting}, as http://host:port.", setting=setting))
        return
    try:
        found = ", ".join(addresses(place))
    except OSError as error:
        what = _("the name {host} leads nowhere: {error}", host=place.host, error=error)
        yield Finding(False, what, _("Mend {setting}, or the name server of this machine.", setting=setting))
    else:
        yield Finding(True, _("{url} leads to {found}", url=url, found=found))


def look_at_port(url: str) -> Iterator[Finding]:
    """Whether somebody listens there."""
    place = place_of(url)
    if place is None:
        return
    try:
        connect(place)
    except OSError as error:
        what = _("nobody listens at {host}, port {port}: {error}", host=place.host, port=place.port, error=error)
        yield Finding(False, what, _("Start it; if it runs, open this port in the firewalls between."))
    else:
        yield Finding(True, _("{host} listens at port {port}", host=place.host, port=place.port))


def look_at_certificate(url: str) -> Iterator[Finding]:
    """Whether what is said is encrypted, by whom we trust, and for how long still."""
    place = place_of(url)
    if place is None:
        return
    if not place.is_tls:
        is_here = place.host in ("localhost", "::1") or place.host.startswith("127.")
        advice = "" if is_here else _("Over an open network use https: whoever listens reads orders and keys.")
        yield Finding(True, _("no TLS: what is said is not encrypted"), advice)
        return
    try:
        ends = certificate_ends(place)
    except ssl.SSLCertVerificationError as error:
        what = _("the certificate of {host} is refused: {error}", host=place.host, error=error.verify_message)
        yield Finding(False, what, _("Renew the certificate, or add its issuer by SSL_CERT_FILE."))
    except OSError as error:
        what = _("no TLS can be agreed with {host}: {error}", host=place.host, error=error)
        yield Finding(False, what, _("See what answers at this port: is it https?"))
    else:
        left = ends - clock.now()
        what = _("the certificate holds until {day}, {days} days", day=f"{ends:%Y-%m-%d}", days=left.days)
        yield Finding(True, what, _("Renew it before that day.") if left < EXPIRES_SOON else "")


def judge_clocks(difference: timedelta, what: str) -> Finding:
    """`what` names the two clocks."""
    seconds = difference.total_seconds()
    told = _("{what}: {seconds} s apart", what=what, seconds=f"{seconds:+.1f}")
    if abs(seconds) <= CLOCKS_MAY_DIFFER_S:
        return Finding(True, told)
    return Finding(False, told, _("Let both machines keep their time by the same server (NTP)."))


def look_at_disk(folder: Path, what: str) -> Iterator[Finding]:
    """How much is free where `folder` lies."""
    usage = shutil.disk_usage(folder)
    share = usage.free / usage.total
    said = _(
        "{what}: {free} of {total} GB free", what=what, free=f"{usage.free / GB:.1f}", total=f"{usage.total / GB:.0f}"
    )
    remedy = _("Make room, or give the machine a larger disk.")
    yield Finding(share > DISK_FULL, said, remedy if share < DISK_LOW else "")
