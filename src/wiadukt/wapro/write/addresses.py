"""Addresses and delivery places of the shop -> WAPRO's own rows.

WAPRO has no documented procedure for them, so these few columns are written directly, each kind only where a setting
allows it (docs/wapro.md, what we write). One transaction a change, repeatable by its key: the answer is kept with it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, null, select, update

from wiadukt.contract.address_change import (
    AddressChange,
    AddressReceipt,
    CardPart,
    CardValue,
    DeliveryPlaceChange,
    DeliveryPlaceReceipt,
)
from wiadukt.contract.base import DeliveryPlaceId
from wiadukt.contract.customer import Address, PlaceCard
from wiadukt.contract.errors import Busy, Refused
from wiadukt.contract.status import Writable
from wiadukt.runtime import clock
from wiadukt.wapro import clarion
from wiadukt.wapro import tables as t
from wiadukt.wapro.engine import hold, known_columns
from wiadukt.wapro.limits import CARD, PLACE, limits
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean, fitting, is_id
from wiadukt.wapro.write import told
from wiadukt.wapro.write.checks import Buyer, find_buyer
from wiadukt.wapro.write.new_row import new_row

CARD_COLUMNS = tuple(CARD.values())
BUSY_S = 15
SWITCHES: dict[Writable, str] = {"addresses": "WAPRO_WRITE_ADDRESSES", "places": "WAPRO_WRITE_PLACES"}


def write_address(conn: Connection, change: AddressChange, settings: Settings) -> AddressReceipt:
    """Puts one part of the contractor's card; a repeat gives the same answer, an older revision changes nothing.

    Raises Refused with field, cause and remedy; Busy while the office has the card open.
    """
    key = f"{change.customer_id} {change.part}"
    hold(conn, f"address {key}")
    before = told.read(conn, key)
    if before is not None and before.is_behind(change):
        known = before.answer_to(AddressReceipt, change)
        return known or AddressReceipt(customer_id=change.customer_id, part=change.part, written=False)
    _must_be_on("addresses", settings, change.customer_id)
    buyer = find_buyer(conn, change.customer_id, settings)
    card = _open_card(conn, buyer)
    wanted = _fitting(conn, _fields_of(change.part, change.value), "", change.customer_id)
    current = _card_value(card, change.part)
    differing = _differing(card, wanted, CARD)
    if differing:
        conn.execute(update(t.card).where(t.card.c.ID_KONTRAHENTA == buyer.id).values(**differing))
    if differing and change.part is CardPart.ADDRESS:
        _note_in_history(conn, buyer, {**card, **differing})
    is_foreign = told.is_anothers(before, current, base=change.base, new=change.value)
    receipt = AddressReceipt(
        customer_id=change.customer_id,
        part=change.part,
        written=bool(differing),
        replaced=current if is_foreign else None,
        replaced_by=clean(card["KTO_POPRAWIL"]) if is_foreign else "",
    )
    told.keep(conn, key, change, receipt)
    return receipt


def write_place(conn: Connection, change: DeliveryPlaceChange, settings: Settings) -> DeliveryPlaceReceipt:
    """Makes or changes a delivery place under the shop's key; answers and refuses as `write_address` does."""
    hold(conn, f"place {change.key}")
    before = told.read(conn, change.key)
    place_id = change.id or (before.row_id if before else None)
    if before is not None and place_id and before.is_behind(change):
        known = before.answer_to(DeliveryPlaceReceipt, change)
        return known or _receipt(change, place_id, created=False, written=False)
    _must_be_on("places", settings, change.key)
    buyer = find_buyer(conn, change.customer_id, settings)
    _open_card(conn, buyer)
    wanted = _fitting(conn, _fields_of_place(change.value), "place.", change.key)
    if place_id is None:
        receipt = _receipt(change, _add_place(conn, buyer, wanted, settings), created=True, written=True)
    else:
        row = _find_place(conn, buyer, place_id, change.key)
        differing = _differing(row, wanted, PLACE)
        if differing:
            conn.execute(update(t.place).where(t.place.c.ID_MIEJSCA_DOSTAWY == int(place_id)).values(**differing))
        current = _place_value(row)
        receipt = _receipt(change, place_id, created=False, written=bool(differing))
        if told.is_anothers(before, current, base=change.base, new=change.value):
            receipt = receipt.model_copy(update={"replaced": current})
    told.keep(conn, change.key, change, receipt, row_id=receipt.id)
    return receipt


def _receipt(change: DeliveryPlaceChange, place_id: str, *, created: bool, written: bool) -> DeliveryPlaceReceipt:
    return DeliveryPlaceReceipt(key=change.key, id=DeliveryPlaceId(place_id), created=created, written=written)


def _must_be_on(what: Writable, settings: Settings, object_id: str) -> None:
    if what not in settings.writes:
        raise Refused(
            "switched_off",
            f"Łącznik nie ma zgody na zapis do WAPRO ({SWITCHES[what]}).",
            remedy="Zmień to w WAPRO albo włącz zapis w ustawieniach łącznika i ponów.",
            object_id=object_id,
        )


