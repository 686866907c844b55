"""A product that is made to size, on its own page: what was chosen, what that costs, and into the basket with it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wiadukt.contract.money import line_value
from wiadukt.shop.forks.partner.strategy import PriceOfSize
from wiadukt.shop.ordering.forms import QuantityForm
from wiadukt.shop.organisations.access import member_of
from wiadukt.shop.quantities import plain
from wiadukt.shop.sizes.chosen import in_words, kept, values_of
from wiadukt.shop.sizes.forms import PREFIX, SizesForm
from wiadukt.shop.sizes.models import rule_of
from wiadukt.shop.sizes.rule import NO
from wiadukt.shop.sizes.words import Line, lines_of


@dataclass
class Sized:
    """The form, and where its answers can be made, the price of a piece (`price`) and of all that are wanted. `line`:
    the line of the reader's basket that is to be changed."""

    product: Any
    form: SizesForm
    quantity: Decimal
    info: Any = None
    line: Any = None

    @property
    def price(self) -> PriceOfSize | None:
        found = self.info.price if self.info is not None else None
        return found if isinstance(found, PriceOfSize) else None

    @property
    def parts(self) -> list[Line]:
        return lines_of(self.price.rule, self.price.sized) if self.price is not None else []

    @property
    def total(self) -> Any:
        """Net."""
        return line_value(self.quantity, self.price.excl_tax) if self.price is not None else None


def choices_of(request: HttpRequest, product: Any) -> Sized | None:
    """What was chosen of it so far; None when it is sold as it is."""
    rule = rule_of(product)
    if rule is None:
        return None
    given = request.POST if request.method == "POST" else request.GET
    line = _line(request, product, given.get("line", ""))
    if line is not None and request.method == "GET" and "quantity" not in given:
        given = _as_given(line)
    is_given = any(name.startswith(f"{PREFIX}-") for name in given) or request.method == "POST"
    quantity = QuantityForm(given)
    count = (quantity.cleaned_data["quantity"] if quantity.is_valid() else None) or product.portions.first
    sized = Sized(product, SizesForm(rule, given if is_given else None), count, line=line)
    if is_given and sized.form.is_valid():
        sized.info = request.strategy.fetch_for_sizes(product, sized.form.judged.values)
    return sized


def _line(request: HttpRequest, product: Any, key: str) -> Any:
    """A line of the reader's own basket."""
    return request.basket.lines.filter(product=product, pk=key).first() if key.isdecimal() and len(key) < 19 else None


def _as_given(line: Any) -> dict[str, str]:
    """What the page would send for it as it is now; a box that is not ticked is not sent."""
    answers = {f"{PREFIX}-{code}": value for code, value in values_of(line.parameters).items() if value != NO}
    return answers | {"quantity": plain(line.quantity)}


def put_in(request: HttpRequest, sized: Sized) -> bool:
    """Into the basket of the buyer; otherwise says why not."""
    quantity = QuantityForm(request.POST)
    if member_of(request.user) is None:
        messages.error(request, _("Only a buyer can order: log in as one."))
    elif not quantity.is_valid() or not quantity.cleaned_data["quantity"]:
        messages.error(request, _("Quantity: write a number above 0, e.g. 5 or 2.5."))
    elif sized.info is not None:
        allowed, why = sized.info.availability.is_purchase_permitted(sized.quantity)
        if allowed:
            chosen = sized.form.judged.chosen
            if sized.line is not None:
                request.basket.change_sized(sized.line, sized.quantity, chosen)
            else:
                request.basket.add_sized(sized.product, sized.quantity, chosen)
            text = _("%(product)s, %(sizes)s: in the basket.")
            messages.success(request, text % {"product": sized.product.title, "sizes": in_words(kept(chosen))})
            return True
        messages.error(request, _("%(product)s: %(why)s") % {"product": sized.product.title, "why": why})
    return False
