"""The shop's rows as facts of the contract (`wiadukt.contract.facts`): the other half of every comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from wiadukt.contract.base import Kind
from wiadukt.contract.facts import (
    Facts,
    address_fact,
    advance_fact,
    agreed_fact,
    base_fact,
    contents_fact,
    fixed,
    flag,
    parts,
    payment_facts,
    price_fact,
    promotion_fact,
    receivable_fact,
    text,
    unassigned_fact,
)
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.forks.order.models import Line, Order
from wiadukt.shop.forks.partner.models import GroupPrice, LevelPrice, StockRecord
from wiadukt.shop.forks.partner.terms import promotion_of
from wiadukt.shop.invoices.models import Invoice, InvoiceLine, InvoicePayment, OtherReceivable, UnassignedPayment
from wiadukt.shop.organisations.models import DeliveryPlace, IndividualPrice, Member, Organisation

KEY = {Kind.CUSTOMER: "erp_id", Kind.PRODUCT: "upc", Kind.ORDER: "erp_id", Kind.INVOICE: "erp_id"}


def held(kind: Kind) -> QuerySet[Any]:
    """Everything of this kind that WAPRO should have too."""
    if kind is Kind.CUSTOMER:
        return Organisation.objects.filter(in_shop=True)
    if kind is Kind.PRODUCT:
        return Product.objects.filter(in_shop=True).order_by()
    if kind is Kind.ORDER:
        return Order.objects.filter(organisation__in_shop=True, is_gone=False).exclude(erp_id=None).order_by()
    return Invoice.objects.filter(organisation__in_shop=True).order_by()


def facts_of_held(kind: Kind, ids: Sequence[str]) -> dict[str, Facts]:
    """Facts by WAPRO's id of those of these objects that the shop holds; a constant number of queries."""
    return facts_of_rows(kind, list(held(kind).filter(**{f"{KEY[kind]}__in": ids})))


def facts_of_rows(kind: Kind, rows: list[Any]) -> dict[str, Facts]:
    """The same of these rows, whether WAPRO should have them or not."""
    return BUILDERS[kind](rows)


def _by(rows: Iterable[Any], owner: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, owner)].append(row)
    return groups


def _customers(rows: list[Organisation]) -> dict[str, Facts]:
    people = _by(
        Member.objects.filter(organisation__in=rows, in_erp=True).exclude(erp_contact_id=""), "organisation_id"
    )
    places = _by(
        DeliveryPlace.objects.filter(organisation__in=rows, is_active=True).exclude(erp_id=None), "organisation_id"
    )
    prices = _by(IndividualPrice.objects.filter(organisation__in=rows), "organisation_id")
    money = _by(UnassignedPayment.objects.filter(organisation__in=rows), "organisation_id")
    owed = _by(OtherReceivable.objects.filter(organisation__in=rows), "organisation_id")
    return {
        row.erp_id: _customer(row, people[row.pk], places[row.pk], prices[row.pk])
        | parts("unassigned", ((one.erp_id, {"money": unassigned_fact(one)}) for one in money[row.pk]))
        | parts("receivable", ((one.erp_id, {"owed": receivable_fact(one)}) for one in owed[row.pk]))
        for row in rows
    }


def _customer(row: Organisation, people: list[Member], places: list[Any], prices: list[Any]) -> Facts:
    same = ("code", "name", "full_name", "tax_id", "phone", "email")
    facts = {name: getattr(row, name) for name in same}
    facts |= {
        "address": address_fact(vars(row)),
        "correspondence_address": address_fact(
            {name: getattr(row, f"correspondence_{name}") for name in ("street", "postal_code", "city", "country")}
        ),
        "is_open": flag(row.is_open),
        "price_level": row.price_level,
        "price_level_name": row.price_level_name,
        "price_group": row.price_group,
        "price_group_name": row.price_group_name,
        "markup_percent": fixed(row.markup_percent, 2),
        "category_terms": row.category_terms,
        "takes_promotions": flag(row.takes_promotions),
        "thresholds": row.thresholds,
        "price_rule": row.price_rule,
        "discount_percent": fixed(row.discount_percent, 2),
        "payment_form": row.payment_form,
        "payment_days": text(row.payment_days),
        "credit_limit": fixed(row.credit_limit, 4),
        "overdue_days": text(row.overdue_days),
        "overdue_action": row.overdue_action,
        "currency": row.currency,
        "salesman_id": row.salesman_erp_id,
        "salesman_name": row.salesman_name,
        "salesman_phone": row.salesman_phone,
        "salesman_email": row.salesman_email,
    }
    facts |= parts(
        "contact",
        (
            (
                one.erp_contact_id,
                {"name": one.full_name, "position": one.position, "email": one.email, "phone": one.phone},
            )
            for one in people
        ),
    )
    facts |= parts(
        "place",
        (
            (
                one.erp_id,
                {
                    "name": one.name,
                    "recipient": one.recipient,
                    "address": address_fact(vars(one)),
                    "phone": one.phone,
                    "note": one.note,
                },
            )
            for one in places
        ),
    )
    return facts | parts("agreed", ((p.product_index, {"price": agreed_fact(p)}) for p in prices))


