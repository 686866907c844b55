"""Whatever WAPRO and staff do to a product in whatever order, no door of the shop leads to what is not published."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from factories import goods as make
from factories.shop import a_branch, a_company, a_member, a_product, batch, erp_article
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from wiadukt.shop.forks.basket.models import Line
from wiadukt.shop.forks.catalogue.models import LinkKind, Product, ProductRecommendation
from wiadukt.shop.intake.attachments import attach
from wiadukt.shop.intake.links import link
from wiadukt.shop.intake.publish import publish, withdraw
from wiadukt.shop.lists.models import GoodsList, ListedProduct
from wiadukt.shop.organisations.models import Branch
from wiadukt.shop.sync.apply.products import apply_products

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

INDEX, NAME, FILE = "TAJ-1", "Zawias tajny", b"%PDF"
FLAGS = {
    "flag": {"in_shop": True},
    "unflag": {"in_shop": False},
    "block": {"blocked": True},
    "free": {"blocked": False},
}
DEEDS = [*FLAGS, "publish", "withdraw"]


@pytest.fixture
def buyer(logged_in) -> Client:
    return logged_in(a_member("kupiec@x.example", a_branch(a_company("Nowak"), "Poznań")).user)


def doors(buyer: Client, product: Product, attachment: Any) -> dict[str, bool]:
    """By each way to goods: whether the product is behind it for this buyer."""
    buyer.get("/basket/")  # what another example left to be said is said here
    category = product.categories.exclude(slug="intake").get()
    pages = {
        "listing": "/catalogue/", "search": f"/catalogue/?q={INDEX}", "search by EAN": "/catalogue/?q=5901234123457",
        "category": category.get_absolute_url(), "suggestions": f"/catalogue/suggest/?q={INDEX}",
    }  # fmt: skip
    seen = {way: NAME in buyer.get(address).content.decode() for way, address in pages.items()}
    seen["direct address"] = buyer.get(product.get_absolute_url()).status_code == 200
    answer = buyer.get(f"/catalogue/attachments/{attachment.pk}/")
    seen["attachment"] = answer.status_code == 200 and b"".join(answer.streaming_content) == FILE
    seen["quick order"] = NAME in buyer.post("/basket/quick/", {"text": f"{INDEX} 1"}).content.decode()
    for one in ProductRecommendation.objects.filter(recommendation=product).select_related("primary"):
        page = buyer.get(one.primary.get_absolute_url()).content.decode()
        seen[f"the page of goods it is the {one.kind} of"] = NAME in page
    goods_list = ListedProduct.objects.get(product=product).goods_list
    seen["a list"] = NAME in buyer.get(f"/lists/{goods_list.pk}/").content.decode()
    seen["the choice of lists"] = buyer.get(f"/lists/choose/{product.pk}/").status_code == 200
    buyer.post(f"/lists/{goods_list.pk}/basket/")
    seen["a list's way to the basket"] = bool(Line.objects.filter(product=product).delete()[0])
    buyer.post(f"/basket/add/{product.pk}/", {"quantity": "1"})
    seen["basket"] = Line.objects.filter(product=product).exists()
    return seen


@example(deeds=["publish"])
@example(deeds=["publish", "block", "unflag", "free", "flag"])
@given(deeds=st.lists(st.sampled_from(DEEDS), max_size=6))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_product_is_behind_every_door_or_behind_none(buyer, deeds):
    with transaction.atomic():
        product = make.a_complete_product(INDEX, title=NAME, ean="5901234123457")
        attachment = attach(product, make.a_file("karta.pdf", FILE), "ola@sklep.example")
        for kind in LinkKind.values:
            shown = a_product(f"JAWNY-{kind}")
            link(shown, product, kind, "ola@sklep.example", both_ways=True)
        kept = GoodsList.objects.create(branch=Branch.objects.get(name="Poznań"), name="Kuchnia")
        ListedProduct.objects.create(goods_list=kept, product=product)
        state = {"in_shop": True, "blocked": False}
        is_published = False
        for n, deed in enumerate(deeds):
            if deed in FLAGS:
                state |= FLAGS[deed]
                article = erp_article(INDEX, name=NAME, ean="5901234123457", **state)
                apply_products([article], [], batch(f"m{n}", INDEX))
            else:
                is_published = deed == "publish"
                (publish if is_published else withdraw)(Product.objects.get(upc=INDEX), "ola@sklep.example")

        is_sold = is_published and state["in_shop"] and not state["blocked"]
        seen = doors(buyer, Product.objects.get(upc=INDEX), attachment)

        assert seen == dict.fromkeys(seen, is_sold)
        transaction.set_rollback(True)
