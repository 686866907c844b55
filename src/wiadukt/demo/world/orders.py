"""A year of orders, from long finished to placed yesterday."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg

from wiadukt.demo.world.customers import Buyer
from wiadukt.demo.world.goods import Article
from wiadukt.demo.world.rows import Rows, cents, clarion, gross

YEAR_DAYS = 360


@dataclass
class MadeLine:
    """One order line with what was ordered."""

    id: int
    article: Article
    quantity: int
    net: Decimal

    @property
    def gross(self) -> Decimal:
        return gross(self.net)


@dataclass
class Made:
    """An order as invoices need it."""

    id: int
    buyer: Buyer
    day: date
    lines: list[MadeLine]
    letter: str
    finished: bool


def make(
    rows: Rows, rng: random.Random, buyers: list[Buyer], articles: list[Article], *, count: int, today: date
) -> list[Made]:
    """Orders in the order of their days, numbered by year; those older than five weeks are finished."""
    customers = [buyer for buyer in buyers if buyer.weight]
    sold = [article for article in articles if article.in_shop]
    days = sorted(today - timedelta(days=rng.randint(1, YEAR_DAYS)) for _ in range(count))
    numbers: dict[int, int] = {}
    made = []
    for day in days:
        buyer = rng.choices(customers, [customer.weight for customer in customers])[0]
        numbers[day.year] = numbers.get(day.year, 0) + 1
        made.append(_order(rows, rng, buyer, sold, day=day, number=numbers[day.year], age=(today - day).days))
    for year, last in numbers.items():
        rows.add("NUMERACJA", ID_FIRMY=1, ID_MAGAZYNU=1, DOKUMENT=2, TYP_DOKUMENTU=12, OKRES=year, LAST_ID=last)
    return made


def _order(
    rows: Rows, rng: random.Random, buyer: Buyer, sold: list[Article], *, day: date, number: int, age: int
) -> Made:
    letter, finished = _state(rng, age)
    order = Made(rows.new_id(), buyer, day, [], letter, finished)
    for article in rng.sample(sold, rng.randint(1, 6)):
        quantity = rng.randint(1, 12) if article.index.startswith("F") else rng.randint(2, 60)
        order.lines.append(MadeLine(rows.new_id(), article, quantity, article.net))
    shipped = letter == "W"
    rows.add(
        "ZAMOWIENIE",
        ID_ZAMOWIENIA=order.id,
        ID_FIRMY=1,
        ID_MAGAZYNU=1,
        ID_KONTRAHENTA=buyer.id,
        KONTRAHENT_NAZWA=buyer.name,
        OSOBA_ZAMAWIAJACA=buyer.person,
        ID_PRACOWNIKA=buyer.salesman,
        ID_UZYTKOWNIKA=3000001 + buyer.salesman,
        NUMER=f"ZO {number:04d}/{day.year % 100:02d}",
        AUTONUMER=number,
        TYP=1,
        DATA=clarion(day),
        DATA_REALIZACJI=clarion(day + timedelta(days=rng.randint(7, 21))),
        WARTOSC_NETTO=sum((cents(line.quantity * line.net) for line in order.lines), Decimal(0)),
        WARTOSC_BRUTTO=sum((cents(line.quantity * line.gross) for line in order.lines), Decimal(0)),
        OBLICZANIE_WG_CEN="Netto",
        FORMA_PLATNOSCI="przelew",
        DNI_PLATNOSCI=buyer.payment_days,
        STAN_REALIZ="Z" if finished else "N",
        STATUS_ZAM=letter or " ",
        NUMER_PRZESYLKI=f"{rng.randint(10**9, 10**10 - 1)}" if shipped else None,
        ID_OPERATORA_PRZESYLKI=rng.choice([1, 2]) if shipped else None,
    )
    for line in order.lines:
        _line(rows, order, line)
    if buyer.places:
        rows.add(
            "DOSTAWA",
            ID_DOSTAWY=rows.new_id(),
            ID_MIEJSCA_DOSTAWY=rng.choice(buyer.places),
            ID_ZAMOWIENIA=order.id,
            ID_FORMY_DOSTAWY=1,
            ODEBRANO=int(finished),
        )
    return order


def _line(rows: Rows, order: Made, line: MadeLine) -> None:
    waits = not order.finished and order.letter != "A"
    rows.add(
        "POZYCJA_ZAMOWIENIA",
        ID_POZYCJI_ZAMOWIENIA=line.id,
        ID_ZAMOWIENIA=order.id,
        ID_ARTYKULU=line.article.card,
        KOD_VAT="23",
        JEDNOSTKA=line.article.unit,
        ZAMOWIONO=line.quantity,
        ZREALIZOWANO=line.quantity if order.finished else 0,
        ZAREZERWOWANO=line.quantity if waits else 0,
        CENA_NETTO=line.net,
        CENA_BRUTTO=line.gross,
        ZNACZNIK_CENY="k",
    )


def _state(rng: random.Random, age: int) -> tuple[str, bool]:
    if rng.random() < 0.03:
        return "A", False
    if age > 35:
        return "W", True
    if age > 14:
        return rng.choice([("W", True), ("G", False), ("P", False)])
    return rng.choice(["", "V", "P"]), False


def reserve(connection: psycopg.Connection[Any]) -> None:
    """Cards carry the sum of what open orders reserved; stock is never below it."""
    connection.execute("""
        UPDATE dbo."ARTYKUL" a SET "ZAREZERWOWANO" = s.ile, "STAN" = greatest(a."STAN", s.ile)
        FROM (SELECT "ID_ARTYKULU" AS id, sum("ZAREZERWOWANO") AS ile FROM dbo."POZYCJA_ZAMOWIENIA" GROUP BY 1) s
        WHERE a."ID_ARTYKULU" = s.id AND s.ile > 0""")
