"""Contractors with contacts, delivery places and individual prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, literal, select
from sqlalchemy.sql.elements import ColumnElement

from wiadukt.contract.base import ContactId, CustomerId, DeliveryPlaceId
from wiadukt.contract.customer import Address, Contact, Customer, DeliveryPlace
from wiadukt.contract.fetch import Fetched
from wiadukt.wapro import tables as t
from wiadukt.wapro.flag import CHOSEN, chosen_column
from wiadukt.wapro.read.batch import Row, Rows, built, by, columns_of, numeric, rows
from wiadukt.wapro.read.settlements import read_receivables, read_unassigned, receivables, unassigned
from wiadukt.wapro.read.terms import read_price_book, terms_of
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean, emails


def read_customers(conn: Connection, ids: Sequence[str], settings: Settings) -> Fetched[Customer]:
    """Contractors of the configured company as they are now; those of another company are missing.

    Source: docs/wapro.md, contractors. Terms of trade are read by `terms.py`.
    """
    wanted = numeric(ids)
    contractors = rows(
        conn,
        select(
            *columns_of(conn, t.contractor),
            chosen_column(settings),
            t.contractor_group.c.ID_CENY,
            t.contractor_group.c.NARZUT,
            t.contractor_group.c.NAZWA.label("group_name"),
            t.price_level.c.NAZWA.label("level_name"),
            t.employee.c.IMIE_1,
            t.employee.c.NAZWISKO,
            t.employee.c.TELEFON,
            _email_of_salesman(settings).label("salesman_email"),
        )
        .outerjoin(t.contractor_group, t.contractor_group.c.ID_GRUPY == t.contractor.c.ID_GRUPY)
        .outerjoin(t.price_level, t.price_level.c.ID_CENY == t.contractor_group.c.ID_CENY)
        .outerjoin(t.employee, t.employee.c.ID_PRACOWNIKA == t.contractor.c.ID_HANDLOWCA)
        .where(t.contractor.c.ID_KONTRAHENTA.in_(wanted), t.contractor.c.ID_FIRMY == settings.wapro_company_id),
    )
    contacts = by(rows(conn, select(t.contact).where(t.contact.c.ID_KONTRAHENTA.in_(wanted))), "ID_KONTRAHENTA")
    places = rows(conn, select(t.delivery_place).where(t.delivery_place.c.ID_KONTRAHENTA.in_(wanted)))
    places_by = by(places, "ID_KONTRAHENTA")
    keys = _keys_of_places(conn, wanted)
    book = read_price_book(conn, contractors, settings)
    money = by(read_unassigned(conn, wanted, settings), "ID_KONTRAHENTA")
    owed = by(read_receivables(conn, wanted, settings), "ID_KONTRAHENTA")
    found = {str(row["ID_KONTRAHENTA"]): row for row in contractors}

    def build(key: str) -> Customer:
        own = {
            "delivery_places": _places(places_by[key], keys),
            "terms": terms_of(found[key], book),
            "unassigned": tuple(unassigned(row) for row in money[key]),
            "receivables": receivables(owed[key]),
        }
        return _customer(found[key], contacts[key], own)

    return built(conn, ids, found, build)


def _keys_of_places(conn: Connection, wanted: list[int]) -> dict[str, str]:
    """The shop's key by the id of each place that the shop made or changed."""
    place, told = t.delivery_place, t.address_told
    query = select(told.c.id_wiersza, told.c.klucz).join(place, place.c.ID_MIEJSCA_DOSTAWY == told.c.id_wiersza)
    found = conn.execute(query.where(place.c.ID_KONTRAHENTA.in_(wanted)))
    return {str(int(row_id)): key for row_id, key in found}


def _email_of_salesman(settings: Settings) -> ColumnElement[str]:
    """No column of WAPRO is known to hold it; an office may keep it in a field of its own choice."""
    field = settings.wapro_salesman_email_field
    return t.employee.c[field] if field else literal("")


def _customer(row: Row, contacts: Rows, own: dict[str, Any]) -> Customer:
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
        **own,
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
