"""How a change reads: its field and its values in the reader's language."""

from __future__ import annotations

import re

from django.template.defaultfilters import floatformat
from django.utils.formats import get_format
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.shop.history.models import Change

LONGEST_TEXT = 300

LABELS = {
    "created": gettext_lazy("appeared"),
    "title": gettext_lazy("name"),
    "available": gettext_lazy("available quantity"),
    "in_shop": gettext_lazy("in the shop"),
    "erp_blocked": gettext_lazy("blocked in WAPRO"),
    "is_public": gettext_lazy("visible to buyers"),
    "published": gettext_lazy("published"),
    "published_without": gettext_lazy("published all the same, lacking"),
    "work": gettext_lazy("works on it"),
    "parameter": gettext_lazy("parameter"),
    "price_base": gettext_lazy("WAPRO's price is the price"),
    "card_in_m2": gettext_lazy("WAPRO's card counts square metres"),
    "photo": gettext_lazy("photo"),
    "alt_text": gettext_lazy("what a photo shows"),
    "main_photo": gettext_lazy("main photo"),
    "attachment": gettext_lazy("attachment"),
    "product_class": gettext_lazy("product type"),
    "target_category": gettext_lazy("target category"),
    "substitute": gettext_lazy("substitute"),
    "linked": gettext_lazy("linked goods"),
    "description": gettext_lazy("description"),
    "erp_number": gettext_lazy("number in WAPRO"),
    "erp_state": gettext_lazy("state"),
    "status_label": gettext_lazy("status in WAPRO"),
    "production_state": gettext_lazy("production"),
    "production_percent": gettext_lazy("production done, %"),
    "title_en": gettext_lazy("title in English"),
    "hours": gettext_lazy("office hours"),
    "logo_mark": gettext_lazy("logo"),
    "slug": gettext_lazy("address of the page"),
    "is_agreed": gettext_lazy("agreed to with each order"),
    "version": gettext_lazy("version"),
    "tracking_number": gettext_lazy("parcel number"),
    "carrier": gettext_lazy("carrier"),
    "due_on": gettext_lazy("date"),
    "total_excl_tax": gettext_lazy("net value"),
    "paid": gettext_lazy("paid"),
    "remaining": gettext_lazy("to be paid"),
    "advance": gettext_lazy("charged by advance invoices"),
    "payment": gettext_lazy("payment"),
    "invitation": gettext_lazy("invitation"),
    "order": gettext_lazy("order"),
    "invoice": gettext_lazy("invoice"),
    "member": gettext_lazy("person"),
    "delivery_place": gettext_lazy("delivery place"),
    "agreed_price": gettext_lazy("agreed price"),
    "is_open": gettext_lazy("may log in and order"),
    "erp_category": gettext_lazy("category in WAPRO"),
    "code": gettext_lazy("code"),
    "name": gettext_lazy("name"),
    "full_name": gettext_lazy("full name"),
    "tax_id": gettext_lazy("tax number"),
    "phone": gettext_lazy("phone"),
    "email": gettext_lazy("e-mail"),
    "street": gettext_lazy("street"),
    "postal_code": gettext_lazy("postal code"),
    "city": gettext_lazy("city"),
    "country": gettext_lazy("country"),
    "price_level": gettext_lazy("price level"),
    "price_level_name": gettext_lazy("price level"),
    "price_group": gettext_lazy("price group"),
    "price_group_name": gettext_lazy("price group"),
    "markup_percent": gettext_lazy("markup"),
    "category_terms": gettext_lazy("terms by category"),
    "takes_promotions": gettext_lazy("takes part in promotions"),
    "thresholds": gettext_lazy("discounts by the order's value"),
    "price_rule": gettext_lazy("rule of prices"),
    "overdue_days": gettext_lazy("days of delay allowed"),
    "overdue_action": gettext_lazy("when late with payments"),
    "group_price": gettext_lazy("price of the group"),
    "vat_percent": gettext_lazy("VAT rate"),
    "default_level": gettext_lazy("default price level"),
    "price_category": gettext_lazy("price category"),
    "is_discountable": gettext_lazy("subject to discounts"),
    "individual_prices_off": gettext_lazy("no agreed prices"),
    "promotion_net": gettext_lazy("promotion, net"),
    "promotion_gross": gettext_lazy("promotion, gross"),
    "promotion_percent": gettext_lazy("promotion, %"),
    "promotion_first_day": gettext_lazy("promotion from"),
    "promotion_last_day": gettext_lazy("promotion until"),
    "discount_percent": gettext_lazy("discount"),
    "payment_form": gettext_lazy("payment form"),
    "payment_days": gettext_lazy("payment term in days"),
    "credit_limit": gettext_lazy("credit limit"),
    "currency": gettext_lazy("currency"),
    "salesman_erp_id": gettext_lazy("salesman's id in WAPRO"),
    "salesman_name": gettext_lazy("salesman"),
    "assigned": gettext_lazy("assigned"),
    "leads": gettext_lazy("leads"),
    "seller_branch": gettext_lazy("branch"),
    "erp_employee_id": gettext_lazy("employee in WAPRO"),
    "goods": gettext_lazy("looks after goods"),
    "second_factor_off": gettext_lazy("second step taken off"),
    "unlocked": gettext_lazy("login unlocked"),
    "salesman_phone": gettext_lazy("salesman's phone"),
    "salesman_email": gettext_lazy("salesman's e-mail"),
    "contact_name": gettext_lazy("contact"),
    "contact_phone": gettext_lazy("contact's phone"),
    "contact_email": gettext_lazy("contact's e-mail"),
    "first_name": gettext_lazy("first name"),
    "last_name": gettext_lazy("last name"),
    "position": gettext_lazy("position"),
    "in_erp": gettext_lazy("in WAPRO"),
    "erp_contact_id": gettext_lazy("contact in WAPRO"),
    "is_active": gettext_lazy("switched on"),
    "recipient": gettext_lazy("recipient"),
    "note": gettext_lazy("note"),
    "place": gettext_lazy("delivery place"),
    "retired_place": gettext_lazy("retired place"),
    "conflict": gettext_lazy("changed at once, lost"),
    "is_blocked": gettext_lazy("blocked in WAPRO"),
    "other_emails": gettext_lazy("other addresses in WAPRO's field"),
    "correspondence_street": gettext_lazy("correspondence: street"),
    "correspondence_postal_code": gettext_lazy("correspondence: postal code"),
    "correspondence_city": gettext_lazy("correspondence: city"),
    "correspondence_country": gettext_lazy("correspondence: country"),
    "ordered": gettext_lazy("ordered"),
    "realised": gettext_lazy("realised"),
    "made": gettext_lazy("made"),
    "received": gettext_lazy("delivered"),
    "unit_price_excl_tax": gettext_lazy("net price"),
    "line": gettext_lazy("line"),
    "unit": gettext_lazy("unit"),
    "contents_quantity": gettext_lazy("one unit holds"),
    "contents_unit": gettext_lazy("unit of the stock"),
    "quantity_step": gettext_lazy("sold by"),
    "least_quantity": gettext_lazy("at least"),
    "is_divisible": gettext_lazy("sold in fractions"),
    "vat_code": gettext_lazy("VAT code"),
    "erp_description": gettext_lazy("description in WAPRO"),
    "ean": gettext_lazy("EAN"),
    "price": gettext_lazy("price"),
    "number": gettext_lazy("number"),
    "kind": gettext_lazy("kind"),
    "corrects": gettext_lazy("corrected document"),
    "customer_erp_id": gettext_lazy("buyer"),
    "account": gettext_lazy("bank account"),
    "interest": gettext_lazy("interest"),
    "ksef_number": gettext_lazy("number in KSeF"),
    "ksef_url": gettext_lazy("link in KSeF"),
    "order_gate": gettext_lazy("orders"),
    "order_gate_reason": gettext_lazy("reason"),
    "order_gate_until": gettext_lazy("until"),
    "unassigned": gettext_lazy("unassigned payment"),
    "receivable": gettext_lazy("other receivable"),
    "issued_on": gettext_lazy("issued"),
    "sold_on": gettext_lazy("sold"),
    "total_net": gettext_lazy("net"),
    "total_gross": gettext_lazy("gross"),
    "is_gone": gettext_lazy("deleted in WAPRO"),
    "role": gettext_lazy("role"),
    "branch": gettext_lazy("branch"),
    "branches": gettext_lazy("branches"),
    "order_limit": gettext_lazy("order limit, net"),
    "approval": gettext_lazy("approval"),
    "retired": gettext_lazy("retired, passed to"),
    "quantity": gettext_lazy("quantity"),
    "placed": gettext_lazy("placed"),
    "acting": gettext_lazy("the seller in a person's name"),
    "deed": gettext_lazy("deed"),
    "change": gettext_lazy("change"),
    "change_refused": gettext_lazy("change that could not be made"),
    "change_decided": gettext_lazy("decision about the change"),
    "replaces": gettext_lazy("changes order"),
    "replaced_by": gettext_lazy("in its place"),
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("taken out"),
    "wanted_on": gettext_lazy("wanted on"),
    "customer_number": gettext_lazy("your order number"),
    "remarks": gettext_lazy("remarks"),
    "payment_choice": gettext_lazy("payment form"),
    "delivery_choice": gettext_lazy("delivery form"),
}
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b(?!-)")
_AMOUNT = re.compile(r"(?<![\w.:-])(-?\d+)\.(\d+)(?![\w.-]|:\S)")
PARTS = ("member", "place")
"""What follows their dot is a field; after any other it is a name of WAPRO's."""
WORDS = {
    "new": gettext_lazy("new"),
    "confirmed": gettext_lazy("confirmed"),
    "in_production": gettext_lazy("in production"),
    "ready": gettext_lazy("ready"),
    "packed": gettext_lazy("packed"),
    "shipped": gettext_lazy("shipped"),
    "delivered": gettext_lazy("delivered"),
    "finished": gettext_lazy("finished"),
    "cancelled": gettext_lazy("cancelled"),
    "waiting": gettext_lazy("waiting"),
    "buyer": gettext_lazy("buyer"),
    "approver": gettext_lazy("approver"),
    "manager": gettext_lazy("manager"),
    "awaiting": gettext_lazy("awaits approval"),
    "approved": gettext_lazy("approved"),
    "rejected": gettext_lazy("rejected"),
    "withdrawn": gettext_lazy("withdrawn"),
    "changing": gettext_lazy("change under way"),
    "asked": gettext_lazy("change asked of the salesman"),
    "agreed": gettext_lazy("change agreed"),
    "declined": gettext_lazy("change declined"),
    "salesperson": gettext_lazy("salesperson"),
    "supervisor": gettext_lazy("supervisor"),
    "none": gettext_lazy("no buyers"),
    "allow": gettext_lazy("no consequence"),
    "warn": gettext_lazy("a warning"),
    "hold": gettext_lazy("orders are held"),
    "True": gettext_lazy("yes"),
    "False": gettext_lazy("no"),
}


