"""The board: what goods lack, who works on them, and that nobody writes over what he has not seen."""

from __future__ import annotations

import re
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import goods as make
from factories.shop import a_category, batch, erp_article
from factories.threads import at_once

from wiadukt.shop.forks.catalogue.models import Category, Product
from wiadukt.shop.history.models import Change
from wiadukt.shop.history.words import LABELS
from wiadukt.shop.intake.models import CategoryRule, Work
from wiadukt.shop.intake.work import Held, take
from wiadukt.shop.sync.apply.products import apply_products

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

BOARD = "/dashboard/intake/"


@pytest.fixture
def jan(logged_in) -> Client:
    return logged_in(make.a_goods_person("jan@sklep.example"))


def page_of(product: Product) -> str:
    return f"{BOARD}{product.pk}/"


def words_on(browser: Client, address: str, **asked: str) -> str:
    return browser.get(address, asked, headers={"Accept-Language": "en"}).content.decode()


def indexes_on(browser: Client, **asked: str) -> set[str]:
    return set(re.findall(r'aria-label="([A-Z]+-\d)"', words_on(browser, BOARD, **asked)))


def form_of(browser: Client, product: Product, **said: object) -> dict[str, object]:
    """The form as the page offers it, with what the person writes."""
    page = browser.get(page_of(product))
    form = page.context["form"]
    values = {field.name: field.value() for field in form if field.name not in ("photo", "attachment")}
    values["category"] = getattr(values["category"], "pk", values["category"])
    values = {name: "" if value is None else value for name, value in values.items()}
    return values | {"mark": page.context["mark"], "action": "save"} | said


def test_each_card_says_what_its_product_lacks_and_the_list_narrows_by_it(ola):
    make.a_new_product("NOWY-1")
    make.a_complete_product("CALY-1")
    kind = make.a_kind("Uchwyty", rozstaw="integer")
    make.a_complete_product("UCHWYT-1", product_class=kind, unit="")
    Product.objects.filter(upc="UCHWYT-1").update(product_class=kind)

    assert indexes_on(ola) == {"NOWY-1", "CALY-1", "UCHWYT-1"}
    narrowed = {check: indexes_on(ola, check=check) for check in
                ("photo", "description", "category", "price", "unit", "parameters", "ready", "no-such")}  # fmt: skip

    assert narrowed == {
        "photo": {"NOWY-1"}, "description": {"NOWY-1"}, "category": {"NOWY-1"}, "price": set(),
        "unit": {"UCHWYT-1"}, "parameters": {"UCHWYT-1"}, "ready": {"CALY-1"},
        "no-such": {"NOWY-1", "CALY-1", "UCHWYT-1"},
    }  # fmt: skip
    assert "parameter: Rozstaw" in words_on(ola, BOARD, q="UCHWYT-1")


def test_the_board_shows_only_what_wapro_offers_and_nobody_published(ola):
    make.a_new_product("NOWY-1")
    make.a_new_product("ZDJETY-1", in_shop=False)
    published = make.a_complete_product("CALY-1")

    ola.post(page_of(published), form_of(ola, published, action="publish"))

    assert indexes_on(ola) == {"NOWY-1"}


def test_the_board_asks_the_same_number_of_questions_however_many_goods_it_shows(ola):
    for n in range(3):
        make.a_new_product(f"NOWY-{n}")
    words_on(ola, BOARD)
    with CaptureQueriesContext(connection) as few:
        words_on(ola, BOARD)
    for n in range(3, 9):
        make.a_new_product(f"NOWY-{n}")

    with CaptureQueriesContext(connection) as many:
        words_on(ola, BOARD)

    assert len(many) == len(few)


def test_one_works_on_it_and_what_another_saves_is_refused_whole(ola, jan):
    product = make.a_new_product("NOWY-1")
    ola.post(f"{page_of(product)}take/")
    said = form_of(jan, product, description="Opis Jana", photo=[make.a_file("a.png")])

    answer = jan.post(page_of(product), said, headers={"Accept-Language": "en"})

    product.refresh_from_db()
    assert "ola@sklep.example has worked on it since" in answer.content.decode()
    assert (product.description, product.images.count()) == ("", 0)
    assert (indexes_on(ola, worker="mine"), indexes_on(jan, worker="mine")) == ({"NOWY-1"}, set())
    assert (indexes_on(jan, worker="taken"), indexes_on(jan, worker="free")) == ({"NOWY-1"}, set())


