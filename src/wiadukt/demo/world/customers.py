"""The buyers: a fixed cast for the walk-through and a crowd around it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from wiadukt.demo.world.names import CITIES, FIRMS, FIRST_NAMES, LAST_NAMES, STREETS, ascii_name, nip
from wiadukt.demo.world.rows import Rows, gross

if TYPE_CHECKING:
    from wiadukt.demo.world.goods import Article

WHOLESALE = 2
NEW_BUYER = "Stolarnia Bukowiec"


@dataclass
class Buyer:
    """What the other parts of the world need to know of a contractor."""

    id: int
    name: str
    group: int
    in_shop: bool
    payment_days: int
    salesman: int
    person: str
    places: list[int] = field(default_factory=list)
    weight: int = 1


def make(rows: Rows, rng: random.Random, count: int) -> list[Buyer]:
    """The three of the cast first, then the crowd; two suppliers, one blocked and one anonymised close the list."""
    buyers = [
        _cast(rows, "Meble Nowak", "Meble Nowak sp. z o.o.", "Swarzędz", NOWAK, code=1, weight=9),
        _cast(rows, "Stolmar", "Stolmar Adam Mazur", "Kępno", STOLMAR, code=2, weight=4),
        _cast(rows, NEW_BUYER, "Stolarnia Bukowiec Anna Bukowska", "Bukowiec", BUKOWIEC, code=3, weight=0, new=True),
    ]
    buyers[0].places = [_place(rows, rng, buyers[0].id, _nowak_place(number)) for number in range(36)]
    buyers[1].places = [_place(rows, rng, buyers[1].id, name) for name in ("Warsztat", "Magazyn", "Salon", "Budowa")]
    for name, street, code, city in BUKOWIEC_PLACES:
        _place_at(rows, buyers[2].id, name, street, code, city)
    for number in range(count - len(buyers) - 4):
        buyers.append(_crowd(rows, rng, number))
    _others(rows, rng, count)
    return buyers


NOWAK = [
    ("Jan", "Nowak", "prezes", "jan.nowak@meblenowak.example", 1),
    ("Ewa", "Król", "zakupy, oddział Poznań", "ewa.krol@meblenowak.example", 0),
    ("Marek", "Wójcik", "kierownik produkcji", "marek.wojcik@meblenowak.example; produkcja@meblenowak.example", 0),
    ("Zofia", "Lewandowska", "magazyn", None, 0),
]
STOLMAR = [("Adam", "Mazur", "właściciel", "biuro@stolmar.example", 1)]
BUKOWIEC = [
    ("Anna", "Bukowska", "właścicielka", "anna@bukowiec.example", 1),
    ("Piotr", "Lis", "zaopatrzenie", "piotr@bukowiec.example", 0),
]
BUKOWIEC_PLACES = [
    ("Hala Bukowiec", "Leśna 4", "64-361", "Bukowiec"),
    ("Magazyn Pniewy", "Poznańska 18", "62-045", "Pniewy"),
    ("Budowa Poznań", "Głogowska 211", "60-104", "Poznań"),
]


def _cast(
    rows: Rows,
    name: str,
    full_name: str,
    city: str,
    people: list[tuple[str, str, str, str | None, int]],
    *,
    code: int,
    weight: int,
    new: bool = False,
) -> Buyer:
    buyer = Buyer(rows.new_id(), name, WHOLESALE, not new, 14, 1, f"{people[0][0]} {people[0][1]}", weight=weight)
    _contractor(
        rows, buyer, code=code, full_name=full_name, street="Fabryczna 12", city=city, discount=-5 if new else -3
    )
    for first, last, position, email, default in people:
        _contact(rows, buyer.id, first, last, position, email, default)
    return buyer


def _contractor(
    rows: Rows, buyer: Buyer, *, code: int, full_name: str, street: str, city: str, discount: float, blocked: int = 0
) -> None:
    rows.add(
        "KONTRAHENT",
        ID_KONTRAHENTA=buyer.id,
        ID_FIRMY=1,
        KOD_KONTRAHENTA=code,
        KLUCZ=buyer.name.upper(),
        NAZWA=buyer.name,
        NAZWA_PELNA=full_name,
        NIP=nip(code),
        ULICA_LOKAL=street,
        KOD_POCZTOWY=CITIES.get(city, "60-001"),
        MIEJSCOWOSC=city,
        SYM_KRAJU="PL",
        ADRES_EMAIL=f"biuro@{ascii_name(buyer.name)}.example",
        TELEFON_FIRMOWY=f"61 8{code:02d} 40 {code % 90 + 10}",
        ID_GRUPY=buyer.group,
        FORMA_PLATNOSCI="przelew",
        TERMIN_NALEZNOSCI=buyer.payment_days,
        LIMIT_KUPIECKI=Decimal(50000),
        DOMYSLNY_RABAT=Decimal(str(discount)),
        ID_HANDLOWCA=buyer.salesman,
        ZABLOKOWANY=blocked,
        DOSTEPNY_W_B2B=int(buyer.in_shop),
        KTO_WPISAL="kzielinska 12.01.2024 09:14:22",
    )


def _contact(rows: Rows, owner: int, first: str, last: str, position: str, email: str | None, default: int) -> None:
    rows.add(
        "KONTAKT",
        ID_KONTAKTU=rows.new_id(),
        ID_KONTRAHENTA=owner,
        IMIE=first,
        NAZWISKO=last,
        STANOWISKO=position,
        TEL_KOM=f"60{default} {owner % 900 + 100} {len(last) * 71 % 900 + 100}",
        E_MAIL=email,
        DOMYSLNY=default,
    )


def _place(rows: Rows, rng: random.Random, owner: int, name: str) -> int:
    city = rng.choice(list(CITIES))
    return _place_at(rows, owner, name, f"{rng.choice(STREETS)} {rng.randint(1, 90)}", CITIES[city], city)


def _place_at(rows: Rows, owner: int, name: str, street: str, code: str, city: str) -> int:
    place = rows.new_id()
    rows.add(
        "MIEJSCE_DOSTAWY",
        ID_MIEJSCA_DOSTAWY=place,
        ID_KONTRAHENTA=owner,
        FIRMA=name,
        ODBIORCA="",
        ULICA_LOKAL=street,
        KOD_POCZTOWY=code,
        MIEJSCOWOSC=city,
        SYM_KRAJU="PL",
        TEL=f"61 {place % 900 + 100} 20 {place % 90 + 10}",
        OPIS="Rozładunek od 7 do 15" if place % 3 == 0 else None,
    )
    return place


def _nowak_place(number: int) -> str:
    kinds = ("Salon", "Magazyn", "Montaż", "Budowa")
    return f"{kinds[number % 4]} {list(CITIES)[number % len(CITIES)]} {number // 4 + 1}"


def _crowd(rows: Rows, rng: random.Random, number: int) -> Buyer:
    last = LAST_NAMES[number % len(LAST_NAMES)]
    name = f"{FIRMS[number % len(FIRMS)]} {last}"
    city = rng.choice(list(CITIES))
    first = rng.choice(FIRST_NAMES)
    group = rng.choice([1, 2, 2, 2, 3])
    buyer = Buyer(rows.new_id(), name, group, True, rng.choice([7, 14, 14, 21, 30]), number % 3 + 1, f"{first} {last}")
    street = f"{rng.choice(STREETS)} {rng.randint(1, 120)}"
    discount = rng.choice([0, 0, -2, -3.5, -5])
    _contractor(rows, buyer, code=100 + number, full_name=name, street=street, city=city, discount=discount)
    _contact(rows, buyer.id, first, last, "właściciel", f"biuro@{ascii_name(name)}.example", 1)
    if number % 2:
        _contact(rows, buyer.id, rng.choice(FIRST_NAMES), last, "zakupy", f"zakupy@{ascii_name(name)}.example", 0)
    names = ["Siedziba", *(f"Oddział {rng.choice(list(CITIES))}" for _ in range(rng.randint(0, 3)))]
    buyer.places = [_place(rows, rng, buyer.id, place) for place in names]
    buyer.weight = rng.randint(1, 4)
    return buyer


def _others(rows: Rows, rng: random.Random, count: int) -> None:
    """Contractors who are no buyers of the shop: suppliers, a blocked one, one whose data were removed."""
    for number, (name, blocked) in enumerate(
        [("Tartak Zielony Bór", 0), ("Okucia Import", 0), ("Zadłużony Meblarz", 1), ("ANONIM", 0)]
    ):
        other = Buyer(rows.new_id(), name, 1, False, 14, 1, "")
        _contractor(
            rows, other, code=900 + number, full_name=name, street="Polna 1", city="Poznań", discount=0, blocked=blocked
        )


def agree_prices(rows: Rows, rng: random.Random, buyers: list[Buyer], articles: list[Article]) -> None:
    """Individual prices: the new buyer's hinge, and a few for the older ones."""
    by_index = {article.index: article for article in articles}
    agreed = [(buyers[2], by_index["ZAW-CLIP-110"], Decimal("7.90"))]
    sold = [article for article in articles if article.in_shop]
    for buyer in buyers[:2]:
        agreed += [
            (buyer, article, (article.net * Decimal("0.72")).quantize(Decimal("0.01")))
            for article in rng.sample(sold, 6)
        ]
    for buyer, article, net in agreed:
        rows.add(
            "CENNIK_KONTRAHENTA",
            ID_CENNIK_KONTRAHENTA=rows.new_id(),
            ID_KONTRAHENTA=buyer.id,
            ID_ARTYKULU=article.card,
            INDEKS=article.index,
            NAZWA_ARTYKULU=article.name,
            TRYB=1,
            CENA_NETTO=net,
            CENA_BRUTTO=gross(net),
            SPRZEDAZ_ZAKUP=0,
        )
