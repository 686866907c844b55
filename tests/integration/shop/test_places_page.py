"""The page of delivery places, their forms, and the picker at the checkout: good with three hundred of them."""

from __future__ import annotations

import pytest
from factories import shop as make
from oscar.core.loading import get_model

from wiadukt.shop.addresses.models import BranchDefault, Conflict, Favourite, WaproRules
from wiadukt.shop.organisations.models import DeliveryPlace, Role
from wiadukt.shop.outbox.models import MessageState, OutboundMessage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
FORM = {"name": "Hala 7", "street": "Leśna 7", "postal_code": "60001", "city": "Poznań", "country": "PL",
        "phone": "618520000", "recipient": "Jan", "note": ""}  # fmt: skip


class Buyer:
    """A company with branches Poznań (the buyer's) and Łódź."""

    def __init__(self, logged_in) -> None:
        self.company = make.a_company("Meble Nowak")
        self.poznan, self.lodz = make.a_branch(self.company, "Poznań"), make.a_branch(self.company, "Łódź")
        self.member = make.a_member("ewa@n.example", self.poznan)
        manager = make.a_member("jan@n.example", self.company.default_branch, role=Role.MANAGER)
        self.browser, self.boss = logged_in(self.member.user), logged_in(manager.user)


@pytest.fixture
def buyer(logged_in) -> Buyer:
    return Buyer(logged_in)


def errors(answer) -> dict:
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


def test_a_member_adds_a_place_of_his_branch_and_may_order_to_it_at_once(buyer):
    answer = buyer.browser.post("/places/new/", FORM | {"branches": [buyer.poznan.pk]})

    assert answer.status_code == 302
    place = DeliveryPlace.objects.get()
    assert (place.postal_code, place.phone, place.erp_id) == ("60-001", "+48 61 852 00 00", None)
    message = OutboundMessage.objects.get()
    assert (message.key, message.payload["value"]["address"]["city"]) == (str(place.key), "Poznań")
    assert place in buyer.browser.get("/places/pick/", {"branch": buyer.poznan.pk}).context["shown"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("postal_code", "6204", "62-045"),
        ("phone", "12", "telefonu"),
        ("street", "x" * 60, "50"),
        ("name", "Hala ☃", "☃"),
        ("city", "", "wymagane"),
        ("note", "x" * 41, "40"),
    ],
)
def test_what_wapro_could_not_keep_is_said_at_its_field_and_nothing_is_saved(buyer, field, value, said):
    WaproRules.objects.create(pk=1, limits={"place.note": 40}, writes=["places"])

    answer = buyer.browser.post("/places/new/", FORM | {"branches": [buyer.poznan.pk], field: value})

    assert said in errors(answer)[field][0]
    assert (DeliveryPlace.objects.count(), OutboundMessage.objects.count()) == (0, 0)


def test_a_foreign_address_is_taken_leniently(buyer):
    german = {"country": "DE", "postal_code": "10115", "phone": "030 901820", "branches": [buyer.poznan.pk]}

    assert buyer.browser.post("/places/new/", FORM | german).status_code == 302

    assert DeliveryPlace.objects.get().phone == "+49 30 901820"


def test_a_member_without_a_branch_for_it_is_told_and_a_manager_may_leave_it_to_all(buyer):
    assert "branches" in errors(buyer.browser.post("/places/new/", FORM))
    assert buyer.boss.post("/places/new/", FORM).status_code == 302
    assert not DeliveryPlace.objects.get().branches.exists()


def test_a_shared_place_is_the_managers_to_change(buyer):
    place = make.a_place(buyer.company, "Wspólne")

    assert buyer.browser.get(f"/places/{place.pk}/").status_code == 200
    assert buyer.browser.post(f"/places/{place.pk}/", FORM).status_code == 403
    assert buyer.browser.post(f"/places/{place.pk}/retire/").status_code == 403
    assert buyer.boss.post(f"/places/{place.pk}/", FORM).status_code == 302
    place.refresh_from_db()
    assert place.name == "Hala 7"


def test_a_place_of_another_branch_is_not_there(buyer):
    place = make.a_place(buyer.company, "Hala Ł", buyer.lodz)

    for address in (f"/places/{place.pk}/", f"/places/{place.pk}/retire/", f"/places/{place.pk}/favourite/"):
        assert buyer.browser.post(address, FORM).status_code == 404


def test_who_saw_an_older_address_is_shown_the_newer_one_first(buyer):
    place = make.a_place(buyer.company, "Hala", buyer.poznan)
    form = buyer.browser.get(f"/places/{place.pk}/").context["form"]
    DeliveryPlace.objects.update(city="Kępno")

    answer = buyer.browser.post(
        f"/places/{place.pk}/", FORM | {"branches": [buyer.poznan.pk], "seen": form["seen"].value()}
    )

    assert answer.status_code == 200
    assert "__all__" in errors(answer)
    place.refresh_from_db()
    assert (place.name, place.city) == ("Hala", "Kępno")


def test_a_retired_place_cannot_be_ordered_to_and_comes_back(buyer):
    place = make.a_place(buyer.company, "Hala", buyer.poznan)
    BranchDefault.objects.create(branch=buyer.poznan, place=place)

    buyer.browser.post(f"/places/{place.pk}/retire/")

    assert buyer.browser.get("/places/pick/").context["total"] == 0
    assert not BranchDefault.objects.exists()
    assert "Hala" in buyer.browser.get("/places/", {"retired": 1}).content.decode()
    buyer.browser.post(f"/places/{place.pk}/restore/")
    assert buyer.browser.get("/places/pick/").context["total"] == 1


