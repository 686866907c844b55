"""The door holds: guessing is stopped, whoever is switched off is out, staff give a second factor."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from factories.shop import a_company, a_member, a_user
from typer.testing import CliRunner

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.second_factor import new_recovery_codes
from wiadukt.shop.cli import app
from wiadukt.shop.history.models import Change
from wiadukt.shop.organisations.people import follow_access
from wiadukt.shop.sellers.people import switch

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
PASSWORD, ANOTHER = "Jesion-i-orzech-77", "Brzoza-i-klon-88"
ADDRESS = "203.0.113.7"


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    """A hundred wrong passwords are tried here; how slow a hash is to guess is not what is tested."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def buyer() -> User:
    return with_password(a_member("anna@x.example", a_company("Meble Nowak").default_branch).user)


@pytest.fixture
def seller() -> User:
    return with_password(a_user("ola@sklep.example", is_staff=True))


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(email: str, password: str = PASSWORD, address: str = ADDRESS) -> tuple[Client, object]:
    browser = Client(raise_request_exception=False, REMOTE_ADDR=address)
    return browser, browser.post("/login/", {"username": email, "password": password})


def guess(email: str, times: int = 10, address: str = ADDRESS) -> object:
    return [log_in(email, f"wrong-{n}", address)[1] for n in range(times)][-1]


def code_of(phone: TOTPDevice, later: int = 0) -> str:
    totp = TOTP(phone.bin_key)
    totp.time = time.time() + later
    return f"{totp.token():06d}"


def with_phone(user: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="TOTP", confirmed=True)


# Guessing.


def test_ten_wrong_passwords_make_the_right_one_wait_and_the_page_says_how_to_go_on(buyer):
    assert guess("anna@x.example").status_code == 429

    _browser, answer = log_in("Anna@X.example")

    page = answer.content.decode()
    assert answer.status_code == 429
    assert "Za dużo błędnych haseł" in page
    assert "15" in page
    assert "/password-reset/" in page


def test_the_lock_is_on_one_login_from_one_address(buyer, seller):
    guess("anna@x.example")

    assert log_in("ola@sklep.example")[1].status_code == 302
    assert log_in("anna@x.example", address="203.0.113.8")[1].status_code == 302


def test_a_right_password_ends_the_count(buyer):
    for _ in range(3):
        guess("anna@x.example", times=5)
        assert log_in("anna@x.example")[1].status_code == 302


def test_a_new_password_by_mail_lets_in_at_once(buyer):
    guess("anna@x.example")
    uid, token = urlsafe_base64_encode(force_bytes(buyer.pk)), default_token_generator.make_token(buyer)
    browser = Client(REMOTE_ADDR=ADDRESS)
    page = browser.get(f"/password-reset/confirm/{uid}/{token}/", follow=True)

    browser.post(page.redirect_chain[-1][0], {"new_password1": ANOTHER, "new_password2": ANOTHER})

    assert browser.get("/orders/").status_code == 200
    assert log_in("anna@x.example", ANOTHER)[1].status_code == 302


@pytest.mark.parametrize(
    ("password", "fault"),
    [("krótkie", "co najmniej 8"), ("password123", "zbyt powszechne"), ("1029384756", "tylko z cyfr")],
)
def test_a_weak_password_is_refused_in_polish(buyer, password, fault):
    browser, _answer = log_in("anna@x.example")

    form = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    page = browser.post("/account/password/", form).content.decode()

    assert fault in page
    assert log_in("anna@x.example")[1].status_code == 302


# Sessions.


def test_a_new_password_logs_out_everywhere_else(buyer):
    here, elsewhere = log_in("anna@x.example")[0], log_in("anna@x.example")[0]

    here.post("/account/password/", {"old_password": PASSWORD, "new_password1": ANOTHER, "new_password2": ANOTHER})

    assert here.get("/orders/").status_code == 200
    assert elsewhere.get("/orders/").status_code == 302


def test_one_may_log_out_everywhere_else(buyer):
    here, elsewhere = log_in("anna@x.example")[0], log_in("anna@x.example")[0]

    here.post("/account/log-out-elsewhere/")

    assert here.get("/orders/").status_code == 200
    assert elsewhere.get("/orders/").status_code == 302


def test_a_buyer_who_is_switched_off_is_out_and_stays_out_when_he_is_back(buyer):
    browser, _answer = log_in("anna@x.example")
    organisation = buyer.member.organisation
    for is_open in (False, True):
        organisation.is_open = is_open
        organisation.save()
        follow_access(organisation)
        assert browser.get("/orders/").status_code == 302

    assert log_in("anna@x.example")[0].get("/orders/").status_code == 200


def test_staff_who_is_switched_off_is_out_and_stays_out_when_he_is_back(seller):
    browser, _answer = log_in("ola@sklep.example")
    assert browser.get("/dashboard/").status_code == 200
    for is_active in (False, True):
        switch(seller, "root@sklep.example", on=is_active)
        assert browser.get("/dashboard/").status_code == 302


