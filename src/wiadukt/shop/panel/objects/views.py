"""Pages of one object: found, both sides, its history and messages, and what a person may do now."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.contract.base import Kind
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.panel.messages import KIND_WORDS as MESSAGE_WORDS
from wiadukt.shop.panel.objects import deeds
from wiadukt.shop.panel.objects.find import KIND_WORDS, find, sees_goods
from wiadukt.shop.panel.objects.labels import QUEUE_STATES, label_of
from wiadukt.shop.panel.objects.sides import sides_of
from wiadukt.shop.panel.objects.subject import Subject, subject_of
from wiadukt.shop.sellers import access
from wiadukt.shop.sync import client
from wiadukt.shop.sync.models import Drift, Reconciliation

MOST = 30
LAST_RUNS = 14


@staff_only
def searched(request: HttpRequest) -> HttpResponse:
    """One object found opens at once; an index or id that the shop lacks may be asked of WAPRO."""
    asked = request.GET.get("q", "").strip()
    hits = find(request.user, asked)
    if len(hits) == 1:
        return redirect(subject_of(request.user, hits[0].kind, hits[0].id).url)
    all_kinds = list(Kind) if access.sees_all(request.user) else [Kind.PRODUCT] if sees_goods(request.user) else []
    context = {"asked": asked, "hits": hits, "askable": [(kind, KIND_WORDS[kind]) for kind in all_kinds]}
    return render(request, "panel/objects.html", context)


@staff_only
def shown(request: HttpRequest, kind: str) -> HttpResponse:
    """The page itself asks nobody: WAPRO's side comes after it, so that it opens whoever is silent."""
    subject = _subject(request, kind)
    seen = access.sees_all(request.user) or not subject.is_masked
    context = {
        "subject": subject,
        "word": KIND_WORDS[subject.kind],
        "row": deeds.inbox_row(subject),
        "changes": subject.history()[:MOST] if seen else [],
        "told": subject.messages()[:MOST] if seen else [],
        "message_words": MESSAGE_WORDS,
        "drifts": _drifts_of(subject) if seen else [],
        "deeds": deeds.deeds_of(subject),
        "may_be_sent": deeds.may_be_sent(subject),
        "is_product": subject.kind is Kind.PRODUCT,
    }
    return render(request, "panel/object.html", context)


def _drifts_of(subject: Subject) -> list[tuple[Drift, str]]:
    """Of the last comparisons, for a drift has no index of its own by object; each with what differed, in words."""
    runs = Reconciliation.objects.values("pk")[:LAST_RUNS]
    found = Drift.objects.filter(run__in=runs, kind=subject.kind, object_id=subject.erp_id).order_by("-id")[:10]
    return [(drift, label_of(drift.field) if drift.field else str(drift.get_problem_display())) for drift in found]


@staff_only
def sides(request: HttpRequest, kind: str) -> HttpResponse:
    """A piece of the page: both sides, read now."""
    subject = _subject(request, kind)
    found = sides_of(subject, client.connector())
    queue_word = dict(QUEUE_STATES)[found.queued.state] if found.queued else ""
    context = {"subject": subject, "sides": found, "queue_word": queue_word}
    return render(request, "panel/_sides.html", context)


@staff_only
@require_POST
def act(request: HttpRequest, kind: str, deed: str) -> HttpResponse:
    subject = _subject(request, kind)
    author = request.user.email
    if deed == "fetch" and subject.erp_id:
        messages.success(request, deeds.fetch_now(subject, author))
    elif deed == "send" and deeds.may_be_sent(subject) and not subject.is_masked:
        messages.success(request, deeds.send_now(subject, author))
    elif deed == "compare":
        found = deeds.compare_now(subject, author, client.connector())
        level = messages.error if found.trouble else messages.warning if found.differing else messages.success
        level(request, f"{found.verdict} {found.remedy}".strip())
    elif deed == "fetch":
        messages.error(request, _("WAPRO has no document of it yet: nothing can be fetched. Send it now."))
    else:
        raise Http404
    return redirect(subject.url)


def _subject(request: HttpRequest, kind: str) -> Subject:
    return subject_of(request.user, kind, request.GET.get("id", ""))
