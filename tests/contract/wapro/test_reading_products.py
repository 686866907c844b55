"""Articles: one product a catalogue index, over the configured warehouses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wiadukt.contract.base import Kind
from wiadukt.wapro.engine import reading
from wiadukt.wapro.read.ids import read_ids
from wiadukt.wapro.read.products import read_products


@pytest.fixture
def read(engine, settings):
    def read(*ids, **changes):
        with reading(engine) as conn:
            return read_products(conn, list(ids), settings.model_copy(update=changes))

    return read


def test_stock_is_summed_over_the_configured_warehouses_only(office, read):
    office.article("ZAW-1", STAN=240, ZAREZERWOWANO=40, ILOSC_EDYTOWANA=1)
    office.article("ZAW-1", ID_MAGAZYNU=2, STAN=60)
    office.article("ZAW-1", ID_MAGAZYNU=3, STAN=1000)

    product = read("ZAW-1").objects[0]

    assert (product.stock, product.available) == (Decimal(300), Decimal(259))


def test_more_reserved_than_there_is_means_nothing_available(office, read):
    office.article("ZAW-1", STAN=5, ZAREZERWOWANO=9)

    assert read("ZAW-1").objects[0].available == 0


def test_names_and_prices_are_those_of_the_orders_warehouse(office, read):
    first = office.article("FR-1", ID_MAGAZYNU=2, NAZWA="Front (hala)")
    card = office.article("FR-1", NAZWA="Front", NAZWA_CALA="Front lakierowany dąb 716×396", KOD_KRESKOWY="590")
    office.price(first, 2, "99")
    office.price(card, 1, "20")
    office.price(card, 2, "15")

    product = read("FR-1").objects[0]

    assert (product.name, product.ean, product.unit) == ("Front lakierowany dąb 716×396", "590", "szt.")
    assert [(p.level, p.level_name, p.net, p.gross) for p in product.prices] == [
        ("1", "Detaliczna", Decimal(20), Decimal("24.60")),
        ("2", "Hurtowa", Decimal(15), Decimal("18.45")),
    ]
    assert [p.level for p in read("FR-1", wapro_price_levels="2").objects[0].prices] == ["2"]


def test_a_category_is_the_path_of_its_names(office, read):
    office.insert("KATEGORIA_ARTYKULU_TREE", ID_FIRMY=1, NAZWA="Fronty", KOD_TREE="001", POZIOM=1)
    leaf = office.insert("KATEGORIA_ARTYKULU_TREE", ID_FIRMY=1, NAZWA="Lakierowane", KOD_TREE="001002", POZIOM=2)
    office.article("FR-1", ID_KATEGORII_TREE=leaf)

    assert read("FR-1").objects[0].category == "Fronty / Lakierowane"


def test_a_flag_on_any_card_puts_it_in_the_shop_and_its_absence_hides_it(office, read):
    office.article("A", DOSTEPNY_W_SKLEPIE_INTER=0)
    office.article("A", ID_MAGAZYNU=2)
    office.article("B", DOSTEPNY_W_SKLEPIE_INTER=0, ZABLOKOWANY=1)
    office.article("C", ID_MAGAZYNU=3)

    answer = read("A", "B", "C")

    assert {p.id: (p.in_shop, p.blocked) for p in answer.objects} == {"A": (True, False), "B": (False, True)}
    assert answer.missing == ("C",)


def test_ids_list_flagged_indexes_once(office, engine, settings):
    for warehouse in (1, 2):
        office.article("Ż-1", ID_MAGAZYNU=warehouse)
        office.article("A-1", ID_MAGAZYNU=warehouse)
    office.article("hidden", DOSTEPNY_W_SKLEPIE_INTER=0)
    office.article("elsewhere", ID_MAGAZYNU=3)

    with reading(engine) as conn:
        first = read_ids(conn, Kind.PRODUCT, settings, after="", limit=1)
        rest = read_ids(conn, Kind.PRODUCT, settings, after=first.next_after, limit=5)

    assert sorted(first.ids + rest.ids) == ["A-1", "Ż-1"]
    assert rest.next_after is None
