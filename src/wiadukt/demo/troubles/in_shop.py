"""What people do in the shop in a staged trouble, by the shop's own functions. Imported only when the shop is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from oscar.core.loading import get_model

from wiadukt.demo.accounts import LOGINS
from wiadukt.shop.forks.partner.strategy import Selector
from wiadukt.shop.ordering import trade_forms
from wiadukt.shop.ordering.models import ErpForm, FormKind, TradeForm
from wiadukt.shop.ordering.place import Wishes, place
from wiadukt.shop.organisations.models import Member
from wiadukt.shop.outbox import mend
from wiadukt.shop.outbox.models import Destination, MessageState, OutboundMessage
from wiadukt.shop.outbox.write import DELIVER_TASK
from wiadukt.shop.roads import pausing
from wiadukt.shop.roads.models import Road

ADMINISTRATOR = LOGINS["staff"]


def _buyer() -> Member:
    return Member.objects.select_related("user", "organisation").get(email=LOGINS["outsider"])


def buyer_in_erp() -> int:
    """ID_KONTRAHENTA of who orders here."""
    return int(_buyer().organisation.erp_id)


@contextmanager
def road_to_wapro_closed() -> Iterator[None]:
    """What is ordered inside reaches WAPRO after all of it was done."""
    pausing.pause(Road.TO_WAPRO, "Zmiany w WAPRO", ADMINISTRATOR)
    try:
        yield
    finally:
        pausing.resume(Road.TO_WAPRO, ADMINISTRATOR, DELIVER_TASK)


def order(
    *,
    only: Sequence[str] | None = None,
    fits: Callable[[str], bool] = lambda index: True,
    payment: TradeForm | None = None,
    under_name: str = "",
) -> str:
    """Orders one piece of the first product that the buyer may have; returns its index."""
    member = _buyer()
    products = get_model("catalogue", "Product").objects.browsable().order_by("upc")
    if only is not None:
        products = products.filter(upc__in=only)
    with transaction.atomic():
        user = member.user
        names = user.first_name, user.last_name
        if under_name:
            user.first_name, user.last_name = under_name, ""
            user.save(update_fields=["first_name", "last_name"])
        basket = get_model("basket", "Basket").objects.create(owner=user)
        basket.strategy = Selector().strategy(user=user)
        product = next(one for one in products if fits(one.upc) and _is_sold(basket, one))
        basket.add_product(product, 1)
        branch = member.organisation.branches.get(is_default=True)
        where = member.organisation.delivery_places.filter(is_active=True).order_by("id").first()
        place(basket, member, Wishes(branch=branch, place=where, payment=payment))
        user.first_name, user.last_name = names
        user.save(update_fields=["first_name", "last_name"])
    return str(product.upc)


def _is_sold(basket: Any, product: Any) -> bool:
    info = basket.get_stock_info(product, [])
    return bool(info.price.exists and info.availability.is_purchase_permitted(1)[0])


def offer_payment_form(name: str) -> TradeForm:
    """A form of the shop's that stands for WAPRO's of this name."""
    ErpForm.objects.get_or_create(kind=FormKind.PAYMENT, code=name, defaults={"name": name})
    form, _new = TradeForm.objects.update_or_create(
        kind=FormKind.PAYMENT, name=name, defaults={"erp_code": name, "is_offered": True}
    )
    return form


def map_payment_form(old: str, new: str) -> None:
    """As the button at the cause does: the form stands for another one, and just what was refused for it goes again."""
    trade_forms.map_code(FormKind.PAYMENT, old, new)
    refused = _rejected().filter(refusal__code="payment_form_unknown").values_list("pk", flat=True)
    mend.say_otherwise(list(refused), ADMINISTRATOR, field="payment_form", value=new, reason=f"{old}: {new}")


def _rejected() -> Any:
    return OutboundMessage.objects.filter(destination=Destination.WAPRO, state=MessageState.REJECTED)


def rejected_objects() -> list[str]:
    """What the refusals are about, by its id."""
    return [message.refusal["object_id"] for message in _rejected() if message.refusal]


def send_rejected_again() -> None:
    mend.retry_all(_rejected(), ADMINISTRATOR)


def edit_rejected(**fields: str) -> None:
    """As an administrator edits a message's text."""
    for message in _rejected():
        seen = mend.fingerprint(message.payload)
        mend.edit(message.pk, ADMINISTRATOR, message.payload | fields, reason="Za długie dla WAPRO.", seen=seen)
