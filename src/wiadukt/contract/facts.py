"""What both sides must agree on about an object, field by field, and the digests by which they compare it cheaply.

The facts of an object are a dict of texts: what the shop keeps of the contract object, no more. Each side builds them
from its own rows; equal facts have equal digests. Amounts have a fixed number of decimals, days are ISO dates, and the
order of fields is part of the form: a database may compute the same digest in SQL (see `FIELD` and `RECORD`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

from pydantic import Field

from wiadukt.contract.base import ContractModel, Kind
from wiadukt.contract.customer import CategoryTerms, Customer, Threshold
from wiadukt.contract.invoice import Invoice
from wiadukt.contract.order import Order
from wiadukt.contract.product import Product, Promotion

BUCKETS = 256
FIELD, RECORD = "\x1f", "\x1e"
Facts = dict[str, str]


class BucketDigest(ContractModel):
    """All objects of one bucket in three numbers; the order of the objects does not matter."""

    bucket: Annotated[int, Field(ge=0, lt=BUCKETS)]
    count: int
    low: int = Field(description="Sum of the first 32 bits of each object's digest.")
    high: int = Field(description="Sum of the next 32 bits.")


class BucketDigests(ContractModel):
    """The buckets of a range that hold anything."""

    buckets: tuple[BucketDigest, ...]


class BucketContent(ContractModel):
    """Every object of one bucket with its digest."""

    digests: dict[str, str]


def bucket_of(object_id: str) -> int:
    """The bucket of an object: the first byte of its id's MD5. (A checksum here, no protection.)"""
    return hashlib.md5(object_id.encode(), usedforsecurity=False).digest()[0]


def digest(facts: Mapping[str, str]) -> str:
    """32 hexadecimal digits over all fields in their order."""
    text = RECORD.join(f"{name}{FIELD}{value}" for name, value in facts.items())
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def buckets(digests: Mapping[str, str]) -> tuple[BucketDigest, ...]:
    """Digests by object id, folded into their buckets."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for object_id, one in digests.items():
        total = sums[bucket_of(object_id)]
        total[0] += 1
        total[1] += int(one[:8], 16)
        total[2] += int(one[8:16], 16)
    return tuple(BucketDigest(bucket=key, count=n, low=low, high=high) for key, (n, low, high) in sorted(sums.items()))


def differing(one: Facts, other: Facts) -> list[str]:
    """Names of the fields that differ or that only one side has, in order."""
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


def fixed(value: Decimal | None, places: int) -> str:
    """The number with that many decimals, a half away from zero; nothing for None."""
    if value is None:
        return ""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded + 0:f}"  # "+ 0" turns -0.00 into 0.00


def flag(value: bool) -> str:
    return "1" if value else "0"


def text(value: Any) -> str:
    return "" if value is None else str(value)


def parts(name: str, rows: Iterable[tuple[str, Mapping[str, str]]]) -> Facts:
    """Facts of the parts of an object, one field each, sorted by the parts' ids."""
    ordered = sorted(rows, key=lambda row: row[0])
    return {f"{name} {key}: {field}": value for key, values in ordered for field, value in values.items()}


def facts_of_product(product: Product) -> Facts:
    facts = {
        "name": product.name,
        "description": product.description,
        "ean": product.ean,
        "unit": product.unit,
        "is_divisible": flag(product.is_divisible),
        "vat_code": product.vat_code,
        "category": product.category,
        "blocked": flag(product.blocked),
        "available": fixed(product.available, 6),
        "vat_percent": fixed(product.vat_percent, 2),
        "default_level": product.default_level,
        "price_category": product.price_category,
        "is_discountable": flag(product.is_discountable),
        "individual_prices_off": flag(product.individual_prices_off),
        "promotion": promotion_fact(product.promotion),
    }
    if product.contents is not None:
        facts["contents"] = contents_fact(product.contents.quantity, product.contents.unit)
    for price in sorted(product.prices, key=lambda price: price.level):
        facts[f"price {price.level}"] = price_fact(price.net, price.gross, price.currency, price.level_name)
    for agreed in sorted(product.group_prices, key=lambda agreed: agreed.group):
        facts[f"group {agreed.group}"] = agreed_fact(agreed)
    return facts


def price_fact(net: Decimal, gross: Decimal, currency: str, name: str = "") -> str:
    return f"{fixed(net, 4)} {fixed(gross, 4)} {currency} {name}".rstrip()


def contents_fact(quantity: Decimal, unit: str) -> str:
    return f"{fixed(quantity, 6)} {unit}"


def agreed_fact(agreed: Any) -> str:
    """Of anything with net, gross, currency, discount_percent and level."""
    amounts = f"{fixed(agreed.net, 4)} {fixed(agreed.gross, 4)} {agreed.currency}"
    return f"{amounts} {fixed(agreed.discount_percent, 2)} {agreed.level}".rstrip()


