"""Long tables as they are read, row by row: the memory holds a portion and never the whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from wiadukt.shop.spreadsheet import plain

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
Portion = Sequence[Mapping[str, Any]]


def table(request: HttpRequest, portions: Iterable[Portion], heads: Sequence[str], name: str) -> StreamingHttpResponse:
    """`portions` of rows as a file; its name's ending says whether CSV or JSON. A CSV has the heads as columns."""
    fmt = name.rpartition(".")[2]
    chunks = _csv(portions, heads) if fmt == "csv" else _json(portions)
    # Served by ASGI, a plain iterator would be gathered whole before its first byte.
    content = _without_blocking(chunks) if isinstance(request, ASGIRequest) else chunks
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(content, content_type=FORMATS[fmt], headers=headers)


async def _without_blocking(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (chunk := await sync_to_async(next)(chunks, None)) is not None:
        yield chunk


def _csv(portions: Iterable[Portion], heads: Sequence[str]) -> Iterator[bytes]:
    """As `spreadsheet.as_csv`: semicolons and a mark of UTF-8, no text that a spreadsheet takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    yield ("\ufeff" + _taken(text)).encode()
    for rows in portions:
        writer.writerows([plain(_cell(row.get(head))) for head in heads] for row in rows)
        yield _taken(text).encode()


def _json(portions: Iterable[Portion]) -> Iterator[bytes]:
    before = "["
    for rows in portions:
        for row in rows:
            yield f"{before}\n{json.dumps(row, ensure_ascii=False, default=str)}".encode()
            before = ","
    yield f"{'[' if before == '[' else ''}\n]\n".encode()


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S") if isinstance(value, datetime) else value


def _taken(text: io.StringIO) -> str:
    taken = text.getvalue()
    text.seek(0)
    text.truncate()
    return taken
