"""What goes wrong is said on a page of ours, in the reader's language, with a way on."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.views import defaults
from factories import shop as make

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.mark.parametrize("address", ["/nie-ma-takiej/", "/catalogue/nic_999999/", "/orders/999999/"])
def test_an_address_of_nothing_answers_404_with_the_way_to_the_goods(logged_in, address):
    buyer = make.a_member("ewa@nowak.example", make.a_company("Nowak").default_branch)

    answer = logged_in(buyer.user).get(address)

    assert answer.status_code == 404
    assert "Nie ma takiej strony" in answer.content.decode()
    assert 'href="/catalogue/"' in answer.content.decode()


def test_goods_that_are_hidden_look_like_goods_that_never_were(logged_in):
    buyer = make.a_member("ewa@nowak.example", make.a_company("Nowak").default_branch)
    hidden = make.a_product("TAJ-1", title="Tajny zawias", published_at=None)

    answer = logged_in(buyer.user).get(hidden.get_absolute_url())

    assert answer.status_code == 404
    assert "ajny" not in answer.content.decode()


def test_a_stranger_sees_the_page_too(logged_in):
    answer = logged_in(None).get("/nie-ma-takiej/")

    assert (answer.status_code, "Nie ma takiej strony" in answer.content.decode()) == (404, True)


@pytest.mark.parametrize(
    ("answered", "status", "said"),
    [
        (lambda request: defaults.page_not_found(request, Http404("sekret")), 404, "Nie ma takiej strony"),
        (lambda request: defaults.permission_denied(request, PermissionDenied("sekret")), 403, "Brak uprawnień"),
        (defaults.server_error, 500, "Nasz błąd"),
    ],
)
def test_no_page_needs_a_session_or_tells_the_cause(answered, status, said):
    answer = answered(RequestFactory().get("/gdziekolwiek/"))

    assert answer.status_code == status
    assert said in answer.content.decode()
    assert "sekret" not in answer.content.decode()
