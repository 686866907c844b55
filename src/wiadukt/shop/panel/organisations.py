"""The buyers whom this person looks after: searched, filtered, and each with all that concerns him."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy

from wiadukt.contract.base import Kind
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.organisations.models import Member, Organisation
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.panel.contact import ContactForm
from wiadukt.shop.panel.invitations import held_of
from wiadukt.shop.panel.organisation_sync import state_of
from wiadukt.shop.sellers import access
from wiadukt.shop.sellers.forms import AssignForm
from wiadukt.shop.sellers.models import WITHOUT_BUYERS, Assignment, Seller
from wiadukt.shop.sync.models import InboxObject, InboxState

PAGE_SIZE = 25
VIEWS = (
    ("", gettext_lazy("all buyers")),
    ("mine", gettext_lazy("assigned to me")),
    ("nobody", gettext_lazy("without anybody")),
    ("closed", gettext_lazy("closed buyers")),
    ("trouble", gettext_lazy("trouble with WAPRO")),
)


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """Every word of `q` must be somewhere; `show` narrows to one of the views."""
    shown = request.GET.get("show", "")
    found = _narrowed(access.organisations_of(request.user), shown, request.user)
    asked = request.GET.get("q", "").replace("\0", "").strip()
    for word in asked.split():
        found = found.filter(says(word))
    page = Paginator(_with_figures(found).order_by("name", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    sees_all = access.sees_all(request.user)
    context = {"page": page, "asked": asked, "shown": shown, "views": VIEWS, "sees_all": sees_all}
    return render(request, "panel/organisations.html", context | {"form": AssignForm() if sees_all else None})


def says(word: str) -> Q:
    """A word of the name, NIP, code, e-mail, city, or of who looks after the buyer."""
    fields = ("name", "full_name", "code", "email", "city", "salesman_name")
    where = Q(pk__in=Member.objects.filter(email__icontains=word).values("organisation"))
    for field in fields:
        where |= Q(**{f"{field}__icontains": word})
    digits = word.replace("-", "")
    where |= Q(tax_id__icontains=digits) if digits.isdecimal() else Q(tax_id__icontains=word)
    people = Q(person__user__first_name__icontains=word) | Q(person__user__last_name__icontains=word)
    return where | Q(pk__in=Assignment.objects.filter(people).values("organisation"))


def _narrowed(found: QuerySet[Organisation], shown: str, user: User) -> QuerySet[Organisation]:
    if shown == "mine":
        return found.filter(pk__in=access.assigned_organisations_of(user).values("pk"))
    if shown == "nobody":
        return found.exclude(Exists(Assignment.objects.filter(organisation=OuterRef("pk")))).exclude(_has_salesman())
    if shown == "closed":
        return found.filter(is_open=False)
    return found.filter(_is_in_trouble()) if shown == "trouble" else found


def _has_salesman() -> Exists:
    """WAPRO's salesman is somebody here, and works."""
    able = Seller.objects.filter(user__is_active=True).exclude(role__in=WITHOUT_BUYERS).exclude(erp_employee_id="")
    return Exists(able.filter(erp_employee_id=OuterRef("salesman_erp_id")))


def _is_in_trouble() -> Q:
    """The shop refused the buyer's card, or WAPRO or production refused one of his messages."""
    refused_in = InboxObject.objects.filter(kind=Kind.CUSTOMER, object_id=OuterRef("erp_id"))
    refused_out = OutboundMessage.objects.filter(state=MessageState.REJECTED)
    orders = Order.objects.filter(organisation=OuterRef("pk"), number__in=refused_out.values("key"))
    said = refused_out.annotate(customer=KT("payload__customer_id")).filter(customer=OuterRef("erp_id"))
    return Q(Exists(refused_in.filter(state=InboxState.REJECTED))) | Q(Exists(orders)) | Q(Exists(said))


def _with_figures(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    mine = {"organisation": OuterRef("pk")}
    people = Member.objects.filter(**mine).order_by().values("organisation").annotate(n=Count("pk")).values("n")
    last = Order.objects.filter(**mine).order_by().values("organisation").annotate(at=Max("date_placed")).values("at")
    found = found.annotate(people=Coalesce(Subquery(people), 0), last_order=Subquery(last), trouble=_is_in_trouble())
    return found.prefetch_related(Prefetch("assignments", Assignment.objects.select_related(*WHO)))


WHO = ("person__user", "team", "buyer_branch")


@staff_only
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(access.organisations_of(request.user), pk=pk)
    return page_of(request, found)


def page_of(request: HttpRequest, found: Organisation, form: AssignForm | None = None) -> HttpResponse:
    """The buyer's page; with a form that was refused it is 422."""
    people = access.members_of(request.user).filter(organisation=found)
    context: dict[str, Any] = {
        "organisation": found,
        "contact_form": ContactForm(instance=found),
        "branches": access.branches_of(request.user).filter(organisation=found),
        "held": held_of(people).count(),
        "people": people.select_related("user").prefetch_related("branches"),
        "places": access.places_of(request.user).filter(organisation=found),
        "debt": summary_of(
            access.parts_of(request.user).filter(invoice__organisation=found),
            others=access.receivables_of(request.user).filter(organisation=found),
        ),
        "orders": access.orders_of(request.user).filter(organisation=found)[:8],
        "sees_whole": access.sees_whole(request.user, found),
        "assigned": found.assignments.select_related(*WHO),
        "salesman": Seller.objects.filter(erp_employee_id=found.salesman_erp_id).exclude(erp_employee_id="").first(),
        "sync": state_of(request.user, found),
    }
    if access.sees_all(request.user):
        context["form"] = form or AssignForm(organisation=found)
    return render(request, "panel/organisation.html", context, status=422 if form else 200)
