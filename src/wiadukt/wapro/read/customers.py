"""Contractors with contacts, delivery places and individual prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from wiadukt.contract.base import ContactId, CustomerId, DeliveryPlaceId, ProductId
from wiadukt.contract.customer import (
    Address,
    Contact,
    Customer,
    DeliveryPlace,
    IndividualPrice,
    Salesman,
    TradeTerms,
)
from wiadukt.contract.fetch import Fetched
from wiadukt.wapro import tables as t
from wiadukt.wapro.flag import CHOSEN, chosen_column
from wiadukt.wapro.read.batch import Row, Rows, built, by, columns_of, numeric, order_warehouse_first, rows
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean, emails


def read_customers(conn: Connection, ids: Sequence[str], settings: Settings) -> Fetched[Customer]:
    """Contractors of the configured company as they are now; those of another company are missing.

    Source: docs/wapro.md, contractors. A discount is negative in WAPRO and positive in the contract.
    """
    wanted = numeric(ids)
    contractors = rows(
        conn,
        select(
            *columns_of(conn, t.contractor),
            chosen_column(settings),
            t.contractor_group.c.ID_CENY,
            t.employee.c.IMIE_1,
            t.employee.c.NAZWISKO,
            t.employee.c.TELEFON,
        )
        .outerjoin(t.contractor_group, t.contractor_group.c.ID_GRUPY == t.contractor.c.ID_GRUPY)
        .outerjoin(t.employee, t.employee.c.ID_PRACOWNIKA == t.contractor.c.ID_HANDLOWCA)
        .where(t.contractor.c.ID_KONTRAHENTA.in_(wanted), t.contractor.c.ID_FIRMY == settings.wapro_company_id),
    )
    contacts = by(rows(conn, select(t.contact).where(t.contact.c.ID_KONTRAHENTA.in_(wanted))), "ID_KONTRAHENTA")
    places = rows(conn, select(t.delivery_place).where(t.delivery_place.c.ID_KONTRAHENTA.in_(wanted)))
    places_by = by(places, "ID_KONTRAHENTA")
    keys = _keys_of_places(conn, wanted)
    prices = by(_prices(conn, wanted, settings), "ID_KONTRAHENTA")
    found = {str(row["ID_KONTRAHENTA"]): row for row in contractors}
    return built(
        conn, ids, found, lambda key: _customer(found[key], contacts[key], _places(places_by[key], keys), prices[key])
    )


def _keys_of_places(conn: Connection, wanted: list[int]) -> dict[str, str]:
    """The shop's key by the id of each place that the shop made or changed."""
    place, told = t.delivery_place, t.address_told
    query = select(told.c.id_wiersza, told.c.klucz).join(place, place.c.ID_MIEJSCA_DOSTAWY == told.c.id_wiersza)
    found = conn.execute(query.where(place.c.ID_KONTRAHENTA.in_(wanted)))
    return {str(int(row_id)): key for row_id, key in found}


def _prices(conn: Connection, wanted: list[int], settings: Settings) -> Rows:
    """Fixed sale prices; the same index in several warehouses gives one, that of the order's warehouse first."""
    price = t.individual_price
    return rows(
        conn,
        select(price, t.article.c.INDEKS_KATALOGOWY, t.article.c.ID_MAGAZYNU)
        .join(t.article, t.article.c.ID_ARTYKULU == price.c.ID_ARTYKULU)
        .where(
            price.c.ID_KONTRAHENTA.in_(wanted),
            price.c.TRYB.in_(settings.price_modes),
            price.c.SPRZEDAZ_ZAKUP == settings.wapro_sale_side,
            t.article.c.ID_MAGAZYNU.in_(settings.warehouses),
        )
        .order_by(order_warehouse_first(settings), price.c.ID_CENNIK_KONTRAHENTA),
    )


