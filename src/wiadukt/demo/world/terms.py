"""Terms of trade beyond the price level: agreed discounts, prices of a group, thresholds, promotions, late payers."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from wiadukt.demo.world.customers import PARTNER, Buyer
from wiadukt.demo.world.goods import Article
from wiadukt.demo.world.rows import Base, Rows, cents, clarion, gross

FIXED, DISCOUNT = 1, 2
THRESHOLDS = {Decimal(2500): Decimal(2), Decimal(8000): Decimal(4)}
SALESMEN = {1: "katarzyna.zielinska", 2: "michal.kaczmarek", 3: "agnieszka.pawlak"}


def make_terms(rows: Rows, rng: random.Random, buyers: list[Buyer], articles: list[Article]) -> None:
    """Rows of price lists and thresholds. The new buyer of the walk-through has none: his hinge is his only one."""
    for value, percent in THRESHOLDS.items():
        rows.add("PROGI_RABATOWE", ID_FIRMY=1, PROG=value, RABAT=percent)
    sold = [article for article in articles if article.in_shop]
    for buyer in (buyers[0], *buyers[3:9]):
        for article in rng.sample(sold, min(4, len(sold))):
            if article.index not in buyer.agreed:
                _row(
                    rows,
                    "CENNIK_KONTRAHENTA",
                    "ID_KONTRAHENTA",
                    buyer.id,
                    article,
                    discount=Decimal(rng.randint(4, 15)),
                )
    for article in rng.sample(sold, min(12, len(sold))):
        net = cents(article.nets[PARTNER] * Decimal("0.95"))
        _row(rows, "CENNIK_INDYWIDUALNY", "ID_GRUPY", PARTNER, article, net=net)


def _row(
    rows: Rows,
    table: str,
    owner: str,
    owner_id: int,
    article: Article,
    *,
    net: Decimal = Decimal(0),
    discount: Decimal = Decimal(0),
) -> None:
    rows.add(
        table,
        **{
            f"ID_{table}": rows.new_id(),
            owner: owner_id,
            "ID_ARTYKULU": article.card,
            "INDEKS": article.index,
            "NAZWA_ARTYKULU": article.name,
            "TRYB": FIXED if net else DISCOUNT,
            "SYM_WAL": "PLN",
            "CENA_NETTO": net,
            "CENA_BRUTTO": gross(net),
            "UPUST": discount,
            "SPRZEDAZ_ZAKUP": 0,
        },
    )


def write_over_cards(base: Base, sold: list[Article], today: date) -> None:
    """What stands on cards that are there already: promotions of now and of next week, late payers, e-mails."""
    now = (clarion(today - timedelta(days=3)), clarion(today + timedelta(days=11)))
    soon = (clarion(today + timedelta(days=5)), clarion(today + timedelta(days=19)))
    for number, article in enumerate(sold[5:60:6]):
        first, last = soon if number % 3 == 2 else now
        if number % 2:
            change = '"PROMOCJA_RABAT" = 12'
        else:
            net = cents(article.nets[PARTNER] * Decimal("0.9"))
            change = f'"CENA_PROMOCJI_N" = {net}, "CENA_PROMOCJI_B" = {gross(net)}'
        base.run(
            f'UPDATE dbo."ARTYKUL" SET {change}, "PROMOCJA_OD" = {first}, "PROMOCJA_DO" = {last}'
            f" WHERE \"INDEKS_KATALOGOWY\" = '{article.index}'"
        )
    base.run('UPDATE dbo."ARTYKUL" SET "PODLEGA_RABATOWANIU" = 0 WHERE "INDEKS_KATALOGOWY" LIKE \'NOZ-%\'')
    # Some are warned when they are late, few are held; every tenth takes no part in promotions.
    base.run(
        'UPDATE dbo."KONTRAHENT" SET "DNI_PO_TERMINIE" = 14, "BLOKOWANIE" = CASE WHEN "KOD_KONTRAHENTA" % 9 = 4 THEN 2 ELSE 1 END'
        ' WHERE "KOD_KONTRAHENTA" >= 1000 AND "KOD_KONTRAHENTA" % 3 = 1'
    )
    base.run('UPDATE dbo."KONTRAHENT" SET "PODLEGA_PROMOCJI" = 0 WHERE "KOD_KONTRAHENTA" % 10 = 7')
    for employee, login in SALESMEN.items():
        base.run(f'UPDATE dbo."PRACOWNIK" SET "POLE1" = \'{login}@wiadukt.example\' WHERE "ID_PRACOWNIKA" = {employee}')
