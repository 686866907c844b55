"""A sheet to fill in: the columns that a list of goods may have, with goods of the shop as an example."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.organisations.access import member_of
from wiadukt.shop.sizes.judge import name_of
from wiadukt.shop.sizes.models import rule_of
from wiadukt.shop.sizes.rule import NO, Kind, Parameter
from wiadukt.shop.spreadsheet import as_csv, as_xlsx

NAME = "zamowienie"


def template(request: HttpRequest, fmt: str) -> HttpResponse:
    """As CSV or XLSX, in the reader's language."""
    if member_of(request.user) is None:
        return redirect("catalogue:index")
    rows = _rows()
    if fmt == "csv":
        return as_csv(rows, f"{NAME}.csv")
    if fmt == "xlsx":
        return as_xlsx({str(_("Order")): rows}, f"{NAME}.xlsx")
    raise Http404


def _rows() -> list[list[str]]:
    goods = Product.objects.browsable()
    plain = goods.filter(product_class__size_rule=None).order_by("upc").first()
    sized = goods.filter(product_class__size_rule__isnull=False).order_by("upc").first()
    rule = rule_of(sized) if sized is not None else None
    asked = rule.parameters if rule is not None else ()
    head = [_("index"), _("quantity"), _("notes"), _("wanted on"), *(name_of(one) for one in asked)]
    rows = [head]
    if plain is not None:
        rows.append([plain.upc, "4", _("pack apart"), "", *("" for _one in asked)])
    if sized is not None:
        rows.append([sized.upc, "1", "", "", *(_example(one) for one in asked)])
    return rows


def _example(one: Parameter) -> Any:
    if one.kind is Kind.CHOICE:
        return one.choices[0].name_pl if one.choices else ""
    return NO if one.kind is Kind.YES_NO else str(one.least)
