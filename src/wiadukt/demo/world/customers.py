"""The buyers: a fixed cast for the walk-through and a crowd around it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wiadukt.demo.world.names import CITIES, FIRMS, LAST_NAMES, STREETS, ascii_name, nip, person
from wiadukt.demo.world.rows import Rows, cents, gross

if TYPE_CHECKING:
    from wiadukt.demo.world.goods import Article

RETAIL, WHOLESALE, PARTNER = 1, 2, 3
NEW_BUYER = "Stolarnia Bukowiec"
PAYS_FOR_ANOTHER = 4  # the number in the crowd of the buyer whose invoices the one before it pays


@dataclass
class Buyer:
    """What the other parts of the world need to know of a contractor. The price level has the group's id."""

    id: int
    name: str
    group: int
    payment_days: int
    salesman: int
    person: str
    discount: Decimal = Decimal(0)
    places: list[int] = field(default_factory=list)
    agreed: dict[str, Decimal] = field(default_factory=dict)
    weight: int = 1
    payer: Buyer | None = None


def make_customers(rows: Rows, rng: random.Random, count: int) -> list[Buyer]:
    """Those who buy: the three of the cast first, then the crowd. Others, who don't, close the table."""
    buyers = [
        _cast(rows, "Meble Nowak", "Meble Nowak sp. z o.o.", "Swarzędz", NOWAK, code=1, weight=9),
        _cast(rows, "Stolmar", "Stolmar Adam Mazur", "Kępno", STOLMAR, code=2, weight=4),
        _cast(rows, NEW_BUYER, "Stolarnia Bukowiec Anna Bukowska", "Bukowiec", BUKOWIEC, code=3, weight=0),
    ]
    buyers[0].places = [_place(rows, rng, buyers[0].id, _nowak_place(number)) for number in range(36)]
    buyers[1].places = [_place(rows, rng, buyers[1].id, name) for name in ("Warsztat", "Magazyn", "Salon", "Budowa")]
    for name, street, code, city in BUKOWIEC_PLACES:
        _place_at(rows, buyers[2].id, name, street, code, city)
    for number in range(count - len(buyers) - len(OTHERS)):
        payer = buyers[-1] if number == PAYS_FOR_ANOTHER else None
        buyers.append(_crowd(rows, rng, number, payer))
    for number, (name, columns) in enumerate(OTHERS):
        other = Buyer(rows.new_id(), name, RETAIL, 14, 1, "")
        _contractor(rows, other, code=900 + number, full_name=name, street="Polna 1", city="Poznań", **columns)
    return buyers


