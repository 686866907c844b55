"""An order of WAPRO -> the shop's order: numbers, statuses, quantities, prices, parcel."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone

from wiadukt.contract.money import grosz, line_value
from wiadukt.contract.order import Order as ErpOrder
from wiadukt.contract.order import OrderLine
from wiadukt.shop import bulk
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.forks.order.models import Line, Order
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.ordering import notices
from wiadukt.shop.ordering.timeline import line_names
from wiadukt.shop.organisations.locks import lock_customers
from wiadukt.shop.organisations.models import DeliveryPlace, Organisation
from wiadukt.shop.sync.apply.batch import Batch

KIND = "order"


def apply_orders(orders: list[ErpOrder], missing: list[str], batch: Batch) -> None:
    """Changes known orders, adds those taken in WAPRO; one deleted there is marked gone. Buyers must be known.

    One that the office gave to another buyer leaves the first one, also when the other has no organisation.
    """
    for order in Order.objects.filter(erp_id__in=missing, is_gone=False).select_for_update():
        gone = _save(order, {"is_gone": True}, batch.about(order.erp_id))
        _tell(order, gone, batch, order.erp_id)
    organisations = known_organisations({order.customer_id for order in orders})
    places = _known_places(orders)
    held = _Held(orders)
    for erp_order in sorted(orders, key=lambda order: order.id):
        organisation = organisations.get(erp_order.customer_id)
        if organisation is None:
            batch.orphans[erp_order.id] = erp_order.customer_id
            for order in Order.objects.filter(erp_id=erp_order.id, is_gone=False).select_for_update():
                _save(order, {"is_gone": True}, batch.about(erp_order.id))
            continue
        place = places.get(erp_order.delivery_place_id or "")
        if erp_order.delivery_place_id and place is None:
            batch.orphans[erp_order.id] = erp_order.customer_id
        # What the office wrote on the order of one company may be a place of another, which is none of its business.
        place = place if place is not None and place.organisation_id == organisation.pk else None
        order, changes = _apply_one(held, erp_order, organisation, place, batch.about(erp_order.id))
        _tell(order, changes, batch, erp_order.id)
    held.save_lines()


def known_organisations(erp_ids: set[str]) -> dict[str, Organisation]:
    """Organisations by WAPRO's id. One that is missing stays so until the transaction ends: whoever makes it later
    will ask for what was left out now."""
    found = Organisation.objects.in_bulk(erp_ids, field_name="erp_id")
    absent = erp_ids - found.keys()
    if absent:
        lock_customers(absent)
        found |= Organisation.objects.in_bulk(absent, field_name="erp_id")
    return found


def _known_places(orders: list[ErpOrder]) -> dict[str, DeliveryPlace]:
    """Delivery places by WAPRO's id; one that is missing stays so until the transaction ends, as with buyers."""
    owners = {order.delivery_place_id: order.customer_id for order in orders if order.delivery_place_id}
    found = DeliveryPlace.objects.in_bulk(owners, field_name="erp_id")
    absent = owners.keys() - found.keys()
    if absent:
        lock_customers(owners[place_id] for place_id in absent)
        found |= DeliveryPlace.objects.in_bulk(absent, field_name="erp_id")
    return found


class _Held:
    """What the shop has of a batch of orders: read at once, and its lines saved at once."""

    def __init__(self, orders: list[ErpOrder]) -> None:
        ids = [order.id for order in orders]
        numbers = [order.shop_number for order in orders if order.shop_number]
        found = Order.objects.filter(Q(bulk.among("erp_id", ids)) | Q(bulk.among("number", numbers)))
        related = found.select_related("organisation", "delivery_place")
        rows = list(related.order_by("pk").select_for_update(of=("self",), no_key=True))
        self.by_id = {row.erp_id: row for row in rows if row.erp_id}
        self.by_number = {row.number: row for row in rows}
        self.lines: dict[int, list[Line]] = defaultdict(list)
        for line in Line.objects.filter(bulk.among("order_id", [row.pk for row in rows])).order_by("line_no", "id"):
            self.lines[line.order_id].append(line)
        indexes = {line.product_id for order in orders for line in order.lines}
        self.products = dict(Product.objects.filter(bulk.among("upc", indexes)).values_list("upc", "pk"))
        self.changed: list[Line] = []
        self.new: list[Line] = []

    def of(self, erp_order: ErpOrder) -> Order | None:
        return self.by_id.get(erp_order.id) or self.by_number.get(erp_order.shop_number or "")

    def save_lines(self) -> None:
        bulk.update(self.changed, LINE_FIELDS)
        Line.objects.bulk_create(self.new)