def test_a_colleague_takes_it_over_and_both_are_in_the_history(ola, jan):
    product = make.a_new_product("NOWY-1")
    ola.post(f"{page_of(product)}take/")
    jan.post(f"{page_of(product)}take/")
    assert Work.objects.get().user.email == "ola@sklep.example", "taking is not taking over"

    jan.post(f"{page_of(product)}take-over/")
    ola.post(f"{page_of(product)}release/")

    assert Work.objects.get().user.email == "jan@sklep.example"
    passed = Change.objects.filter(field="work").order_by("pk").values_list("old", "new")
    assert list(passed) == [("", "ola@sklep.example"), ("ola@sklep.example", "jan@sklep.example")]


def test_a_page_opened_before_a_colleague_saved_does_not_write_over_it(ola, jan):
    product = make.a_new_product("NOWY-1")
    of_ola = form_of(ola, product, description="Opis Oli")
    of_jan = form_of(jan, product, description="Opis Jana")

    ola.post(page_of(product), of_ola)
    refused = jan.post(page_of(product), of_jan, headers={"Accept-Language": "en"})

    product.refresh_from_db()
    assert product.description == "Opis Oli"
    page = refused.content.decode()
    assert "ola@sklep.example changed this product after you opened the page" in page
    assert "Opis Jana" in page, "what he wrote is not lost"
    jan.post(page_of(product), of_jan | {"mark": refused.context["mark"]})
    product.refresh_from_db()
    assert product.description == "Opis Jana", "and he may save it once he has seen the other"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_it_at_once_one_has_it():
    product = make.a_new_product("NOWY-1")
    people = [make.a_goods_person(f"{n}@sklep.example") for n in range(4)]

    outcomes = at_once(*(partial(take, product.pk, person) for person in people), expected=Held)

    assert [type(one) for one in outcomes].count(Held) == 3
    assert Work.objects.count() == 1


def test_wapros_tree_proposes_a_category_and_a_rule_holds_for_what_waits_and_for_what_comes(ola):
    apply_products([erp_article("A-1", category="Meble / Okucia")], [], batch("m", "A-1"))
    okucia = a_category()
    waits = Product.objects.get(upc="A-1")
    assert "Okucia" in words_on(ola, BOARD), "a category of the shop is named alike"

    ola.post(f"{BOARD}categories/", {"erp_category": "Meble / Okucia", "target": okucia.pk})
    apply_products([erp_article("A-2", category="Meble / Okucia")], [], batch("m", "A-2"))

    later = Product.objects.get(upc="A-2")
    assert set(waits.categories.values_list("slug", flat=True)) == {"intake", "okucia"}
    assert set(later.categories.values_list("slug", flat=True)) == {"intake", "okucia"}
    assert not later.is_public, "a rule does not publish"


def test_wapros_own_path_becomes_the_shops_and_is_made_once(ola):
    apply_products([erp_article("A-1", category="Meble / Zawiasy")], [], batch("m", "A-1"))

    for _twice in range(2):
        ola.post(f"{BOARD}categories/", {"erp_category": "Meble / Zawiasy", "target": "same"})

    assert CategoryRule.objects.get().category.full_name == "Meble > Zawiasy"
    assert Category.objects.filter(name__in=["Meble", "Zawiasy"]).count() == 2
    wrong = ola.post(f"{BOARD}categories/", {"erp_category": "Meble / Zawiasy", "target": "999999"}, follow=True)
    assert "wybierz jedną z listy" in wrong.content.decode()


def test_everything_that_staff_changes_has_its_word_in_the_history(ola):
    source, product = make.a_complete_product("CALY-1"), make.a_new_product("NOWY-1")
    Product.objects.filter(pk=source.pk).update(product_class=make.a_kind("Uchwyty", rozstaw="integer"))
    source.refresh_from_db()
    source.attr.rozstaw = 128
    source.attr.save()
    ola.post(f"{page_of(product)}take/")
    ola.post(f"{page_of(product)}copy/", {"index": "caly-1"})
    files = {"photo": [make.a_file("a.png"), make.a_file("b.png", make.a_picture("#fff"))]}
    files["attachment"] = [make.a_file("karta.pdf")]
    ola.post(page_of(product), form_of(ola, product, **files))
    first, second = product.images.all()
    said = {f"alt_{first.pk}": "Zawias z przodu", "main": second.pk}
    ola.post(page_of(product), form_of(ola, product, action="publish", attr_rozstaw="160", **said))

    changes = Change.objects.filter(origin="staff")
    fields = {field.partition(".")[0] for field in changes.values_list("field", flat=True)}
    assert fields <= set(LABELS)
    page = words_on(ola, page_of(product))
    assert "<strong>description</strong> Zawias do szafek." in page, "in words, without marks"
    assert fields >= {"work", "product_class", "target_category", "description", "parameter", "photo", "alt_text",
                      "main_photo", "attachment", "published"}  # fmt: skip