def test_a_refused_change_is_told_with_cause_and_remedy_and_can_be_withdrawn(buyer):
    place = make.a_place(buyer.company, "Hala", buyer.poznan)
    buyer.browser.post(f"/places/{place.pk}/", FORM | {"branches": [buyer.poznan.pk]})
    refusal = {"title": "Miejsca nie ma już w WAPRO.", "detail": "Dodaj je od nowa."}
    OutboundMessage.objects.update(state=MessageState.REJECTED, refusal=refusal)

    page = buyer.browser.get(f"/places/{place.pk}/").content.decode()

    assert "Miejsca nie ma już w WAPRO. Dodaj je od nowa." in page
    buyer.browser.post(f"/places/{place.pk}/withdraw/")
    assert OutboundMessage.objects.get().state == MessageState.DISCARDED


def test_a_place_that_wapro_refused_to_hear_of_cannot_be_ordered_to(buyer):
    buyer.browser.post("/places/new/", FORM | {"branches": [buyer.poznan.pk]})
    assert buyer.browser.get("/places/pick/").context["total"] == 1

    OutboundMessage.objects.update(state=MessageState.REJECTED, refusal={"title": "x"})

    assert buyer.browser.get("/places/pick/").context["total"] == 0


def test_the_company_addresses_are_the_managers(buyer):
    lines = {"street": "Nowa 1", "postal_code": "62-045", "city": "Pniewy", "country": "PL"}
    posted = {"part": "address"} | {f"address-{name}": text for name, text in lines.items()}
    assert buyer.browser.post("/places/company/", posted).status_code == 403

    assert buyer.boss.post("/places/company/", posted).status_code == 302
    assert buyer.boss.post("/places/company/", {"part": "phone", "phone-phone": "601234567"}).status_code == 302

    buyer.company.refresh_from_db()
    assert (buyer.company.street, buyer.company.phone) == ("Nowa 1", "+48 601 234 567")
    assert set(OutboundMessage.objects.values_list("key", flat=True)) == {
        f"{buyer.company.erp_id} address", f"{buyer.company.erp_id} phone",
    }  # fmt: skip


def test_where_wapro_may_not_be_written_the_form_says_so(buyer):
    WaproRules.objects.create(pk=1, limits={}, writes=[])

    for address in ("/places/company/", "/places/new/"):
        page = buyer.boss.get(address).content.decode()
        assert "handlow" in page
        assert "data-once" not in page


@pytest.fixture
def three_hundred(buyer) -> list[DeliveryPlace]:
    rows = [
        DeliveryPlace(
            organisation=buyer.company, erp_id=f"x{n}", name=f"Budowa {n:03}", street=f"Polna {n}", city="Kępno"
        )
        for n in range(300)
    ]
    return DeliveryPlace.objects.bulk_create(rows)


def test_the_picker_shows_a_few_of_three_hundred_and_finds_any_while_typing(buyer, three_hundred):
    product = make.a_priced_product("ZAW-1")
    make.a_basket(buyer.member.user, (product, 1))
    Favourite.objects.create(member=buyer.member, place=three_hundred[150])
    BranchDefault.objects.create(branch=buyer.poznan, place=three_hundred[200])

    page = buyer.browser.get("/basket/checkout/")
    assert page.content.decode().count('type="radio"') == 8
    assert [place.name for place in page.context["shown"][:2]] == ["Budowa 200", "Budowa 150"]
    assert page.context["picked"].name == "Budowa 200"

    found = buyer.browser.get(
        "/places/pick/", {"q": "polna budowa 077", "branch": buyer.poznan.pk, "place": three_hundred[5].pk}
    )
    assert [place.name for place in found.context["shown"]] == ["Budowa 005", "Budowa 077"]


def test_without_javascript_the_search_keeps_what_was_typed_and_orders_nothing(buyer, three_hundred):
    product = make.a_priced_product("ZAW-1")
    make.a_basket(buyer.member.user, (product, 1))
    form = {"find": "1", "q": "Budowa 299", "branch": buyer.poznan.pk, "remarks": "Rano"}

    page = buyer.browser.post("/basket/checkout/", form)

    assert page.status_code == 200
    assert [place.name for place in page.context["shown"]] == ["Budowa 299"]
    assert "Rano" in page.content.decode()
    assert get_model("order", "Order").objects.count() == 0
    buyer.browser.post("/basket/checkout/", {"branch": buyer.poznan.pk, "place": three_hundred[299].pk})
    assert get_model("order", "Order").objects.get().delivery_place.name == "Budowa 299"


def test_three_hundred_places_take_no_more_queries_than_three(buyer, django_assert_max_num_queries, three_hundred):
    for address in ("/places/", "/places/pick/?q=budowa"):
        buyer.browser.get(address)
        with django_assert_max_num_queries(25):
            buyer.browser.get(address)


def test_the_panel_shows_both_values_and_takes_the_other_one(buyer, logged_in):
    place = make.a_place(buyer.company, "Hala", buyer.poznan)
    card = {"name": "Hala", "address": {"street": "X 1", "city": "Y"}}
    conflict = Conflict.objects.create(
        organisation=buyer.company, place=place, part="place", winner="shop", shop_value=card | {"name": "Ze sklepu"},
        wapro_value=card | {"name": "Z biura"},
    )  # fmt: skip
    staff = logged_in(make.a_user("s@x.example", is_staff=True, is_superuser=True))

    page = staff.get("/dashboard/addresses/").content.decode()
    assert "Ze sklepu" in page
    assert "Z biura" in page
    for _ in range(2):
        staff.post(f"/dashboard/addresses/{conflict.pk}/", {"swap": "1"})

    place.refresh_from_db()
    assert (place.name, OutboundMessage.objects.count()) == ("Z biura", 1)
    assert "Z biura" not in staff.get("/dashboard/addresses/").content.decode()