def _tell(order: Order, changes: list[Change], batch: Batch, erp_id: str) -> None:
    """People who want it hear of news; of what is being taken over nobody does."""
    if erp_id not in batch.quiet:
        notices.note(order, changes)


def _apply_one(
    held: _Held, erp_order: ErpOrder, organisation: Organisation, place: DeliveryPlace | None, about: dict[str, str]
) -> tuple[Order, list[Change]]:
    """The order, and what is new for its buyer; of an order that appears just now nothing is."""
    order, is_new = held.of(erp_order), False
    if order is None:
        is_new = True
        order = _create(erp_order, organisation)
        record.save([record.change(KIND, order, record.CREATED, "", erp_order.erp_number, **about)])
    elif order.organisation_id != organisation.pk:
        _give(order, organisation, about)
    changes = _save(order, _values(erp_order) | {"delivery_place": place}, about)
    changes += _follow_lines(held, order, erp_order, about)
    return order, [] if is_new else changes


def _give(order: Order, organisation: Organisation, about: dict[str, str]) -> None:
    """To the buyer for whom WAPRO has it now. The order's own history names neither to the other."""
    number = order.erp_number or order.number
    record.save(
        [
            record.change("organisation", order.organisation, "order", number, "", **about),
            record.change("organisation", organisation, "order", "", number, **about),
        ]
    )
    order.organisation, order.branch = organisation, organisation.branches.get(is_default=True)
    order.save(update_fields=["organisation", "branch"])


def _create(erp_order: ErpOrder, organisation: Organisation) -> Order:
    """An order taken in WAPRO, by phone for instance: it belongs to the default branch and has no user."""
    placed = datetime.combine(erp_order.issued_on, time(12), tzinfo=timezone.get_current_timezone())
    return Order.objects.create(
        number=f"WAPRO-{erp_order.id}",
        organisation=organisation,
        branch=organisation.branches.get(is_default=True),
        date_placed=placed,
        currency=erp_order.currency,
        total_excl_tax=erp_order.total_net,
        total_incl_tax=erp_order.total_gross,
        remarks=erp_order.remarks,
        status=erp_order.state,
    )


def _values(erp_order: ErpOrder) -> dict[str, Any]:
    values: dict[str, Any] = {
        "erp_id": erp_order.id,
        "erp_number": erp_order.erp_number,
        "erp_state": erp_order.state.value,
        "status": erp_order.state.value,
        "status_code": erp_order.status_code,
        "status_label": erp_order.status_label,
        "due_on": erp_order.due_on,
        "total_excl_tax": grosz(erp_order.total_net),
        "total_incl_tax": grosz(erp_order.total_gross),
        "currency": erp_order.currency,
        "base_gross": erp_order.base_gross,
        "is_gone": False,
        "tracking_number": erp_order.shipment.tracking_number if erp_order.shipment else "",
        "carrier": erp_order.shipment.carrier if erp_order.shipment else "",
        "tracking_url": erp_order.shipment.tracking_url if erp_order.shipment else "",
        "received": erp_order.received,
        "received_on": erp_order.received_on,
    }
    if erp_order.production is not None:
        values["production_state"] = erp_order.production.state.value
        values["production_percent"] = int(erp_order.production.percent)
    return values


SHOWN = frozenset(
    {"erp_number", "erp_state", "status_label", "due_on", "total_excl_tax", "tracking_number", "carrier"}
    | {"production_state", "production_percent", "received", "is_gone", "delivery_place"}
)


