"""Terms of trade in templates: the card of a buyer's terms, the words of a price, the way to the next threshold."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from wiadukt.contract.facts import thresholds_of
from wiadukt.contract.money import Basis
from wiadukt.contract.pricing import next_after
from wiadukt.shop.organisations.access import member_of
from wiadukt.shop.organisations.models import Organisation, Role
from wiadukt.shop.terms import words
from wiadukt.shop.terms.contact import contact_of
from wiadukt.shop.terms.credit import credit_of
from wiadukt.shop.terms.standing import objections_to

register = template.Library()


@register.inclusion_tag("terms/_card.html", takes_context=True)
def terms_card(context: Any, organisation: Organisation) -> dict[str, Any]:
    """All terms of a buyer. What of the limit is used is the whole company's: for its managers and the seller only."""
    user = context["user"]
    member = member_of(user)
    sees_money = (user.is_staff and context.get("sees_whole", True)) or (
        member is not None and member.role == Role.MANAGER
    )
    credit = credit_of(organisation) if sees_money else None
    return {
        "organisation": organisation,
        "thresholds": thresholds_of(organisation.thresholds),
        "agreed_count": organisation.individual_prices.count(),
        "credit": credit,
        "objections": objections_to(organisation, order_gross=0, credit=credit) if credit else (),
        "staff": user.is_staff,
        "today": timezone.localdate(),
    }


@register.inclusion_tag("terms/_contact.html")
def contact_card(organisation: Organisation) -> dict[str, Any]:
    return {"contact": contact_of(organisation)}


@register.inclusion_tag("terms/_threshold.html")
def threshold_bar(basket: Any) -> dict[str, Any]:
    """What is reached and how much is missing to the next threshold; nothing where there are none."""
    buyer = getattr(basket.strategy, "buyer", None)
    if buyer is None or not buyer.thresholds or not buyer.rule.by_threshold or basket.is_empty:
        return {}
    value = basket.value_before_threshold
    following = next_after(buyer.thresholds, value)
    return {
        "reached": basket.threshold,
        "following": following,
        "missing": following.from_value - value if following else None,
        "percent": int(value / following.from_value * 100) if following else 100,
        "by_gross": buyer.rule.threshold_basis is Basis.GROSS,
    }


@register.inclusion_tag("terms/_objections.html")
def order_objections(organisation: Organisation, basket: Any) -> dict[str, Any]:
    """What stands against ordering this basket now."""
    against = objections_to(organisation, basket.total_incl_tax, gives_way=basket.gives_way)
    return {"objections": against, "contact": contact_of(organisation)}


@register.filter
def price_origin(price: Any) -> str:
    """Where a price comes from, in a few words; empty for none of ours."""
    why = getattr(price, "why", None)
    return words.origin(why) if why else ""