def _customer(row: Row, contacts: Rows, places: tuple[DeliveryPlace, ...], prices: Rows) -> Customer:
    customer = Customer(
        id=CustomerId(str(row["ID_KONTRAHENTA"])),
        code=str(row["KOD_KONTRAHENTA"]),
        name=clean(row["NAZWA"]),
        full_name=clean(row["NAZWA_PELNA"]),
        tax_id=clean(row["NIP"]),
        emails=emails(row["ADRES_EMAIL"]),
        phone=clean(row["TELEFON_FIRMOWY"]),
        address=_address(row),
        correspondence_address=_address(row, "_KOR"),
        contacts=tuple(_contact(contact) for contact in sorted(contacts, key=lambda c: c["ID_KONTAKTU"])),
        delivery_places=places,
        terms=_terms(row, prices),
        in_shop=bool(row[CHOSEN]),
        blocked=bool(row["ZABLOKOWANY"]),
        is_anonymised=bool(row["RODO_ZANONIMIZOWANY"]),
    )
    return customer.model_copy(update=WITHOUT_PERSON) if customer.is_anonymised else customer


WITHOUT_PERSON: dict[str, Any] = {
    "emails": (),
    "phone": "",
    "address": Address(),
    "correspondence_address": Address(),
    "contacts": (),
    "delivery_places": (),
}
"""What never leaves WAPRO of a contractor whose personal data were removed there, whatever his rows still say."""


def _terms(row: Row, prices: Rows) -> TradeTerms:
    first = {clean(price["INDEKS_KATALOGOWY"]): price for price in reversed(prices)}
    salesman = None
    if row["ID_HANDLOWCA"] and row["NAZWISKO"]:
        name = f"{clean(row['IMIE_1'])} {clean(row['NAZWISKO'])}".strip()
        salesman = Salesman(id=str(row["ID_HANDLOWCA"]), name=name, phone=clean(row["TELEFON"]))
    return TradeTerms(
        price_level=str(row["ID_CENY"] or ""),
        discount_percent=-(row["DOMYSLNY_RABAT"] or Decimal(0)),
        payment_form=clean(row["FORMA_PLATNOSCI"]),
        payment_days=row["TERMIN_NALEZNOSCI"] or 0,
        credit_limit=row["LIMIT_KUPIECKI"] or None,
        currency=clean(row["DOM_SYM_WAL"]) or "PLN",
        salesman=salesman,
        individual_prices=tuple(
            IndividualPrice(product_id=ProductId(index), net=price["CENA_NETTO"], gross=price["CENA_BRUTTO"])
            for index, price in sorted(first.items())
        ),
    )


def _address(row: Row, suffix: str = "") -> Address:
    return Address(
        street=clean(row[f"ULICA_LOKAL{suffix}"]),
        postal_code=clean(row[f"KOD_POCZTOWY{suffix}"]),
        city=clean(row[f"MIEJSCOWOSC{suffix}"]),
        country=clean(row[f"SYM_KRAJU{suffix}"]) or "PL",
    )


def _contact(row: Row) -> Contact:
    return Contact(
        id=ContactId(str(row["ID_KONTAKTU"])),
        first_name=clean(row["IMIE"]),
        last_name=clean(row["NAZWISKO"]),
        position=clean(row["STANOWISKO"]),
        emails=emails(row["E_MAIL"]),
        phone=clean(row["TEL_KOM"]) or clean(row["TEL"]),
        is_default=bool(row["DOMYSLNY"]),
    )


def _places(found: Rows, keys: Mapping[str, str]) -> tuple[DeliveryPlace, ...]:
    return tuple(_place(row, keys) for row in sorted(found, key=lambda row: row["ID_MIEJSCA_DOSTAWY"]))


def _place(row: Row, keys: Mapping[str, str]) -> DeliveryPlace:
    return DeliveryPlace(
        key=keys.get(str(row["ID_MIEJSCA_DOSTAWY"]), ""),
        id=DeliveryPlaceId(str(row["ID_MIEJSCA_DOSTAWY"])),
        name=clean(row["FIRMA"]),
        recipient=clean(row["ODBIORCA"]),
        address=_address(row),
        phone=clean(row["TEL"]),
        note=clean(row["OPIS"]),
    )
