"""The shop's own checks. What is a trouble is said by `health.diagnosis`; here it is only told in a check's shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import gettempdir

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wiadukt.contract.checkup import Finding
from wiadukt.runtime.looks import look_at_disk
from wiadukt.shop.doctor.mail import look_at_mail
from wiadukt.shop.doctor.subject import Subject
from wiadukt.shop.health import diagnosis, measure
from wiadukt.shop.health.advice import advice, age
from wiadukt.shop.health.diagnosis import Rule
from wiadukt.shop.health.words import Word
from wiadukt.shop.sync import observe
from wiadukt.shop.sync.models import AppliedBatch, InboxEvent

OLD = timedelta(days=3)
OF_CHECK = {
    "workers": (Rule.NO_WORKER,),
    "neighbours": (Rule.SILENT, Rule.MACHINES),
    "roads": (Rule.ORDERS, Rule.REJECTED, Rule.LATE, Rule.PAUSED),
    "batches": (Rule.BATCHES,),
    "comparison": (Rule.COMPARISON, Rule.DRIFT, Rule.TAKEOVER),
}
"""Which kinds of trouble each check tells of; of capture the connector tells itself."""


def look_at_database(_subject: Subject) -> Iterator[Finding]:
    lacking = observe.lacking()
    for what in lacking:
        yield Finding(False, what, _("Run 'wiadukt shop migrate'."))
    if not lacking:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
            version, size = cursor.fetchone()
        said = {"version": version, "mb": size // 1_000_000}
        yield Finding(True, _("PostgreSQL %(version)s, %(mb)d MB; the tables are of this version") % said)


def look_at_troubles(name: str, _subject: Subject) -> Iterator[Finding]:
    """The troubles of the overview that belong to this check."""
    state = measure.measure()
    found = [one for one in diagnosis.diagnose(state, measure.agreed()) if one.rule in OF_CHECK[name]]
    for trouble in found:
        said = advice(trouble, administers=True)
        detail = f" {said.detail}" if said.detail else ""
        yield Finding(trouble.word is Word.PAUSED, f"{said.what}{detail}", str(said.remedy))
    if name == "workers":
        yield Finding(True, _("workers that live: %(n)d") % {"n": len(state.alive_workers)})
    elif not found:
        yield Finding(True, _("no trouble"))


def look_at_data_age(_subject: Subject) -> Iterator[Finding]:
    now = timezone.now()
    event = InboxEvent.objects.aggregate(at=Max("received_at"))["at"]
    applied = AppliedBatch.objects.aggregate(at=Max("at"))["at"]
    for what, at in ((_("last event from WAPRO"), event), (_("last change made visible"), applied)):
        if at is None:
            yield Finding(True, _("%(what)s: none yet") % {"what": what})
            continue
        ago = now - at
        remedy = _("If the office works, compare with WAPRO and see the connector's checks.") if ago > OLD else ""
        yield Finding(True, _("%(what)s: %(age)s ago") % {"what": what, "age": age(ago.total_seconds())}, remedy)


def look_at_disks(_subject: Subject) -> Iterator[Finding]:
    media = Path(settings.MEDIA_ROOT)
    yield from look_at_disk(media if media.exists() else Path.cwd(), _("photos and attachments"))
    yield from look_at_disk(Path(gettempdir()), _("temporary files"))


LOOKS: dict[str, Callable[[Subject], Iterable[Finding]]] = {
    "database": look_at_database,
    **{name: partial(look_at_troubles, name) for name in OF_CHECK},
    "data_age": look_at_data_age,
    "mail": look_at_mail,
    "disk": look_at_disks,
}