def _open_card(conn: Connection, buyer: Buyer) -> dict[str, Any]:
    """The contractor's card, locked until the end of the transaction. Raises Busy while somebody edits it in WAPRO."""
    there = known_columns(conn, t.card)
    columns = [column for column in t.card.columns if column.name in there]
    query = select(*columns).where(t.card.c.ID_KONTRAHENTA == buyer.id)
    locked = query.with_for_update().with_hint(t.card, "WITH (UPDLOCK, ROWLOCK)", "mssql")
    row = conn.execute(locked).mappings().one()
    if row["SEMAFOR"]:
        raise Busy(f"Karta kontrahenta {buyer.name} jest teraz otwarta w WAPRO.", retry_after_s=BUSY_S)
    return {column.name: row.get(column.name) for column in t.card.columns}


def _note_in_history(conn: Connection, buyer: Buyer, card: dict[str, Any]) -> None:
    """WAPRO's history of addresses has one row a day: today's is changed when it is there already."""
    history, today = t.address_history, clarion.of_moment(clock.now())
    there = known_columns(conn, history)
    copied = ("NAZWA_PELNA", "ULICA_LOKAL", "KOD_POCZTOWY", "MIEJSCOWOSC", "WOJEWODZTWO", "POWIAT", "SYM_KRAJU", "NIP")
    values: dict[str, Any] = {name: null() if card[name] is None else card[name] for name in copied if name in there}
    if "RODO_DATA" in there:
        values["RODO_DATA"] = today
    of_today = (history.c.ID_KONTRAHENTA == buyer.id) & (history.c.DATA_OD == today)
    if conn.execute(select(history.c.DATA_OD).where(of_today)).first():
        conn.execute(update(history).where(of_today).values(**values))
    else:
        conn.execute(insert(history).values(ID_KONTRAHENTA=buyer.id, DATA_OD=today, **values))


def _add_place(conn: Connection, buyer: Buyer, wanted: dict[str, str], settings: Settings) -> str:
    values: dict[str, Any] = {PLACE[field]: text for field, text in wanted.items()}
    values |= {"ID_KONTRAHENTA": buyer.id, "TYP_ADRESU": settings.wapro_place_type}
    if "RODO_DATA" in known_columns(conn, t.place):
        values["RODO_DATA"] = clarion.of_moment(clock.now())
    return str(new_row(conn, t.place, t.place.c.ID_MIEJSCA_DOSTAWY, values))


def _find_place(conn: Connection, buyer: Buyer, place_id: str, key: str) -> RowMapping:
    place = t.place
    columns = [place.c[name] for name in ("ID_MIEJSCA_DOSTAWY", *PLACE.values())]
    mine = (place.c.ID_MIEJSCA_DOSTAWY == (int(place_id) if is_id(place_id) else -1)) & (
        place.c.ID_KONTRAHENTA == buyer.id
    )
    locked = select(*columns).where(mine).with_for_update().with_hint(place, "WITH (UPDLOCK, ROWLOCK)", "mssql")
    row = conn.execute(locked).mappings().first()
    if row is None:
        raise Refused(
            "place_unknown",
            f"Kontrahent {buyer.name} nie ma już w WAPRO miejsca dostawy {place_id}.",
            remedy="Zrezygnuj ze zmiany albo dodaj to miejsce od nowa.",
            field="id",
            object_id=key,
        )
    return row


def _fitting(conn: Connection, fields: dict[str, str], prefix: str, object_id: str) -> dict[str, str]:
    """The fields as this base can keep them. Raises Refused for the first that it can't."""
    most = limits(conn)
    for field, text in fields.items():
        fitting(text, most[f"{prefix}{field}"], field=f"value.{field}", object_id=object_id)
    return fields


def _fields_of(part: CardPart, value: CardValue) -> dict[str, str]:
    if part is CardPart.PHONE:
        return {"phone": value.phone}
    return {f"{part}.{field}": text for field, text in value.address.model_dump().items()}


def _fields_of_place(value: PlaceCard) -> dict[str, str]:
    fields = {f"address.{field}": text for field, text in value.address.model_dump().items()}
    return {"name": value.name, "recipient": value.recipient, **fields, "phone": value.phone, "note": value.note}


def _differing(row: Any, wanted: dict[str, str], columns: dict[str, str]) -> dict[str, str]:
    """New texts by column, of those that say something else now; no country means Poland."""
    found = {}
    for field, text in wanted.items():
        held = clean(row[columns[field]])
        if text != (held or ("PL" if field.endswith("country") else "")):
            found[columns[field]] = text
    return found


def _card_value(card: Any, part: CardPart) -> CardValue:
    if part is CardPart.PHONE:
        return CardValue(phone=clean(card["TELEFON_FIRMOWY"]))
    return CardValue(address=_address(card, "_KOR" if part is CardPart.CORRESPONDENCE else ""))


def _place_value(row: Any) -> PlaceCard:
    return PlaceCard(
        name=clean(row["FIRMA"]),
        recipient=clean(row["ODBIORCA"]),
        address=_address(row, ""),
        phone=clean(row["TEL"]),
        note=clean(row["OPIS"]),
    )


def _address(row: Any, suffix: str) -> Address:
    return Address(
        street=clean(row[f"ULICA_LOKAL{suffix}"]),
        postal_code=clean(row[f"KOD_POCZTOWY{suffix}"]),
        city=clean(row[f"MIEJSCOWOSC{suffix}"]),
        country=clean(row[f"SYM_KRAJU{suffix}"]) or "PL",
    )


def table_of(what: Writable) -> tuple[Table, ...]:
    """The tables of WAPRO that a switch lets us write."""
    return (t.card, t.address_history) if what == "addresses" else (t.place,)