def promotion_fact(promotion: Promotion | None) -> str:
    if promotion is None:
        return ""
    amounts = f"{fixed(promotion.net, 4)} {fixed(promotion.gross, 4)} {fixed(promotion.discount_percent, 2)}"
    return f"{amounts} {text(promotion.first_day)} {text(promotion.last_day)}".rstrip()


def thresholds_fact(thresholds: Iterable[Threshold]) -> str:
    """From the lowest to the highest: `1000.00: 3.00%, 5000.00: 5.00%`."""
    ordered = sorted(thresholds, key=lambda one: one.from_value)
    return ", ".join(f"{fixed(one.from_value, 2)}: {fixed(one.discount_percent, 2)}%" for one in ordered)


def thresholds_of(fact: str) -> tuple[Threshold, ...]:
    """The thresholds of such a fact."""
    pairs = (part.removesuffix("%").split(": ") for part in fact.split(", ") if part)
    return tuple(Threshold(from_value=Decimal(value), discount_percent=Decimal(percent)) for value, percent in pairs)


def categories_fact(terms: Iterable[CategoryTerms]) -> str:
    """By category: its level, if another one, and its markup, if another one: `12: 3 -2.00%, 15: 2`."""
    ordered = sorted(terms, key=lambda one: one.category)
    return ", ".join(f"{one.category}: {one.level} {_percent_fact(one.markup_percent)}".rstrip() for one in ordered)


def categories_of(fact: str) -> tuple[CategoryTerms, ...]:
    """The category terms of such a fact."""
    found = []
    for part in filter(None, fact.split(", ")):
        category, _colon, rest = part.partition(":")
        level, _space, markup = rest.removeprefix(" ").partition(" ")
        percent = Decimal(markup.removesuffix("%")) if markup else None
        found.append(CategoryTerms(category=category, level=level, markup_percent=percent))
    return tuple(found)


def _percent_fact(percent: Decimal | None) -> str:
    return "" if percent is None else f"{fixed(percent, 2)}%"


def facts_of_customer(customer: Customer) -> Facts:
    terms = customer.terms
    facts = {
        "code": customer.code,
        "name": customer.name,
        "full_name": customer.full_name,
        "tax_id": customer.tax_id,
        "phone": customer.phone,
        "email": ", ".join(customer.emails),
        "address": address_fact(customer.address.model_dump()),
        "correspondence_address": address_fact(customer.correspondence_address.model_dump()),
        "is_open": flag(customer.in_shop and not customer.blocked and not customer.is_anonymised),
        "price_level": terms.price_level,
        "price_level_name": terms.price_level_name,
        "price_group": terms.group,
        "price_group_name": terms.group_name,
        "markup_percent": fixed(terms.markup_percent, 2),
        "category_terms": categories_fact(terms.category_terms),
        "takes_promotions": flag(terms.takes_promotions),
        "thresholds": thresholds_fact(terms.thresholds),
        "price_rule": terms.rule.as_text(),
        "discount_percent": fixed(terms.discount_percent, 2),
        "payment_form": terms.payment_form,
        "payment_days": text(terms.payment_days),
        "credit_limit": fixed(terms.credit_limit, 4),
        "overdue_days": text(terms.overdue_days),
        "overdue_action": terms.overdue_action.value,
        "currency": terms.currency or "PLN",
        "salesman_id": terms.salesman.id if terms.salesman else "",
        "salesman_name": terms.salesman.name if terms.salesman else "",
        "salesman_phone": terms.salesman.phone if terms.salesman else "",
        "salesman_email": terms.salesman.email if terms.salesman else "",
    }
    return facts | _parts_of_customer(customer)


def _parts_of_customer(customer: Customer) -> Facts:
    people = (
        (
            contact.id,
            {
                "name": f"{contact.first_name} {contact.last_name}".strip(),
                "position": contact.position,
                "email": contact.emails[0].lower() if contact.emails else "",
                "phone": contact.phone,
            },
        )
        for contact in customer.contacts
    )
    places = (
        (
            place.id,
            {
                "name": place.name,
                "recipient": place.recipient,
                "address": address_fact(place.address.model_dump()),
                "phone": place.phone,
                "note": place.note,
            },
        )
        for place in customer.delivery_places
    )
    prices = ((price.product_id, {"price": agreed_fact(price)}) for price in customer.terms.individual_prices)
    money = ((one.id, {"money": unassigned_fact(one)}) for one in customer.unassigned)
    facts = parts("contact", people) | parts("place", places) | parts("agreed", prices)
    owed = ((one.id, {"owed": receivable_fact(one)}) for one in customer.receivables)
    return facts | parts("unassigned", money) | parts("receivable", owed)


def unassigned_fact(one: Any) -> str:
    """Of anything with the fields of `Unassigned`."""
    amounts = f"{fixed(one.remaining, 2)} of {fixed(one.amount, 2)} {one.currency}"
    return f"{one.received_on} {amounts} {one.document} {one.form} {one.order_id or ''}".strip()