# The brief's cast; the browser's walk-through and its screenshots rely on it.
NOWAK = [
    ("Jan", "Nowak", "prezes", "jan.nowak@meblenowak.example", 1),
    ("Ewa", "Król", "zakupy, oddział Poznań", "ewa.krol@meblenowak.example", 0),
    ("Marek", "Wójcik", "kierownik produkcji", "marek.wojcik@meblenowak.example", 0),
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
# Who never orders: a debtor who is in the shop but blocked, two suppliers, and one whose data were removed.
OTHERS: list[tuple[str, dict[str, Any]]] = [
    ("Zadłużony Meblarz", {"in_shop": True, "ZABLOKOWANY": 1, "OSTRZEZENIE": "Zaległości od roku, nie wydawać towaru"}),
    ("Tartak Zielony Bór", {"ODBIORCA": 0, "DOSTAWCA": 1}),
    ("Okucia Import", {"ODBIORCA": 0, "DOSTAWCA": 1}),
    ("ANONIM", {"RODO_ZANONIMIZOWANY": 1, "NIP": "", "NIPL": "", "ADRES_EMAIL": "", "TELEFON_FIRMOWY": ""}),
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
) -> Buyer:
    new = name == NEW_BUYER
    discount = Decimal(-5 if new else -3)
    buyer = Buyer(rows.new_id(), name, WHOLESALE, 14, 1, " ".join(people[0][:2]), discount, weight=weight)
    _contractor(rows, buyer, code=code, full_name=full_name, street="Fabryczna 12", city=city, in_shop=not new)
    for first, last, position, email, default in people:
        _contact(rows, buyer.id, first, last, position, email, default)
    return buyer


def _contractor(
    rows: Rows, buyer: Buyer, *, code: int, full_name: str, street: str, city: str, in_shop: bool = False, **other: Any
) -> None:
    """One card; `other` columns go over the usual ones."""
    rows.add(
        "KONTRAHENT",
        **{
            "ID_KONTRAHENTA": buyer.id,
            "ID_FIRMY": 1,
            "KOD_KONTRAHENTA": code,
            "KLUCZ": buyer.name.upper(),
            "NAZWA": buyer.name,
            "NAZWA_PELNA": full_name,
            "NIP": nip(code),
            "NIPL": nip(code),
            "ULICA_LOKAL": street,
            "KOD_POCZTOWY": CITIES.get(city, "60-001"),
            "MIEJSCOWOSC": city,
            "SYM_KRAJU": "PL",
            "ADRES_EMAIL": f"biuro@{ascii_name(buyer.name)}.example",
            "TELEFON_FIRMOWY": f"61 8{code % 100:02d} 40 {code % 90 + 10}",
            "ID_GRUPY": buyer.group,
            "FORMA_PLATNOSCI": "przelew",
            "TERMIN_NALEZNOSCI": buyer.payment_days,
            "LIMIT_KUPIECKI": Decimal(50000),
            "DOMYSLNY_RABAT": buyer.discount,
            "ID_HANDLOWCA": buyer.salesman,
            "ID_PLATNIKA": buyer.payer.id if buyer.payer else None,
            "ODBIORCA": 1,
            "DOSTAWCA": 0,
            "ZABLOKOWANY": 0,
            "DOSTEPNY_W_B2B": int(in_shop),
            "RODO_ZANONIMIZOWANY": 0,
            "OSTRZEZENIE": None,
            "KTO_WPISAL": "kzielinska 12.01.2024 09:14:22",
            **other,
        },
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
    city = next((city for city in CITIES if city in name), None) or rng.choice(list(CITIES))
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
        TYP_ADRESU=0,
        TEL=f"61 {place % 900 + 100} 20 {place % 90 + 10}",
        OPIS="Rozładunek od 7 do 15" if place % 3 == 0 else None,
    )
    return place


def _nowak_place(number: int) -> str:
    kinds = ("Salon", "Magazyn", "Montaż", "Budowa")
    return f"{kinds[number % 4]} {list(CITIES)[number % len(CITIES)]} {number // 4 + 1}"


def _crowd(rows: Rows, rng: random.Random, number: int, payer: Buyer | None) -> Buyer:
    round_, last = divmod(number, len(LAST_NAMES))
    last = LAST_NAMES[last]
    name = f"{FIRMS[number % len(FIRMS)]} {last}{f' {round_ + 1}' if round_ else ''}"
    domain = f"{ascii_name(name)}{round_ + 1 if round_ else ''}.example"
    city = rng.choice(list(CITIES))
    first, surname = person(rng, last)
    group = rng.choice([RETAIL, WHOLESALE, WHOLESALE, WHOLESALE, PARTNER])
    days = rng.choice([7, 14, 14, 21, 30])
    discount = Decimal(str(rng.choice([0, 0, -2, -3.5, -5])))
    buyer = Buyer(rows.new_id(), name, group, days, number % 3 + 1, f"{first} {surname}", discount, payer=payer)
    street = f"{rng.choice(STREETS)} {rng.randint(1, 120)}"
    _contractor(rows, buyer, code=1000 + number, full_name=name, street=street, city=city, in_shop=True)
    # Some offices write two addresses into the one field.
    email = f"biuro@{domain}; faktury@{domain}" if number % 7 == 3 else f"biuro@{domain}"
    _contact(rows, buyer.id, first, surname, "właściciel", email, 1)
    if number % 2:
        _contact(rows, buyer.id, *person(rng), "zakupy", f"zakupy@{domain}", 0)
    names = ["Siedziba", *(f"Oddział {town}" for town in rng.sample(list(CITIES), rng.randint(0, 3)))]
    buyer.places = [_place(rows, rng, buyer.id, place) for place in names]
    buyer.weight = rng.randint(1, 4)
    return buyer


def agree_prices(rows: Rows, rng: random.Random, buyers: list[Buyer], articles: list[Article]) -> None:
    """Individual prices: the new buyer's hinge, and a few for the older ones."""
    by_index = {article.index: article for article in articles}
    agreed = [(buyers[2], by_index["ZAW-CLIP-110"], Decimal("7.90"))]
    sold = [article for article in articles if article.in_shop]
    for buyer in buyers[:2]:
        for article in rng.sample(sold, min(6, len(sold))):
            agreed.append((buyer, article, cents(article.nets[PARTNER] * Decimal("0.93"))))
    for buyer, article, net in agreed:
        buyer.agreed[article.index] = net
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
