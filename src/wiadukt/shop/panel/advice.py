"""Each trouble in words: what it means, what to do about it, and where."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wiadukt.shop.health.diagnosis import Rule, Trouble
from wiadukt.shop.health.state import Part
from wiadukt.shop.health.words import Word
from wiadukt.shop.outbox.models import Destination
from wiadukt.shop.roads.models import Road

WORDS: dict[Word, str | Promise] = {
    Word.ON_TIME: gettext_lazy("on time"),
    Word.PAUSED: gettext_lazy("paused"),
    Word.LATE: gettext_lazy("late"),
    Word.ERROR: gettext_lazy("error"),
    Word.ACTION: gettext_lazy("action required"),
}
PARTS: dict[str, str | Promise] = {
    Part.WAPRO: "WAPRO",
    Part.CONNECTOR: gettext_lazy("Connector"),
    Part.SHOP: gettext_lazy("Shop"),
    Part.PRODUCTION: gettext_lazy("Production"),
}


@dataclass(frozen=True)
class Advice:
    """`what` happened and whom it touches, `remedy`: what to do; `url` leads to where it is done, or is empty."""

    word: Word
    what: str
    remedy: str
    url: str = ""
    detail: str = ""

    @property
    def kind(self) -> str:
        """Of the note in which it stands."""
        return "error" if self.word >= Word.ERROR else "warning"


def age(seconds: float) -> str:
    """So that a person needs no arithmetic: 45 s, 12 min, 3 h, 2 d."""
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{int(seconds // size)} {unit}"
    return f"{int(seconds)} s"


def rejected_at(road: str) -> str:
    """Where the rejected of this road are listed."""
    if road == Road.FROM_WAPRO:
        return reverse("panel:incoming") + "?state=rejected"
    return f"{reverse('panel:messages')}?destination={road.removeprefix('to_')}&state=rejected"


def waiting_at(road: str) -> str:
    return rejected_at(road).replace("=rejected", "=waiting")


def advice(trouble: Trouble) -> Advice:
    what, remedy, url = _SAID[trouble.rule](trouble)
    shows_detail = trouble.rule in (Rule.SILENT, Rule.CAPTURE)
    return Advice(trouble.word, what, remedy, url, trouble.detail if shows_detail else "")


def _since(trouble: Trouble) -> str:
    if trouble.since is None:
        return ""
    return formats.date_format(timezone.localtime(trouble.since), "d.m.Y H:i")


def _no_worker(trouble: Trouble) -> tuple[str, str, str]:
    what = _("No worker of the shop is running, so nothing is carried in any direction.")
    if trouble.since:
        what += " " + _("The last one was heard %(since)s.") % {"since": _since(trouble)}
    return what, _("Start 'wiadukt shop worker' on the shop's server; what has waited goes on by itself."), ""


def _silent(trouble: Trouble) -> tuple[str, str, str]:
    said = {"part": PARTS[trouble.where], "since": _since(trouble)}
    remedies = {
        Part.WAPRO: _("Start WAPRO's SQL Server, or mend the connector's access to it. What changes meanwhile waits."),
        Part.CONNECTOR: _("Start the connector beside WAPRO, and see that the shop reaches its address with its key."),
        Part.PRODUCTION: _("Start production, and see that the shop reaches its address. Orders wait meanwhile."),
    }
    return _("%(part)s has not answered since %(since)s.") % said, remedies[Part(trouble.where)], ""


def _capture(trouble: Trouble) -> tuple[str, str, str]:
    what = _("Changes in WAPRO are not announced, so the shop does not hear of them.")
    return what, _("Run 'wiadukt connector install' beside WAPRO; then everything is compared by itself."), ""


def _takeover(trouble: Trouble) -> tuple[str, str, str]:
    what = _("The flag day is still to come: nobody gets an invitation by himself.")
    return what, _("Run 'wiadukt shop takeover' on the shop's server."), ""


def _orders(trouble: Trouble) -> tuple[str, str, str]:
    n = int(trouble.size)
    what = ngettext(
        "%(n)d order has been placed and has no document in WAPRO.",
        "%(n)d orders have been placed and have no document in WAPRO.",
        n,
    ) % {"n": n}
    url = f"{reverse('panel:messages')}?destination={Destination.WAPRO}&kind=order_placed"
    return what, _("See at each order's message what keeps it."), url


def _rejected(trouble: Trouble) -> tuple[str, str, str]:
    n = int(trouble.size)
    what = ngettext("%(road)s: %(n)d was rejected.", "%(road)s: %(n)d were rejected.", n)
    remedy = _("Each says its cause and remedy; mend that, then send it again.")
    return what % {"n": n, "road": Road(trouble.where).label}, remedy, rejected_at(trouble.where)


def _late(trouble: Trouble) -> tuple[str, str, str]:
    said = {"road": Road(trouble.where).label, "age": age(trouble.size)}
    remedy = _("It goes on by itself; if it does not, see what the oldest waits for.")
    return _("%(road)s is late: the oldest has waited for %(age)s.") % said, remedy, waiting_at(trouble.where)


def _comparison(trouble: Trouble) -> tuple[str, str, str]:
    what = _("Nothing has been compared with WAPRO for %(age)s.") % {"age": age(trouble.size)}
    return what, _("Start a comparison."), reverse("panel:reconciliation")


def _drift(trouble: Trouble) -> tuple[str, str, str]:
    n = int(trouble.size)
    what = ngettext("The last comparison found %(n)d difference.", "The last comparison found %(n)d differences.", n)
    remedy = _("They are fetched again by themselves; see the guessed cause.")
    return what % {"n": n}, remedy, reverse("panel:reconciliation")


def _paused(trouble: Trouble) -> tuple[str, str, str]:
    said = {"road": Road(trouble.where).label, "since": _since(trouble), "reason": trouble.detail}
    what = _("%(road)s has been paused since %(since)s: %(reason)s") % said
    return what, _("Resume it when the reason is gone."), reverse("panel:roads")


_SAID = {
    Rule.NO_WORKER: _no_worker,
    Rule.SILENT: _silent,
    Rule.CAPTURE: _capture,
    Rule.TAKEOVER: _takeover,
    Rule.ORDERS: _orders,
    Rule.REJECTED: _rejected,
    Rule.LATE: _late,
    Rule.COMPARISON: _comparison,
    Rule.DRIFT: _drift,
    Rule.PAUSED: _paused,
}
