"""The filtered lists of messages and of objects as files, however long they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone

from wiadukt.shop import streamed
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.outbox import search
from wiadukt.shop.panel import personal
from wiadukt.shop.sellers import access
from wiadukt.shop.sync import inbox_search

PORTION = 500
MESSAGE = (
    "id", "destination", "kind", "key", "state", "attempts", "created_at", "delivered_at", "code", "cause", "remedy",
    "last_answer", "payload",
)  # fmt: skip
OBJECT = ("id", "kind", "object_id", "state", "attempts", "changed_at", "waiting_since", "last_error")


@staff_only
def messages(request: HttpRequest, fmt: str) -> StreamingHttpResponse:
    """Messages that the list shows under this filter, oldest first, with their texts."""
    is_veiled = personal.is_veiled(request.user)
    found = search.matching(request.GET, access.messages_of(request.user), texts=not is_veiled)

    def rows(portion: Sequence[Any]) -> streamed.Portion:
        if is_veiled:
            personal.veil_messages(portion)
        return [_message(one) for one in portion]

    return _file(request, (found, rows), MESSAGE, ("messages", fmt))


@staff_only
def objects(request: HttpRequest, fmt: str) -> StreamingHttpResponse:
    """Objects of WAPRO's that the list shows under this filter, first announced first."""
    is_veiled = personal.is_veiled(request.user)
    found = inbox_search.matching(request.GET, access.announced_of(request.user), texts=not is_veiled)

    def rows(portion: Sequence[Any]) -> streamed.Portion:
        if is_veiled:
            personal.veil_objects(portion)
        return [{name: getattr(one, name) for name in OBJECT} for one in portion]

    return _file(request, (found, rows), OBJECT, ("objects", fmt))


def _file(
    request: HttpRequest,
    read: tuple[QuerySet, Callable[[Sequence[Any]], streamed.Portion]],
    heads: Sequence[str],
    name: tuple[str, str],
) -> StreamingHttpResponse:
    what, fmt = name
    if fmt not in streamed.FORMATS:
        raise Http404
    found, rows = read
    file_name = f"{what}-{timezone.localdate().isoformat()}.{fmt}"
    return streamed.table(request, map(rows, _portions(found)), heads, file_name)


def _portions(found: QuerySet) -> Iterator[list[Any]]:
    """By key, each read by itself: what comes meanwhile does no harm, and no transaction lasts."""
    last = 0
    while portion := list(found.filter(pk__gt=last).order_by("pk")[:PORTION]):
        yield portion
        last = portion[-1].pk


def _message(one: Any) -> dict[str, Any]:
    refusal = one.refusal or {}
    said = {"code": refusal.get("code", ""), "cause": refusal.get("title", ""), "remedy": refusal.get("detail", "")}
    return {name: said[name] if name in said else getattr(one, name) for name in MESSAGE}
