"""Quick order: a list of goods goes to the basket, and what is wrong in it is said row by row with field and remedy."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as date_text
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wiadukt.shop.forks.basket.pasted import Unreadable, Wanted, as_text, day_of, from_file, from_text
from wiadukt.shop.forks.basket.sized_rows import values_of
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.forks.catalogue.ready import ready
from wiadukt.shop.forks.catalogue.search import near
from wiadukt.shop.forks.partner.strategy import PriceOfSize
from wiadukt.shop.ordering.freed import freed_by, with_freed
from wiadukt.shop.organisations.access import member_of
from wiadukt.shop.quantities import MOST_QUANTITY
from wiadukt.shop.stock.rules import warning_of

MOST_GUESSES, MOST_GUESSED = 3, 20
LONGEST_NOTE = 200


class QuickForm(forms.Form):
    """What is wanted, pasted or in a file."""

    text = forms.CharField(
        label=gettext_lazy("Indexes and quantities"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 10, "spellcheck": "false", "placeholder": "ZAW-110\t20\nPRO-0450;4;bez folii"}
        ),
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
    day: date | None = None
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
    together: dict[int, Decimal] = defaultdict(Decimal)
    for line in request.basket.all_lines():
        together[line.product_id] += line.quantity
    rows, unknown, first_day = [], 0, None
    for one in wanted:
        row = Row(one, known.get(one.key.upper()))
        if row.product is None and (unknown := unknown + 1) <= MOST_GUESSED:
            row.guesses = tuple(near(Product.objects.browsable(), one.key)[:MOST_GUESSES])
        row.problem = _problem_of_words(row, first_day) or _problem(request, row, together)
        first_day = first_day or row.day
        rows.append(row)
    return rows


def _known(wanted: list[Wanted]) -> dict[str, Any]:
    """Goods by index and by EAN, in capitals; an index counts more than an EAN that looks like it."""
    keys = {variant for one in wanted for variant in (one.key, one.key.upper())}
    products = Product.objects.browsable().filter(Q(upc__in=keys) | Q(ean__in=keys))
    known = list(ready(products))
    by_ean = {product.ean.upper(): product for product in known if product.ean}
    return by_ean | {product.upc.upper(): product for product in known}


def _problem_of_words(row: Row, first_day: date | None) -> str:
    """Of the note and the day; sets the day. An order has one."""
    note, said = row.wanted.note, row.wanted.day
    if len(note) > LONGEST_NOTE:
        return _("Note: at most %(most)s signs, here are %(n)s: shorten it.") % {"most": LONGEST_NOTE, "n": len(note)}
    if not said:
        return ""
    try:
        day = day_of(said)
    except ValueError:
        return _("Wanted on: “%(said)s” is no day: write it as 2026-12-31 or 31.12.2026.") % {"said": said}
    if day < timezone.localdate():
        return _("Wanted on: this day has passed: write today or a later one.")
    if first_day is not None and day != first_day:
        about = {"day": date_text(first_day, "d.m.Y")}
        return _("Wanted on: an order has one day, and the list began with %(day)s: order this row apart.") % about
    row.day = day
    return ""


def _problem(request: HttpRequest, row: Row, together: dict[int, Decimal]) -> str:
    quantity = row.wanted.quantity
    if row.product is None:
        return _("Index: there is no such index or EAN in the shop: mend it, or take the row out.")
    if quantity is None or not 0 < quantity <= MOST_QUANTITY:
        return _("Quantity: write a number above 0, e.g. 5 or 2.5.")
    row.info = request.strategy.fetch_for_sizes(row.product, values_of(row.product, row.wanted.answers))
    freed = freed_by(request.basket.changes).get(row.product.pk, 0)
    wanted = together[row.product.pk] + quantity
    availability = with_freed(row.info.availability, freed)
    allowed, why = availability.is_purchase_permitted(wanted)
    if not allowed:
        return str(why)
    together[row.product.pk] = wanted
    row.warning = warning_of(availability, wanted)
    return ""


@transaction.atomic
def _added(request: HttpRequest, rows: list[Row]) -> list[Row]:
    """Puts what is right into the basket; returns the rest."""
    good = [row for row in rows if not row.problem]
    for row in good:
        _put(request.basket, row)
    day = next((row.day for row in good if row.day), None)
    if day is not None:
        request.basket.wanted_on = day
        request.basket.save(update_fields=["wanted_on"])
    if good:
        text = ngettext("%(n)s row is in the basket.", "%(n)s rows are in the basket.", len(good))
        messages.success(request, text % {"n": len(good)})
    return [row for row in rows if row.problem]


def _put(basket: Any, row: Row) -> None:
    if isinstance(row.info.price, PriceOfSize):
        line = basket.add_sized(row.product, row.wanted.quantity, row.info.price.judged.chosen)
    else:
        line, _is_new = basket.add_product(row.product, row.wanted.quantity)
    if row.wanted.note and row.wanted.note not in line.note:
        line.note = " | ".join(filter(None, [line.note, row.wanted.note]))[:LONGEST_NOTE]
        line.save(update_fields=["note"])
