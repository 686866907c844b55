"""Writing down what is to be said, to everybody at once; `sending` carries it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiadukt.shop import waking
from wiadukt.shop.alarms.models import AlarmMessage, Channel, Channels, Dispatch, Incident, MessageKind
from wiadukt.shop.alarms.settings import locked_channels
from wiadukt.shop.alarms.words import absolute

SEND_TASK = "wiadukt.send_alarms"


def write(
    kind: MessageKind, new: Sequence[Incident], standing: Sequence[Incident], ended: Sequence[Incident], to: Channels
) -> None:
    """In the caller's transaction. `standing` were told before."""
    content = {
        "title": _title(kind, [*new, *standing], ended),
        "new": [one.said for one in new],
        "standing": [one.said for one in standing],
        "ended": [one.said for one in ended],
    }
    _post(kind, content, to)


def write_test(author: str) -> bool:
    """A message to everybody who would get an alarm; False when there is nobody."""
    with transaction.atomic():
        to = locked_channels()
        if to.reach_somebody:
            content = {"title": _("a test alarm, asked for by %(who)s") % {"who": author}}
            _post(MessageKind.TEST, content | {"new": [], "standing": [], "ended": []}, to)
        return to.reach_somebody


def _post(kind: MessageKind, content: dict[str, Any], to: Channels) -> None:
    message = AlarmMessage.objects.create(kind=kind, content=content | {"url": absolute(reverse("panel:sync"))})
    recipients = [(Channel.EMAIL, address) for address in to.emails]
    if to.webhook_url:
        recipients.append((Channel.WEBHOOK, to.webhook_url))
    Dispatch.objects.bulk_create(Dispatch(message=message, channel=channel, to=name) for channel, name in recipients)
    waking.after_commit(SEND_TASK)


def _title(kind: MessageKind, troubles: Sequence[Incident], ended: Sequence[Incident]) -> str:
    """What a person reads in the list of his letters."""
    if kind == MessageKind.WELL:
        return _("all is well again")
    first = str((troubles or ended)[0].said["what"])
    if kind == MessageKind.BETTER:
        return _("mended: %(what)s") % {"what": ended[0].said["what"]}
    more = len(troubles) - 1
    told = _("still: %(what)s") % {"what": first} if kind == MessageKind.REMINDER else first
    if not more:
        return told
    return f"{told.rstrip('.')} " + ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
