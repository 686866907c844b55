"""Articles: one product a catalogue index, over the configured warehouses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wiadukt.contract.base import Kind
from wiadukt.contract.facts import BUCKETS
from wiadukt.contract.fetch import MAX_FETCH
from wiadukt.contract.product import Contents
from wiadukt.wapro.engine import reading
from wiadukt.wapro.read.digests import read_digests
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


SKIP = "INDEKS_KATALOGOWY=(*,NAZWA=nowy artykuł*,NAZWA=X*,NAZWA=100%*"


@pytest.mark.parametrize(
    ("index", "name", "in_shop"),
    [
        ("ZAW-1", "Zawias", True),
        ("(12345)", "Zawias", False),
        ("ZAW-1", "Nowy artykuł (ID)", False),
        ("ZAW-1", "x zawias", False),
        ("ZAW-1", "Zawias X", True),
        ("ZAW-1", "100% bawełny", False),
        ("ZAW-1", "1000 zawiasów", True),
    ],
)
def test_drafts_and_archived_cards_stay_out_by_rule(office, read, engine, settings, index, name, in_shop):
    office.article(index, NAZWA=name)
    ruled = settings.model_copy(update={"wapro_article_skip": SKIP})

    assert read(index).objects[0].in_shop
    assert read(index, wapro_article_skip=SKIP).objects[0].in_shop is in_shop
    with reading(engine) as conn:
        assert read_ids(conn, Kind.PRODUCT, ruled, after="", limit=10).ids == ((index,) if in_shop else ())
        assert set(read_digests(conn, Kind.PRODUCT, ruled, 0, BUCKETS - 1)) == ({index} if in_shop else set())


def test_one_card_that_is_in_the_shop_is_enough(office, read):
    office.article("ZAW-1", NAZWA="X stary")
    office.article("ZAW-1", ID_MAGAZYNU=2, NAZWA="Zawias")

    assert read("ZAW-1", wapro_article_skip=SKIP).objects[0].in_shop


def test_another_column_may_choose_the_goods(office, read, engine, settings):
    """One that is read for nothing else."""
    office.article("ZAW-1")
    office.article("ZAW-2", DOSTEPNY_W_SKLEPIE_INTER=0)
    office.run("""UPDATE dbo."ARTYKUL" SET "POLE3" = 'sklep ' WHERE "INDEKS_KATALOGOWY" = 'ZAW-2'""")
    by_field = settings.model_copy(update={"wapro_article_flag": "POLE3=sklep"})

    found = {one.id: one.in_shop for one in read("ZAW-1", "ZAW-2", wapro_article_flag="POLE3=sklep").objects}

    assert found == {"ZAW-1": False, "ZAW-2": True}
    with reading(engine) as conn:
        assert read_ids(conn, Kind.PRODUCT, by_field, after="", limit=10).ids == ("ZAW-2",)
        assert set(read_digests(conn, Kind.PRODUCT, by_field, 0, BUCKETS - 1)) == {"ZAW-2"}


@pytest.mark.parametrize(
    "wrong", [{"wapro_article_flag": "NAZWA=x"}, {"wapro_article_skip": "NAZWA"}, {"wapro_article_skip": "NAZWA=*"}]
)
def test_a_rule_that_can_not_be_read_stops_the_start(settings, wrong):
    with pytest.raises(ValueError, match="WAPRO_ARTICLE"):
        type(settings)(**(settings.model_dump() | wrong))


def test_the_sale_unit_says_whether_fractions_are_sold(office, read):
    by_metre = office.value('SELECT "ID_JEDNOSTKI" FROM dbo."JEDNOSTKA" WHERE "PODZIELNA" = 1')
    office.article("OBR-1", ID_JEDNOSTKI=by_metre)
    office.article("OBR-2", ID_JEDNOSTKI=by_metre, ID_JEDNOSTKI_SPRZ=1)
    office.article("OBR-3", ID_JEDNOSTKI=1, ID_JEDNOSTKI_SPRZ=by_metre)

    found = {one.id: one.is_divisible for one in read("OBR-1", "OBR-2", "OBR-3").objects}

    assert found == {"OBR-1": True, "OBR-2": False, "OBR-3": True}


@pytest.mark.parametrize(
    ("sale", "holds"),
    [
        ({"SKROT": "op.", "PRZELICZNIK": 12}, Contents(quantity=Decimal(12), unit="szt.")),
        ({"SKROT": "op.", "PRZELICZNIK": 1}, None),
        ({"SKROT": "szt.", "PRZELICZNIK": 12}, None),
        ({"SKROT": " ", "PRZELICZNIK": 12}, None),
    ],
)
def test_what_a_unit_of_sale_holds_of_the_stocks_is_told_where_it_means_something(office, read, sale, holds):
    unit = office.insert("JEDNOSTKA", ID_FIRMY=1, NAZWA="opakowanie", **sale)
    office.article("WKR-1", STAN=120, ID_JEDNOSTKI_SPRZ=unit)
    office.article("ZAW-1", ID_JEDNOSTKI_SPRZ=0)

    (packed, loose) = read("WKR-1", "ZAW-1").objects

    assert (packed.contents, packed.available) == (holds, 120 / Decimal(sale["PRZELICZNIK"]))
    assert loose.contents is None


def test_as_many_goods_as_a_fetch_may_ask_for_are_read_over_any_number_of_warehouses(office, read):
    """More cards than SQL Server takes parameters (2,100)."""
    tens = "(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))"
    office.run(
        'INSERT INTO dbo."ARTYKUL"'
        ' ("ID_MAGAZYNU", "INDEKS_KATALOGOWY", "NAZWA", "VAT_SPRZEDAZY", "ID_JEDNOSTKI", "STAN")'
        " SELECT m.n, concat('M-', a.n, b.n, c.n), 'Zawias', '23', 1, 1"
        f" FROM (VALUES (1), (2), (3), (4), (5)) AS m (n), {tens} AS a (n), {tens} AS b (n), {tens} AS c (n)"
        " WHERE c.n < 5"
    )
    ids = sorted(
        row["INDEKS_KATALOGOWY"] for row in office.rows('SELECT DISTINCT "INDEKS_KATALOGOWY" FROM dbo."ARTYKUL"')
    )

    found = read(*ids, wapro_warehouses="1,2,3,4,5")

    assert [one.stock for one in found.objects] == [5] * MAX_FETCH
