"""Nobody acts in the name of a buyer whom he does not look after, from the moment when he does so no longer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from wiadukt.shop.organisations.acting import KEY
from wiadukt.shop.sellers.access import members_of


class OnlyForOwnBuyers:
    """Stands before the middleware that puts the buyer's person in place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member_id = request.session.get(KEY)
        if member_id is not None and not members_of(request.user).filter(pk=member_id).exists():
            del request.session[KEY]
        return self.get_response(request)
