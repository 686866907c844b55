"""What a placed order says to WAPRO and to production, in the contract's words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from wiadukt.contract.base import CustomerId, DeliveryPlaceId, OrderNumber, ProductId
from wiadukt.contract.job_order import Document, JobOrder, WorkRequest
from wiadukt.contract.order import Parameter, PlacedLine, PlacedOrder, Reinstatement
from wiadukt.shop.ordering import trade_forms
from wiadukt.shop.outbox.models import Destination
from wiadukt.shop.outbox.write import write
from wiadukt.shop.sizes.chosen import area_of, as_parameters, size_of

PLACED = "order_placed"
WORK_REQUESTED = "work_requested"
CANCELLED, WORK_CANCELLED = "order_cancelled", "work_cancelled"
WORK_REINSTATED = "work_reinstated"


def write_placed(order: Any) -> None:
    """Two messages at most, in the order's own transaction: the order to WAPRO, what is to be made to production.

    An order to a place that WAPRO does not know yet goes after the message about that place.
    """
    write_to_wapro(order)
    write_work(order)


def write_to_wapro(order: Any) -> None:
    place = order.delivery_place
    unknown_place = str(place.key) if place and place.erp_id is None else ""
    write(Destination.WAPRO, PLACED, order.number, placed_order(order, _lines(order)), behind=unknown_place)


def write_work(order: Any) -> None:
    lines = _lines(order)
    to_make = [line for line in lines if line.product.get_product_class().made_to_order]
    if to_make:
        write(Destination.PRODUCTION, WORK_REQUESTED, order.number, work_request(order, to_make))


def reinstate(order: Any, *, instead_of: Any) -> None:
    """Production makes after all what it let go for the other order, or for its own cancellation."""
    wish = Reinstatement(number=OrderNumber(order.number), instead_of=OrderNumber(instead_of.number))
    write(Destination.PRODUCTION, WORK_REINSTATED, order.number, wish)


def _lines(order: Any) -> list[Any]:
    return list(order.lines.select_related("product__product_class__size_rule").order_by("line_no"))


def placed_order(order: Any, lines: list[Any]) -> PlacedOrder:
    place = order.delivery_place
    return PlacedOrder(
        number=OrderNumber(order.number),
        customer_id=CustomerId(order.organisation.erp_id),
        delivery_place_id=DeliveryPlaceId(place.erp_id) if place and place.erp_id else None,
        delivery_place_key=str(place.key) if place and not place.erp_id else "",
        placed_at=order.date_placed or timezone.now(),
        wanted_on=order.wanted_on,
        ordered_by=order.user.get_full_name() if order.user else "",
        customer_number=order.customer_number,
        remarks=order.remarks,
        payment_form=trade_forms.said(order.payment_choice),
        delivery_form_id=trade_forms.said(order.delivery_choice),
        replaces=OrderNumber(order.replaces.number) if order.replaces else None,
        lines=tuple(
            PlacedLine(
                line_no=line.line_no,
                product_id=ProductId(line.upc),
                quantity=line.quantity,
                price_net=line.unit_price_excl_tax,
                price_gross=line.unit_price_incl_tax,
                note=line.note,
                parameters=parameters(line),
                **_unit(line),
            )
            for line in lines
        ),
    )


def _unit(line: Any) -> dict[str, Any]:
    """Of pieces of a card that counts square metres: their unit, and the area of one."""
    rule = getattr(line.product.get_product_class(), "size_rule", None)
    area = area_of(line.parameters) if rule is not None and rule.card_in_m2 else None
    return {"unit": line.unit, "unit_factor": area} if area else {}


def work_request(order: Any, lines: list[Any]) -> WorkRequest:
    return WorkRequest(
        order_number=OrderNumber(order.number),
        customer_name=order.organisation.name,
        customer_order_number=order.customer_number,
        due_on=order.wanted_on,
        documents=tuple(Document(name=file.name, url=_address(order, file)) for file in order.files.all()),
        job_orders=tuple(
            JobOrder(
                id=f"{order.number}-{line.line_no}",
                product_id=ProductId(line.upc),
                description=described(line),
                quantity=line.quantity,
                unit=line.unit or "szt.",
                parameters=parameters(line),
            )
            for line in lines
        ),
    )


def _address(order: Any, file: Any) -> str:
    """Of the seller's dashboard: whoever opens it there logs in and must look after this buyer."""
    return str(settings.ENVIRONMENT.shop_public_url + reverse("panel:order-file", args=[order.pk, file.pk]))


def described(line: Any) -> str:
    """The product's name, with the size that was chosen: its own may name another one."""
    return " · ".join(filter(None, [line.title, size_of(line.chosen)]))


def parameters(line: Any) -> tuple[Parameter, ...]:
    """When it is made to order, what the floor has to know: what the buyer chose, and of the product's attributes
    those that he could not choose."""
    product = line.product
    if not product.get_product_class().made_to_order:
        return ()
    chosen = as_parameters(line.parameters)
    values = product.attribute_values.select_related("attribute").order_by("attribute__code")
    values = values.exclude(attribute__code__in=[one.id for one in chosen])
    return (*chosen, *(Parameter(id=value.attribute.code, value=str(value.value_as_text)) for value in values))