def _products(rows: list[Product]) -> dict[str, Facts]:
    stock = dict(StockRecord.objects.filter(product__in=rows).values_list("product_id", "available"))
    prices = _by(LevelPrice.objects.filter(product__in=rows), "product_id")
    groups = _by(GroupPrice.objects.filter(product__in=rows), "product_id")
    return {row.upc: _product(row, stock.get(row.pk), prices[row.pk], groups[row.pk]) for row in rows}


def _product(row: Product, available: Any, prices: list[LevelPrice], groups: list[GroupPrice]) -> Facts:
    facts = {
        "name": row.title,
        "description": row.erp_description,
        "ean": row.ean,
        "unit": row.unit,
        "is_divisible": flag(row.is_divisible),
        "vat_code": row.vat_code,
        "category": row.erp_category,
        "blocked": flag(row.erp_blocked),
        "available": fixed(available, 6),
        "vat_percent": fixed(row.vat_percent, 2),
        "default_level": row.default_level,
        "price_category": row.price_category,
        "is_discountable": flag(row.is_discountable),
        "individual_prices_off": flag(row.individual_prices_off),
        "promotion": promotion_fact(promotion_of(row)),
    }
    if row.contents_quantity is not None:
        facts["contents"] = contents_fact(row.contents_quantity, row.contents_unit)
    for price in sorted(prices, key=lambda price: price.level):
        facts[f"price {price.level}"] = price_fact(price.net, price.gross, price.currency, price.level_name)
    for agreed in sorted(groups, key=lambda agreed: agreed.group):
        facts[f"group {agreed.group}"] = agreed_fact(agreed)
    return facts


def _orders(rows: list[Order]) -> dict[str, Facts]:
    customers = dict(Organisation.objects.values_list("pk", "erp_id"))
    places = dict(DeliveryPlace.objects.filter(orders__in=rows).values_list("pk", "erp_id"))
    lines = _by(Line.objects.filter(order__in=rows).order_by(), "order_id")
    return {
        row.erp_id: _order(row, customers[row.organisation_id], places.get(row.delivery_place_id), lines[row.pk])
        for row in rows
    }


def _order(row: Order, customer: str, place: str | None, lines: list[Line]) -> Facts:
    facts = {
        "erp_number": row.erp_number,
        "customer": customer,
        "delivery_place": place or "",
        "due_on": text(row.due_on),
        "state": row.erp_state,
        "status_code": row.status_code,
        "status_label": row.status_label,
        "total_net": fixed(row.total_excl_tax, 2),
        "total_gross": fixed(row.total_incl_tax, 2),
        "tracking_number": row.tracking_number,
        "carrier": row.carrier,
        "tracking_url": row.tracking_url,
        "production": f"{row.production_state} {row.production_percent}" if row.production_state else "",
        "received": f"{flag(row.received)} {text(row.received_on)}".strip(),
        **base_fact(row),
    }
    return facts | parts("line", ((line.erp_line_id or f"#{line.line_no}", _order_line(line)) for line in lines))


def _order_line(line: Line) -> dict[str, str]:
    return {
        "product": line.upc or "",
        "unit": line.unit,
        "ordered": fixed(line.quantity, 6),
        "realised": fixed(line.realised, 6),
        "price": f"{fixed(line.unit_price_excl_tax, 4)} {fixed(line.unit_price_incl_tax, 4)}",
    }


def _invoices(rows: list[Invoice]) -> dict[str, Facts]:
    payers = dict(Organisation.objects.values_list("pk", "erp_id"))
    lines = _by(InvoiceLine.objects.filter(invoice__in=rows).order_by(), "invoice_id")
    payments = _by(InvoicePayment.objects.filter(invoice__in=rows).order_by(), "invoice_id")
    return {row.erp_id: _invoice(row, payers[row.organisation_id], lines[row.pk], payments[row.pk]) for row in rows}


def _invoice(row: Invoice, payer: str, lines: list[InvoiceLine], payments: list[InvoicePayment]) -> Facts:
    facts = {
        "number": row.number,
        "kind": row.kind,
        "corrects": row.corrects,
        "buyer": row.customer_erp_id,
        "payer": payer,
        "issued_on": text(row.issued_on),
        "sold_on": text(row.sold_on),
        "due_on": text(row.due_on),
        "total_net": fixed(row.total_net, 2),
        "total_gross": fixed(row.total_gross, 2),
        "paid": fixed(row.paid, 2),
        "remaining": fixed(row.remaining, 2),
        "currency": row.currency,
        "payment_form": row.payment_form,
        "account": row.account,
        "interest": fixed(row.interest, 2),
        "ksef": f"{row.ksef_number} {row.ksef_url}".strip(),
        **advance_fact(row),
        **base_fact(row),
    }
    facts |= parts("line", ((line.erp_id, _invoice_line(line)) for line in lines))
    return facts | parts("payment", ((one.erp_id, payment_facts(one)) for one in payments))


def _invoice_line(line: InvoiceLine) -> dict[str, str]:
    return {
        "product": line.product_index,
        "unit": line.unit,
        "quantity": fixed(line.quantity, 6),
        "value": f"{fixed(line.net, 2)} {fixed(line.gross, 2)} {line.vat_code}".strip(),
        "order": f"{line.erp_order_id} {line.erp_order_line_id}".strip(),
    }


BUILDERS: dict[Kind, Callable[[list[Any]], dict[str, Facts]]] = {
    Kind.CUSTOMER: _customers,
    Kind.PRODUCT: _products,
    Kind.ORDER: _orders,
    Kind.INVOICE: _invoices,
}