# The second factor.


def test_staff_sees_nothing_before_the_second_factor_where_it_is_required(seller, settings):
    settings.SHOP_STAFF_SECOND_FACTOR = True
    browser, _answer = log_in("ola@sklep.example")

    for page in ("/dashboard/", "/dashboard/buyers/", "/catalogue/", "/account/", "/second-factor/codes/", "/"):
        assert browser.get(page)["location"] == "/second-factor/", page
    assert browser.get("/second-factor/")["location"] == "/second-factor/setup/"


def test_a_buyer_is_asked_for_no_second_factor(buyer, settings):
    settings.SHOP_STAFF_SECOND_FACTOR = True

    assert log_in("anna@x.example")[0].get("/orders/").status_code == 200


def test_a_phone_is_set_up_by_its_first_code_and_asked_for_at_the_next_login(seller, settings):
    settings.SHOP_STAFF_SECOND_FACTOR = True
    browser, _answer = log_in("ola@sklep.example")
    page = browser.get("/second-factor/setup/").content.decode()
    phone = TOTPDevice.objects.get(user=seller)
    assert "<svg" in page
    assert browser.post("/second-factor/setup/", {"code": "000000"}).status_code == 422
    phone.throttle_reset()

    shown = browser.post("/second-factor/setup/", {"code": code_of(phone)}).content.decode()

    assert all(token in shown for token in StaticToken.objects.values_list("token", flat=True))
    assert browser.get("/dashboard/").status_code == 200
    again, _answer = log_in("ola@sklep.example")
    assert again.get("/dashboard/")["location"] == "/second-factor/"
    assert again.get("/second-factor/setup/")["location"] == "/second-factor/"
    again.post("/second-factor/", {"code": code_of(phone, later=30)})
    assert again.get("/dashboard/").status_code == 200


def test_a_code_works_once(seller):
    phone = with_phone(seller)
    code = code_of(phone)
    first, second = log_in("ola@sklep.example")[0], log_in("ola@sklep.example")[0]

    first.post("/second-factor/", {"code": code})
    second.post("/second-factor/", {"code": code})

    assert first.get("/dashboard/").status_code == 200
    assert second.get("/dashboard/").status_code == 302


def test_a_recovery_code_lets_in_once(seller):
    with_phone(seller)
    code = new_recovery_codes(seller)[0]
    first, second = log_in("ola@sklep.example")[0], log_in("ola@sklep.example")[0]

    first.post("/second-factor/", {"code": code.upper()})
    second.post("/second-factor/", {"code": code})

    assert first.get("/dashboard/").status_code == 200
    assert second.get("/dashboard/").status_code == 302


def test_guessing_codes_makes_even_the_right_one_wait(seller):
    phone = with_phone(seller)
    browser, _answer = log_in("ola@sklep.example")
    for _ in range(4):
        browser.post("/second-factor/", {"code": "000000"})

    assert browser.post("/second-factor/", {"code": code_of(phone)}).status_code == 422
    assert browser.get("/dashboard/").status_code == 302


@pytest.mark.parametrize("by", ["administrator", "command"])
def test_a_lost_phone_is_taken_off_and_its_sessions_end(seller, by):
    browser, _answer = log_in("ola@sklep.example")
    with_phone(seller)
    if by == "command":
        assert CliRunner().invoke(app, ["forget-phone", "Ola@sklep.example"]).exit_code == 0
    else:
        with_password(a_user("root@sklep.example", is_staff=True, is_superuser=True))
        log_in("root@sklep.example")[0].post(f"/dashboard/sellers/{seller.pk}/forget-phone/")

    assert browser.get("/dashboard/")["location"].startswith("/login/")
    assert log_in("ola@sklep.example")[0].get("/dashboard/").status_code == 200


def test_an_administrator_unlocks_a_login(buyer):
    with_password(a_user("root@sklep.example", is_staff=True, is_superuser=True))
    guess("anna@x.example")
    browser, _answer = log_in("root@sklep.example")
    page = browser.get("/dashboard/locks/")
    (locked,) = page.context["page"]

    browser.post(f"/dashboard/locks/{locked.pk}/unlock/")

    assert "anna@x.example" in page.content.decode()
    assert log_in("anna@x.example")[1].status_code == 302
    assert Change.objects.get(field="unlocked", object_id=buyer.pk).author == "root@sklep.example"


def test_a_phone_that_was_set_up_is_asked_for_also_where_it_is_not_required(seller):
    assert log_in("ola@sklep.example")[0].get("/dashboard/").status_code == 200

    with_phone(seller)

    assert log_in("ola@sklep.example")[0].get("/dashboard/")["location"] == "/second-factor/"
