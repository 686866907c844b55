"""Polish words for a plausible world."""

from __future__ import annotations

import random
import unicodedata

FIRST_NAMES = [
    "Jan", "Anna", "Piotr", "Katarzyna", "Tomasz", "Magdalena", "Paweł", "Joanna", "Michał", "Barbara", "Łukasz", "Grażyna",
]  # fmt: skip
LAST_NAMES = [
    "Kowalski", "Wiśniewski", "Dąbrowski", "Zieliński", "Szymański", "Woźniak", "Kozłowski", "Jankowski", "Mazurek", "Krawczyk",
    "Piotrowski", "Grabowski", "Zając", "Pawłowski", "Michalak", "Nowicki", "Adamczyk", "Dudek", "Wieczorek", "Jabłoński",
    "Majewski", "Olszewski", "Stępień", "Malinowski", "Jaworski", "Wróbel", "Górski", "Sikora", "Walczak", "Rutkowski",
    "Baran", "Szewczyk", "Tomaszewski", "Pietrzak", "Marciniak", "Zalewski", "Jakubowski", "Sadowski",
]  # fmt: skip
FIRMS = ["Meble", "Stolarstwo", "Kuchnie", "Studio Mebli", "Zabudowy", "Pracownia", "Wnętrza"]
STREETS = [
    "Leśna", "Poznańska", "Ogrodowa", "Przemysłowa", "Polna", "Szkolna", "Warszawska", "Kwiatowa", "Fabryczna", "Długa",
]  # fmt: skip
CITIES = {
    "Poznań": "60-801", "Wrocław": "50-102", "Gniezno": "62-200", "Swarzędz": "62-020", "Kępno": "63-600", "Leszno": "64-100",
    "Kalisz": "62-800", "Ostrów Wlkp.": "63-400", "Łódź": "90-001", "Szczecin": "70-202", "Gorzów Wlkp.": "66-400",
    "Bukowiec": "64-361", "Bydgoszcz": "85-004",
}  # fmt: skip


def person(rng: random.Random, last: str | None = None) -> tuple[str, str]:
    """A first and a last name that agree: Jan Kowalski, Anna Kowalska. `last` comes in its masculine form."""
    first, last = rng.choice(FIRST_NAMES), last or rng.choice(LAST_NAMES)
    if first.endswith("a") and last.endswith(("ski", "cki")):
        last = f"{last[:-1]}a"
    return first, last


def ascii_name(text: str) -> str:
    """Only small Latin letters, for made-up domains under .example."""
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    return "".join(sign for sign in plain.lower() if "a" <= sign <= "z")


def nip(number: int) -> str:
    """A tax number with a valid check digit."""
    weights = (6, 5, 7, 2, 3, 4, 5, 6, 7)
    base = 779_100_000 + number * 137
    while sum(int(digit) * weight for digit, weight in zip(str(base), weights, strict=True)) % 11 == 10:
        base += 1
    check = sum(int(digit) * weight for digit, weight in zip(str(base), weights, strict=True)) % 11
    return f"{base}{check}"


def ean(number: int) -> str:
    """An EAN-13 with a valid check digit."""
    base = f"590{number:09d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(base))
    return f"{base}{-total % 10}"
