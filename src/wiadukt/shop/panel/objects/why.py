"""The page that answers 'why does this buyer not see it, or not at this price?'."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.panel.objects.visibility import answer
from wiadukt.shop.panel.organisations import says
from wiadukt.shop.sellers import access
from wiadukt.shop.sync import client

MOST = 12


@staff_only
def why(request: HttpRequest) -> HttpResponse:
    """`index` of the product; `buyer` by any word of his, or `of`, the key of one that was chosen from several."""
    asked = {name: request.GET.get(name, "").replace("\0", "").strip() for name in ("index", "buyer", "of")}
    buyers = _buyers(request.user, asked)
    one = buyers[0] if len(buyers) == 1 else None
    found = answer(asked["index"], one, client.connector(), request.user) if one and asked["index"] else None
    context = {
        "asked": asked,
        "buyers": buyers if one is None else [],
        "buyer": one,
        "answer": found,
        "none": bool(asked["buyer"]) and not buyers,
    }
    return render(request, "panel/why.html", context)


def _buyers(user: User, asked: dict[str, str]) -> list[Organisation]:
    mine: QuerySet[Organisation] = access.organisations_of(user)
    if asked["of"].isdecimal() and len(asked["of"]) < 19:
        return list(mine.filter(pk=asked["of"]))
    if not asked["buyer"]:
        return []
    for word in asked["buyer"].split():
        mine = mine.filter(says(word))
    return list(mine.order_by("name", "pk")[:MOST])
