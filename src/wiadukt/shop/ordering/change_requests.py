"""A change that WAPRO or production does not allow any more: a person of the seller's agrees to it or declines.

Agreed, the office makes it in WAPRO, as far as it still can, and what it makes comes back as changes of the order.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.signature import signature
from wiadukt.shop.history import record
from wiadukt.shop.ordering.approval_mail import CHANGE_ASKED, tell_later
from wiadukt.shop.ordering.differences import differences
from wiadukt.shop.ordering.messages import WORK_CANCELLED, reinstate
from wiadukt.shop.organisations.access import member_of
from wiadukt.shop.organisations.approval import Approval
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.questions import talk
from wiadukt.shop.questions.models import Question

KIND = "order"


class AlreadyDecided(Exception):
    """Somebody else was faster, or the buyer has withdrawn it."""


def give_up(order: Any, why: str, **about: str) -> None:
    """The changed order does not take the first one's place by itself: what production let go is made after all, and
    the seller is asked. In the caller's transaction, which holds the order."""
    first = order.replaces
    if OutboundMessage.objects.filter(kind=WORK_CANCELLED, payload__in_favour_of=order.number).exists():
        reinstate(first, instead_of=order)
    order.approval = Approval.ASKED
    order.save(update_fields=["approval"])
    record.save([record.change(KIND, first, "change_refused", order.number, why, **about)])
    ask_seller(order, why)


def ask_seller(order: Any, why: str) -> None:
    """Asks whoever looks after the branch, in the buyer's name, and tells the buyer."""
    tell_later(order, CHANGE_ASKED)
    member = member_of(order.user) if order.user else None
    if member is None:
        return
    first = order.replaces
    about = {"number": first.display_number}
    text = [_("I want to change order %(number)s:") % about, *(f"- {one.words}" for one in differences(first, order))]
    if why:
        text += ["", _("It could not be done by itself: %(why)s") % {"why": why}]
    subject = _("Please change order %(number)s") % about
    talk.ask(member, order.branch, subject, "\n".join(text)[:4000], talk.About(order=order))


@transaction.atomic
def decide(order: Any, by: User, decision: Approval, words: str) -> None:
    """AGREED or DECLINED, once; the buyer hears of it with these words. Raises AlreadyDecided."""
    held = type(order).objects.select_for_update(of=("self",)).get(pk=order.pk)
    if held.approval != Approval.ASKED:
        raise AlreadyDecided(_("This change has been decided about already, or was withdrawn."))
    about = signature(by)
    held.approval, held.approval_reason = decision, words
    held.decided_by, held.decided_at = about["author"], timezone.now()
    held.save(update_fields=["approval", "approval_reason", "decided_by", "decided_at"])
    record.save(
        [
            record.change(KIND, one, "change_decided", held.number, decision.value, **about)
            for one in (held, held.replaces)
        ]
    )
    question = Question.objects.filter(order=held).order_by("-pk").first()
    if question is not None:
        talk.answer(question, by, words or str(_("Agreed: the change is being made.")))
    else:
        tell_later(held, decision.value)
