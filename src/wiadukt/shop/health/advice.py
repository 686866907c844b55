"""Each trouble in words: what it means, what to do about it, and where."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wiadukt.shop.health.diagnosis import REPORTED, Rule, Trouble
from wiadukt.shop.health.remedies import remedy_of_failure
from wiadukt.shop.health.state import Part
from wiadukt.shop.health.words import Word
from wiadukt.shop.outbox.models import Destination
from wiadukt.shop.roads.models import Road
from wiadukt.shop.sync.models import KIND_CHOICES
from wiadukt.shop.sync.silence import Silence

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
    Part.MACHINES: gettext_lazy("Machines"),
}


_TECHNICAL = frozenset({Rule.SILENT, Rule.MACHINES, Rule.CAPTURE, Rule.QUEUE, Rule.BATCHES})
"""Their detail is shown as it came, beneath the sentence."""
_NAMING = frozenset({Rule.REJECTED, Rule.LATE})
"""Their detail may say whom it concerns."""
_ADMINISTERED = frozenset({Rule.STATUS, Rule.BATCHES})
"""Their remedy is done on a page that opens for administrators alone."""
_NOT_SIGNED = "401"
"""How what the shop answers to events begins when it does not take their signature."""
SETTINGS = {
    Part.WAPRO: {},
    Part.CONNECTOR: {"url": "CONNECTOR_URL", "token": "CONNECTOR_TOKEN", "tokens": "CONNECTOR_TOKENS"},
    Part.PRODUCTION: {"url": "PRODUCTION_URL", "token": "PRODUCTION_TOKEN", "tokens": "PRODUCTION_TOKENS"},
}
REMEDIES: dict[Silence, str | Promise] = {
    Silence.NAME: gettext_lazy("Mend the address in %(url)s, or the network's list of names; what waits goes on then."),
    Silence.LATE: gettext_lazy("See whether its server is busy or a firewall stands between; restart it if need be."),
    Silence.EXPIRED: gettext_lazy("Renew the certificate of its address (%(url)s); what waits goes on by itself."),
    Silence.UNTRUSTED: gettext_lazy(
        "Give its address (%(url)s) a certificate for that very name, of an authority that the shop's server trusts."
    ),
    Silence.TLS: gettext_lazy("See that its address in %(url)s says https only where it speaks TLS, and no old one."),
    Silence.KEY: gettext_lazy(
        "Give both sides the same key: %(token)s in the shop's settings, %(tokens)s in its own; then restart them."
    ),
    Silence.ADDRESS: gettext_lazy("Mend the address in %(url)s: whoever answers there is not what we look for."),
    Silence.BASE: gettext_lazy("Mend what it says of its base; 'wiadukt connector doctor' shows all of it."),
}
"""By why a part is silent; without one of these it is just not running."""


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


def advice(trouble: Trouble, *, names_people: bool = False, administers: bool = False) -> Advice:
    """`names_people`: the reader may see who is concerned; else what a cause says of him is left out. `administers`:
    the pages of administrators open for the reader; else he is told to whom to go instead of where."""
    if trouble.rule in _NAMING and not names_people:
        trouble = replace(trouble, detail="")
    what, remedy, url = _SAID[trouble.rule](trouble)
    if trouble.rule in _ADMINISTERED and not administers:
        remedy, url = " ".join((remedy, _("An administrator can do it."))), ""
    return Advice(trouble.word, what, remedy, url, trouble.detail if trouble.rule in _TECHNICAL else "")


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
    what = _("%(part)s has not answered since %(since)s.") % said
    if trouble.why in REMEDIES:
        settings = SETTINGS[Part(trouble.where)]
        reason = _("The reason: %(why)s.") % {"why": Silence(trouble.why).label}
        return f"{what} {reason}", REMEDIES[Silence(trouble.why)] % settings, ""
    return what, remedies[Part(trouble.where)], ""


def _clock(trouble: Trouble) -> tuple[str, str, str]:
    said = {"age": age(abs(trouble.size))}
    if trouble.size > 0:
        what = _("The clock of the connector's server is %(age)s ahead of the shop's.") % said
    else:
        what = _("The clock of the connector's server is %(age)s behind the shop's.") % said
    if trouble.word >= Word.ERROR:
        what += " " + _("So the shop takes no news from WAPRO: it looks like old news that somebody sends again.")
    return what, _("Set the clocks of both servers by a time server; what has waited goes on by itself."), ""


def _fault(trouble: Trouble) -> tuple[str, str, str]:
    said = {"names": trouble.detail}
    if trouble.why == "right":
        what = _("The connector's login has no right to read in WAPRO's base: %(names)s.") % said
        return (
            what,
            _("Give the login that right again: 'wiadukt connector install' lists and gives what it needs."),
            "",
        )
    if trouble.why == "column":
        what = _("WAPRO's base lacks a column that the connector reads: %(names)s.") % said
        return what, _("If it was renamed, give it its name back; after an update of WAPRO update the connector."), ""
    what = _("WAPRO's base lacks a table that the connector reads: %(names)s.") % said
    return what, _("See that the connector works on the right base; ours are made by 'wiadukt connector install'."), ""


def _queue(trouble: Trouble) -> tuple[str, str, str]:
    n = int(trouble.size)
    what = ngettext(
        "%(n)d change waits in WAPRO's queue since %(since)s: the connector can't hand it to the shop.",
        "%(n)d changes wait in WAPRO's queue, the oldest since %(since)s: the connector can't hand them to the shop.",
        n,
    ) % {"n": n, "since": _since(trouble)}
    if trouble.detail.startswith(_NOT_SIGNED):
        return what, _("Give the shop and the connector the same key of events (WEBHOOK_SECRETS)."), ""
    return what, _("See at the connector that its address of the shop (SHOP_EVENTS_URL) is right and answers."), ""


def _machines(trouble: Trouble) -> tuple[str, str, str]:
    what = _("A machine has not worked with production since %(since)s.") % {"since": _since(trouble)}
    return what, _("See at the machine and on production's board; jobs wait, or go to terminals."), ""


def _reports(trouble: Trouble) -> tuple[str, str, str]:
    what = _("WAPRO does not hear from production what was made: %(cause)s.") % {"cause": trouble.detail.rstrip(".")}
    return what + " " + _("The state of orders stands still for buyers and for the office."), trouble.remedy, ""


def _status(trouble: Trouble) -> tuple[str, str, str]:
    n = int(trouble.size)
    what = ngettext(
        "%(n)d order has a status in WAPRO whose meaning nobody gave, and is shown as confirmed: %(names)s.",
        "%(n)d orders have a status in WAPRO whose meaning nobody gave, and are shown as confirmed: %(names)s.",
        n,
    ) % {"n": n, "names": trouble.detail}
    return what, _("Say what it means; just those orders are fetched again then."), reverse("panel:forms") + "#statuses"


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


def _refused(trouble: Trouble) -> tuple[str, str, str]:
    """Changes that the shop would not be told of: their rows stand in WAPRO's queue."""
    n = int(trouble.size)
    what = ngettext(
        "WAPRO's queue: the shop refused to be told of %(n)d change.",
        "WAPRO's queue: the shop refused to be told of %(n)d changes.",
        n,
    ) % {"n": n}
    if trouble.detail:
        what += " " + _("The last cause: %(cause)s") % {"cause": trouble.detail}
    remedy = _("Bring the connector and the shop to the same version and settings, then announce them again.")
    return what, remedy, reverse("panel:causes")


