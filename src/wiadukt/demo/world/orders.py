"""A year of orders, from long finished to placed yesterday."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from wiadukt.demo.world.customers import Buyer
from wiadukt.demo.world.goods import Article
from wiadukt.demo.world.rows import Base, Rows, cents, clarion, gross

YEAR_DAYS = 360
# The letters an order has been through when it stands at its own.
ROADS = {"": "", "V": "V", "P": "VP", "G": "VPG", "W": "VPGW", "A": "A"}
REMARKS = [
    "Proszę o telefon przed dostawą",
    "Pakować parami, fronty przełożyć pianką",
    "Odbiór do godziny 15",
    "Dostawa łącznie z poprzednim zamówieniem",
]


@dataclass
class MadeLine:
    """One order line: what was ordered at which price, and how much of it was delivered."""

    id: int
    article: Article
    quantity: int
    net: Decimal
    marker: str = "k"
    realised: int = 0

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

    @property
    def delivered(self) -> bool:
        return any(line.realised for line in self.lines)


def make_orders(
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
        made.append(_order(rows, rng, buyer, sold, day=day, number=numbers[day.year], today=today))
    for year, last in numbers.items():
        rows.add("NUMERACJA", ID_FIRMY=1, ID_MAGAZYNU=1, DOKUMENT=2, TYP_DOKUMENTU=12, OKRES=year, LAST_ID=last)
    return made


def _order(
    rows: Rows, rng: random.Random, buyer: Buyer, sold: list[Article], *, day: date, number: int, today: date
) -> Made:
    letter, finished = _state(rng, (today - day).days)
    articles = rng.sample(sold, min(len(sold), rng.randint(1, 6)))
    # Everybody orders what was agreed with him.
    agreed = [article for article in sold if article.index in buyer.agreed and article not in articles]
    if agreed and rng.random() < 0.4:
        articles.append(rng.choice(agreed))
    order = Made(rows.new_id(), buyer, day, [_ordered(rows, rng, buyer, one) for one in articles], letter, finished)
    _realise(rng, order, today)
    wanted = day + timedelta(days=rng.randint(7, 21))
    _header(rows, rng, order, number=number, wanted=wanted)
    for line in order.lines:
        _line(rows, order, line)
    _statuses(rows, order, today)
    if buyer.places:
        rows.add(
            "DOSTAWA",
            ID_DOSTAWY=rows.new_id(),
            ID_MIEJSCA_DOSTAWY=rng.choice(buyer.places),
            ID_ZAMOWIENIA=order.id,
            ID_FORMY_DOSTAWY=1,
            DATA_PLANOWANA=clarion(wanted),
            ODEBRANO=int(finished),
        )
    return order


def _ordered(rows: Rows, rng: random.Random, buyer: Buyer, article: Article) -> MadeLine:
    """At the agreed price, else at the price of the buyer's level less his discount."""
    quantity = rng.randint(1, 12) if article.index.startswith("F") else rng.randint(2, 60)
    if article.index in buyer.agreed:
        return MadeLine(rows.new_id(), article, quantity, buyer.agreed[article.index], "i")
    net = cents(article.nets[buyer.group] * (100 + buyer.discount) / 100)
    return MadeLine(rows.new_id(), article, quantity, net, "m" if buyer.discount else "k")


def _state(rng: random.Random, age: int) -> tuple[str, bool]:
    if rng.random() < 0.03:
        return "A", False
    if age > 35:
        return "W", True
    if age > 14:
        return rng.choice([("W", True), ("G", False), ("P", False)])
    return rng.choice(["", "V", "P"]), False


def _realise(rng: random.Random, order: Made, today: date) -> None:
    """A finished order is delivered whole; of one in work for two weeks a part may be gone."""
    partly = order.letter in ("P", "G") and (today - order.day).days > 14 and rng.random() < 0.5
    for line in order.lines:
        if order.finished:
            line.realised = line.quantity
        elif partly and line.quantity > 1:
            line.realised = line.quantity // 2


def _header(rows: Rows, rng: random.Random, order: Made, *, number: int, wanted: date) -> None:
    buyer, day = order.buyer, order.day
    shipped = order.letter == "W"
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
        DATA_REALIZACJI=clarion(wanted),
        DATA_UTWORZENIA_WIERSZA=datetime.combine(day, time(rng.randint(7, 16), rng.randint(0, 59))),
        NR_ZAMOWIENIA_KLIENTA=f"{rng.randint(1, 999)}/{day.year}" if rng.random() < 0.3 else None,
        WARTOSC_NETTO=sum((cents(line.quantity * line.net) for line in order.lines), Decimal(0)),
        WARTOSC_BRUTTO=sum((cents(line.quantity * line.gross) for line in order.lines), Decimal(0)),
        OBLICZANIE_WG_CEN="Netto",
        FORMA_PLATNOSCI="przelew",
        DNI_PLATNOSCI=buyer.payment_days,
        STAN_REALIZ="Z" if order.finished else "N",
        STATUS_ZAM=order.letter or " ",
        AUTO_REZERWACJA=1,
        NUMER_PRZESYLKI=f"{rng.randint(10**9, 10**10 - 1)}" if shipped else None,
        ID_OPERATORA_PRZESYLKI=rng.choice([1, 2]) if shipped else None,
        UWAGI=rng.choice(REMARKS) if rng.random() < 0.2 else None,
    )


def _line(rows: Rows, order: Made, line: MadeLine) -> None:
    waits = not order.finished and order.letter != "A"
    rows.add(
        "POZYCJA_ZAMOWIENIA",
        ID_POZYCJI_ZAMOWIENIA=line.id,
        ID_ZAMOWIENIA=order.id,
        ID_ARTYKULU=line.article.card,
        KOD_VAT="23",
        JEDNOSTKA=line.article.unit,
        PRZELICZNIK=line.article.unit_factor,
        ZAMOWIONO=line.quantity,
        ZREALIZOWANO=line.realised,
        ZAREZERWOWANO=line.quantity - line.realised if waits else 0,
        CENA_NETTO=line.net,
        CENA_BRUTTO=line.gross,
        ZNACZNIK_CENY=line.marker,
    )


def _statuses(rows: Rows, order: Made, today: date) -> None:
    """The log of the letters, a few days apart."""
    before, day = " ", order.day
    for letter in ROADS[order.letter]:
        day = min(day + timedelta(days=3), today - timedelta(days=1))
        rows.add(
            "MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN",
            ID_REJESTRU_ZMIAN=rows.new_id(),
            ID_DOKUMENTU=order.id,
            KOD_Z=before,
            KOD_NA=letter,
            DATAICZAS=datetime.combine(day, time(9, 30)),
            ID_UZYTKOWNIKA=3000001 + order.buyer.salesman,
        )
        before = letter


def reserve(base: Base) -> None:
    """Cards carry the sum of what open orders reserved; stock is never below it."""
    base.run("""
        UPDATE dbo."ARTYKUL" SET "ZAREZERWOWANO" = s.ile, "STAN" = CASE WHEN "STAN" < s.ile THEN s.ile ELSE "STAN" END
        FROM (SELECT "ID_ARTYKULU" AS id, sum("ZAREZERWOWANO" * "PRZELICZNIK") AS ile FROM dbo."POZYCJA_ZAMOWIENIA"
            GROUP BY "ID_ARTYKULU") s
        WHERE dbo."ARTYKUL"."ID_ARTYKULU" = s.id AND s.ile > 0""")