def receivable_fact(one: Any) -> str:
    """Of anything with the fields of `OtherReceivable`."""
    amounts = f"{fixed(one.remaining, 2)} of {fixed(one.amount, 2)} {one.currency} {fixed(one.base_remaining, 2)}"
    return f"{one.issued_on} {text(one.due_on)} {amounts} {one.document}".strip()


def address_fact(address: Mapping[str, str]) -> str:
    """`address` has street, postal_code, city, country."""
    lines = [address["street"], f"{address['postal_code']} {address['city']}".strip(), address["country"] or "PL"]
    return ", ".join(filter(None, lines))


def facts_of_order(order: Order) -> Facts:
    """Names of lines are no facts of a document, here nor of an invoice: WAPRO has them on the card of the goods, and a
    new name there would be a difference in every document of the past, which nobody announced."""
    facts = {
        "erp_number": order.erp_number,
        "customer": order.customer_id,
        "delivery_place": order.delivery_place_id or "",
        "due_on": text(order.due_on),
        "state": order.state.value,
        "status_code": order.status_code,
        "status_label": order.status_label,
        "total_net": fixed(order.total_net, 2),
        "total_gross": fixed(order.total_gross, 2),
        "tracking_number": order.shipment.tracking_number if order.shipment else "",
        "carrier": order.shipment.carrier if order.shipment else "",
        "tracking_url": order.shipment.tracking_url if order.shipment else "",
        "production": f"{order.production.state.value} {int(order.production.percent)}" if order.production else "",
        "received": f"{flag(order.received)} {text(order.received_on)}".strip(),
        **base_fact(order),
    }
    lines = (
        (
            line.id,
            {
                "product": line.product_id,
                "unit": line.unit,
                "ordered": fixed(line.ordered, 6),
                "realised": fixed(line.realised, 6),
                "price": f"{fixed(line.price_net, 4)} {fixed(line.price_gross, 4)}",
            },
        )
        for line in order.lines
    )
    return facts | parts("line", lines)


def facts_of_invoice(invoice: Invoice) -> Facts:
    facts = {
        "number": invoice.number,
        "kind": invoice.kind.value,
        "corrects": ", ".join(sorted(corrected_by(invoice))),
        "buyer": invoice.customer_id,
        "payer": invoice.payer_id,
        "issued_on": text(invoice.issued_on),
        "sold_on": text(invoice.sold_on),
        "due_on": text(invoice.due_on),
        "total_net": fixed(invoice.total_net, 2),
        "total_gross": fixed(invoice.total_gross, 2),
        "paid": fixed(invoice.paid, 2),
        "remaining": fixed(invoice.remaining, 2),
        "currency": invoice.currency,
        "payment_form": invoice.payment_form,
        "account": invoice.account,
        "interest": fixed(invoice.interest, 2),
        "ksef": f"{invoice.ksef_number} {invoice.ksef_url}".strip(),
        **advance_fact(invoice),
        **base_fact(invoice),
    }
    lines = (
        (
            line.id,
            {
                "product": line.product_id,
                "unit": line.unit,
                "quantity": fixed(line.quantity, 6),
                "value": f"{fixed(line.net, 2)} {fixed(line.gross, 2)} {line.vat_code}".strip(),
                "order": f"{line.order_id or ''} {line.order_line_id or ''}".strip(),
            },
        )
        for line in invoice.lines
    )
    payments = ((payment.id, payment_facts(payment)) for payment in invoice.payments)
    return facts | parts("line", lines) | parts("payment", payments)


def advance_fact(invoice: Any) -> Facts:
    """Of anything with `advance`; nothing for most documents, whose digests stay as they were before there was one."""
    return {"advance": fixed(invoice.advance, 2)} if invoice.advance else {}


def base_fact(document: Any) -> Facts:
    """Of an invoice or an order: its totals in the base currency, where it is in another one."""
    names = ("base_gross", "base_remaining")
    amounts = {name: getattr(document, name, None) for name in names}
    return {name: fixed(amount, 2) for name, amount in amounts.items() if amount is not None}


def corrected_by(invoice: Invoice) -> set[str]:
    """The documents that this one corrects."""
    return {*invoice.corrects, *([invoice.corrects_id] if invoice.corrects_id else [])}


def payment_facts(payment: Any) -> Facts:
    """Of anything with the fields of `Payment`."""
    how = f"{payment.kind} {payment.form} {payment.document}".strip()
    return {"amount": fixed(payment.amount, 2), "paid_on": text(payment.paid_on), "how": how}


def facts_of(kind: Kind, obj: Any) -> Facts:
    """The facts of any contract object."""
    if kind is Kind.CUSTOMER:
        return facts_of_customer(obj)
    if kind is Kind.PRODUCT:
        return facts_of_product(obj)
    if kind is Kind.ORDER:
        return facts_of_order(obj)
    return facts_of_invoice(obj)
