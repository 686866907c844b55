"""A contractor whose personal data were removed in WAPRO: they go from the shop too, and the documents stay.

Repeatable. What is kept: numbers, goods, amounts, days, states and who of the seller's people did what.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from oscar.core.loading import get_model

from wiadukt.shop.accounts.models import User
from wiadukt.shop.addresses.models import Conflict
from wiadukt.shop.addresses.waiting import KINDS, keys_of
from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.models import AccountNote, Reminder
from wiadukt.shop.organisations.models import DeliveryPlace, Member, Organisation
from wiadukt.shop.outbox.models import DONE, MessageState, OutboundMessage

GONE = "anonymised.invalid"
_IMPERSONAL = (
    "created", "in_shop", "is_open", "is_blocked", "price_level", "discount_percent", "payment_form", "payment_days",
    "credit_limit", "currency", "salesman_name", "salesman_phone",
)  # fmt: skip


def anonymise(organisation: Organisation) -> None:
    """Takes every personal datum of the buyer's people away, in the caller's transaction."""
    members = list(organisation.members.select_related("user"))
    users = [member.user for member in members if member.user is not None]
    addresses = [user.email for user in users] + [member.email for member in members if member.email]
    _forget_messages(organisation)
    _forget_history(organisation, addresses)
    _forget_documents(organisation)
    for user in users:
        _forget_login(user)
    Member.objects.filter(organisation=organisation).update(
        first_name="", last_name="", position="", email="", phone="", other_emails="", problem="", is_active=False
    )
    nowhere = {"recipient": "", "street": "", "postal_code": "", "city": "", "phone": "", "note": "", "name": "–"}
    DeliveryPlace.objects.filter(organisation=organisation).update(**nowhere)
    Conflict.objects.filter(organisation=organisation).delete()
    Reminder.objects.filter(invoice__organisation=organisation).update(to="")
    AccountNote.objects.filter(organisation=organisation).update(text="")
    if not organisation.is_anonymised:
        organisation.is_anonymised = True
        organisation.save(update_fields=["is_anonymised"])


def _forget_login(user: User) -> None:
    user.email, user.first_name, user.last_name = f"{user.pk}@{GONE}", "", ""
    user.is_active = False
    user.set_unusable_password()  # this ends every session as well
    user.save()


def _forget_history(organisation: Organisation, addresses: list[str]) -> None:
    """What changed stays to be seen, by day and field; from what to what does not, where a person is in it."""
    own = Change.objects.filter(kind="organisation", object_id=organisation.pk)
    own.exclude(field__in=_IMPERSONAL).exclude(field__startswith="agreed_price").update(old="", new="")
    for address in filter(None, addresses):  # also where staff acted in this person's name
        Change.objects.filter(author__icontains=address).update(author="")


def _forget_documents(organisation: Organisation) -> None:
    orders = get_model("order", "Order").objects.filter(organisation=organisation)
    blank: dict[str, Any] = dict.fromkeys(
        ("first_name", "last_name", "line1", "line2", "line3", "line4", "postcode"), ""
    )
    shipping = get_model("order", "ShippingAddress").objects.filter(order__in=orders)
    shipping.update(**blank, phone_number="", notes="", search_text="")
    orders.update(remarks="")
    numbers = list(orders.values_list("number", flat=True))
    for message in OutboundMessage.objects.filter(key__in=numbers):
        message.payload |= {name: "" for name in ("ordered_by", "customer_name", "remarks") if name in message.payload}
        message.save(update_fields=["payload"])


def _forget_messages(organisation: Organisation) -> None:
    """Changes of addresses are about nothing else; one that waits is not said any more."""
    told = OutboundMessage.objects.filter(kind__in=KINDS).filter(
        Q(key__in=keys_of([organisation])) | Q(payload__customer_id=organisation.erp_id)
    )
    for message in told:
        if message.state not in DONE:
            message.state, message.claimed_until = MessageState.DISCARDED, None
            message.attempts += 1
        message.payload, message.last_answer, message.refusal = {"customer_id": organisation.erp_id}, "", None
        message.save()
        message.attempted.update(answer="")
        message.interventions.update(author="", old_payload=None)
