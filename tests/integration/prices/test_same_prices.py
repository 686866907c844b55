"""WAPRO's own price procedure and the shop give one price, whatever the terms.

Terms at random are written into a base of WAPRO; the connector reads them, the shop takes them in and prices a basket;
WAPRO prices the same order by `RM_UstawCenyAktualne`. (The procedure is the stand-in's: its order of precedence is the
default of the settings, docs/prices.md.)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from factories import shop as make
from factories.bases import PostgresBases, connect
from factories.wapro import TODAY, Office, settings_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from wiadukt.shop.accounts.models import User
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.forks.partner.strategy import CustomerStrategy
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.sync.apply import apply_customers, apply_products
from wiadukt.wapro.engine import make_engine, reading
from wiadukt.wapro.read.customers import read_customers
from wiadukt.wapro.read.products import read_products
from wiadukt.wapro.settings import Settings

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
DAY = date(2026, 11, 23)  # TODAY as a date
RATES = {"23": Decimal(23), "8": Decimal(8), "0": Decimal(0)}
_numbers = itertools.count(1)

money = st.decimals("0.05", "900", places=2) | st.decimals("0.0101", "9", places=4)
percents = st.decimals("-25", "25", places=2)
discounts = st.decimals("0", "30", places=2)
maybe = st.booleans()
modes = st.sampled_from([0, 1, 1, 2, 2])
days = st.none() | st.integers(TODAY - 2, TODAY + 2)
agreements = st.none() | st.fixed_dictionaries(
    {
        "TRYB": modes,
        "CENA_NETTO": money,
        "CENA_BRUTTO": st.just(0) | money,
        "UPUST": discounts,
        "SYM_WAL": st.sampled_from([None, "PLN", "EUR"]),
        "ID_CENY": st.sampled_from([None, 1, 2]),
    }
)
articles = st.fixed_dictionaries(
    {
        "vat": st.sampled_from(sorted(RATES)),
        "levels": st.dictionaries(st.sampled_from([1, 2, 3]), money, min_size=1),
        "card": st.fixed_dictionaries(
            {
                "ID_CENY_DOM": st.sampled_from([None, 1, 2, 3]),
                "PODLEGA_RABATOWANIU": st.sampled_from([0, 1, 1]),
                "WYLACZ_CENY_IND": st.sampled_from([None, "", "T", "0"]),
                "CENA_PROMOCJI_N": st.none() | st.just(0) | money,
                "PROMOCJA_RABAT": st.just(0) | discounts,
                "PROMOCJA_OD": days,
                "PROMOCJA_DO": days,
            }
        ),
        "agreed": agreements,
        "for_group": agreements,
        "of_category": st.none()
        | st.fixed_dictionaries({"ID_CENY": st.sampled_from([None, 1, 3]), "NARZUT": st.none() | percents}),
        "quantity": st.integers(1, 400),
    }
)
terms = st.fixed_dictionaries(
    {
        "group": st.fixed_dictionaries({"ID_CENY": st.sampled_from([None, 1, 2]), "NARZUT": st.just(0) | percents}),
        "buyer": st.fixed_dictionaries({"DOMYSLNY_RABAT": percents, "PODLEGA_PROMOCJI": st.sampled_from([0, 1, 1])}),
        "thresholds": st.dictionaries(st.sampled_from([100, 1000, 9000]), st.decimals("0.5", "12", places=2)),
        "articles": st.lists(articles, min_size=1, max_size=4),
    }
)


@dataclass
class World:
    """A base of WAPRO with the office at work in it, and the connector's way to read it."""

    office: Office
    engine: Engine
    settings: Settings

    def read(self, buyer: int, indexes: list[str]) -> tuple[Any, list[Any]]:
        with reading(self.engine) as conn:
            customers = read_customers(conn, [str(buyer)], self.settings)
            goods = read_products(conn, indexes, self.settings)
        assert not customers.broken
        assert not goods.broken
        return customers.objects[0], list(goods.objects)


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    with PostgresBases(postgres).fresh() as url:
        office, engine = Office(connect(url)), make_engine(url)
        yield World(office, engine, settings_for(url, wapro_promotion_percent_column="PROMOCJA_RABAT"))
        engine.dispose()
        office.close()