def _save(order: Order, values: dict[str, Any], about: dict[str, str]) -> list[Change]:
    """What of it is in the order's history."""
    changes = record.assign(KIND, order, values, **about)
    shown = [change for change in changes if change.field in SHOWN]
    if changes:
        order.save()
        record.save(shown)
    return shown


def _follow_lines(held: _Held, order: Order, erp_order: ErpOrder, about: dict[str, str]) -> list[Change]:
    """WAPRO owns quantities and prices after acceptance; lines are bound the first time WAPRO shows them."""
    lines = held.lines[order.pk]
    production = {one.line_no: one for one in erp_order.production.lines} if erp_order.production else {}
    names = line_names(lines)
    bound = {line.erp_line_id: line for line in lines if line.erp_line_id}
    unbound: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if not line.erp_line_id:
            unbound[line.upc].append(line)
    changes = []
    for number, erp_line in enumerate(erp_order.lines, 1):
        line = bound.pop(erp_line.id, None)
        if line is None and unbound[erp_line.product_id]:
            line = _taken(unbound[erp_line.product_id], erp_line)
        if line is None:
            held.new.append(_new_line(order, erp_line, number, held.products.get(erp_line.product_id)))
            continue
        made = production.get(line.line_no) if order.from_shop else None
        progress = {"made": made.good, "to_make": made.planned} if made else {}
        before = record.assign(KIND, line, _line_values(erp_line) | progress)
        held.changed += [line] if before else []
        changes += [
            record.change(KIND, order, f"{names[line.pk]}: {TOLD.get(c.field, c.field)}", c.old, c.new, **about)
            for c in before
            if c.field in TOLD or (c.field == "made" and _is_step(line, c))
        ]
    for line in [*bound.values(), *(line for left in unbound.values() for line in left)]:
        changes.append(record.change(KIND, order, f"{names[line.pk]}: line", line.title, "", **about))
        line.delete()
    record.save(changes)
    return changes


def _taken(unbound: list[Line], erp_line: OrderLine) -> Line:
    """Of several lines with one product, made to different sizes, that of this price; else the first."""
    same = [line for line in unbound if line.unit_price_excl_tax == erp_line.price_net]
    found = same[0] if same else unbound[0]
    unbound.remove(found)
    return found


def _is_step(line: Line, made: Change) -> bool:
    """Of pieces made, the first and the last are history; those between are on the line."""
    return made.old == "0" or line.made >= line.to_make


TOLD = {"quantity": "ordered", "realised": "realised", "unit_price_excl_tax": "unit_price_excl_tax"}
"""What of a line is history, under which name: `quantity` there is what the buyer's side changed."""
LINE_FIELDS = [
    *("erp_line_id", "title", "unit", "quantity", "realised", "unit_price_excl_tax", "unit_price_incl_tax"),
    *("line_price_excl_tax", "line_price_incl_tax", "made", "to_make"),
    *("line_price_before_discounts_excl_tax", "line_price_before_discounts_incl_tax"),
]


def _line_values(erp_line: OrderLine) -> dict[str, Any]:
    net = line_value(erp_line.ordered, erp_line.price_net)
    gross = line_value(erp_line.ordered, erp_line.price_gross)
    return {
        "erp_line_id": erp_line.id,
        "title": erp_line.name,
        "unit": erp_line.unit,
        "quantity": erp_line.ordered,
        "realised": erp_line.realised,
        "unit_price_excl_tax": erp_line.price_net,
        "unit_price_incl_tax": erp_line.price_gross,
        "line_price_excl_tax": net,
        "line_price_incl_tax": gross,
        "line_price_before_discounts_excl_tax": net,
        "line_price_before_discounts_incl_tax": gross,
    }


def _new_line(order: Order, erp_line: OrderLine, number: int, product_id: int | None) -> Line:
    return Line(
        order=order,
        line_no=number,
        partner_name="WAPRO",
        partner_sku=erp_line.product_id,
        product_id=product_id,
        upc=erp_line.product_id,
        num_allocated=0,
        **_line_values(erp_line),
    )
