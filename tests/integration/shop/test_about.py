"""Who sells and on which terms: written by administrators, read by all, agreed to with each order."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from factories.shop import a_basket, a_company, a_member, a_page, a_place, a_price, a_product, a_user, fresh_basket
from PIL import Image

from wiadukt.shop.about import agreed, keeping
from wiadukt.shop.about.models import Page, Version
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.ordering.confirmation import confirm
from wiadukt.shop.ordering.place import CannotPlace, Wishes, place

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
TOMORROW = timedelta(days=1)


@pytest.fixture
def root(logged_in):
    return logged_in(a_user("root@x.example", is_staff=True, is_superuser=True))


@pytest.fixture
def stranger(logged_in):
    return logged_in(None)


@pytest.fixture
def order():
    """Places an order after a page that said these terms; None is no page."""
    company = a_company("Nowak")
    member = a_member("kupiec@x.example", company.default_branch)
    where = a_place(company, "Hala")
    product = a_product("ZAW-1")
    a_price(product, "10.00", "12.30")

    def do(seen_terms: str | None = None) -> Order:
        basket = fresh_basket(a_basket(member.user, (product, 1)))
        return place(basket, member, Wishes(company.default_branch, where, seen_terms=seen_terms))

    return do


def written(text: str = "Nowe.", **fields: str) -> dict[str, str]:
    page = {"title": "Regulamin", "title_en": "", "slug": "regulamin", "position": "1", "is_agreed": "on"}
    return page | {"text": text, "text_en": "", "valid_from": f"{timezone.localdate()}", "keep": "all"} | fields


def picture(form: str = "JPEG", size: tuple[int, int] = (3000, 700)) -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", size, "#0f766e").save(made, form)
    return SimpleUploadedFile("znak.jpg", made.getvalue())


def test_a_page_is_read_by_strangers_as_soon_as_it_is_written_and_its_foot_names_it(root, stranger):
    assert stranger.get("/pages/regulamin/").status_code == 404
    assert "Regulamin" not in stranger.get("/login/").content.decode()

    assert root.post("/dashboard/about/new/", written("## Kto\n\n1. My\n2. Wy")).status_code == 302

    shown = stranger.get("/pages/regulamin/").content.decode()
    assert "<h2>Kto</h2>" in shown
    assert "<li>My</li>" in shown
    assert 'href="/pages/regulamin/">Regulamin</a>' in stranger.get("/login/").content.decode()


def test_what_buyers_agreed_to_is_never_written_over(root, stranger):
    first = a_page(text="Stare.")
    said = {"title": first.page.title, "text": "Nowe."}
    yesterday = timezone.localdate() - TOMORROW

    late = root.post(f"/dashboard/about/{first.page_id}/", written(**said, valid_from=f"{yesterday}"))
    same = root.post(f"/dashboard/about/{first.page_id}/", written(**said | {"text": "Stare."}))

    assert (late.status_code, same.status_code) == (422, 422)
    assert "Ten dzień już minął" in late.content.decode()
    assert "najpierw popraw treść" in same.content.decode()
    assert Version.objects.count() == 1

    assert root.post(f"/dashboard/about/{first.page_id}/", written(**said)).status_code == 302
    assert "Nowe." in stranger.get("/pages/regulamin/").content.decode()
    old = stranger.get(f"/pages/regulamin/{first.pk}/").content.decode()
    assert "Stare." in old
    assert "już nie obowiązuje" in old


def test_a_version_to_come_waits_for_its_day_and_can_be_withdrawn_until_then(root, stranger):
    now = a_page(text="Dziś.")
    coming = keeping.write(now.page, "Jutro.", "", timezone.localdate() + TOMORROW, a_user("a@x.example"))

    assert list(Version.objects.in_force()) == [now]
    assert list(Version.objects.in_force(timezone.localdate() + TOMORROW)) == [coming]
    assert "zacznie obowiązywać" in stranger.get(f"/pages/regulamin/{coming.pk}/").content.decode()

    root.post(f"/dashboard/about/versions/{coming.pk}/withdraw/")
    root.post(f"/dashboard/about/versions/{now.pk}/withdraw/")

    assert list(Version.objects.all()) == [now]


def test_of_two_versions_of_one_day_the_later_one_holds():
    first = a_page(valid_from=timezone.localdate())
    second = keeping.write(first.page, "Poprawione.", "", timezone.localdate(), a_user("a@x.example"))

    assert list(Version.objects.in_force()) == [second]


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", 'href="javascript'),
        ("![x](https://else.example/x.png)", "<img"),
        ("<img src=x onerror=alert(1)>", "<img src=x"),
    ],
)
def test_a_page_runs_and_loads_nothing(stranger, text, never):
    a_page(text=text)

    body = stranger.get("/pages/regulamin/").content.decode()

    assert never not in body.split("<article")[1].split("</article>")[0]


def test_a_reader_in_english_gets_the_polish_text_when_there_is_no_other(stranger):
    shown = a_page(title="Regulamin", title_en="Terms of sale", text="Po polsku.")
    with translation.override("pl"):  # what a request activates would stay for the next test
        stranger.post("/i18n/setlang/", {"language": "en"})
        assert "This page is in Polish only." in stranger.get("/pages/regulamin/").content.decode()

        Version.objects.filter(pk=shown.pk).update(text_en="In English.")
        body = stranger.get("/pages/regulamin/").content.decode()

    assert "In English." in body
    assert "Terms of sale" in body
    assert "Polish only" not in body


def test_an_order_keeps_the_versions_that_its_buyer_agreed_to(order):
    terms, other = a_page(), a_page("prywatnosc", is_agreed=False)
    first = order(agreed.as_seen([terms]))
    newer = keeping.write(terms.page, "Nowe.", "", timezone.localdate(), a_user("a@x.example"))

    second = order(agreed.as_seen([newer]))

    assert list(first.agreed.all()) == [terms]
    assert list(second.agreed.all()) == [newer]
    assert not other.orders.exists()


def test_terms_that_changed_while_the_page_was_open_are_read_first(order):
    terms = a_page()
    seen = agreed.as_seen(agreed.agreed_with_orders())
    keeping.write(terms.page, "Nowe.", "", timezone.localdate(), a_user("a@x.example"))

    with pytest.raises(CannotPlace, match="Warunki zmieniły się"):
        order(seen)

    assert not Order.objects.exists()


def test_the_checkout_names_the_terms_and_the_order_shows_them(logged_in, order):
    terms = a_page()
    made = order()
    buyer = logged_in(made.user)
    a_basket(made.user, (made.lines.get().product, 1))

    asked = buyer.get("/basket/checkout/").content.decode()
    place_id = made.delivery_place_id
    form = {"place": place_id, "branch": made.branch_id, "basket": "", "seen_terms": "", "seen_total": ""}
    refused = buyer.post("/basket/checkout/", form, follow=True).content.decode()
    buyer.post("/basket/checkout/", form | {"seen_terms": str(terms.pk)})

    assert f'href="/pages/regulamin/{terms.pk}/"' in asked
    assert "Warunki zmieniły się" in refused
    second = Order.objects.latest("pk")
    assert second.pk != made.pk
    assert f'href="/pages/regulamin/{terms.pk}/"' in buyer.get(f"/orders/{second.pk}/").content.decode()


def test_the_card_stands_at_the_foot_and_answers_to_letters_go_to_it(root, stranger, order):
    said = {"phone": "+48 61 555 01 00", "email": "biuro@x.example", "hours": "8–16"}

    assert root.post("/dashboard/about/", said).status_code == 302
    confirm(order().pk, about="test")

    foot = stranger.get("/login/").content.decode()
    assert all(one in foot for one in said.values())
    assert mail.outbox[-1].reply_to == ["biuro@x.example"]
    assert {(one.field, one.new) for one in keeping.changes()} >= {("phone", said["phone"]), ("hours", "8–16")}
    assert root.post("/dashboard/about/", said | {"email": "biuro"}).status_code == 422
    assert keeping.card().email == "biuro@x.example"


def test_a_logo_is_made_small_shown_to_strangers_and_taken_away_again(root, stranger):
    assert root.post("/dashboard/about/", {"new_logo": picture()}).status_code == 302
    mark = keeping.card().logo_mark

    answer = stranger.get(f"/pages/logo-{mark}.png")

    assert f"/pages/logo-{mark}.png" in stranger.get("/login/").content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "immutable" in answer["Cache-Control"]
    with Image.open(io.BytesIO(answer.content)) as made:
        assert (made.width <= 480, made.height <= 120) == (True, True)

    root.post("/dashboard/about/", {"phone": "1"})
    assert keeping.card().logo_mark == mark, "another change leaves it"
    root.post("/dashboard/about/", {"without_logo": "on"})
    assert stranger.get(f"/pages/logo-{mark}.png").status_code == 404


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"", b"GIF89a"])
def test_what_is_no_picture_is_no_logo(root, content):
    answer = root.post("/dashboard/about/", {"phone": "1", "new_logo": SimpleUploadedFile("znak.png", content)})

    assert answer.status_code == 422
    assert keeping.card().pk == keeping.ONLY
    assert keeping.card().phone == ""


def test_an_address_is_one_pages(root):
    first, second = a_page(), a_page("dostawa")

    answer = root.post(f"/dashboard/about/{second.page_id}/", written(slug=first.page.slug, keep="page"))

    assert answer.status_code == 422
    assert "Inna strona ma już taki adres" in answer.content.decode()
    assert Page.objects.get(pk=second.page_id).slug == "dostawa"


def test_what_is_the_pages_own_changes_without_a_new_version(root):
    shown = a_page()

    root.post(
        f"/dashboard/about/{shown.page_id}/", {"title": "Warunki", "slug": "warunki", "position": 3, "keep": "page"}
    )

    page = Page.objects.get(pk=shown.page_id)
    assert (page.title, page.slug, page.is_agreed, page.versions.count()) == ("Warunki", "warunki", False, 1)