def write(office: Office, said: dict[str, Any]) -> tuple[int, int, list[str]]:
    """The buyer, an order of his with all articles, and their indexes."""
    office.run('DELETE FROM dbo."PROGI_RABATOWE"')
    for value, percent in said["thresholds"].items():
        office.insert("PROGI_RABATOWE", ID_FIRMY=1, PROG=value, RABAT=percent)
    group = office.insert("GRUPA_KONTRAHENTA", ID_FIRMY=1, NAZWA="Losowa", **said["group"])
    buyer = office.contractor(ID_GRUPY=group, **said["buyer"])
    order, indexes = office.order(buyer), []
    for one in said["articles"]:
        rate = 1 + RATES[one["vat"]] / 100
        category = office.insert("KATEGORIA_ARTYKULU", ID_MAGAZYNU=1, NAZWA="Losowa")
        index = f"R-{next(_numbers)}"
        card = office.article(index, VAT_SPRZEDAZY=one["vat"], ID_KATEGORII=category, STAN=9999, **one["card"])
        for level, net in one["levels"].items():
            gross = round(net * rate, 2) or Decimal("0.01")
            office.insert("CENA_ARTYKULU", ID_ARTYKULU=card, ID_CENY=level, CENA_NETTO=net, CENA_BRUTTO=gross)
        if one["agreed"]:
            office.insert("CENNIK_KONTRAHENTA", ID_KONTRAHENTA=buyer, ID_ARTYKULU=card, **one["agreed"])
        if one["for_group"]:
            office.insert("CENNIK_INDYWIDUALNY", ID_GRUPY=group, ID_ARTYKULU=card, **one["for_group"])
        if one["of_category"]:
            office.insert("CENA_GRUPY", ID_KATEGORII=category, ID_GRUPY=group, **one["of_category"])
        office.line(order, card, str(one["quantity"]), "0")
        indexes.append(index)
    return buyer, order, indexes


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=terms)
def test_wapro_and_the_shop_ask_the_same_price(world, said):
    office = world.office
    buyer, order, indexes = write(office, said)
    office.rows('SELECT * FROM dbo."RM_UstawCenyAktualne"(%s, 3000001, 0, %s)', order, buyer)
    lines = office.rows(
        'SELECT "CENA_NETTO", "CENA_BRUTTO" FROM dbo."POZYCJA_ZAMOWIENIA" WHERE "ID_ZAMOWIENIA" = %s ORDER BY 1, 2',
        order,
    )
    totals = office.rows(
        'SELECT "WARTOSC_NETTO", "WARTOSC_BRUTTO" FROM dbo."ZAMOWIENIE" WHERE "ID_ZAMOWIENIA" = %s', order
    )

    customer, goods = world.read(buyer, indexes)
    apply_customers([customer], [], make.batch())
    apply_products(goods, [], make.batch())
    company = Organisation.objects.get(erp_id=str(buyer))
    member = make.a_member(f"b{buyer}@losowa.example", company.default_branch)
    basket = priced_basket(member.user, {i: a["quantity"] for i, a in zip(indexes, said["articles"], strict=True)})

    prices = [line.purchase_info.price for line in basket.all_lines()]
    shop = [(price.excl_tax, price.incl_tax) for price in prices]
    unpriced = len(indexes) - len(shop)
    assert sorted(shop) == sorted((row["CENA_NETTO"], row["CENA_BRUTTO"]) for row in lines)[unpriced:]
    assert all(row["CENA_NETTO"] == 0 for row in lines[:unpriced])
    if shop:
        assert (basket.total_excl_tax, basket.total_incl_tax) == tuple(totals[0].values())


def priced_basket(user: User, quantities: dict[str, int]) -> Any:
    """A basket of all that has a price, on WAPRO's day."""
    strategy = CustomerStrategy(user=user)
    strategy.today = DAY
    products = {product.upc: product for product in Product.objects.filter(upc__in=quantities)}
    sold = [
        (products[index], n) for index, n in quantities.items() if strategy.pricing_policy(products[index], None).exists
    ]
    basket = make.a_basket(user)
    basket.strategy = strategy
    for product, quantity in sold:
        basket.add_product(product, quantity)
    return basket
