"""How documents were settled, what of a buyer's payments settles nothing yet, and what he owes by no document."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Connection, func, select
from sqlalchemy.sql.elements import ColumnElement

from wiadukt.contract.base import OrderId
from wiadukt.contract.customer import OtherReceivable, Unassigned
from wiadukt.contract.invoice import Payment, PaymentKind
from wiadukt.contract.money import BASE_CURRENCY
from wiadukt.wapro import tables as t
from wiadukt.wapro.clarion import required, to_date
from wiadukt.wapro.read.batch import Row, Rows, money, rows
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean

NOTHING = Decimal(0)


def currency_of(value: str | None) -> str:
    """Blank means the base currency."""
    return clean(value).upper() or BASE_CURRENCY


def read_parts(conn: Connection, wanted: list[int]) -> Rows:
    """Each settled part of these documents (`document_id`) with the other side that settled it."""
    part, own, other = t.settled_part, t.settlement, t.settlement.alias("druga_strona")
    return rows(
        conn,
        select(
            part,
            own.c.ID_NAG_DOK_M.label("document_id"),
            other.c.ID_NAG_DOK_M.label("other_document"),
            other.c.TYP_DOK,
            other.c.NR_DOK,
            other.c.FORMA_PLATNOSCI,
            other.c.CZY_KOREKTA,
            other.c.CZY_KOMPENSATA,
        )
        .join(own, own.c.ID_ROZRACHUNKU == part.c.ID_ROZRACHUNKU)
        .outerjoin(other, other.c.ID_ROZRACHUNKU == part.c.ID_ROZRACHUNKU_ZWIAZEK)
        .where(own.c.TYP_DOK == t.TRADE_DOCUMENT, own.c.ID_NAG_DOK_M.in_(wanted))
        .order_by(part.c.DATA_ROZLICZENIA, part.c.ID_ROZLICZENIA),
    )


def read_debts(conn: Connection, wanted: list[int]) -> Rows:
    """The settlement of each of these documents (`ID_NAG_DOK_M`)."""
    own = t.settlement.c
    query = select(own.ID_NAG_DOK_M, own.SUMA_ODSETEK)
    return rows(conn, query.where(own.TYP_DOK == t.TRADE_DOCUMENT, own.ID_NAG_DOK_M.in_(wanted)))


def interest_of(document: Row, debts: Rows) -> Decimal:
    """What WAPRO counts as interest: on the document, else on its settlement; bases keep it on either."""
    return money(document["SUMA_ODSETEK"]) or sum((money(one["SUMA_ODSETEK"]) for one in debts), NOTHING)


def amounts_of(parts: Rows, *, gross: Decimal, paid: Decimal, is_foreign: bool) -> list[Decimal]:
    """Amounts of a document's settled parts with its sign. Bases differ in the sign of KWOTA, and a part that goes the
    other way takes a payment back: what the document counts as paid tells which is which.

    Signs that all agree are the document's. Where they differ, they stand as they are or all turned round, or mean
    nothing, whichever comes to what is paid; where none does, the greater side is the document's.
    """
    found = [money(row["KWOTA_W" if is_foreign else "KWOTA"]) for row in parts]
    same = [abs(amount).copy_sign(gross) for amount in found]
    turned = [-amount for amount in found]
    if all(amount >= 0 for amount in found) or all(amount <= 0 for amount in found):
        return same
    for amounts in (found, turned, same):
        if sum(amounts, NOTHING) == paid:
            return amounts
    return found if (sum(found, NOTHING) < 0) == (gross < 0) else turned


def payment(row: Row, amount: Decimal, kinds: dict[str, PaymentKind]) -> Payment:
    """One settled part of this amount."""
    return Payment(
        id=str(row["ID_ROZLICZENIA"]),
        paid_on=required(row["DATA_ROZLICZENIA"], "DATA_ROZLICZENIA"),
        amount=amount,
        kind=kind_of(row, kinds),
        form=clean(row["FORMA_PLATNOSCI"]),
        document=clean(row["NR_DOK"]),
    )


def kind_of(row: Row, kinds: dict[str, PaymentKind]) -> PaymentKind:
    """Another trade document corrects; else the flag of a compensation; else the words of the payment's form."""
    if row["TYP_DOK"] == t.TRADE_DOCUMENT or row["CZY_KOREKTA"]:
        return PaymentKind.CORRECTION
    if row["CZY_KOMPENSATA"]:
        return PaymentKind.COMPENSATION
    form = clean(row["FORMA_PLATNOSCI"]).lower()
    return next((kind for words, kind in kinds.items() if form.startswith(words)), PaymentKind.OTHER)


