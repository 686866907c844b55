"""A price in words: where it comes from, and step by step why it is what it is."""

from __future__ import annotations

from django.template.defaultfilters import date as date_text
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from wiadukt.contract.price_rule import Source
from wiadukt.contract.pricing import Deed, NoPrice, Price, Step


def origin(price: Price) -> str:
    """A few words for the buyer; nothing for a plain price of his level."""
    if price.source is Source.INDIVIDUAL:
        return _("agreed with you")
    if price.source is Source.GROUP:
        return _("agreed with your group")
    if price.source is Source.PROMOTION:
        if price.until:
            return _("promotion until %(day)s") % {"day": date_text(price.until, "d.m.Y")}
        return _("promotion")
    lowered = [step for step in price.steps if step.deed in (Deed.DISCOUNT, Deed.THRESHOLD)]
    return " ".join(f"{floatformat(step.percent, '-2g')}%" for step in lowered)


def step_words(step: Step, level_names: dict[str, str]) -> str:
    """One step for the seller's people."""
    if step.deed is Deed.TAKEN:
        if step.level:
            return _("price level %(level)s") % {"level": level_names.get(step.level) or step.level}
        return _("price as written in WAPRO")
    if step.deed is Deed.SIZE:
        return _("chosen size")
    what = {
        Deed.MARKUP: _("markup of the group or category"),
        Deed.DISCOUNT: _("discount"),
        Deed.THRESHOLD: _("discount for the order's value"),
    }[step.deed]
    sign = "+" if step.percent > 0 else ""
    return f"{what} {sign}{floatformat(step.percent, '-2g')}%"


def source_words(source: Source) -> str:
    return {
        Source.INDIVIDUAL: _("price list of the buyer"),
        Source.GROUP: _("price list of the buyer's group"),
        Source.PROMOTION: _("promotion of the article"),
        Source.LEVEL: _("price level"),
    }[source]


def no_price_words(reason: NoPrice) -> str:
    """Why there is no price, and what to do about it in WAPRO."""
    return {
        NoPrice.NO_LEVEL: _("the article has no price at the buyer's level: fill it in on its card"),
        NoPrice.OTHER_CURRENCY: _("the price is in another currency: write it in PLN"),
        NoPrice.ZERO: _("the price is 0: fill it in"),
    }[reason]
