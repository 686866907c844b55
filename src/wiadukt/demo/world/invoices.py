"""Invoices of every shape: one or several an order, one for several orders, advance, correction, goods issued first."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg

from wiadukt.demo.world.customers import Buyer
from wiadukt.demo.world.orders import Made, MadeLine
from wiadukt.demo.world.rows import Rows, cents, clarion

SALE, CORRECTION, ADVANCE, RECEIPT = 1, 3, 7, 9
SIGNS = {SALE: "FS", CORRECTION: "KFS", ADVANCE: "FZL", RECEIPT: "PA"}


@dataclass
class Draft:
    """A trade document before it is numbered: lines with quantities (negative on a correction)."""

    buyer: Buyer
    day: date
    kind: int
    lines: list[tuple[MadeLine, Decimal]]
    corrects: int | None = None
    goods_first: bool = False
    id: int = 0
    paid: list[tuple[date, Decimal]] = field(default_factory=list)

    @property
    def net(self) -> Decimal:
        return sum((cents(quantity * line.net) for line, quantity in self.lines), Decimal(0))

    @property
    def gross(self) -> Decimal:
        return sum((cents(quantity * line.gross) for line, quantity in self.lines), Decimal(0))

    @property
    def due(self) -> date:
        return self.day + timedelta(days=self.buyer.payment_days)


def make(rows: Rows, rng: random.Random, orders: list[Made], *, today: date) -> None:
    """Documents for every finished order, in the order of their days, with payments."""
    drafts = sorted(_drafts(rows, rng, [order for order in orders if order.finished], today), key=lambda d: d.day)
    numbers: dict[tuple[int, int], int] = {}
    for draft in drafts:
        key = (draft.kind, draft.day.year)
        numbers[key] = numbers.get(key, 0) + 1
        _pay(rng, draft, today)
        _document(rows, draft, number=f"{SIGNS[draft.kind]} {numbers[key]:04d}/{draft.day.year % 100:02d}")
    for (kind, year), last in numbers.items():
        rows.add("NUMERACJA", ID_FIRMY=1, ID_MAGAZYNU=1, DOKUMENT=4, TYP_DOKUMENTU=kind, OKRES=year, LAST_ID=last)


def _drafts(rows: Rows, rng: random.Random, orders: list[Made], today: date) -> list[Draft]:
    drafts: list[Draft] = []
    waiting: dict[int, Made] = {}
    for order in orders:
        whole = [(line, Decimal(line.quantity)) for line in order.lines]
        day = min(today - timedelta(days=1), order.day + timedelta(days=rng.randint(5, 16)))
        partner = waiting.pop(order.buyer.id, None)
        chance = rng.random()
        if partner is not None:
            lines = [(line, Decimal(line.quantity)) for line in partner.lines] + whole
            drafts.append(Draft(order.buyer, day, SALE, lines))
        elif chance < 0.10 and (today - order.day).days > 90:
            waiting[order.buyer.id] = order
        elif chance < 0.25:
            drafts += _in_two(order, day, today)
        elif chance < 0.29:
            drafts += _advance_first(order, day, today)
        else:
            drafts.append(Draft(order.buyer, day, SALE, whole, goods_first=chance > 0.93))
    for order in waiting.values():
        lines = [(line, Decimal(line.quantity)) for line in order.lines]
        drafts.append(Draft(order.buyer, order.day + timedelta(days=14), SALE, lines))
    for draft in drafts:
        draft.id = rows.new_id()
    return drafts + _corrections(rows, rng, drafts, today)


def _in_two(order: Made, day: date, today: date) -> list[Draft]:
    first = [(line, Decimal((line.quantity + 1) // 2)) for line in order.lines]
    rest = [(line, line.quantity - taken) for line, taken in first if line.quantity > taken]
    later = min(today - timedelta(days=1), day + timedelta(days=6))
    return [Draft(order.buyer, day, SALE, first)] + ([Draft(order.buyer, later, SALE, rest)] if rest else [])


def _advance_first(order: Made, day: date, today: date) -> list[Draft]:
    """An advance on the first line, the rest on the final invoice."""
    advance = [(order.lines[0], Decimal(order.lines[0].quantity))]
    rest = [(line, Decimal(line.quantity)) for line in order.lines[1:]]
    final = [Draft(order.buyer, day, SALE, rest)] if rest else []
    return [Draft(order.buyer, order.day + timedelta(days=1), ADVANCE, advance), *final]


def _corrections(rows: Rows, rng: random.Random, drafts: list[Draft], today: date) -> list[Draft]:
    """Returned pieces: a correction with negative quantities, for one sale in thirty."""
    corrections = []
    for draft in drafts:
        if draft.kind == SALE and rng.random() < 0.033 and (today - draft.day).days > 20:
            line, quantity = draft.lines[0]
            back = [(line, -Decimal(max(1, int(quantity) // 4)))]
            day = draft.day + timedelta(days=rng.randint(5, 15))
            corrections.append(Draft(draft.buyer, day, CORRECTION, back, corrects=draft.id, id=rows.new_id()))
    return corrections


def _pay(rng: random.Random, draft: Draft, today: date) -> None:
    """Most pay in time, some in stages, some late; a few of the older ones never did."""
    if draft.gross <= 0:
        return
    chance = rng.random()
    if draft.kind == ADVANCE:
        draft.paid.append((draft.day, draft.gross))
    elif chance < 0.15:
        part = cents(draft.gross * Decimal("0.4"))
        stages = [(draft.day + timedelta(days=8), part), (draft.due + timedelta(days=9), part)]
        stages.append((draft.due + timedelta(days=40), draft.gross - 2 * part))
        draft.paid += [(day, amount) for day, amount in stages if day < today]
    elif chance < 0.93 and draft.due + timedelta(days=4) < today:
        draft.paid.append((draft.due + timedelta(days=rng.randint(-6, 3)), draft.gross))


def _document(rows: Rows, draft: Draft, *, number: str) -> None:
    paid = sum((amount for _day, amount in draft.paid), Decimal(0))
    remaining = draft.gross - paid
    rows.add(
        "DOKUMENT_HANDLOWY",
        ID_DOKUMENTU_HANDLOWEGO=draft.id,
        ID_FIRMY=1,
        ID_MAGAZYNU=1,
        ID_TYPU=draft.kind,
        NUMER=number,
        DATA_WYSTAWIENIA=clarion(draft.day),
        DATA_SPRZEDAZY=clarion(draft.day),
        TERMIN_PLAT=clarion(draft.due),
        ID_KONTRAHENTA=draft.buyer.id,
        ID_PLATNIKA=draft.buyer.id,
        KONTRAHENT_NAZWA=draft.buyer.name,
        PLATNIK_NAZWA=draft.buyer.name,
        WARTOSC_NETTO=draft.net,
        WARTOSC_BRUTTO=draft.gross,
        SYM_WAL="PLN",
        RAZEM_ZAPLACONO=paid,
        POZOSTALO=remaining,
        ROZLICZONY=int(remaining == 0),
        FORMA_PLATNOSCI="przelew",
        ID_RACHUNKU=1,
        DOK_KOREKTY=int(draft.kind == CORRECTION),
        ID_DOK_ORYGINALNEGO=draft.corrects,
    )
    _lines(rows, draft)
    _settle(rows, draft, number, remaining)


def _lines(rows: Rows, draft: Draft) -> None:
    issue = rows.new_id()
    rows.add(
        "DOKUMENT_MAGAZYNOWY",
        ID_DOK_MAGAZYNOWEGO=issue,
        ID_MAGAZYNU=1,
        ID_KONTRAHENTA=draft.buyer.id,
        ID_DOKUMENTU_HANDLOWEGO=draft.id,
        ID_TYPU=2,
        RODZAJ_DOKUMENTU="WZ",
        NUMER=f"WZ {issue}/{draft.day.year % 100:02d}",
        DATA=clarion(draft.day),
    )
    for line, quantity in draft.lines:
        rows.add(
            "POZYCJA_DOKUMENTU_MAGAZYNOWEGO",
            ID_POZ_DOK_MAG=rows.new_id(),
            ID_DOK_MAGAZYNOWEGO=issue,
            # Goods issued first and invoiced later: the line knows only its warehouse document.
            ID_DOK_HANDLOWEGO=0 if draft.goods_first else draft.id,
            ID_ARTYKULU=line.article.card,
            ILOSC=quantity,
            JEDNOSTKA=line.article.unit,
            CENA_NETTO=line.net,
            CENA_BRUTTO=line.gross,
            KOD_VAT="23",
            DATA=clarion(draft.day),
            POZ_KOREKTY=int(draft.kind == CORRECTION),
            ID_POZ_ZAM=0 if draft.kind == CORRECTION else line.id,
        )


def _settle(rows: Rows, draft: Draft, number: str, remaining: Decimal) -> None:
    settlement = rows.new_id()
    done = 2 if remaining == 0 else 1 if draft.paid else 0
    rows.add(
        "ROZRACHUNEK",
        ID_ROZRACHUNKU=settlement,
        ID_FIRMY=1,
        ID_KONTRAHENTA=draft.buyer.id,
        TYP_DOK="h",
        ID_NAG_DOK_M=draft.id,
        NR_DOK=number,
        DATA_DOK=clarion(draft.day),
        TERMIN_PLATNOSCI=clarion(draft.due),
        KWOTA=draft.gross,
        POZOSTALO=remaining,
        STRONA="WN",
        SYM_WALUTY="PLN",
        FORMA_PLATNOSCI="przelew",
        CZY_ROZLICZONY=done,
        CZY_KOREKTA=int(draft.kind == CORRECTION),
    )
    for day, amount in draft.paid:
        payment = rows.new_id()
        rows.add(
            "ROZRACHUNEK",
            ID_ROZRACHUNKU=payment,
            ID_FIRMY=1,
            ID_KONTRAHENTA=draft.buyer.id,
            TYP_DOK="f",
            ID_NAG_DOK_M=None,
            NR_DOK=f"WB {payment}",
            DATA_DOK=clarion(day),
            TERMIN_PLATNOSCI=clarion(day),
            KWOTA=amount,
            POZOSTALO=0,
            STRONA="MA",
            SYM_WALUTY="PLN",
            FORMA_PLATNOSCI="przelew",
            CZY_ROZLICZONY=2,
            CZY_KOREKTA=0,
        )
        rows.add(
            "ROZLICZENIE",
            ID_ROZLICZENIA=rows.new_id(),
            ID_ROZRACHUNKU=settlement,
            ID_ROZRACHUNKU_ZWIAZEK=payment,
            KWOTA=amount,
            DATA_ROZLICZENIA=clarion(day),
            STRONA="WN",
        )


def continue_numbers(connection: psycopg.Connection[Any]) -> None:
    """Warehouse documents of the office go on from 1: those of the world carry their ids as numbers."""
    connection.execute("""INSERT INTO dbo."NUMERACJA" VALUES (1, 1, 3, 2, extract(year FROM now())::int, 0)
        ON CONFLICT DO NOTHING""")
