"""Publishing asks for all checks or for a reason, and WAPRO's flags count: whoever comes second sees the first."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from factories import goods as make
from factories.shop import batch, erp_article

from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.history.models import Change
from wiadukt.shop.intake.models import Work
from wiadukt.shop.intake.publish import NotReady, publish, withdraw
from wiadukt.shop.intake.work import take
from wiadukt.shop.sync.apply.products import apply_products

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

MANY = "/dashboard/intake/many/"


def published() -> set[str]:
    return set(Product.objects.filter(is_public=True).values_list("upc", flat=True))


def test_a_page_opened_before_wapro_took_the_product_out_does_not_make_it_public():
    seen_by_staff = make.a_complete_product("ZAW-1")
    apply_products([erp_article("ZAW-1", in_shop=False)], [], batch("m", "ZAW-1"))

    publish(seen_by_staff, "my@sklep.example")

    product = Product.objects.get()
    assert (product.is_public, product.published_at is not None) == (False, True)
    apply_products([erp_article("ZAW-1")], [], batch("m", "ZAW-1"))
    assert Product.objects.get().is_public, "and it comes back by itself"


def test_what_lacks_something_is_published_only_with_a_reason_which_the_history_keeps():
    product = make.a_new_product("NOWY-1")
    with pytest.raises(NotReady) as refusal:
        publish(product, "my@sklep.example", "  ")
    assert [lack.code for lack in refusal.value.lacks] == ["photo", "description", "category"]
    assert published() == set()

    with override("pl"):
        publish(product, "my@sklep.example", "Klient czeka na nie od wczoraj")

    assert published() == {"NOWY-1"}
    change = Change.objects.get(field="published_without")
    assert (change.new, change.author) == ("Klient czeka na nie od wczoraj", "my@sklep.example")
    assert "opis" in change.old


def test_a_price_that_wapro_took_away_meanwhile_is_missed_behind_the_lock():
    product = make.a_complete_product("ZAW-1")
    product.level_prices.all().delete()

    with pytest.raises(NotReady):
        publish(product, "my@sklep.example")


def test_what_is_published_leaves_the_intake_and_nobody_works_on_it_and_a_withdrawal_brings_it_back():
    product = make.a_complete_product("ZAW-1")
    take(product.pk, make.a_goods_person("ola@sklep.example"))

    publish(product, "ola@sklep.example")

    assert list(product.categories.values_list("slug", flat=True)) == ["okucia"]
    assert not Work.objects.exists()
    withdraw(product, "ola@sklep.example")
    assert set(product.categories.values_list("slug", flat=True)) == {"okucia", "intake"}
    assert published() == set()


def test_the_page_keeps_what_was_written_when_it_is_not_enough_to_publish(ola):
    product = make.a_new_product("NOWY-1")
    said = {"product_class": product.product_class_id, "description": "Opis", "action": "publish"}

    page = ola.post(f"/dashboard/intake/{product.pk}/", said, follow=True, headers={"Accept-Language": "en"})

    assert "Saved, but not published: it still lacks photo, target category." in page.content.decode()
    product.refresh_from_db()
    assert (product.description, product.is_public) == ("Opis", False)


def test_many_are_looked_at_first_then_the_ready_ones_are_published_and_the_rest_stays(ola):
    ready, bare = make.a_complete_product("CALY-1"), make.a_new_product("NOWY-1")
    held = make.a_complete_product("ZAJETY-1")
    take(held.pk, make.a_goods_person("jan@sklep.example"))
    picked = {"picked": [ready.pk, bare.pk, held.pk]}

    preview = ola.post(MANY, picked | {"what": "publish"})
    assert (preview.context["ready"], preview.context["lacking"], published()) == (1, 1, set())
    ola.post(f"{MANY}publish/", picked)
    assert published() == {"CALY-1"}
    ola.post(f"{MANY}publish/", picked | {"reason": "Targi w poniedziałek"})

    assert published() == {"CALY-1", "NOWY-1"}, "a reason doesn't go past a colleague"


def test_many_are_published_only_from_among_those_that_wait(ola):
    unflagged = make.a_complete_product("ZDJETY-1", in_shop=False)

    ola.post(f"{MANY}publish/", {"picked": [unflagged.pk, "x", "9" * 40]})

    assert not Product.objects.filter(published_at__isnull=False).exists()


def test_all_of_a_narrowed_list_are_taken_given_back_and_placed_at_once(ola):
    for index in ("A-1", "A-2", "B-1"):
        make.a_new_product(index, erp_category="Meble / Okucia")
    make.a_complete_product("C-1")
    listed = {"all": "1", "q": "A-"}

    ola.post(MANY, listed | {"what": "take"})
    assert set(Work.objects.values_list("product__upc", flat=True)) == {"A-1", "A-2"}
    ola.post(MANY, listed | {"what": "propose"})
    ola.post(MANY, listed | {"what": "release"})

    assert not Work.objects.exists()
    placed = Product.objects.filter(categories__slug="okucia").values_list("upc", flat=True)
    assert set(placed) == {"A-1", "A-2", "C-1"}


def test_after_a_deed_one_comes_back_to_the_list_and_never_to_another_site(ola):
    wanted = ("/dashboard/intake/?check=photo", "//zly.example", "/\\zly.example", "https://zly.example", "photo")

    landed = [ola.post(MANY, {"what": "take", "next": address})["location"] for address in wanted]

    assert landed == ["/dashboard/intake/?check=photo", *["/dashboard/intake/"] * 4]
