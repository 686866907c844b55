"""Terms of trade as the contract tells them: agreed prices and discounts, groups, promotions, thresholds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from factories.wapro import TODAY, settings_for
from pydantic import ValidationError

from wiadukt.contract.customer import CategoryTerms, OverdueAction, Threshold
from wiadukt.contract.product import GroupPrice, Promotion
from wiadukt.wapro.engine import reading
from wiadukt.wapro.read.customers import read_customers
from wiadukt.wapro.read.products import read_products


@pytest.fixture
def terms(base, engine):
    def read(buyer, **changes):
        with reading(engine) as conn:
            return read_customers(conn, [str(buyer)], settings_for(base, **changes)).objects[0].terms

    return read


@pytest.fixture
def product(base, engine):
    def read(index, **changes):
        with reading(engine) as conn:
            found = read_products(conn, [index], settings_for(base, **changes))
        return found.objects[0] if found.objects else found.broken[index]

    return read


def agree(office, buyer, card, **values):
    office.insert(
        "CENNIK_KONTRAHENTA",
        **{"ID_KONTRAHENTA": buyer, "ID_ARTYKULU": card, "CENA_NETTO": 0, "CENA_BRUTTO": 0, **values},
    )


def test_agreed_prices_and_discounts_by_their_codes(office, terms):
    buyer = office.contractor()
    fixed, discount, nothing, foreign = (office.article(f"A-{n}") for n in "1234")
    agree(office, buyer, fixed, TRYB=1, CENA_NETTO="7.90", CENA_BRUTTO="9.72", SYM_WAL="PLN")
    agree(office, buyer, discount, TRYB=2, UPUST=10, ID_CENY=1)
    agree(office, buyer, nothing, TRYB=0, CENA_NETTO=1)
    agree(office, buyer, foreign, TRYB=1, CENA_NETTO=2, SYM_WAL="EUR")

    found = {price.product_id: price for price in terms(buyer).individual_prices}

    assert set(found) == {"A-1", "A-2", "A-4"}
    assert (found["A-1"].net, found["A-1"].discount_percent) == (Decimal("7.90"), None)
    assert (found["A-2"].net, found["A-2"].discount_percent, found["A-2"].level) == (None, Decimal(10), "1")
    assert found["A-4"].currency == "EUR", "never told as zlotys"
    other_codes = terms(buyer, wapro_price_modes="2", wapro_discount_modes="1").individual_prices
    assert {p.product_id: p.discount_percent for p in other_codes} == {"A-1": 0, "A-2": None, "A-4": 0}


def test_signs_are_settings(office, terms):
    office.insert("PROGI_RABATOWE", ID_FIRMY=1, PROG=1000, RABAT=3)
    office.insert("PROGI_RABATOWE", ID_FIRMY=2, PROG=10, RABAT=50)
    group = office.insert("GRUPA_KONTRAHENTA", ID_FIRMY=1, NAZWA="Salony", ID_CENY=1, NARZUT=4)
    buyer = office.contractor(ID_GRUPY=group, DOMYSLNY_RABAT=-5)

    usual = terms(buyer)
    assert (usual.discount_percent, usual.markup_percent, usual.group_name) == (5, 4, "Salony")
    assert (usual.price_level, usual.price_level_name) == ("1", "Detaliczna")
    assert usual.thresholds == (Threshold(from_value=Decimal(1000), discount_percent=Decimal(3)),)
    other = terms(buyer, wapro_discount_sign=1, wapro_markup_sign=-1, wapro_rebate_sign=-1, wapro_markups="")
    assert (other.discount_percent, other.markup_percent, other.thresholds) == (-5, 0, ())
    assert terms(buyer, wapro_markup_sign=-1).markup_percent == -4


def test_terms_of_a_category_take_the_first_markup_that_is_written(office, terms):
    group = office.insert("GRUPA_KONTRAHENTA", ID_FIRMY=1, NAZWA="Salony", ID_CENY=1)
    buyer = office.contractor(ID_GRUPY=group)
    office.insert("CENA_GRUPY", ID_KATEGORII=51, ID_GRUPY=group, ID_CENY=3, NARZUT=-2)
    office.insert("CENA_GRUPY", ID_KATEGORII=52, ID_GRUPY=group, ID_CENY=2)
    office.insert("CENA_GRUPY", ID_KATEGORII=51, ID_GRUPY=2, ID_CENY=2, NARZUT=9)
    office.insert("CENA_KATEGORII", ID_KATEGORII=53, ID_CENY=1, DOMYSLNY_NARZUT=7)

    own = CategoryTerms(category="51", level="3", markup_percent=Decimal(-2))
    assert terms(buyer).category_terms == (own, CategoryTerms(category="52", level="2"))
    with_categories = terms(buyer, wapro_markups="CENA_GRUPY,CENA_KATEGORII").category_terms
    assert with_categories[2] == CategoryTerms(category="53", markup_percent=Decimal(7))


def test_late_payers_and_those_without_promotions(office, terms):
    buyer = office.contractor(DNI_PO_TERMINIE=14, BLOKOWANIE=2, PODLEGA_PROMOCJI=0)

    found = terms(buyer, wapro_blocking="0:allow,2:hold")

    assert (found.overdue_days, found.overdue_action, found.takes_promotions) == (14, OverdueAction.HOLD, False)
    assert terms(buyer).overdue_action is OverdueAction.WARN, "a code nobody explained"
    assert terms(office.contractor()).overdue_action is OverdueAction.ALLOW


def test_the_salesmans_address_stands_where_the_office_keeps_it(office, terms):
    office.run("""UPDATE dbo."PRACOWNIK" SET "POLE3" = 'K.Zielinska@Firma.example ' WHERE "ID_PRACOWNIKA" = 1""")
    buyer = office.contractor(ID_HANDLOWCA=1)

    assert terms(buyer).salesman.email == ""
    assert terms(buyer, wapro_salesman_email_field="POLE3").salesman.email == "k.zielinska@firma.example"


def test_an_article_tells_its_promotion_with_its_days(office, product):
    card = {"CENA_PROMOCJI_N": "9.50", "CENA_PROMOCJI_B": "11.69", "PROMOCJA_OD": TODAY, "PROMOCJA_DO": TODAY + 7}
    office.article("A-1", **card)
    office.article("A-2", PROMOCJA_RABAT=15)
    office.article("A-3", PROMOCJA_OD=46_000, CENA_PROMOCJI_N=1)

    found = product("A-1").promotion
    assert (found.net, found.gross) == (Decimal("9.50"), Decimal("11.69"))
    assert (found.first_day, found.last_day) == (date(2026, 11, 23), date(2026, 11, 30))
    assert product("A-2").promotion is None, "nobody said what the percent means"
    by_percent = product("A-2", wapro_promotion_percent_column="PROMOCJA_RABAT").promotion
    assert by_percent == Promotion(discount_percent=Decimal(15))
    assert "46000 nie jest datą WAPRO" in product("A-3")


def test_an_article_tells_what_its_price_depends_on(office, product):
    office.article(
        "A-1", VAT_SPRZEDAZY="8", ID_CENY_DOM=3, ID_KATEGORII=51, PODLEGA_RABATOWANIU=0, WYLACZ_CENY_IND="t "
    )
    office.article("A-2", VAT_SPRZEDAZY="xx")

    found = product("A-1")
    assert (found.vat_percent, found.default_level, found.price_category) == (8, "3", "51")
    assert (found.is_discountable, found.individual_prices_off) == (False, True)
    plain = product("A-2")
    assert (plain.vat_percent, plain.default_level, plain.is_discountable) == (None, "", True)
    assert not plain.individual_prices_off


def test_prices_of_groups_travel_with_the_article(office, product):
    here, there = office.article("A-1"), office.article("A-1", ID_MAGAZYNU=2)
    office.insert("CENNIK_INDYWIDUALNY", ID_GRUPY=2, ID_ARTYKULU=there, TRYB=1, CENA_NETTO=8)
    office.insert("CENNIK_INDYWIDUALNY", ID_GRUPY=2, ID_ARTYKULU=here, TRYB=1, CENA_NETTO=9, CENA_BRUTTO=11)
    office.insert("CENNIK_INDYWIDUALNY", ID_GRUPY=3, ID_ARTYKULU=here, TRYB=2, UPUST=5)
    office.insert("CENNIK_INDYWIDUALNY", ID_GRUPY=1, ID_ARTYKULU=here, TRYB=1, CENA_NETTO=1, SPRZEDAZ_ZAKUP=1)

    assert set(product("A-1").group_prices) == {
        GroupPrice(group="2", net=Decimal(9), gross=Decimal(11)),
        GroupPrice(group="3", discount_percent=Decimal(5)),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"wapro_price_modes": "1", "wapro_discount_modes": "1,2"},
        {"wapro_price_sources": "individual,somewhere"},
        {"wapro_markups": "CENNIK"},
        {"wapro_blocking": "1:stop"},
        {"wapro_salesman_email_field": "EMAIL"},
    ],
)
def test_settings_that_cannot_be_read_stop_the_start(wrong):
    with pytest.raises(ValidationError):
        settings_for("postgresql://localhost/wapro", **wrong)
