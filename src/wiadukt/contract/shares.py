"""Which part of a document belongs to which order, to the grosz; both sides and the proofs call this one rule.

The worked examples are in docs/invoices.md. A part is worth what its lines are worth, less what advance invoices
charged of its order. A document's total may differ from that: VAT is rounded by rate and not by line, a rebate is given
on the whole. The difference is shared out in proportion to what the parts are worth, whatever their signs: each gets
its share cut to a grosz towards nothing, and the grosze that are left go one each to the parts that lost most by the
cut, of equal ones to the greater part, then to the lower key. So parts always add up to the total, and one part alone
gets all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from wiadukt.contract.invoice import Invoice
from wiadukt.contract.money import GROSZ, grosz

NO_ORDER = ""
"""Key of the part whose lines name no order."""
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Share:
    """One order's part of a document, in the document's currency. `remaining` is what of it is still to be paid."""

    order_id: str
    net: Decimal
    gross: Decimal
    remaining: Decimal
    base_gross: Decimal | None = None
    """In the base currency, of a document in another one whose total the ERP states in it."""


def shares_of(invoice: Invoice) -> tuple[Share, ...]:
    """A share for each order that the lines name, and one of `NO_ORDER` where lines name none or there are no lines."""
    net: dict[str, Decimal] = {}
    gross: dict[str, Decimal] = {}
    for line in invoice.lines:
        key = line.order_id or NO_ORDER
        net[key] = net.get(key, NOTHING) + line.net
        gross[key] = gross.get(key, NOTHING) + line.gross
    if all((one.order_id or NO_ORDER) in gross for one in invoice.charged):
        for one in invoice.charged:
            net[one.order_id or NO_ORDER] -= one.net
            gross[one.order_id or NO_ORDER] -= one.gross
    nets = fitted(net or {NO_ORDER: NOTHING}, invoice.total_net)
    grosses = fitted(gross or {NO_ORDER: NOTHING}, invoice.total_gross)
    left = split(invoice.remaining, grosses)
    base = _in_base(invoice, grosses)
    return tuple(Share(key, nets[key], grosses[key], left[key], base.get(key)) for key in sorted(grosses))


def _in_base(invoice: Invoice, grosses: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Each part at the document's own rate, mended so that they add up; nothing where the ERP states no total."""
    if invoice.base_gross is None:
        return {}
    rate = invoice.base_gross / invoice.total_gross if invoice.total_gross else NOTHING
    return fitted({key: grosz(amount * rate) for key, amount in grosses.items()}, invoice.base_gross)


def fitted(worth: Mapping[str, Decimal], total: Decimal) -> dict[str, Decimal]:
    """What each part is worth, mended so that the parts add up to the total."""
    difference = split(total - sum(worth.values(), NOTHING), worth)
    return {key: amount + difference[key] for key, amount in worth.items()}


def split(amount: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The amount in whole grosze by the absolute weights; where all weigh nothing, the lowest key gets it.

    `amount` has at most two decimals, else the last part of a grosz would be nobody's: ValueError.
    """
    if amount != amount.quantize(GROSZ):
        raise ValueError(f"{amount} is not in whole grosze")
    total = sum((abs(weight) for weight in weights.values()), NOTHING)
    if not total:
        first = min(weights)
        return {key: amount if key == first else NOTHING for key in weights}
    exact = {key: amount * abs(weight) / total for key, weight in weights.items()}
    cut = {key: part.quantize(GROSZ, ROUND_DOWN) for key, part in exact.items()}
    left = amount - sum(cut.values(), NOTHING)
    step = GROSZ.copy_sign(left)
    for key in _first(int(abs(left) / GROSZ), exact, cut, weights):
        cut[key] += step
    return cut


def _first(
    count: int, exact: Mapping[str, Decimal], cut: Mapping[str, Decimal], weights: Mapping[str, Decimal]
) -> Iterable[str]:
    """The keys of those that lost most by the cut."""
    return sorted(weights, key=lambda key: (-abs(exact[key] - cut[key]), -abs(weights[key]), key))[:count]
