"""What WAPRO's users do, in WAPRO's own tables: each act is one transaction on the object that a share picks."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from factories.wapro import TODAY

from wiadukt.demo.office import customers, goods, invoices, orders, payments
from wiadukt.demo.office.base import Connection, row, rows

BUYERS = 'SELECT "ID_KONTRAHENTA" AS id, * FROM dbo."KONTRAHENT" ORDER BY 1'
GOODS = 'SELECT DISTINCT "INDEKS_KATALOGOWY" AS id FROM dbo."ARTYKUL" WHERE "ID_MAGAZYNU" = 1 ORDER BY 1'
SHOWN_GOODS = GOODS.replace("ORDER", 'AND "DOSTEPNY_W_SKLEPIE_INTER" = 1 ORDER')
# The younger half is where the buyers and production are at work.
ORDERS = """SELECT "ID_ZAMOWIENIA" AS id, "ID_KONTRAHENTA" AS buyer FROM dbo."ZAMOWIENIE"
    WHERE "TYP" = 1 AND "STAN_REALIZ" <> 'Z' AND "STATUS_ZAM" <> 'A' ORDER BY 1 DESC LIMIT 12"""
INVOICES = """SELECT "ID_DOKUMENTU_HANDLOWEGO" AS id, "POZOSTALO" AS left_ FROM dbo."DOKUMENT_HANDLOWY"
    WHERE "POZOSTALO" > 0 ORDER BY 1 DESC LIMIT 12"""


class Nothing(Exception):
    """There is nothing to do it to."""


def _pick(connection: Connection, query: str, share: float) -> dict[str, Any]:
    found = rows(connection, query)
    if not found:
        raise Nothing
    return found[int(share * len(found))]


def stock(c: Connection, which: float, how: float) -> str:
    index = _pick(c, SHOWN_GOODS, which)["id"]
    quantity = Decimal(int(how * 500))
    query = 'UPDATE dbo."ARTYKUL" SET "STAN" = %s WHERE "INDEKS_KATALOGOWY" = %s AND "ID_MAGAZYNU" = %s'
    c.execute(query.encode(), [quantity, index, 1 + int(how * 10) % 2])
    return f"{index} to {quantity}"


def price(c: Connection, which: float, how: float) -> str:
    card = goods.card(c, _pick(c, SHOWN_GOODS, which)["id"])
    net = Decimal(int(1 + how * 9999)) / 100
    goods.save(c, card["index"], name=card["main"]["NAZWA_CALA"], stock={}, prices={1 + int(how * 30) % 3: net})
    return f"{card['index']} to {net}"


def rename_product(c: Connection, which: float, how: float) -> str:
    card = goods.card(c, _pick(c, SHOWN_GOODS, which)["id"])
    name = f"{card['main']['NAZWA_CALA'].split(' #')[0]} #{int(how * 9999)}"
    goods.save(c, card["index"], name=name, stock={}, prices={})
    return f"{card['index']} to {name}"


def flag_product(c: Connection, which: float, how: float) -> str:
    index = _pick(c, GOODS, which)["id"]
    goods.set_flag(c, index, how < 0.7)
    return f"{index} {how < 0.7}"


def block_product(c: Connection, which: float, how: float) -> str:
    index = _pick(c, SHOWN_GOODS, which)["id"]
    goods.set_blocked(c, index, how < 0.3)
    return f"{index} {how < 0.3}"


def change_customer(c: Connection, which: float, how: float) -> str:
    card = _pick(c, BUYERS, which)
    street, city, discount = (
        f"Prosta {int(how * 999)}",
        ("Poznań", "Łódź", "Gdynia")[int(how * 3)],
        Decimal(int(how * 9)),
    )
    address = {"ULICA_LOKAL": street, "KOD_POCZTOWY": "60-001", "MIEJSCOWOSC": city}
    customers.save(c, card["id"], address, discount)
    return f"{card['id']} {street} {discount}"


def flag_customer(c: Connection, which: float, how: float) -> str:
    buyer = _pick(c, BUYERS, which)["id"]
    customers.set_flag(c, buyer, how < 0.75)
    return f"{buyer} {how < 0.75}"


def block_customer(c: Connection, which: float, how: float) -> str:
    buyer = _pick(c, BUYERS, which)["id"]
    customers.set_blocked(c, buyer, how < 0.3)
    return f"{buyer} {how < 0.3}"


def new_contact(c: Connection, which: float, how: float) -> str:
    buyer, email = _pick(c, BUYERS, which)["id"], f"{uuid.uuid4().hex[:10]}@nowy.example"
    query = 'INSERT INTO dbo."KONTAKT" ("ID_KONTRAHENTA", "IMIE", "NAZWISKO", "E_MAIL") VALUES (%s, %s, %s, %s)'
    c.execute(query.encode(), [buyer, "Nowa", f"Osoba {int(how * 999)}", email])
    return f"{buyer} {email}"


def new_customer(c: Connection, which: float, how: float) -> str:
    code, tag = int(20000 + how * 70000), uuid.uuid4().hex[:8]
    buyer = row(
        c,
        """INSERT INTO dbo."KONTRAHENT" ("KOD_KONTRAHENTA", "NAZWA", "ID_GRUPY", "DOSTEPNY_W_B2B", "FORMA_PLATNOSCI",
        "TERMIN_NALEZNOSCI") VALUES (%s, %s, 2, 1, 'przelew', 14) RETURNING "ID_KONTRAHENTA" AS id""",
        code,
        f"Stolarnia {tag}",
    )["id"]
    query = (
        'INSERT INTO dbo."KONTAKT" ("ID_KONTRAHENTA", "IMIE", "NAZWISKO", "E_MAIL", "DOMYSLNY") VALUES (%s,%s,%s,%s,1)'
    )
    c.execute(query.encode(), [buyer, "Jan", tag, f"jan@{tag}.example"])
    place = (
        'INSERT INTO dbo."MIEJSCE_DOSTAWY" ("ID_KONTRAHENTA", "FIRMA", "MIEJSCOWOSC", "SYM_KRAJU", "ODBIORCA",'
        " \"TYP_ADRESU\") VALUES (%s,%s,%s,%s,'',0)"
    )
    c.execute(place.encode(), [buyer, f"Hala {tag}", "Poznań", "PL"])
    return str(buyer)


def move_place(c: Connection, which: float, how: float) -> str:
    place = _pick(c, 'SELECT "ID_MIEJSCA_DOSTAWY" AS id FROM dbo."MIEJSCE_DOSTAWY" ORDER BY 1', which)["id"]
    query = 'UPDATE dbo."MIEJSCE_DOSTAWY" SET "ULICA_LOKAL" = %s WHERE "ID_MIEJSCA_DOSTAWY" = %s'
    c.execute(query.encode(), [f"Nowa {int(how * 999)}", place])
    return str(place)


def status(c: Connection, which: float, how: float) -> str:
    order, letter = _pick(c, ORDERS, which)["id"], "VVPPGGA"[int(how * 7)]
    orders.set_status(c, order, letter)
    return f"{order} {letter}"


def ship(c: Connection, which: float, how: float) -> str:
    order = _pick(c, ORDERS, which)["id"]
    carrier = _pick(c, 'SELECT "ID_OPERATORA_PRZESYLKI" AS id FROM dbo."MAG_OPERATOR_PRZESYLKI" ORDER BY 1', how)["id"]
    orders.ship(c, order, f"PL{int(how * 10**8)}", carrier)
    return str(order)


def invoice_part(c: Connection, which: float, how: float) -> str:
    order = _pick(c, ORDERS, which)["id"]
    lines = [line for line in orders.lines(c, [order]) if line["zostalo"] > 0]
    if not lines:
        raise Nothing
    chosen = lines[: 1 + int(how * len(lines))]
    wanted = {line["ID_POZYCJI_ZAMOWIENIA"]: max(Decimal(1), line["zostalo"] // 2) for line in chosen}
    wanted = {
        line["ID_POZYCJI_ZAMOWIENIA"]: min(wanted[line["ID_POZYCJI_ZAMOWIENIA"]], line["zostalo"]) for line in chosen
    }
    return f"{invoices.issue(c, [order], wanted, 14)} of {order}"


def invoice_several(c: Connection, which: float, how: float) -> str:
    buyer = _pick(c, ORDERS, which)["buyer"]
    open_ = [one["id"] for one in invoices.open_orders(c, buyer)][-3:]
    if not open_:
        raise Nothing
    return f"{invoices.issue_for_orders(c, open_, int(how * 30))} of {open_}"


def pay(c: Connection, which: float, how: float) -> str:
    invoice = _pick(c, INVOICES, which)
    amount = invoice["left_"] if how > 0.6 else max(Decimal("0.01"), (invoice["left_"] / 3).quantize(Decimal("0.01")))
    payments.pay(c, invoice["id"], amount)
    return f"{invoice['id']} {amount}"


def due(c: Connection, which: float, how: float) -> str:
    invoice = _pick(c, INVOICES, which)["id"]
    query = 'UPDATE dbo."DOKUMENT_HANDLOWY" SET "TERMIN_PLAT" = %s WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s'
    c.execute(query.encode(), [TODAY + int(how * 90), invoice])
    return str(invoice)


def phone_order(c: Connection, which: float, how: float) -> str:
    buyer, card = (
        _pick(c, BUYERS, which)["id"],
        _pick(c, 'SELECT * FROM dbo."ARTYKUL" WHERE "ID_MAGAZYNU" = 1 ORDER BY 1', how),
    )
    quantity, net = 1 + int(how * 5), Decimal(int(1 + how * 999)) / 10
    gross = (net * Decimal("1.23")).quantize(Decimal("0.01"))
    order = row(
        c,
        """INSERT INTO dbo."ZAMOWIENIE" ("ID_FIRMY", "ID_MAGAZYNU", "ID_KONTRAHENTA", "NUMER", "TYP", "DATA",
        "OBLICZANIE_WG_CEN", "WARTOSC_NETTO", "WARTOSC_BRUTTO") VALUES (1, 1, %s, %s, 1, %s, 'Netto ', %s, %s)
        RETURNING "ID_ZAMOWIENIA" AS id""",
        *[buyer, f"TEL {uuid.uuid4().hex[:8]}", TODAY, net * quantity, gross * quantity],
    )["id"]
    c.execute(
        """INSERT INTO dbo."POZYCJA_ZAMOWIENIA" ("ID_ZAMOWIENIA", "ID_ARTYKULU", "KOD_VAT", "JEDNOSTKA", "ZAMOWIONO",
        "CENA_NETTO", "CENA_BRUTTO") VALUES (%s, %s, '23', 'szt.', %s, %s, %s)""",
        [order, card["ID_ARTYKULU"], quantity, net, gross],
    )
    return f"{order} for {buyer}"


def change_line(c: Connection, which: float, how: float) -> str:
    line = next(iter(orders.lines(c, [_pick(c, ORDERS, which)["id"]])), None)
    if line is None:
        raise Nothing
    more = line["ZAMOWIONO"] + 1 + int(how * 3)
    query = 'UPDATE dbo."POZYCJA_ZAMOWIENIA" SET "ZAMOWIONO" = %s WHERE "ID_POZYCJI_ZAMOWIENIA" = %s'
    c.execute(query.encode(), [more, line["ID_POZYCJI_ZAMOWIENIA"]])
    return f"{line['ID_POZYCJI_ZAMOWIENIA']} to {more}"


def delete_order(c: Connection, which: float, how: float) -> str:
    """Only one taken by phone and not invoiced: what the shop's buyers ordered must stay."""
    order = _pick(
        c,
        """SELECT "ID_ZAMOWIENIA" AS id FROM dbo."ZAMOWIENIE" z WHERE "NUMER" LIKE 'TEL%%' AND NOT EXISTS (
        SELECT 1 FROM dbo."POZYCJA_ZAMOWIENIA" p WHERE p."ID_ZAMOWIENIA" = z."ID_ZAMOWIENIA" AND "ZREALIZOWANO" > 0)
        ORDER BY 1""",
        which,
    )["id"]
    for table in ("POZYCJA_ZAMOWIENIA", "DOSTAWA", "ZAMOWIENIE"):
        c.execute(f'DELETE FROM dbo."{table}" WHERE "ID_ZAMOWIENIA" = %s'.encode(), [order])
    return str(order)


ACTS: dict[str, Callable[[Connection, float, float], str]] = {
    act.__name__: act
    for act in (
        *(stock, price, rename_product, flag_product, block_product, change_customer, flag_customer, block_customer),
        *(new_contact, new_customer, move_place, status, ship, invoice_part, invoice_several, pay, due, phone_order),
        *(change_line, delete_order),
    )
}
