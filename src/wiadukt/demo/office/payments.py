"""What is paid: money that comes and what it settles, corrections set off against invoices, interest.

Each deed on two settlements writes a row for either side, as WAPRO does; a document's own figures follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from wiadukt.demo.office.base import Connection, OfficeError, change, clarion, insert, row, rows
from wiadukt.demo.office.documents import BASE_CURRENCY, contractor, grosz

FORMS = {"przelew": "WB", "gotówka": "KP", "kompensata": "KOMP", "karta": "KK"}
"""Forms of a payment, and the beginning of its document's number."""
Surplus = Literal["payment", "document"]
DOCUMENT = 'SELECT * FROM dbo."DOKUMENT_HANDLOWY" WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s FOR UPDATE'
MONEY = """SELECT * FROM dbo."ROZRACHUNEK" WHERE "ID_ROZRACHUNKU" = %s AND "TYP_DOK" <> 'h' FOR UPDATE"""


@dataclass(frozen=True)
class Part:
    """What one deed settles: in PLN, and in the document's currency (nothing for one in PLN)."""

    in_pln: Decimal
    wal: Decimal


def receive(
    connection: Connection, payer_id: int, amount: Decimal, *, form: str = "przelew", currency: str = BASE_CURRENCY
) -> int:
    """Money of today that settles nothing yet. Returns its id."""
    if amount <= 0:
        raise OfficeError("Kwota: wpisz większą od zera.")
    if form not in FORMS:
        raise OfficeError(f"Forma: wybierz jedną z {', '.join(FORMS)}.")
    contractor(connection, payer_id)
    day, is_foreign = clarion(date.today()), currency != BASE_CURRENCY
    in_pln = _rate(connection, payer_id, currency) * amount if is_foreign else amount
    payment = insert(
        connection,
        "ROZRACHUNEK",
        **{"ID_FIRMY": 1, "ID_KONTRAHENTA": payer_id, "TYP_DOK": "f", "STRONA": "MA", "SYM_WALUTY": currency},
        **{"DATA_DOK": day, "TERMIN_PLATNOSCI": day, "FORMA_PLATNOSCI": form},
        **{"KWOTA": grosz(in_pln), "POZOSTALO": grosz(in_pln), "CZY_KOMPENSATA": int(form == "kompensata")},
        **{"KWOTA_W": amount if is_foreign else 0, "POZOSTALO_W": amount if is_foreign else 0},
    )
    change(connection, "ROZRACHUNEK", payment, NR_DOK=f"{FORMS[form]} {payment}")
    return payment


def charge(connection: Connection, payer_id: int, amount: Decimal, *, document: str, days: int) -> int:
    """What a payer owes by no trade document, in PLN: an opening balance, an interest note. Returns its id.

    TYP_DOK and RODZAJ are the demo's own: public sources name the columns, and of the letters only 'N'.
    """
    if amount <= 0:
        raise OfficeError("Kwota: wpisz większą od zera.")
    contractor(connection, payer_id)
    day = clarion(date.today())
    return insert(
        connection,
        "ROZRACHUNEK",
        **{"ID_FIRMY": 1, "ID_KONTRAHENTA": payer_id, "TYP_DOK": "n", "RODZAJ": "N", "STRONA": "WN"},
        **{"NR_DOK": document.strip()[:30] or "Nota", "SYM_WALUTY": BASE_CURRENCY},
        **{"DATA_DOK": day, "TERMIN_PLATNOSCI": day + days, "KWOTA": amount, "POZOSTALO": amount},
    )


def discharge(connection: Connection, debt_id: int) -> None:
    """What is owed by no trade document is owed no more."""
    row(connection, MONEY, debt_id)
    change(connection, "ROZRACHUNEK", debt_id, POZOSTALO=0, POZOSTALO_W=0, CZY_ROZLICZONY=2)


def _rate(connection: Connection, payer_id: int, currency: str) -> Decimal:
    """PLN for one unit, as on the payer's last document in this currency."""
    query = """SELECT "WARTOSC_BRUTTO" / "WARTOSC_BRUTTO_WAL" AS kurs FROM dbo."DOKUMENT_HANDLOWY"
        WHERE "ID_PLATNIKA" = %s AND "SYM_WAL" = %s AND "WARTOSC_BRUTTO_WAL" <> 0
        ORDER BY "ID_DOKUMENTU_HANDLOWEGO" DESC LIMIT 1"""
    found = rows(connection, query, payer_id, currency)
    if not found:
        raise OfficeError(f"Waluta: płatnik nie ma żadnej faktury w {currency}.")
    return Decimal(found[0]["kurs"])


