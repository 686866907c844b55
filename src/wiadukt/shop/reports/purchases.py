"""Purchases of a period, grouped: sums over order lines, so that every grouping adds up to the same amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from wiadukt.contract.states import OrderState
from wiadukt.shop.organisations.approval import UNPLACED

GROUPS = {
    "month": _("month"),
    "branch": _("branch"),
    "product": _("product"),
    "person": _("person"),
    "place": _("delivery place"),
}
_NAMES: dict[str, tuple[str, ...]] = {
    "branch": ("order__branch__name",),
    "person": ("order__user__first_name", "order__user__last_name", "order__user__email"),
    "place": ("order__delivery_place__name",),
}


@dataclass(frozen=True)
class Row:
    """`share`: percent of the greatest row, for its bar. `quantity` is None where pieces and metres would be added."""

    name: str
    code: str
    orders: int
    quantity: Decimal | None
    unit: str
    net: Decimal
    gross: Decimal
    share: int


@dataclass(frozen=True)
class Report:
    """In one currency. `before` is the net amount of the same days a year earlier."""

    currency: str
    rows: Sequence[Row]
    orders: int
    net: Decimal
    gross: Decimal
    before: Decimal

    @property
    def change(self) -> int | None:
        """Percent against a year earlier; None when nothing was bought then."""
        return round(100 * (self.net - self.before) / self.before) if self.before > 0 else None

    @property
    def fall(self) -> int:
        """The change as a number of percent less."""
        return -(self.change or 0)


def reports_of(orders: QuerySet, first: date, last: date, group: str) -> list[Report]:
    """One a currency, PLN first. Orders that the seller was not told of, cancelled and deleted ones don't count.

    `group` is one of GROUPS; months come in turn, everything else the greatest amount first.
    """
    bought = get_model("order", "Line").objects.filter(order__in=_counted(orders).order_by())
    now, before = _within(bought, first, last), _within(bought, _a_year_earlier(first), _a_year_earlier(last))
    earlier = {row["currency"]: row["net"] for row in _sums(before)}
    return sorted(
        (
            Report(
                currency=said["currency"],
                rows=_rows(now.filter(order__currency=said["currency"]), group),
                orders=said["orders"],
                net=said["net"],
                gross=said["gross"],
                before=earlier.get(said["currency"], Decimal(0)),
            )
            for said in _sums(now)
        ),
        key=lambda report: (report.currency != "PLN", report.currency),
    )


def _counted(orders: QuerySet) -> QuerySet:
    return orders.filter(is_gone=False).exclude(approval__in=UNPLACED).exclude(erp_state=OrderState.CANCELLED)


def _within(lines: QuerySet, first: date, last: date) -> QuerySet:
    return lines.filter(order__date_placed__date__range=(first, last))


def _a_year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


_MEASURES = {
    "net": Sum("line_price_excl_tax"),
    "gross": Sum("line_price_incl_tax"),
    "orders": Count("order", distinct=True),
}


def _sums(lines: QuerySet) -> QuerySet:
    return lines.order_by().values(currency=F("order__currency")).annotate(**_MEASURES)


def _rows(lines: QuerySet, group: str) -> list[Row]:
    lines = lines.order_by()
    if group == "month":
        found = _by_month(lines)
    elif group == "product":
        pieces = {"name": Max("title"), "pieces": Sum("quantity")}
        found = list(lines.values("upc", "unit").annotate(**_MEASURES, **pieces).order_by("-net", "upc"))
    else:
        key = f"order__{'user' if group == 'person' else 'delivery_place' if group == 'place' else group}"
        found = list(lines.values(key, *_NAMES[group]).annotate(**_MEASURES).order_by("-net", key))
    most = max((row["net"] for row in found), default=Decimal(0))
    return [_row(row, group, most) for row in found]


def _by_month(lines: QuerySet) -> list[dict[str, Any]]:
    """From the first month with a purchase to the last; one between them without any has zeros."""
    month = TruncMonth("order__date_placed")
    bought = {row["month"]: row for row in lines.annotate(month=month).values("month").annotate(**_MEASURES)}
    nothing = {"net": Decimal(0), "gross": Decimal(0), "orders": 0}
    at, found = min(bought, default=None), []
    while at is not None and at <= max(bought):
        found.append(bought.get(at, {"month": at, **nothing}))
        at = at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
    return found


def _row(found: dict[str, Any], group: str, most: Decimal) -> Row:
    return Row(
        name=_name(found, group),
        code=(found["upc"] or "") if group == "product" else "",
        orders=found["orders"],
        quantity=found.get("pieces"),
        unit=found.get("unit", ""),
        net=found["net"],
        gross=found["gross"],
        share=int(100 * max(found["net"], Decimal(0)) / most) if most > 0 else 0,
    )


def _name(found: dict[str, Any], group: str) -> str:
    if group == "month":
        return f"{found['month']:%m.%Y}"
    if group == "product":
        return str(found["name"])
    if group == "person":
        first, last, email = (found[name] or "" for name in _NAMES["person"])
        return f"{first} {last}".strip() or email or str(_("by phone, in the office"))
    return found[_NAMES[group][0]] or str(_("none"))
