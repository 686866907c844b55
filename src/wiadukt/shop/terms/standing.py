"""Whether a buyer may order now: late payments by WAPRO's rule, the credit limit by the shop's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.conf import settings
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiadukt.contract.customer import OverdueAction
from wiadukt.shop.organisations.models import OrderGate, Organisation
from wiadukt.shop.terms.credit import Credit, credit_of


class Matter(StrEnum):
    """What stands in the way."""

    OVERDUE = "overdue"
    LIMIT = "limit"
    SELLER = "seller"


@dataclass(frozen=True)
class Objection:
    """One matter and what it does to an order: `warn` or `hold`. `days` late, `amount` over the limit, or the seller's
    own `reason`."""

    matter: Matter
    action: OverdueAction
    days: int = 0
    amount: Decimal = Decimal(0)
    reason: str = ""

    @property
    def is_hold(self) -> bool:
        return self.action is OverdueAction.HOLD

    @property
    def fact(self) -> str:
        """For whoever reads the buyer's terms, when there is no order."""
        if self.matter is Matter.SELLER:
            return self.reason
        if self.matter is Matter.OVERDUE:
            text = ngettext("A payment is %(n)d day overdue.", "A payment is %(n)d days overdue.", self.days)
            return text % {"n": self.days}
        return _("The credit limit is exceeded by %(amount)s PLN.") % {"amount": floatformat(self.amount, "2g")}

    @property
    def sentence(self) -> str:
        """For the buyer, with what to do."""
        if self.matter is Matter.SELLER:
            cause = _("The seller holds your company's orders: %(reason)s") % {"reason": self.reason.rstrip(".") + "."}
            remedy = _("Talk to your contact.")
        elif self.matter is Matter.OVERDUE:
            cause = ngettext(
                "Your company has a payment %(n)d day overdue.",
                "Your company has a payment %(n)d days overdue.",
                self.days,
            ) % {"n": self.days}
            remedy = _("Pay it, then order.") if self.is_hold else _("Please pay it.")
        else:
            cause = _("This order exceeds your company's credit limit by %(amount)s PLN.") % {
                "amount": floatformat(self.amount, "2g")
            }
            remedy = _("Order less, pay an invoice or talk to your contact.") if self.is_hold else ""
        return f"{cause} {remedy}".strip()


def judge(
    *, days_late: int, days_allowed: int, when_late: OverdueAction, over_limit: Decimal, when_over: OverdueAction
) -> tuple[Objection, ...]:
    """The rule alone. `over_limit`: how much the limit is exceeded by, the order included; 0 or less is within it."""
    found = []
    if days_late > days_allowed and when_late is not OverdueAction.ALLOW:
        found.append(Objection(Matter.OVERDUE, when_late, days=days_late))
    if over_limit > 0 and when_over is not OverdueAction.ALLOW:
        found.append(Objection(Matter.LIMIT, when_over, amount=over_limit))
    return tuple(found)


def objections_to(
    organisation: Organisation,
    order_gross: Decimal,
    *,
    gives_way: Decimal = Decimal(0),
    credit: Credit | None = None,
    today: date | None = None,
) -> tuple[Objection, ...]:
    """What stands against an order of this gross value now; five queries unless `credit` is known.

    `gives_way`: the value of the order whose place it takes. One that is not dearer than that exceeds no limit.
    What the seller's people say goes before the rules: held orders are held, and released ones only warned of.
    """
    today = today or timezone.localdate()
    credit = credit or credit_of(organisation, today)
    more = order_gross - gives_way
    is_limited = credit.left is not None and (more > 0 or not gives_way)
    found = judge(
        days_late=credit.debt.days_late(today),
        days_allowed=organisation.overdue_days,
        when_late=OverdueAction(organisation.overdue_action),
        over_limit=more - (credit.left or 0) if is_limited else Decimal(0),
        when_over=OverdueAction(settings.CREDIT_ACTION),
    )
    gate = organisation.gate_on(today)
    if gate == OrderGate.HELD:
        own = Objection(Matter.SELLER, OverdueAction.HOLD, reason=organisation.order_gate_reason)
        return (own, *found)
    if gate == OrderGate.RELEASED:
        return tuple(replace(one, action=OverdueAction.WARN) for one in found)
    return found


def holds_of(organisation: Organisation, order_gross: Decimal, *, gives_way: Decimal = Decimal(0)) -> list[str]:
    """Sentences of what holds an order of this gross value, and does not only warn."""
    against = objections_to(organisation, order_gross, gives_way=gives_way)
    return [found.sentence for found in against if found.is_hold]
