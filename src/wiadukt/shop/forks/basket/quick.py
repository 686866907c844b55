"""Quick order: a list of indexes and quantities goes to the basket, and what is wrong in it is said row by row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wiadukt.shop.forks.basket.pasted import Unreadable, Wanted, as_text, from_file, from_text
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.forks.catalogue.ready import ready
from wiadukt.shop.forks.catalogue.search import near
from wiadukt.shop.organisations.access import member_of
from wiadukt.shop.quantities import MOST_QUANTITY
from wiadukt.shop.sizes.models import CHOOSE_FIRST, is_sized
from wiadukt.shop.stock.rules import warning_of

MOST_GUESSES, MOST_GUESSED = 3, 20


class QuickForm(forms.Form):
    """What is wanted, pasted or in a file."""

    text = forms.CharField(
        label=gettext_lazy("Indexes and quantities"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "placeholder": "ZAW-110\t20\nPRO-0450;4"}),
    )
    file = forms.FileField(label=gettext_lazy("or a file: CSV, XLSX"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("file")
        try:
            data["rows"] = from_file(upload.name, upload.read()) if upload else from_text(data.get("text", ""))
        except Unreadable as error:
            self.add_error("file" if upload else "text", str(error))
        else:
            if not data["rows"]:
                self.add_error("text", _("Write at least one index, each in a line of its own."))
        return data


@dataclass
class Row:
    """A wanted row with the product it means, or with what is wrong; `warning`: there are too few of it;
    `guesses` are goods that may have been meant."""

    wanted: Wanted
    product: Any = None
    info: Any = None
    problem: str = ""
    warning: str = ""
    guesses: tuple[Any, ...] = ()


def quick(request: HttpRequest) -> HttpResponse:
    """A look at the list first, then what is right goes to the basket and the rest stays to be corrected."""
    if member_of(request.user) is None:
        messages.error(request, _("Only a buyer can order: log in as one."))
        return redirect("catalogue:index")
    form = QuickForm(request.POST or None, request.FILES or None)
    rows: list[Row] = []
    if request.method == "POST" and form.is_valid():
        rows = checked(request, form.cleaned_data["rows"])
        if "add" in request.POST:
            rows = _added(request, rows)
            if not rows:
                return redirect("basket:summary")
        form = QuickForm(initial={"text": as_text(row.wanted for row in rows)})
    good = sum(not row.problem for row in rows)
    context = {"form": form, "rows": rows, "good": good, "bad": len(rows) - good}
    return render(request, "ordering/quick.html", context)


def checked(request: HttpRequest, wanted: list[Wanted]) -> list[Row]:
    """Each row with its product and price, or its problem; of one product all rows and the basket count together."""
    known = _known(wanted)
    together = {line.product_id: line.quantity for line in request.basket.all_lines()}
    rows, unknown = [], 0
    for one in wanted:
        row = Row(one, known.get(one.key.upper()))
        if row.product is None and (unknown := unknown + 1) <= MOST_GUESSED:
            row.guesses = tuple(near(Product.objects.browsable(), one.key)[:MOST_GUESSES])
        row.problem = _problem(request, row, together)
        rows.append(row)
    return rows


def _known(wanted: list[Wanted]) -> dict[str, Any]:
    """Goods by index and by EAN, in capitals; an index counts more than an EAN that looks like it."""
    keys = {variant for one in wanted for variant in (one.key, one.key.upper())}
    products = Product.objects.browsable().filter(Q(upc__in=keys) | Q(ean__in=keys))
    known = list(ready(products))
    by_ean = {product.ean.upper(): product for product in known if product.ean}
    return by_ean | {product.upc.upper(): product for product in known}


def _problem(request: HttpRequest, row: Row, together: dict[int, Decimal]) -> str:
    quantity = row.wanted.quantity
    if row.product is None:
        return _("There is no such index or EAN in the shop.")
    if quantity is None or not 0 < quantity <= MOST_QUANTITY:
        return _("Quantity: write a number above 0, e.g. 5 or 2.5.")
    row.info = request.strategy.fetch_for_product(row.product)
    if is_sized(row.product):
        return str(CHOOSE_FIRST)
    wanted = together.get(row.product.pk, Decimal(0)) + quantity
    allowed, why = row.info.availability.is_purchase_permitted(wanted)
    if not allowed:
        return str(why)
    together[row.product.pk] = wanted
    row.warning = warning_of(row.info.availability, wanted)
    return ""


@transaction.atomic
def _added(request: HttpRequest, rows: list[Row]) -> list[Row]:
    """Puts what is right into the basket; returns the rest."""
    good = [row for row in rows if not row.problem]
    for row in good:
        request.basket.add_product(row.product, row.wanted.quantity)
    if good:
        text = ngettext("%(n)s row is in the basket.", "%(n)s rows are in the basket.", len(good))
        messages.success(request, text % {"n": len(good)})
    return [row for row in rows if row.problem]
