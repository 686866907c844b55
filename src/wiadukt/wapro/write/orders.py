"""A placed order -> a customer order (ZO) of WAPRO, by the recorded sequence of its procedures.

Source: docs/wapro.md, writing an order. All of it happens in one transaction: a half-made order never remains.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, case, insert, select

from wiadukt.contract.base import DeliveryPlaceId, OrderId
from wiadukt.contract.errors import Misconfigured, Refused
from wiadukt.contract.money import Basis
from wiadukt.contract.order import OrderReceipt, Parameter, PlacedLine, PlacedOrder
from wiadukt.wapro import clarion
from wiadukt.wapro import tables as t
from wiadukt.wapro.engine import hold
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean, fitting
from wiadukt.wapro.write import told
from wiadukt.wapro.write.call import Call, call, call_all
from wiadukt.wapro.write.cancelling import make_way
from wiadukt.wapro.write.checks import (
    ArticleRow,
    Buyer,
    find_articles,
    find_buyer,
    find_delivery_form,
    find_payment,
    find_place,
)

ORDERS = 2  # DEFINICJA_NUMERACJI.DOKUMENT
NORMAL_PRIORITY = 2


@dataclass(frozen=True)
class Prepared:
    """Everything looked up and checked before the first procedure is called."""

    buyer: Buyer
    place_id: int | None
    articles: dict[str, ArticleRow]
    type_id: int
    account_id: int
    employee_id: int
    payment: tuple[str, int]
    delivery_form: int | None


def write_order(conn: Connection, placed: PlacedOrder, settings: Settings) -> OrderReceipt:
    """Makes the order once; a repeat, also a concurrent one, gives the receipt of the order that is there. One whose
    place it takes is cancelled in the same transaction.

    Raises Refused with field, cause and remedy (then nothing is left), Busy, Misconfigured, Unreachable.
    """
    hold(conn, f"order {placed.number}")
    placed = _with_place(conn, placed)
    known = _find(conn, placed, settings)
    if known is not None:
        return known
    prepared = _prepare(conn, placed, settings)
    if placed.replaces:
        make_way(conn, placed.replaces, placed.number, settings)
    order_id = _make(conn, placed, prepared, settings)
    _map(conn, placed, order_id)
    number = clean(conn.execute(select(t.order.c.NUMER).where(t.order.c.ID_ZAMOWIENIA == order_id)).scalar_one())
    if number in t.IN_EDIT:
        raise Misconfigured(
            "WAPRO_ORDER_WAREHOUSE",
            "WAPRO approved the order and gave it no number.",
            remedy="Check the numbering of orders in this warehouse in WAPRO.",
        )
    return OrderReceipt(number=placed.number, id=OrderId(str(order_id)), erp_number=number, created=True)


def _with_place(conn: Connection, placed: PlacedOrder) -> PlacedOrder:
    """The order with the id of a place that the shop knew by its own key only. Raises Refused when nobody knows it."""
    if placed.delivery_place_id or not placed.delivery_place_key:
        return placed
    place = told.read(conn, placed.delivery_place_key)
    if place is None or place.row_id is None:
        raise Refused(
            "place_unknown",
            f"Miejsca dostawy {placed.delivery_place_key} nie ma jeszcze w WAPRO.",
            remedy="Ponów najpierw wiadomość o tym miejscu, potem zamówienie.",
            field="delivery_place_key",
            object_id=placed.number,
        )
    return placed.model_copy(update={"delivery_place_id": DeliveryPlaceId(place.row_id), "delivery_place_key": ""})


def _find(conn: Connection, placed: PlacedOrder, settings: Settings) -> OrderReceipt | None:
    """By our map, else by the key in WAPRO itself: the map may be younger than a restored base."""
    order = t.order
    by_key = (order.c.NR_ZAMOWIENIA_KLIENTA == placed.number) & (order.c.ID_MAGAZYNU == settings.wapro_order_warehouse)
    mapped = t.order_map.c.numer == placed.number
    query = (
        select(order.c.ID_ZAMOWIENIA, order.c.NUMER, t.order_map.c.numer, order.c.ID_KONTRAHENTA, t.order_map.c.skrot)
        .outerjoin(t.order_map, t.order_map.c.id_zamowienia == order.c.ID_ZAMOWIENIA)
        .where(mapped | by_key, order.c.TYP == t.FROM_CUSTOMER)
        .order_by(case((t.order_map.c.numer.is_(None), 1), else_=0), order.c.ID_ZAMOWIENIA)
    )
    row = conn.execute(query).mappings().first()
    if row is None:
        _refuse_deleted(conn, placed)
        return None
    if str(row["ID_KONTRAHENTA"]) != placed.customer_id or (row["skrot"] and clean(row["skrot"]) != _digest(placed)):
        raise Refused(
            "number_taken",
            f"Zamówienie {placed.number} jest już w WAPRO z inną treścią.",
            remedy="Porównaj oba zamówienia; nowe złóż pod nowym numerem.",
            field="number",
            object_id=placed.number,
        )
    if row["numer"] is None:
        _map(conn, placed, row["ID_ZAMOWIENIA"])
    return OrderReceipt(
        number=placed.number, id=OrderId(str(row["ID_ZAMOWIENIA"])), erp_number=clean(row["NUMER"]), created=False
    )


def _refuse_deleted(conn: Connection, placed: PlacedOrder) -> None:
    """An order that the office threw away is not made again by a late repeat of its message."""
    query = select(t.order_map.c.id_zamowienia).where(t.order_map.c.numer == placed.number)
    order_id = conn.execute(query).scalar()
    if order_id is not None:
        raise Refused(
            "order_deleted",
            f"Zamówienie {placed.number} było w WAPRO (ID_ZAMOWIENIA {order_id}) i zostało tam usunięte.",
            remedy="Jeśli ma być zrealizowane, złóż je pod nowym numerem.",
            field="number",
            object_id=placed.number,
        )


def _map(conn: Connection, placed: PlacedOrder, order_id: Any) -> None:
    values = {"numer": placed.number, "id_zamowienia": order_id, "skrot": _digest(placed)}
    conn.execute(insert(t.order_map).values(**values))


def _digest(placed: PlacedOrder) -> str:
    # Without defaults: a field added to the contract later must not make an old repeat look like another order.
    return hashlib.sha256(placed.model_dump_json(exclude_defaults=True).encode()).hexdigest()


def _prepare(conn: Connection, placed: PlacedOrder, settings: Settings) -> Prepared:
    if placed.placed_at.tzinfo is None:
        raise Refused(
            "moment_without_zone",
            "Chwila złożenia zamówienia nie ma strefy czasowej.",
            remedy="Podaj placed_at ze strefą, np. 2026-11-23T12:08:00+01:00.",
            field="placed_at",
            object_id=placed.number,
        )
    fitting(placed.number, 30, field="number", object_id=placed.number)
    buyer = find_buyer(conn, placed.customer_id, settings)
    place_id = find_place(conn, placed.delivery_place_id, buyer) if placed.delivery_place_id else None
    articles = find_articles(conn, [line.product_id for line in placed.lines], buyer, settings)
    user = t.user
    active = select(user.c.ID_UZYTKOWNIKA).where(
        user.c.ID_UZYTKOWNIKA == settings.wapro_user_id, user.c.CZY_AKTYWNY == 1, user.c.ARCHIWALNY == 0
    )
    if conn.execute(active).scalar() is None:
        # A document made by a user who does not exist stays locked for ever.
        raise Misconfigured(
            "WAPRO_USER_ID",
            f"user {settings.wapro_user_id} is not in WAPRO or not active.",
            remedy="Add the user in WAPRO or name another one.",
        )
    return Prepared(
        buyer=buyer,
        place_id=place_id,
        articles=articles,
        type_id=_order_type(conn, settings),
        account_id=_account(conn, settings),
        employee_id=_employee(conn, settings),
        payment=find_payment(conn, placed, buyer, settings),
        delivery_form=find_delivery_form(conn, placed, settings),
    )


def _order_type(conn: Connection, settings: Settings) -> int:
    types = t.warehouse_document_type
    query = select(types.c.ID_TYPU, types.c.SYGNATURA).where(types.c.ID_FIRMY == settings.wapro_company_id)
    for type_id, sign in conn.execute(query):
        if clean(sign) == settings.wapro_order_type_sign:
            return int(type_id)
    raise Misconfigured(
        "WAPRO_ORDER_TYPE_SIGN",
        f"no document type with signature {settings.wapro_order_type_sign}.",
        remedy="Name the signature of customer orders in this company.",
    )


def _account(conn: Connection, settings: Settings) -> int:
    accounts = t.bank_account
    query = select(accounts.c.ID_RACHUNKU).where(
        accounts.c.ID_FIRMY == settings.wapro_company_id, accounts.c.AKTYWNY == 1
    )
    return int(conn.execute(query.order_by(accounts.c.ID_RACHUNKU)).scalar() or 0)


def _employee(conn: Connection, settings: Settings) -> int:
    employees = t.employee
    query = select(employees.c.ID_PRACOWNIKA).where(
        employees.c.ID_UZYTKOWNIKA == settings.wapro_user_id, employees.c.ID_FIRMY == settings.wapro_company_id
    )
    return int(conn.execute(query).scalar() or 0)


def _make(conn: Connection, placed: PlacedOrder, prepared: Prepared, settings: Settings) -> int:
    header = call(
        conn,
        "RM_DodajZamowienie",
        id_firmy=settings.wapro_company_id,
        id_kontrahenta=prepared.buyer.id,
        id_magazynu=settings.wapro_order_warehouse,
        typ=t.FROM_CUSTOMER,
        data=clarion.of_moment(placed.placed_at),
        semafor=settings.wapro_user_id,
        trybrejestracji=settings.wapro_register_mode,
        brutto_netto="Netto " if settings.wapro_price_basis is Basis.NET else "Brutto",
    )
    order_id = int(header["wynik"])
    calls: list[Call] = []
    for line in placed.lines:
        calls.append(_line(order_id, line, prepared.articles[line.product_id], placed.number, settings))
        calls.append(("RM_SumujZamowienie", {"id_zamowienia": order_id}))
    check = {"id_zamowienia": order_id, "id_uzytkownika": settings.wapro_user_id}
    call_all(conn, [*calls, ("RM_KontrolaCenPozycjiZamowienia", check)])
    if prepared.place_id is not None or placed.delivery_form_id:
        delivery: dict[str, int | None] = {
            "ID_MIEJSCA_DOSTAWY": prepared.place_id or 0,
            "ID_DOK_MAGAZYNOWEGO": 0,
            "ID_ZAMOWIENIA": order_id,
        }
        delivery |= {"ID_FORMY_DOSTAWY": prepared.delivery_form, "ODEBRANO": 0}
        conn.execute(insert(t.delivery).values(**delivery))
    _approve(conn, order_id, placed, prepared, settings)
    return order_id


def _line(order_id: int, line: PlacedLine, article: ArticleRow, number: str, settings: Settings) -> Call:
    of_level = (line.price_net, line.price_gross) == (article.level_net, article.level_gross)
    agreed = not of_level or line.unit_factor is not None
    values = {
        "ID_POZYCJI_ZAMOWIENIA": 0,
        "ID_ZAMOWIENIA": order_id,
        "ID_ARTYKULU": article.id,
        "KOD_VAT": article.vat_code,
        "ZAMOWIONO": line.quantity,
        "ZREALIZOWANO": 0,
        "ZAREZERWOWANO": 0,
        "DO_REZERWACJI": line.quantity,
        "CENA_NETTO": line.price_net,
        "CENA_BRUTTO": line.price_gross,
        "CENA_NETTO_WAL": 0,
        "CENA_BRUTTO_WAL": 0,
        "PRZELICZNIK": line.unit_factor or article.unit_factor,
        "JEDNOSTKA": line.unit or article.unit,
        "NARZUT": 0,
        "OPIS": _description(line, number),
        "ZNAK_NARZUTU": 0,
        "trybrejestracji": settings.wapro_register_mode,
        "ID_DOSTAWY_REZ": 0,
        "ID_WARIANTU_PRODUKTU": 0,
        # 'm': WAPRO's own price check leaves it as the buyer saw it.
        "ZNACZNIK_CENY": "m" if agreed else "k",
        "NR_SERII": "",
        "TYP_TRANSKACJI_TRANSGRANICZNEJ": "nie dotyczy",
    }
    return "RM_DodajPozycjeZamowienia", values


def _description(line: PlacedLine, number: str) -> str:
    parameters = "; ".join(_told(one) for one in line.parameters)
    whole = " | ".join(filter(None, [parameters, line.note]))
    return fitting(whole, 500, field=f"lines[{line.line_no}].note", object_id=number)


def _told(one: Parameter) -> str:
    """For people of the office by its name, else for whoever knows the id."""
    return f"{one.name}: {one.text}" if one.name else f"{one.id}={one.value}{one.unit and ' ' + one.unit}"


def _approve(conn: Connection, order_id: int, placed: PlacedOrder, prepared: Prepared, settings: Settings) -> None:
    day = clarion.of_moment(placed.placed_at)
    wanted = max(day, clarion.from_date(placed.wanted_on)) if placed.wanted_on else day
    numbering = call(
        conn,
        "JL_PobierzFormatNumeracji_Server",
        id_firmy=settings.wapro_company_id,
        dokument=ORDERS,
        id_typu=prepared.type_id,
        id_zasobu=settings.wapro_order_warehouse,
    )
    said = [
        placed.remarks,
        placed.customer_number and f"Nr zamówienia kupującego: {placed.customer_number}",
        placed.replaces and f"Zmienione zamówienie, zastępuje {placed.replaces}",
    ]
    remarks = "\n".join(filter(None, said))
    call(
        conn,
        "RM_ZatwierdzZamowienie",
        ID_ZAMOWIENIA=order_id,
        ID_KONTRAHENTA=prepared.buyer.id,
        ID_TYPU=prepared.type_id,
        NUMER="<auto>",
        NUM_FORMAT=numbering["format_num"],
        NUM_OKRESNUMERACJI=numbering["okresnumeracji"],
        NUM_AUTO=numbering["parametr1"],
        NUM_NIEZALEZNY=numbering["parametr2"],
        AUTONUMER=0,
        ID_FIRMY=settings.wapro_company_id,
        ID_MAG=settings.wapro_order_warehouse,
        DATA=day,
        DATA_REALIZACJI=wanted,
        ZALICZKA=Decimal(0),
        PRIORYTET=NORMAL_PRIORITY,
        AUTO_REZERWACJA=int(settings.wapro_auto_reservation),
        NR_ZAM_KLIENTA=placed.number,
        TYP=t.FROM_CUSTOMER,
        ID_PRACOWNIKA=prepared.buyer.salesman_id or prepared.employee_id,
        PRZELICZNIK_WAL=1,
        DATA_KURS_WAL=0,
        SYM_WAL="",
        DOK_WAL=0,
        FLAGA_STANU=1,
        trybrejestracji=settings.wapro_register_mode,
        RABAT_NARZUT=0,
        ZNAK_RABATU=0,
        UWAGI=fitting(remarks, 1000, field="remarks", object_id=placed.number),
        ID_RACHUNKU=prepared.account_id,
        InformacjeDodatkowe="",
        OsobaZamawiajaca=fitting(placed.ordered_by, 101, field="ordered_by", object_id=placed.number),
        Id_KONTAKTU=0,
        FormaPlatnosci=prepared.payment[0],
        DniPlatnosci=prepared.payment[1],
        FakturaParagon=settings.wapro_invoice_wanted,
        NumerPrzesylki="",
        IdOperatoraPrzesylki=0,
    )
