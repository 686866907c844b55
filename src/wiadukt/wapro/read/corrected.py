"""Which order a line of a document belongs to; of a correction that of the line, else of the document, it corrects.

A line of a correction points at the line of the invoice (`ID_POZ_ORYGINALNEJ`) or at the last correction of it
(`ID_POZ_KORYGOWANEJ`), which points on. Where it points at none, the corrected document tells: its only order with
these goods, else its only order. Where that leaves several the line is without an order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from wiadukt.wapro.among import among
from wiadukt.wapro.read.batch import Row, Rows
from wiadukt.wapro.read.document_lines import (
    order_line_of,
    read_lines,
    read_orders_of_lines,
    read_some_lines,
)

MOST_STEPS = 12
"""A correction of a correction of a correction: more of them in a row are a circle."""


@dataclass(frozen=True)
class Origin:
    """Of a line: its order, the order's line, and the document that it corrects; 0 where there is none."""

    order: int = 0
    order_line: int = 0
    corrects: int = 0


NOWHERE = Origin()


def read_origins(conn: Connection, lines: Rows, headers: Mapping[str, Row]) -> dict[int, Origin]:
    """The origin of each of these lines, by its id; `headers` are their documents."""
    further = _read_corrected_lines(conn, lines)
    ends = {_id(line): _followed(line, further) for line in lines}
    orders = read_orders_of_lines(conn, (order_line_of(end) for end in ends.values()))
    origins = {}
    for line in lines:
        order_line = order_line_of(ends[_id(line)])
        corrects = int(further[_step(line)]["invoice_id"] or 0) if _step(line) in further else 0
        order = orders.get(order_line, 0)
        origins[_id(line)] = Origin(order, order_line if order else 0, corrects)
    lost = [line for line in lines if not origins[_id(line)].order and _corrected(line, headers)]
    return origins | _by_document(conn, lost, headers, origins)


def _id(line: Row) -> int:
    return int(line["ID_POZ_DOK_MAG"])


def _step(line: Row) -> int:
    return int(line["ID_POZ_ORYGINALNEJ"] or line["ID_POZ_KORYGOWANEJ"] or 0)


def _read_corrected_lines(conn: Connection, lines: Rows) -> dict[int, Row]:
    """The lines that these point at, and those that they point at, until an order is named."""
    known: dict[int, Row] = {}
    wanted = {step for line in lines if (step := _step(line))}
    for _number in range(MOST_STEPS):
        if not wanted:
            break
        found = read_some_lines(conn, wanted)
        known |= {_id(row): row for row in found}
        wanted = {step for row in found if not order_line_of(row) and (step := _step(row))} - known.keys()
    return known


def _followed(line: Row, known: Mapping[int, Row]) -> Row:
    """The line at which a way along the pointers ends: one with an order, or one that points nowhere."""
    for _number in range(MOST_STEPS):
        if order_line_of(line) or _step(line) not in known:
            break
        line = known[_step(line)]
    return line


def _corrected(line: Row, headers: Mapping[str, Row]) -> int:
    """The document that the line's document corrects; 0 for one that corrects none."""
    header = headers.get(str(line["invoice_id"]))
    if header is None or not header["DOK_KOREKTY"]:
        return 0
    return int(header["ID_DOK_ORYGINALNEGO"] or header["ID_DOK_KORYGOWANEGO"] or 0)


def _by_document(
    conn: Connection, lost: Rows, headers: Mapping[str, Row], origins: Mapping[int, Origin]
) -> dict[int, Origin]:
    """Origins of lines that point at nothing which has an order."""
    if not lost:
        return {}
    sold = read_lines(conn, among({_corrected(line, headers) for line in lost}))
    orders = read_orders_of_lines(conn, (order_line_of(line) for line in sold))
    named: dict[tuple[int, int], set[int]] = defaultdict(set)
    for line in sold:
        order = orders.get(order_line_of(line), 0)
        named[int(line["invoice_id"]), int(line["ID_ARTYKULU"])].add(order)
        named[int(line["invoice_id"]), 0].add(order)
    found = {}
    for line in lost:
        document = _corrected(line, headers)
        several = (named.get((document, key), set()) for key in (int(line["ID_ARTYKULU"]), 0))
        order = next((min(some) for some in several if len(some) == 1), 0)
        found[_id(line)] = Origin(order, 0, origins[_id(line)].corrects or document)
    return found