def _rejected(trouble: Trouble) -> tuple[str, str, str]:
    if trouble.where == Part.CONNECTOR:
        return _refused(trouble)
    n = int(trouble.size)
    what = ngettext("%(road)s: %(n)d was rejected.", "%(road)s: %(n)d were rejected.", n)
    what %= {"n": n, "road": Road(trouble.where).label}
    remedy = _("Each says its cause and remedy; mend that, then send it again.")
    if trouble.detail:
        what += " " + _("The cause: %(cause)s") % {"cause": _about(trouble) + trouble.detail}
        if trouble.where == Road.FROM_WAPRO:
            remedy = remedy_of_failure(trouble.detail)
    return what, trouble.remedy or remedy, rejected_at(trouble.where)


def _about(trouble: Trouble) -> str:
    kind, object_id = trouble.about
    return f"{dict(KIND_CHOICES).get(kind, kind)} {object_id}: " if kind else ""


def _late(trouble: Trouble) -> tuple[str, str, str]:
    said = {"road": Road(trouble.where).label, "age": age(trouble.size)}
    remedy = _("It goes on by itself; if it does not, see what the oldest waits for.")
    if trouble.detail:
        remedy = _("Mend what the oldest waits for; then it goes on by itself: %(cause)s") % {"cause": trouble.detail}
    return _("%(road)s is late: the oldest has waited for %(age)s.") % said, remedy, waiting_at(trouble.where)


def _batches(trouble: Trouble) -> tuple[str, str, str]:
    n = int(trouble.size)
    what = ngettext(
        "In the last hour %(n)d batch from WAPRO could not be applied whole (%(since)s): its objects came one by one.",
        "In the last hour %(n)d batches from WAPRO could not be applied whole, the last one %(since)s: their objects"
        " came one by one.",
        n,
    ) % {"n": n, "since": _since(trouble)}
    what += " " + _("Nothing is lost, but it takes longer, and no object shows the fault.")
    remedy = _("A fault of the shop: send the report of Diagnosis to support. This goes away an hour after the last.")
    return what, remedy, reverse("panel:diagnosis")


def _comparison(trouble: Trouble) -> tuple[str, str, str]:
    what = _("Nothing has been compared with WAPRO for %(age)s.") % {"age": age(trouble.size)}
    return what, _("Start a comparison."), reverse("panel:reconciliation")


def _drift(trouble: Trouble) -> tuple[str, str, str]:
    n = int(trouble.size)
    what = ngettext("The last comparison found %(n)d difference.", "The last comparison found %(n)d differences.", n)
    remedy = _(
        "They are fetched again by themselves; see the guessed cause. A new comparison shows that they are gone."
    )
    if trouble.why == REPORTED:
        remedy = _("It only reported them: compare without “only report” to have them repaired.")
    return what % {"n": n}, remedy, reverse("panel:reconciliation")


def _paused(trouble: Trouble) -> tuple[str, str, str]:
    said = {"road": Road(trouble.where).label, "since": _since(trouble), "reason": trouble.detail}
    what = _("%(road)s has been paused since %(since)s: %(reason)s") % said
    return what, _("Resume it when the reason is gone."), reverse("panel:roads")


_SAID = {
    Rule.NO_WORKER: _no_worker,
    Rule.SILENT: _silent,
    Rule.MACHINES: _machines,
    Rule.CLOCK: _clock,
    Rule.FAULT: _fault,
    Rule.QUEUE: _queue,
    Rule.REPORTS: _reports,
    Rule.CAPTURE: _capture,
    Rule.TAKEOVER: _takeover,
    Rule.STATUS: _status,
    Rule.ORDERS: _orders,
    Rule.REJECTED: _rejected,
    Rule.LATE: _late,
    Rule.BATCHES: _batches,
    Rule.COMPARISON: _comparison,
    Rule.DRIFT: _drift,
    Rule.PAUSED: _paused,
}