def pay(
    connection: Connection,
    invoice_id: int,
    amount: Decimal,
    *,
    form: str = "przelew",
    surplus: Surplus | None = None,
) -> int:
    """A payment of today for one document, in its currency; what is too much stays where `surplus` says, else it is
    refused. Of a document that gives money back it is a return. Returns the payment's id."""
    invoice = row(connection, DOCUMENT, invoice_id)
    left = _left(invoice)
    if amount <= 0 or (amount > abs(left) and not (surplus and left > 0)):
        raise OfficeError(f"Kwota: wpisz od 0,01 do {abs(left):.2f}.")
    if left < 0:
        return _give_back(connection, invoice, amount, form)
    payment = receive(connection, int(invoice["ID_PLATNIKA"]), amount, form=form, currency=_currency(invoice))
    settle(connection, payment, invoice_id, amount if surplus == "document" else min(amount, left), beyond=True)
    return payment


def settle(
    connection: Connection, payment_id: int, invoice_id: int, amount: Decimal | None = None, *, beyond: bool = False
) -> None:
    """Assigns so much of a payment to a document; without an amount as much as can be."""
    payment, invoice = row(connection, MONEY, payment_id), row(connection, DOCUMENT, invoice_id)
    if (payment["ID_KONTRAHENTA"], _symbol(payment["SYM_WALUTY"])) != (invoice["ID_PLATNIKA"], _currency(invoice)):
        raise OfficeError("Wpłata: wybierz wpłatę płatnika tej faktury, w jej walucie.")
    free = payment["POZOSTALO_W"] if _currency(invoice) != BASE_CURRENCY else payment["POZOSTALO"]
    left = _left(invoice)
    amount = min(free, left) if amount is None else amount
    if amount <= 0 or amount > free or (amount > left and not beyond):
        raise OfficeError(f"Kwota: wpisz od 0,01 do {max(Decimal(0), min(free, left)):.2f}.")
    debt = _debt(connection, invoice_id)
    part = _settled(connection, invoice, debt, amount)
    _lower_money(connection, payment, part)
    _pair(connection, debt["ID_ROZRACHUNKU"], payment_id, part)


def take_back(connection: Connection, part_id: int) -> None:
    """Undoes a part of a settlement: what it paid is owed again, and the money settles nothing."""
    query = """SELECT r.*, s."ID_NAG_DOK_M" AS faktura FROM dbo."ROZLICZENIE" r JOIN dbo."ROZRACHUNEK" s
        USING ("ID_ROZRACHUNKU") WHERE r."ID_ROZLICZENIA" = %s AND s."TYP_DOK" = 'h' FOR UPDATE"""
    part = row(connection, query, part_id)
    other = row(
        connection, 'SELECT * FROM dbo."ROZRACHUNEK" WHERE "ID_ROZRACHUNKU" = %s', part["ID_ROZRACHUNKU_ZWIAZEK"]
    )
    if other["TYP_DOK"] == "h" or other["STRONA"] != "MA":
        raise OfficeError("Rozliczenie: cofa się wpłaty, a nie kompensaty z korektą i zwroty.")
    invoice, debt = row(connection, DOCUMENT, part["faktura"]), _debt(connection, part["faktura"])
    amount = part["KWOTA_W"] if _currency(invoice) != BASE_CURRENCY else part["KWOTA"]
    _lower_money(connection, other, _settled(connection, invoice, debt, -amount, in_pln=-part["KWOTA"]))
    query = 'DELETE FROM dbo."ROZLICZENIE" WHERE "ID_ROZLICZENIA" IN (%s, %s)'
    connection.execute(query, [part_id, part["ID_ROZLICZENIA_ZWIAZEK"] or 0])


def set_off(connection: Connection, invoice_id: int, correction_id: int) -> None:
    """Settles an invoice with a correction that gives money back to the same payer, as far as either goes."""
    invoice, correction = row(connection, DOCUMENT, invoice_id), row(connection, DOCUMENT, correction_id)
    owner = ("ID_PLATNIKA", "SYM_WAL")
    amount = min(_left(invoice), -_left(correction))
    if amount <= 0 or any(invoice[name] != correction[name] for name in owner):
        raise OfficeError("Korekta: wybierz nierozliczoną korektę tego płatnika, w tej walucie.")
    debt, credit = _debt(connection, invoice_id), _debt(connection, correction_id)
    part = _settled(connection, invoice, debt, amount)
    _settled(connection, correction, credit, -amount)
    _pair(connection, debt["ID_ROZRACHUNKU"], credit["ID_ROZRACHUNKU"], part)


def return_money(connection: Connection, payment_id: int) -> None:
    """What of a payment settles nothing goes back to the payer."""
    row(connection, MONEY, payment_id)
    change(connection, "ROZRACHUNEK", payment_id, POZOSTALO=0, POZOSTALO_W=0, CZY_ROZLICZONY=2)


def set_interest(connection: Connection, invoice_id: int, amount: Decimal) -> None:
    """What WAPRO counts as interest of this document by now."""
    if amount < 0:
        raise OfficeError("Odsetki: wpisz od zera.")
    row(connection, DOCUMENT, invoice_id)
    change(connection, "DOKUMENT_HANDLOWY", invoice_id, SUMA_ODSETEK=amount)


