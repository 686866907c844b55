"""A contractor whose personal data were removed in WAPRO: they go from the shop too, and the documents stay.

Repeatable. What is kept: numbers, goods, amounts, days, states and who of the seller's people did what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from oscar.core.loading import get_model

from wiadukt.contract.base import Kind
from wiadukt.shop.accounts.models import User
from wiadukt.shop.addresses.models import Conflict
from wiadukt.shop.addresses.waiting import KINDS, keys_of
from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.models import AccountNote, Reminder
from wiadukt.shop.ordering.attached import remove
from wiadukt.shop.ordering.models import OrderFile
from wiadukt.shop.organisations.models import DeliveryPlace, Member, Organisation
from wiadukt.shop.outbox.models import DONE, MessageState, OutboundMessage
from wiadukt.shop.questions.models import Post
from wiadukt.shop.sync.models import Drift

GONE = "anonymised.invalid"
_IMPERSONAL = (
    "created", "in_shop", "is_open", "is_blocked", "price_level", "discount_percent", "payment_form", "payment_days",
    "credit_limit", "currency", "salesman_name", "salesman_phone", "assigned", "leads",
)  # fmt: skip
_OF_A_PERSON = ("ordered_by", "customer_name", "remarks")
"""What messages about orders say of people, or in a person's own words."""


def anonymise(organisation: Organisation) -> None:
    """Takes every personal datum of the buyer's people away, in the caller's transaction."""
    members = list(organisation.members.select_related("user"))
    users = [member.user for member in members if member.user is not None]
    addresses = _addresses(organisation, users, members)
    _forget_messages(organisation)
    _forget_documents(organisation)
    _forget_questions(organisation)
    _forget_history(organisation, addresses)
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.alias(login=Lower("username")).filter(login__in=addresses).delete()
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


def _addresses(organisation: Organisation, users: Iterable[User], members: Iterable[Member]) -> set[str]:
    """Every address that a person of the company has or, as far as the history tells, ever had; in small letters."""
    before = Change.objects.filter(kind="organisation", object_id=organisation.pk, field="member.email")
    found = {user.email for user in users} | {member.email for member in members}
    found |= {address for pair in before.values_list("old", "new") for address in pair}
    return {address.lower() for address in found if address and not address.endswith(f"@{GONE}")}


def _forget_login(user: User) -> None:
    user.email, user.first_name, user.last_name = f"{user.pk}@{GONE}", "", ""
    user.is_active = False
    user.set_unusable_password()  # this ends every session as well
    user.save()


def _forget_history(organisation: Organisation, addresses: set[str]) -> None:
    """What changed stays to be seen, by day and field; from what to what does not, where a person is in it."""
    own = Change.objects.filter(kind="organisation", object_id=organisation.pk)
    own.exclude(field__in=_IMPERSONAL).exclude(field__startswith="agreed_price").update(old="", new="")
    # A person's name stands before what of his was changed.
    own.exclude(field__startswith="agreed_price").update(field=_replaced("field", "^.*: ", ""))
    orders = organisation.orders.all()
    for address in addresses:
        where = (
            rf"(^|\s){re.escape(address)}($|\s)"  # also where staff acted in this person's name; never within another
        )
        for rows, field in ((Change.objects.all(), "author"), (orders, "decided_by")):
            rows.filter(**{f"{field}__iregex": where}).update(**{field: _replaced(field, where, r"\1–\2")})
    found = Drift.objects.filter(kind=Kind.CUSTOMER.value, object_id=organisation.erp_id)
    found.update(shop_value="", erp_value="", detail="")


def _replaced(field: str, pattern: str, by: str) -> Func:
    return Func(F(field), Value(pattern), Value(by), Value("gi"), function="regexp_replace")


def _forget_documents(organisation: Organisation) -> None:
    orders = get_model("order", "Order").objects.filter(organisation=organisation)
    blank: dict[str, Any] = dict.fromkeys(
        ("first_name", "last_name", "line1", "line2", "line3", "line4", "postcode"), ""
    )
    shipping = get_model("order", "ShippingAddress").objects.filter(order__in=orders)
    shipping.update(**blank, phone_number="", notes="", search_text="")
    Change.objects.filter(kind="order", object_id__in=orders.values("pk"), field="reason").update(new="")
    orders.update(remarks="", approval_reason="")
    for file in OrderFile.objects.filter(Q(order__in=orders) | Q(basket__owner__member__organisation=organisation)):
        remove(file)
    get_model("order", "Line").objects.filter(order__in=orders).update(note="")
    baskets = get_model("basket", "Basket").objects.filter(owner__member__organisation=organisation)
    get_model("basket", "Line").objects.filter(basket__in=baskets).update(note="")
    baskets.update(name="")
    for message in OutboundMessage.objects.filter(key__in=orders.values("number")):
        message.payload = _without_people(message.payload)
        message.last_answer = ""
        message.refusal = message.refusal and {**message.refusal, "detail": ""}
        message.save(update_fields=["payload", "last_answer", "refusal"])
        message.attempted.update(answer="")
        for deed in message.interventions.exclude(old_payload=None):
            deed.old_payload = _without_people(deed.old_payload or {})
            deed.save(update_fields=["old_payload"])
        message.interventions.update(reason="")


def _without_people(payload: dict[str, Any]) -> dict[str, Any]:
    return payload | {name: "" for name in _OF_A_PERSON if name in payload}


def _forget_questions(organisation: Organisation) -> None:
    """That something was asked and answered stays, with its document and days; what was said does not."""
    organisation.questions.update(subject="–")
    Post.objects.filter(question__organisation=organisation).update(text="–")


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
        message.interventions.update(author="", reason="", old_payload=None)