AMOUNTS = {"total_net", "total_gross", "paid", "remaining", "interest"}


def field_label(change: Change) -> str:
    """The field's name in the reader's language; of a part, the part and its field.

    Appliers write `field`, `part.field`, `agreed_price.<index>`, `price <level>` or `<index>: field`.
    """
    before, is_line, field = change.field.partition(": ")
    if is_line:
        return f"{before}: {word(field)}"
    field, _dot, part = change.field.partition(".")
    if not part:
        field, _space, level = change.field.partition(" ")
        return f"{word(field)} {level}".rstrip()
    return f"{word(field)} {word(part)}" if field in PARTS else f"{word(field)} {part}"


def word(field: str) -> str:
    return str(LABELS.get(field, field))


def old_value(change: Change) -> str:
    return _said(change, change.old)


def new_value(change: Change) -> str:
    return _said(change, change.new) or _("none")


def _said(change: Change, kept: str) -> str:
    """Of rich text the first words, of an invoice's amounts all grosze; `shown_value` of all else."""
    if change.field in AMOUNTS:
        return str(floatformat(kept, "2g"))
    if change.field != "description":
        return shown_value(kept)
    return Truncator(" ".join(strip_tags(kept.replace("<", " <")).split())).chars(LONGEST_TEXT)


def shown_value(kept: str) -> str:
    """A word of ours translated; days and amounts, which are kept as computers write them, as the reader does."""
    if kept in WORDS:
        return str(WORDS[kept])
    return _AMOUNT.sub(rf"\1{get_format('DECIMAL_SEPARATOR')}\2", _DAY.sub(r"\3.\2.\1", kept))


def state_word(state: object) -> str:
    """A state in the reader's language."""
    return str(WORDS.get(str(state), state))
