"""The basket, the checkout and the buyer's orders."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from oscar.core.loading import get_model

from wiadukt.contract.states import OrderState
from wiadukt.shop.about import agreed
from wiadukt.shop.addresses.access import orderable
from wiadukt.shop.addresses.picker import SHOWN, choices
from wiadukt.shop.invoices.shares import parts_of, payment_of, payments_of
from wiadukt.shop.ordering import baskets
from wiadukt.shop.ordering.cancelling import is_early, may_cancel
from wiadukt.shop.ordering.changing import may_change
from wiadukt.shop.ordering.differences import differences
from wiadukt.shop.ordering.forms import CheckoutForm, QuantityForm, said_before
from wiadukt.shop.ordering.freed import freed_by, with_freed
from wiadukt.shop.ordering.place import CannotPlace, place, reasons_against
from wiadukt.shop.ordering.road import steps_of
from wiadukt.shop.ordering.shortages import as_seen, shortages_of
from wiadukt.shop.ordering.timeline import events_of, line_names, tracks_of
from wiadukt.shop.organisations.access import (
    approvals_of,
    invoices_of,
    member_of,
    ordering_branches_of,
    orders_of,
)
from wiadukt.shop.organisations.approval import UNPLACED, Approval, asked_for, must_wait
from wiadukt.shop.organisations.models import Member
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.quantities import said
from wiadukt.shop.sizes.models import CHOOSE_FIRST, is_sized
from wiadukt.shop.stock.rules import warning_of

PAGE_SIZE = 25
AWAITING = "awaiting"
UNACCEPTED = (MessageState.REJECTED, MessageState.DISCARDED)


def basket(request: HttpRequest) -> HttpResponse:
    lines = list(request.basket.all_lines())
    problems = reasons_against(request.basket) if lines else []
    shortages = shortages_of(request.basket)
    member = member_of(request.user)
    context = {
        "basket": request.basket,
        "lines": lines,
        "problems": problems,
        "shortages": shortages,
        "saved": baskets.saved_of(request.user) if member else [],
        "branches": ordering_branches_of(member) if member else [],
    }
    return render(request, "ordering/basket.html", context)


@require_POST
def add(request: HttpRequest, product_id: int) -> HttpResponse:
    """Puts a product into the basket, as many as the stock allows."""
    product = get_object_or_404(get_model("catalogue", "Product"), pk=product_id, is_public=True)
    form = QuantityForm(request.POST)
    if member_of(request.user) is None:
        messages.error(request, _("Only a buyer can order: log in as one."))
    elif not form.is_valid() or not form.cleaned_data["quantity"]:
        messages.error(request, _("Quantity: write a number above 0, e.g. 5 or 2.5."))
    elif is_sized(product):
        messages.error(request, _("%(product)s: %(why)s") % {"product": product.title, "why": CHOOSE_FIRST})
        return redirect(product.get_absolute_url())
    else:
        _add(request, product, form.cleaned_data["quantity"])
    return redirect(_back(request, product))


def _add(request: HttpRequest, product: Any, quantity: Decimal) -> None:
    already = sum(line.quantity for line in request.basket.all_lines() if line.product_id == product.pk)
    info = request.strategy.fetch_for_product(product)
    availability = _availability(request, product.pk, info)
    allowed, why = availability.is_purchase_permitted(already + quantity)
    if not allowed:
        messages.error(request, _("%(product)s: %(why)s") % {"product": product.title, "why": why})
    else:
        request.basket.add_product(product, quantity)
        text = _("%(product)s, %(quantity)s: in the basket.")
        messages.success(request, text % {"product": product.title, "quantity": said(quantity, product.unit)})
        warning = warning_of(availability, already + quantity)
        if warning:
            messages.warning(request, _("%(product)s: %(why)s") % {"product": product.title, "why": warning})


def _availability(request: HttpRequest, product_id: int, info: Any) -> Any:
    """What the order that the basket changes keeps, it may have."""
    return with_freed(info.availability, freed_by(request.basket.changes).get(product_id, 0))


def _back(request: HttpRequest, product: Any) -> str:
    wanted = request.POST.get("next", "")
    return wanted if wanted.startswith("/") and not wanted.startswith("//") else product.get_absolute_url()


@require_POST
def update(request: HttpRequest, line_id: int) -> HttpResponse:
    """Changes the quantity and the note of a line of the own basket; quantity 0 takes it out."""
    line = get_object_or_404(request.basket.lines, pk=line_id)
    form = QuantityForm(request.POST)
    if not form.is_valid():
        if "note" in form.errors:
            messages.error(request, _("Note: at most 200 signs."))
        else:
            messages.error(request, _("Quantity: write a number, e.g. 5 or 2.5; 0 takes the line out."))
        return redirect("basket:summary")
    quantity = form.cleaned_data["quantity"]
    info = request.strategy.fetch_for_line(line)
    availability = _availability(request, line.product_id, info)
    allowed, why = availability.is_purchase_permitted(quantity) if quantity else (True, "")
    if not allowed:
        messages.error(request, _("%(product)s: %(why)s") % {"product": line.product.title, "why": why})
    elif quantity:
        line.quantity = quantity
        if "note" in request.POST:
            line.note = form.cleaned_data["note"]
        line.save()
    else:
        line.delete()
    return redirect("basket:summary")


def checkout(request: HttpRequest) -> HttpResponse:
    """One page: where to, when, and the order is placed. Sent twice, it places one order."""
    member = member_of(request.user)
    if member is None:
        messages.error(request, _("Only a buyer can order: log in as one."))
        return redirect("catalogue:index")
    shortages = shortages_of(request.basket)
    terms = list(agreed.agreed_with_orders())
    seen = {
        "seen_shortages": as_seen(shortages),
        "seen_terms": agreed.as_seen(terms),
        "seen_total": request.basket.total_excl_tax,
        "basket": request.basket.pk,
        "branch": _basket_branch(request, member),
    }
    if request.basket.changes:
        seen |= said_before(request.basket.changes)
    if request.basket.wanted_on:
        seen["wanted_on"] = request.basket.wanted_on
    form = CheckoutForm(request.POST or None, member=member, initial=seen)
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        try:
            order = place(request.basket, member, form.wishes(), request)
        except CannotPlace as refusal:
            for reason in refusal.reasons:
                messages.error(request, reason)
            return redirect("basket:summary")
        text = _("Thank you. Order %(number)s is on its way.")
        if order.approval == Approval.WAITING:
            text = _("Order %(number)s is over your limit: it waits for approval.")
        elif not order.is_placed:
            text = _("The change is sent as %(number)s; the answer comes to this page.")
        messages.success(request, text % {"number": order.display_number})
        return redirect("orders:detail", pk=order.pk)
    if request.basket.is_empty:
        return redirect("basket:summary")
    waiting = [branch for branch in ordering_branches_of(member) if must_wait(member, branch, seen["seen_total"])]
    context = {"form": form, "member": member, "basket": request.basket, "lines": request.basket.all_lines()}
    context |= {
        "shortages": shortages,
        "terms": terms,
        "waiting_branches": waiting,
        "has_many_places": orderable(member).count() > SHOWN,
    }
    if "find" in request.POST:  # somebody without JavaScript looks for a place: nothing is wrong yet
        form.errors.clear()
    return render(request, "ordering/checkout.html", context | _picker(request, form, member))


def _basket_branch(request: HttpRequest, member: Member) -> Any:
    """For which branch the basket was filled, when that takes orders still."""
    return ordering_branches_of(member).filter(pk=request.basket.branch_id).first()


def _picker(request: HttpRequest, form: CheckoutForm, member: Member) -> dict[str, Any]:
    branches = {str(branch.pk): branch for branch in form.fields["branch"].queryset}
    branch = branches.get(str(form["branch"].value())) or form.initial["branch"]
    chosen = str(form["place"].value() or "")
    return choices(member, branch, request.POST.get("q", ""), int(chosen) if chosen.isdecimal() else None)


def orders(request: HttpRequest) -> HttpResponse:
    found = orders_of(request.user)
    state = request.GET.get("state", "")
    if state in list(OrderState):
        found = found.filter(erp_state=state).exclude(approval__in=UNPLACED)
    elif state == AWAITING:
        found = found.filter(approval=Approval.WAITING)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": [AWAITING, *OrderState]}
    context["payments"] = payments_of(page, invoices_of(request.user))
    return render(request, "ordering/orders.html", context)


def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order with its road, lines, parcel, invoices and history; htmx asks for the changing part alone."""
    found = get_object_or_404(orders_of(request.user), pk=pk)
    template = "ordering/_order_live.html" if request.htmx else "ordering/order.html"
    context = order_context(found, invoices_of(request.user))
    if found.approval == Approval.WAITING:
        context["may_decide"] = approvals_of(request.user).filter(pk=pk).exists()
        context["may_withdraw"] = found.user_id == request.user.pk
    elif found.approval == Approval.ASKED:
        context["may_withdraw"] = found.user_id == request.user.pk
    context["may_cancel"] = may_cancel(found, request.user)
    context["may_change"] = may_change(found, request.user)
    context["only_asks"] = not is_early(found)
    return render(request, template, context | {"refresh_url": reverse("orders:detail", args=[pk])})


def order_context(found: Any, visible: QuerySet) -> dict[str, Any]:
    """What an order's page shows; `visible` are the invoices that this reader may see: another company may pay."""
    refused = OutboundMessage.objects.filter(key=found.number, state__in=UNACCEPTED)
    parts = parts_of(found, visible)
    lines = list(found.lines.select_related("product__product_class").order_by("line_no", "id"))
    payment, events = payment_of(found, parts), events_of(found, lines, parts)
    names = line_names(lines)
    return {
        "order": found,
        "steps": steps_of(found),
        "lines": [(line, [event for event in events if event.line == names[line.pk]]) for line in lines],
        "shares": parts,
        "payment": payment,
        "tracks": tracks_of(found, lines, payment, events),
        "events": events,
        "refused": refused.exists(),
        "terms": found.agreed.select_related("page"),
        "change": found.changes.order_by("-pk").first(),
        "differences": differences(found.replaces, found) if found.replaces else [],
        "approvers": asked_for(found) if found.approval == Approval.WAITING else [],
    }