def _give_back(connection: Connection, invoice: dict[str, Any], amount: Decimal, form: str) -> int:
    """Money that goes out for a correction."""
    payment = receive(connection, int(invoice["ID_PLATNIKA"]), amount, form=form, currency=_currency(invoice))
    change(connection, "ROZRACHUNEK", payment, STRONA="WN", POZOSTALO=0, POZOSTALO_W=0, CZY_ROZLICZONY=2)
    debt = _debt(connection, invoice["ID_DOKUMENTU_HANDLOWEGO"])
    _pair(connection, debt["ID_ROZRACHUNKU"], payment, _settled(connection, invoice, debt, -amount))
    return payment


def _symbol(value: str | None) -> str:
    return (value or BASE_CURRENCY).strip() or BASE_CURRENCY


def _currency(invoice: dict[str, Any]) -> str:
    return _symbol(invoice["SYM_WAL"])


def _left(invoice: dict[str, Any]) -> Decimal:
    """What remains, in the document's currency."""
    return Decimal(invoice["POZOSTALO_WAL" if _currency(invoice) != BASE_CURRENCY else "POZOSTALO"])


def _debt(connection: Connection, invoice_id: int) -> dict[str, Any]:
    query = """SELECT * FROM dbo."ROZRACHUNEK" WHERE "TYP_DOK" = 'h' AND "ID_NAG_DOK_M" = %s FOR UPDATE"""
    return row(connection, query, invoice_id)


def _settled(
    connection: Connection,
    invoice: dict[str, Any],
    debt: dict[str, Any],
    amount: Decimal,
    in_pln: Decimal | None = None,
) -> Part:
    """Lowers what remains of a document by an amount in its currency; the last part takes what is left of its PLN."""
    is_foreign = _currency(invoice) != BASE_CURRENCY
    if in_pln is None:
        in_pln = amount
        if is_foreign:
            part = invoice["POZOSTALO"] * amount / invoice["POZOSTALO_WAL"]
            in_pln = invoice["POZOSTALO"] if amount == invoice["POZOSTALO_WAL"] else grosz(part)
    wal, day = (amount if is_foreign else Decimal(0)), clarion(date.today())
    left = _left(invoice) - amount
    change(
        connection,
        "DOKUMENT_HANDLOWY",
        invoice["ID_DOKUMENTU_HANDLOWEGO"],
        RAZEM_ZAPLACONO=invoice["RAZEM_ZAPLACONO"] + in_pln,
        POZOSTALO=invoice["POZOSTALO"] - in_pln,
        RAZEM_ZAPLACONO_WAL=invoice["RAZEM_ZAPLACONO_WAL"] + wal,
        POZOSTALO_WAL=invoice["POZOSTALO_WAL"] - wal,
        ROZLICZONY=int(left == 0),
        DATA_OST_ROZLICZENIA=day,
    )
    change(
        connection,
        "ROZRACHUNEK",
        debt["ID_ROZRACHUNKU"],
        POZOSTALO=debt["POZOSTALO"] - in_pln,
        POZOSTALO_W=debt["POZOSTALO_W"] - wal,
        CZY_ROZLICZONY=2 if left == 0 else 1,
        DATA_OST_ROZL=day,
    )
    return Part(in_pln, wal)


def _lower_money(connection: Connection, payment: dict[str, Any], part: Part) -> None:
    is_foreign = _symbol(payment["SYM_WALUTY"]) != BASE_CURRENCY
    left, left_w = payment["POZOSTALO"] - part.in_pln, payment["POZOSTALO_W"] - part.wal
    if is_foreign and not left_w:
        left = Decimal(0)
    done = 2 if not (left_w if is_foreign else left) else 1
    values = {"POZOSTALO": left, "POZOSTALO_W": left_w, "CZY_ROZLICZONY": done}
    change(connection, "ROZRACHUNEK", payment["ID_ROZRACHUNKU"], **values)


def _pair(connection: Connection, debt: int, other: int, part: Part) -> None:
    """A row for either side; each names the other."""
    shared = {"KWOTA": abs(part.in_pln), "KWOTA_W": abs(part.wal), "DATA_ROZLICZENIA": clarion(date.today())}
    sides = [(debt, other, "WN"), (other, debt, "MA")]
    first, second = (
        insert(connection, "ROZLICZENIE", ID_ROZRACHUNKU=own, ID_ROZRACHUNKU_ZWIAZEK=their, STRONA=side, **shared)
        for own, their, side in sides
    )
    query = 'UPDATE dbo."ROZLICZENIE" SET "ID_ROZLICZENIA_ZWIAZEK" = %s WHERE "ID_ROZLICZENIA" = %s'
    connection.execute(query, [second, first])
    connection.execute(query, [first, second])
