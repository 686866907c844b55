"""News of orders by e-mail: at once or once a day, as each person chose; the same news never twice.

A notice is written in the transaction of the change that it tells of. It is sent under a lock on its row; an e-mail
that went before its commit was lost goes again under the same Message-ID (`mailing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wiadukt.contract.states import OrderState
from wiadukt.shop import mailing
from wiadukt.shop.history.models import Change
from wiadukt.shop.history.words import shown_value, state_word
from wiadukt.shop.ordering.models import News, OrderNotice
from wiadukt.shop.organisations.approval import UNPLACED, Approval
from wiadukt.shop.organisations.models import Member, OrderMail, Role

TOLD_STATES = frozenset(OrderState) - {OrderState.NEW, OrderState.FINISHED}
"""What is finished was shipped or issued before, and that was told."""
OF_LINE = ("ordered", "unit_price_excl_tax", "line")
CANCELLED = (News.STATE, OrderState.CANCELLED.value)
SEPARATOR = "|"
GATHER_S = 30
"""So long news gathers into one e-mail: the office sets a status and a parcel number one after the other."""


def note(order: Any, changes: Sequence[Change]) -> None:
    """Writes down who is to hear what of these changes, in the caller's transaction."""
    news = [one for change in changes for one in _news_of(change)]
    if CANCELLED in news and gives_way(order):
        news.remove(CANCELLED)
    if not news:
        return
    heard = [(who, *one) for who in listeners(order) for one in news]
    rows = [OrderNotice(order=order, member=who, news=kind, value=value) for who, kind, value in heard]
    OrderNotice.objects.bulk_create(rows, ignore_conflicts=True)


def gives_way(order: Any) -> bool:
    """To a changed one: that it was cancelled for that is no news."""
    changed = order.changes.exclude(approval__in=set(UNPLACED) - {Approval.CHANGING})
    return bool(changed.exists())


def listeners(order: Any) -> list[Member]:
    """The buyer himself, and whoever wants to hear of all orders of his branches; nobody who can't log in."""
    people = Member.objects.filter(organisation=order.organisation_id, in_erp=True, is_active=True)
    people = people.filter(user__is_active=True, invitation_held=False).exclude(order_mail=OrderMail.NEVER)
    wide = Q(order_mail_of_branches=True) & (Q(branches=order.branch_id) | Q(role=Role.MANAGER))
    return list(people.filter(Q(user=order.user_id) | wide if order.user_id else wide).distinct().order_by("pk"))


def _news_of(change: Change) -> list[tuple[News, str]]:
    name, is_line, field = change.field.partition(": ")
    if is_line:
        if field == "realised" and change.new != "0":
            return [(News.REALISED, _packed(name, change.new))]
        return [(News.CHANGED, _packed(name, field, change.old, change.new))] if field in OF_LINE else []
    if change.field in ("erp_state", "production_state") and change.new in TOLD_STATES:
        return [(News.STATE, change.new)]
    if change.field == "received" and change.new == "True":
        return [(News.STATE, OrderState.DELIVERED.value)]
    if change.field == "is_gone" and change.new == "True":
        return [(News.GONE, "")]
    simple = {"erp_number": News.ACCEPTED, "tracking_number": News.PARCEL}
    if change.field in simple and change.new:
        return [(simple[change.field], change.new)]
    return [(News.DUE, change.new)] if change.field == "due_on" and change.old and change.new else []


def _packed(*parts: str) -> str:
    return SEPARATOR.join(part.replace(SEPARATOR, " ") for part in parts)[:400]


def sentence(notice: OrderNotice) -> str:
    """The notice in the reader's language."""
    parts = [*notice.value.split(SEPARATOR), "", "", ""]
    if notice.news == News.ACCEPTED:
        return _("Accepted, number %(number)s") % {"number": parts[0]}
    if notice.news == News.STATE:
        return _("State: %(state)s") % {"state": state_word(parts[0])}
    if notice.news == News.PARCEL:
        carrier = notice.order.carrier
        return _("Parcel %(number)s") % {"number": parts[0]} + (f", {carrier}" if carrier else "")
    if notice.news == News.REALISED:
        about = {"product": parts[0], "quantity": shown_value(parts[1])}
        return _("Issued so far of %(product)s: %(quantity)s") % about
    if notice.news == News.DUE:
        return _("New date: %(day)s") % {"day": shown_value(parts[0])}
    if notice.news == News.GONE:
        return _("Deleted by the seller")
    return changed_words(parts[0], parts[1], parts[2], parts[3])


def changed_words(product: str, field: str, old: str, new: str) -> str:
    """What the seller changed of a line, in the reader's language."""
    about = {"product": product, "old": shown_value(old), "new": shown_value(new)}
    if field == "line":
        return _("The seller took out %(product)s") % about
    if field == "ordered":
        return _("The seller changed the quantity of %(product)s: %(old)s → %(new)s") % about
    return _("The seller changed the net price of %(product)s: %(old)s → %(new)s") % about


def send_due(*, digest: bool = False) -> int:
    """Sends what is due, one e-mail a person; returns how many. Raises OSError when a mail server refused some."""
    chosen = OrderMail.DIGEST if digest else OrderMail.AT_ONCE
    gathered = timezone.now() - timedelta(seconds=0 if digest else GATHER_S)
    due = OrderNotice.objects.filter(sent_at=None, created_at__lte=gathered, member__order_mail=chosen)
    sent, fault = 0, None
    for member_id in due.order_by("member_id").values_list("member_id", flat=True).distinct():
        try:
            sent += _send_to(member_id)
        except OSError as error:  # the others hear all the same
            fault = error
    if fault is not None:
        raise fault
    return sent


@transaction.atomic
def _send_to(member_id: int) -> int:
    member = Member.objects.select_for_update(of=("self",)).select_related("user").filter(pk=member_id).first()
    unsent = OrderNotice.objects.filter(member_id=member_id, sent_at=None).select_for_update(of=("self",))
    notices = list(unsent.select_related("order"))
    if member is None or not notices:
        return 0
    OrderNotice.objects.filter(pk__in=[one.pk for one in notices]).update(sent_at=timezone.now())
    if member.user is None or not member.user.is_active:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        orders = list(_by_order(notices))
        context = {"member": member, "orders": orders, "settings_url": _url("orders:mail")}
        about = f"order-news {','.join(str(one.pk) for one in notices)}"
        mailing.send("order_news", [member.user.email], context, about=about)
    return 1


def _by_order(notices: Iterable[OrderNotice]) -> Iterable[dict[str, Any]]:
    grouped: dict[int, list[OrderNotice]] = {}
    for notice in notices:
        grouped.setdefault(notice.order_id, []).append(notice)
    for found in grouped.values():
        order = found[0].order
        said = list(dict.fromkeys(sentence(one) for one in found))
        yield {"order": order, "said": said, "url": _url("orders:detail", order.pk)}


def _url(name: str, *args: Any) -> str:
    return str(settings.ENVIRONMENT.shop_public_url + reverse(name, args=args))
