"""Customer orders with lines, delivery place, production progress and parcel."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from sqlalchemy import Connection, select

from wiadukt.contract.base import CustomerId, DeliveryPlaceId, OrderId, OrderLineId, ProductId
from wiadukt.contract.fetch import Fetched
from wiadukt.contract.money import BASE_CURRENCY
from wiadukt.contract.order import Order, OrderLine, ProductionProgress, Shipment
from wiadukt.contract.states import OrderState, ProductionState
from wiadukt.wapro import line_progress
from wiadukt.wapro import tables as t
from wiadukt.wapro.clarion import required, to_date
from wiadukt.wapro.read.batch import Row, Rows, built, by, money, numeric, present, rows
from wiadukt.wapro.read.meanings import read_meanings
from wiadukt.wapro.read.settlements import currency_of
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean

# How carriers' patterns keep a place for the parcel's number: {0}, {numer}, %s, [numer], #numer#.
PLACE_FOR_NUMBER = re.compile(r"\{\w*\}|%s|\[\w+\]|#\w+#")


@dataclass(frozen=True)
class Words:
    """By status letter: what WAPRO calls it, and what it means."""

    labels: Mapping[str, str]
    meanings: Mapping[str, OrderState]


def read_orders(conn: Connection, ids: Sequence[str], settings: Settings) -> Fetched[Order]:
    """Orders from customers (ZO) as they are now. One still being made in WAPRO (no number yet) is missing.

    Source: docs/wapro.md, orders. The state comes from the status letter, else from the realisation.
    """
    wanted = numeric(ids)
    headers = rows(
        conn,
        select(
            t.order,
            t.order_map.c.numer.label("shop_number"),
            t.carrier.c.NAZWA.label("carrier"),
            t.carrier.c.URL_SLEDZENIE,
            t.production_progress.c.stan.label("production"),
            t.production_progress.c.procent,
            t.production_progress.c.zgloszono,
            t.production_progress.c.pozycje,
        )
        .outerjoin(t.order_map, t.order_map.c.id_zamowienia == t.order.c.ID_ZAMOWIENIA)
        .outerjoin(t.production_progress, t.production_progress.c.numer == t.order_map.c.numer)
        .outerjoin(t.carrier, t.carrier.c.ID_OPERATORA_PRZESYLKI == t.order.c.ID_OPERATORA_PRZESYLKI)
        .where(
            t.order.c.ID_ZAMOWIENIA.in_(wanted),
            t.order.c.TYP == t.FROM_CUSTOMER,
            t.order.c.ID_FIRMY == settings.wapro_company_id,
        ),
    )
    found = {str(row["ID_ZAMOWIENIA"]): row for row in headers if clean(row["NUMER"]) not in t.IN_EDIT}
    lines = by(_lines(conn, wanted), "ID_ZAMOWIENIA")
    places = by(
        rows(
            conn,
            select(t.delivery).where(t.delivery.c.ID_ZAMOWIENIA.in_(wanted)).order_by(t.delivery.c.ID_DOSTAWY),
        ),
        "ID_ZAMOWIENIA",
    )
    labels = {clean(row["KOD_STATUSU"]): clean(row["OPIS_STATUSU"]) for row in rows(conn, select(t.status))}
    words = Words(labels, read_meanings(conn, settings))
    return built(conn, ids, found, lambda key: _order(found[key], lines[key], places[key], words))


def _lines(conn: Connection, wanted: list[int]) -> Rows:
    return rows(
        conn,
        select(t.order_line, t.article.c.INDEKS_KATALOGOWY, t.article.c.NAZWA, t.article.c.NAZWA_CALA)
        .outerjoin(t.article, t.article.c.ID_ARTYKULU == t.order_line.c.ID_ARTYKULU)
        .where(t.order_line.c.ID_ZAMOWIENIA.in_(wanted))
        .order_by(t.order_line.c.ID_POZYCJI_ZAMOWIENIA),
    )


def _order(row: Row, lines: Rows, places: Rows, words: Words) -> Order:
    letter, currency = clean(row["STATUS_ZAM"]), _currency(row)
    of = "" if currency == BASE_CURRENCY else "_WAL"
    place = next((str(p["ID_MIEJSCA_DOSTAWY"]) for p in places if p["ID_MIEJSCA_DOSTAWY"]), None)
    received = [one for one in places if one["ODEBRANO"]]
    return Order(
        id=OrderId(str(row["ID_ZAMOWIENIA"])),
        erp_number=clean(row["NUMER"]),
        shop_number=clean(row["shop_number"]),
        customer_id=CustomerId(str(row["ID_KONTRAHENTA"])),
        delivery_place_id=DeliveryPlaceId(place) if place else None,
        issued_on=required(row["DATA"], "ZAMOWIENIE.DATA"),
        due_on=to_date(row["DATA_REALIZACJI"]),
        state=state_of(letter, clean(row["STAN_REALIZ"]), words.meanings),
        status_code=letter,
        status_label=words.labels.get(letter, ""),
        lines=tuple(_line(line, of) for line in lines),
        total_net=money(row[f"WARTOSC_NETTO{of}"]),
        total_gross=money(row[f"WARTOSC_BRUTTO{of}"]),
        currency=currency,
        base_gross=money(row["WARTOSC_BRUTTO"]) if of else None,
        payment_form=clean(row["FORMA_PLATNOSCI"]),
        remarks=clean(row["UWAGI"]),
        production=_production(row),
        shipment=_shipment(row),
        received=bool(received) and len(received) == len(places),
        received_on=max((day for one in received if (day := to_date(one["DATA_ODBIORU"]))), default=None),
    )


def state_of(letter: str, realisation: str, meanings: Mapping[str, OrderState]) -> OrderState:
    """The status letter decides; realised without a final letter is finished; a letter of which nobody said what it
    means is confirmed."""
    state = meanings.get(letter)
    if state in (OrderState.SHIPPED, OrderState.DELIVERED, OrderState.CANCELLED):
        return state
    if realisation == t.REALISED:
        return OrderState.FINISHED
    if state is not None:
        return state
    return OrderState.CONFIRMED if letter else OrderState.NEW


def _currency(row: Row) -> str:
    """The order's own, where WAPRO holds what it is worth in it; else its amounts are in the base currency."""
    is_stated = row["WARTOSC_BRUTTO_WAL"] or not row["WARTOSC_BRUTTO"]
    return currency_of(row["SYM_WAL"]) if is_stated else BASE_CURRENCY


