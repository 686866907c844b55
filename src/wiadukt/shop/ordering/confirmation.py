"""The confirmation of an order: a sheet as PDF, on its page and by e-mail as soon as it is placed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.defaultfilters import date as date_text
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from oscar.core.loading import get_model
from procrastinate.contrib.django import app

from wiadukt.shop import mailing
from wiadukt.shop.invoices.pdf import Page, content_of, seller_line, sum_text
from wiadukt.shop.organisations.models import OrderMail
from wiadukt.shop.quantities import said
from wiadukt.shop.sizes.chosen import in_words

CONFIRM_TASK = "wiadukt.confirm_order"


def confirm_later(order: Any) -> None:
    """Defers the e-mail in the transaction that placed the order."""
    app.configure_task(CONFIRM_TASK).defer(order_id=order.pk)


def confirm(order_id: int, about: str) -> None:
    """Sends it now to whoever ordered, unless he wants no e-mails; `about` as in `mailing.send`. Raises OSError."""
    orders = get_model("order", "Order").objects.select_related("organisation", "branch", "delivery_place", "user")
    order = orders.get(pk=order_id)
    member = getattr(order.user, "member", None)
    if member is None or not order.user.is_active or member.order_mail == OrderMail.NEVER:
        return
    url = settings.ENVIRONMENT.shop_public_url + reverse("orders:detail", args=[order.pk])
    with translation.override(settings.LANGUAGE_CODE):
        sheet = (f"{order.number}.pdf", confirmation_pdf(order), "application/pdf")
    context = {"order": order, "url": url}
    mailing.send("order_placed", [order.user.email], context, about=about, attached=[sheet])


def confirmation_pdf(order: Any) -> bytes:
    """What was ordered, at which prices, where to and when, in the reader's language."""
    page = Page(order.display_number)
    page.said(_("Confirmation of order %(number)s") % {"number": order.display_number}, size=17, bold=True)
    placed = date_text(timezone.localtime(order.date_placed), "d.m.Y H:i")
    page.said(f"{_('Placed')}: {placed}" + (f" · WAPRO: {order.erp_number}" if order.erp_number else ""))
    page.ln(2)
    buyer = order.organisation
    page.said(f"{_('Seller')}: {seller_line()}")
    tax_id = f", NIP {buyer.tax_id}" if buyer.tax_id else ""
    page.said(f"{_('Buyer')}: {buyer.full_name or buyer.name}{tax_id} · {order.branch.name}")
    page.said("\n".join(_facts(order)))
    page.ln(3)
    rows = [[_("Product"), _("Quantity"), _("Net price"), _("Net value"), _("Gross value")]]
    for line in order.lines.order_by("line_no", "id"):
        name = "\n".join(filter(None, [f"{line.title} ({line.upc})", in_words(line.parameters), line.note]))
        quantity = said(line.quantity, line.unit)
        amounts = (line.unit_price_excl_tax, line.line_price_excl_tax, line.line_price_incl_tax)
        rows.append([name, quantity, *map(sum_text, amounts)])
    rows.append([_("In all"), "", "", sum_text(order.total_excl_tax), sum_text(order.total_incl_tax)])
    page.rows(rows, (86, 26, 24, 27, 27), "LRRRR", sums=True)
    page.ln(2)
    page.said(f"{_('Gross')}: {sum_text(order.total_incl_tax)} {order.currency}", size=12, bold=True)
    return content_of(page)


def _facts(order: Any) -> list[str]:
    found = []
    if order.delivery_place is not None:
        found.append(f"{_('Delivery place')}: {order.delivery_place.name}, {order.delivery_place.address_line}")
    if order.wanted_on:
        found.append(f"{_('Wanted on')}: {date_text(order.wanted_on, 'd.m.Y')}")
    if order.payment_choice is not None:
        found.append(f"{_('Payment form')}: {order.payment_choice}")
    if order.delivery_choice is not None:
        found.append(f"{_('Delivery form')}: {order.delivery_choice}")
    if order.customer_number:
        found.append(f"{_('Your order number')}: {order.customer_number}")
    if order.remarks:
        found.append(f"{_('Remarks')}: {order.remarks}")
    return found