def settled(gross: Decimal, paid: Decimal, remaining: Decimal) -> tuple[Decimal, Decimal]:
    """What is paid and what remains, with the document's sign.

    Bases differ in the signs (a view shows an open sale as negative, a correction may be written either way), so they
    are found out by each document: its two figures add up to its gross value. They are taken as they stand where they
    do; else with the document's sign, and what remains against it where too much is paid; else as they stand, and
    `doctor` counts such documents.
    """
    return next((pair for pair in _read_as(gross, paid, remaining) if sum(pair) == gross), (paid, remaining))


def adds_up(gross: Decimal, paid: Decimal, remaining: Decimal) -> bool:
    """Whether the two figures come to the gross value with some signs."""
    return any(sum(pair) == gross for pair in _read_as(gross, paid, remaining))


def _read_as(gross: Decimal, paid: Decimal, remaining: Decimal) -> tuple[tuple[Decimal, Decimal], ...]:
    own, left = abs(paid).copy_sign(gross), abs(remaining).copy_sign(gross)
    return (paid, remaining), (own, left), (own, -left)


def read_unassigned(conn: Connection, wanted: list[int], settings: Settings) -> Rows:
    """Payments of these contractors (STRONA 'MA', no trade document) of which something is left."""
    own = t.settlement.c
    return rows(
        conn,
        select(t.settlement)
        .where(
            own.ID_KONTRAHENTA.in_(wanted),
            own.ID_FIRMY == settings.wapro_company_id,
            own.TYP_DOK != t.TRADE_DOCUMENT,
            own.STRONA == t.CREDIT,
            own.POZOSTALO != 0,
        )
        .order_by(own.ID_ROZRACHUNKU),
    )


def is_receivable(settings: Settings) -> ColumnElement[bool]:
    """ROZRACHUNEK of what a contractor owes by no trade document: by the side and by RODZAJ."""
    own = t.settlement.c
    kind = func.rtrim(func.coalesce(own.RODZAJ, ""))
    is_ours = kind.in_(settings.receivable_kinds) & (own.KWOTA > 0)
    return (own.TYP_DOK != t.TRADE_DOCUMENT) & (own.STRONA == t.DEBIT) & is_ours


def read_receivables(conn: Connection, wanted: list[int], settings: Settings) -> Rows:
    """What these contractors still owe by no trade document (opening balances, interest notes)."""
    own = t.settlement.c
    open_ones = (own.ID_FIRMY == settings.wapro_company_id) & (own.POZOSTALO != 0)
    query = select(t.settlement).where(own.ID_KONTRAHENTA.in_(wanted), open_ones, is_receivable(settings))
    return rows(conn, query.order_by(own.ID_ROZRACHUNKU))


def receivables(found: Rows) -> tuple[OtherReceivable, ...]:
    """Of one in another currency a difference of rates may be left when it is settled: it owes nothing."""
    read = (_receivable(row) for row in found)
    return tuple(one for one in read if one.remaining)


def _receivable(row: Row) -> OtherReceivable:
    currency, left = currency_of(row["SYM_WALUTY"]), abs(money(row["POZOSTALO"]))
    is_foreign = currency != BASE_CURRENCY
    return OtherReceivable(
        id=str(row["ID_ROZRACHUNKU"]),
        document=clean(row["NR_DOK"]),
        issued_on=required(row["DATA_DOK"], "ROZRACHUNEK.DATA_DOK"),
        due_on=to_date(row["TERMIN_PLATNOSCI"]),
        amount=abs(money(row["KWOTA_W"] if is_foreign else row["KWOTA"])),
        remaining=abs(money(row["POZOSTALO_W"])) if is_foreign else left,
        currency=currency,
        base_remaining=left if is_foreign else None,
    )


def unassigned(row: Row) -> Unassigned:
    currency = currency_of(row["SYM_WALUTY"])
    is_foreign = currency != BASE_CURRENCY
    return Unassigned(
        id=str(row["ID_ROZRACHUNKU"]),
        document=clean(row["NR_DOK"]),
        received_on=required(row["DATA_DOK"], "ROZRACHUNEK.DATA_DOK"),
        amount=abs(money(row["KWOTA_W"] if is_foreign else row["KWOTA"])),
        remaining=abs(money(row["POZOSTALO_W"] if is_foreign else row["POZOSTALO"])),
        currency=currency,
        form=clean(row["FORMA_PLATNOSCI"]),
        order_id=OrderId(str(row["ID_ZAMOWIENIA"])) if row["ID_ZAMOWIENIA"] else None,
    )