def _line(row: Row, of: str) -> OrderLine:
    """`of`: the ending of the columns in the order's currency."""
    return OrderLine(
        id=OrderLineId(str(row["ID_POZYCJI_ZAMOWIENIA"])),
        product_id=ProductId(present(row, "INDEKS_KATALOGOWY", f"article {row['ID_ARTYKULU']}")),
        name=clean(row["NAZWA_CALA"]) or clean(row["NAZWA"]),
        unit=clean(row["JEDNOSTKA"]),
        ordered=row["ZAMOWIONO"],
        realised=row["ZREALIZOWANO"],
        price_net=row[f"CENA_NETTO{of}"],
        price_gross=row[f"CENA_BRUTTO{of}"],
        vat_code=clean(row["KOD_VAT"]),
    )


def _production(row: Row) -> ProductionProgress | None:
    if row["production"] is None:
        return None
    percent = Decimal(row["procent"]).quantize(Decimal("0.01"))
    return ProductionProgress(
        state=ProductionState(row["production"]),
        percent=percent,
        reported_at=row["zgloszono"],
        lines=line_progress.read(clean(row["pozycje"])),
    )


def _shipment(row: Row) -> Shipment | None:
    number = clean(row["NUMER_PRZESYLKI"])
    if not number:
        return None
    link = tracking_link(clean(row["URL_SLEDZENIE"]), number)
    return Shipment(tracking_number=number, carrier=clean(row["carrier"]), tracking_url=link)


def tracking_link(pattern: str, number: str) -> str:
    """The carrier's page of this parcel: the number in the place kept for it, else at the end."""
    if not pattern:
        return ""
    safe = quote(number, safe="")
    filled, places = PLACE_FOR_NUMBER.subn(lambda _found: safe, pattern)
    return filled if places else pattern + safe
