"""The seller's people: what their dashboard shows they may open, and nothing leads them to a refusal."""

from __future__ import annotations

import re

import pytest
from factories.shop import a_company, a_priced_product, a_seller, a_supervisor, a_user, an_order
from typer.testing import CliRunner

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.rights import goods_group
from wiadukt.shop.cli import app
from wiadukt.shop.sellers.models import Assignment

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
GOODS = ["", "categories/", "categories/create/", "product-types/", "option/", "attribute-option-group/"]


@pytest.fixture
def product():
    return a_priced_product("ZAW-1")


def plain(email: str) -> User:
    return a_user(email, is_staff=True)


def assigned(email: str) -> User:
    seller = a_seller(email)
    buyer = a_company("Meble Nowak")
    an_order(buyer.default_branch, "WD-1")
    Assignment.objects.create(organisation=buyer, person=seller)
    return seller.user


def for_goods(email: str) -> User:
    user = plain(email)
    user.groups.add(goods_group())
    return user


def made(*options: str) -> User:
    answer = CliRunner().invoke(app, ["staff", "Ola@Sklep.example", "--password", "tajne-haslo-1", *options])
    assert answer.exit_code == 0, answer.output
    return User.objects.get(email="ola@sklep.example")


@pytest.mark.parametrize("options", [["--goods"], []], ids=["goods", "administrator"])
def test_staff_opens_every_page_of_goods_that_the_dashboard_leads_to(product, logged_in, options):
    browser = logged_in(made(*options))

    pages = [f"/dashboard/catalogue/{page}" for page in [*GOODS, f"products/{product.pk}/"]]
    assert {page: browser.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_staff_for_goods_is_no_administrator(product, logged_in):
    user = made("--goods")

    assert not user.is_superuser
    assert not user.has_perm("outbox.mend_messages")
    assert logged_in(user).get(f"/dashboard/catalogue/products/{product.pk}/delete/").status_code == 403


def test_an_administrator_made_staff_for_goods_is_none_any_more():
    assert made().is_superuser
    assert not made("--goods").is_superuser


@pytest.mark.parametrize("page", ["/dashboard/", "/dashboard/buyers/", "/dashboard/sync/", "/dashboard/comparison/"])
@pytest.mark.parametrize("who", [plain, assigned, a_supervisor, for_goods], ids=lambda who: who.__name__)
def test_nothing_leads_staff_to_a_refusal(product, logged_in, page, who):
    browser = logged_in(who("ola@sklep.example"))

    links = set(re.findall(r'href="(/[^"#?]*)"', browser.get(page).content.decode()))
    answers = {link: browser.get(link).status_code for link in links if not link.startswith("/static/")}

    assert set(answers.values()) <= {200, 302}, answers
