"""What WAPRO says of an order comes back to its buyer: three tracks, one timeline, and e-mails as each person chose."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone
from factories.shop import a_branch, a_company, a_member, an_order, an_order_line, batch, erp_order, erp_order_line

from wiadukt.contract.order import LineProgress, ProductionProgress, Shipment
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.ordering import notices
from wiadukt.shop.ordering.models import OrderNotice
from wiadukt.shop.organisations.models import Member, OrderMail, Role
from wiadukt.shop.sync.apply.orders import apply_orders

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
NOW = timezone.now()


@pytest.fixture
def buyer() -> Member:
    return a_member("ewa@nowak.example", a_branch(a_company("Nowak", erp_id="17"), "Poznań"))


@pytest.fixture
def order(buyer) -> Order:
    """Of ten and of four pieces of one index, as the shop placed it and WAPRO took it."""
    order = an_order(buyer.branches.get(), "WD-1", user=buyer.user, erp_id="900", erp_number="ZO 1/26")
    order.lines.all().delete()
    for number, quantity in ((1, 10), (2, 4)):
        prices = {"unit_price_excl_tax": Decimal(10), "unit_price_incl_tax": Decimal("12.3"), "unit": "szt"}
        values = {"line_no": number, "quantity": quantity, "erp_line_id": str(number)}
        an_order_line(order, "FR-1", **values, **prices)
    return order


def wapro_says(realised=(0, 0), ordered=(10, 4), *, quiet=False, **fields):
    pairs = enumerate(zip(ordered, realised, strict=True), 1)
    lines = [erp_order_line(str(n), "FR-1", ordered=Decimal(of), realised=Decimal(out)) for n, (of, out) in pairs]
    fields = {"shop_number": "WD-1", "erp_number": "ZO 1/26", "lines": tuple(lines), **fields}
    apply_orders([erp_order("900", "17", **fields)], [], batch("e", "900", quiet=quiet))


def produced(percent, state="in_production", *, made):
    lines = tuple(LineProgress(line_no=n, good=Decimal(done), planned=Decimal(of)) for n, (done, of) in made.items())
    return ProductionProgress(state=state, percent=Decimal(percent), reported_at=NOW, lines=lines)


def page_of(order, browser):
    answer = browser.get(f"/orders/{order.pk}/")
    assert answer.status_code == 200
    return answer.context


def words(events):
    return [event.text for event in events]


def test_the_three_tracks_follow_wapro(order, buyer, logged_in):
    browser = logged_in(buyer.user)
    wapro_says(state="in_production", production=produced(50, made={1: (7, 10), 2: (0, 4)}))
    in_production = [(track.state, track.words) for track in page_of(order, browser)["tracks"]]

    wapro_says((10, 0), state="ready", production=produced(100, "ready", made={1: (10, 10), 2: (4, 4)}))
    partly = [track.state for track in page_of(order, browser)["tracks"]]

    parcel = Shipment(tracking_number="777", carrier="DPD", tracking_url="https://dpd.example/777")
    wapro_says((10, 4), state="shipped", shipment=parcel)
    shipped = page_of(order, browser)["tracks"][2]

    wapro_says((10, 4), state="shipped", shipment=parcel, received=True, received_on=date(2026, 11, 30))
    delivered = page_of(order, browser)["tracks"][2]

    assert in_production == [
        ("none", "niezafakturowane"),
        ("in_production", "w produkcji, 50%"),
        ("none", "jeszcze nie"),
    ]
    assert partly == ["none", "ready", "partly"]
    assert (shipped.state, shipped.detail) == ("shipped", "DPD 777")
    assert shipped.at is not None
    assert (delivered.state, delivered.at.date()) == ("delivered", date(2026, 11, 30))


def test_each_line_has_its_own_story_although_both_are_of_one_index(order, buyer, logged_in):
    wapro_says(production=produced(50, made={1: (7, 10), 2: (0, 4)}))
    wapro_says((3, 0), ordered=(10, 2), production=produced(80, made={1: (10, 10), 2: (1, 4)}))

    first, second = page_of(order, logged_in(buyer.user))["lines"]

    assert (first[0].made, first[0].made_percent, second[0].made) == (10, 100, 1)
    assert words(first[1]) == [
        "Wykonano 10 z 10: Zawias Clip",
        "Wydano 3 z 10 szt: Zawias Clip",
        "Wykonano 7 z 10: Zawias Clip",
    ]
    assert "4 → 2" in " ".join(words(second[1]))
    assert "Wydano" not in " ".join(words(second[1]))


def test_a_state_that_wapro_and_production_both_say_is_told_once(order, buyer, logged_in):
    wapro_says(production=produced(10, made={1: (1, 10)}))
    wapro_says(state="in_production", production=produced(20, made={1: (2, 10)}))

    assert words(page_of(order, logged_in(buyer.user))["events"]).count("Produkcja ruszyła") == 1


def later(seconds=notices.GATHER_S + 1):
    OrderNotice.objects.update(created_at=timezone.now() - timedelta(seconds=seconds))


def test_news_goes_at_once_in_one_e_mail_and_never_twice(order):
    wapro_says(state="shipped")
    wapro_says(state="shipped", shipment=Shipment(tracking_number="777", carrier="DPD"))
    assert notices.send_due() == 0, "the parcel number may come a moment later"

    later()
    assert notices.send_due() == 1
    assert notices.send_due() == 0
    wapro_says(state="packed", shipment=Shipment(tracking_number="777", carrier="DPD"))
    wapro_says(state="shipped", shipment=Shipment(tracking_number="777", carrier="DPD"))
    later()
    notices.send_due()

    first, second = (sent.body for sent in mail.outbox)
    assert "Stan: wysłane" in first
    assert "Paczka 777, DPD" in first
    assert "Stan: spakowane" in second
    assert "wysłane" not in second, "the same news a second time"


def test_nobody_hears_of_history(order):
    wapro_says((10, 4), state="shipped", quiet=True)

    assert not OrderNotice.objects.exists()
    assert Order.objects.get().erp_state == "shipped"


@pytest.mark.parametrize(
    ("choice", "at_once", "in_the_morning"),
    [(OrderMail.AT_ONCE, 1, 0), (OrderMail.DIGEST, 0, 1), (OrderMail.NEVER, 0, 0)],
)
def test_each_person_chooses_when(order, buyer, logged_in, choice, at_once, in_the_morning):
    logged_in(buyer.user).post("/orders/mail/", {"order_mail": choice})

    wapro_says(state="ready")
    later()

    assert (notices.send_due(), notices.send_due(digest=True)) == (at_once, in_the_morning)


def test_of_others_orders_only_those_hear_who_want_it_and_may_see_them(order, buyer):
    company, branch = buyer.organisation, buyer.branches.get()
    lodz = a_branch(company, "Łódź")
    wide = {"order_mail_of_branches": True}
    a_member("colleague@nowak.example", branch, **wide)
    a_member("quiet@nowak.example", branch)
    a_member("boss@nowak.example", company.default_branch, role=Role.MANAGER, **wide)
    a_member("lodz@nowak.example", lodz, **wide)
    a_member("stranger@stolmar.example", a_company("Stolmar").default_branch, **wide)

    wapro_says(state="ready")
    later()
    notices.send_due()

    assert {sent.to[0] for sent in mail.outbox} == {
        "ewa@nowak.example", "colleague@nowak.example", "boss@nowak.example"
    }  # fmt: skip


def test_a_refused_e_mail_goes_the_next_minute(order, monkeypatch):
    wapro_says(state="ready")
    later()

    def refused(*_args, **_fields):
        raise OSError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr("wiadukt.shop.ordering.notices.mailing.send", refused)
        with pytest.raises(OSError, match="no mail server"):
            notices.send_due()

    assert notices.send_due() == 1
