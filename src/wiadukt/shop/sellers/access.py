"""The only door of the seller's people to buyers and their documents: every view of the dashboard asks here.

Administrators and supervisors see all buyers. Others see those who are assigned to them or to their branch, and those
whose salesman in WAPRO they are, until somebody leads in his place. An assignment may be for one branch of the buyer.
Goods belong to no buyer: they are for people with the right to goods. Technicians watch the traffic of all, with
personal data masked (`sees_personal`), and open no page of a buyer.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT

from wiadukt.contract.base import Kind
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import may_see_intake, only
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member, Organisation
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sellers.models import WITHOUT_BUYERS, Assignment, Seller, SellerRole


def seller_of(user: User) -> Seller | None:
    """The profile of a person of the seller's; administrators and people for goods may have none."""
    if not user.is_authenticated or not user.is_active or not user.is_staff:
        return None
    return Seller.objects.filter(user=user).select_related("branch").first()


def sees_all(user: User) -> bool:
    """Administrators and supervisors."""
    if not (user.is_active and user.is_staff):
        return False
    seller = None if user.is_superuser else seller_of(user)
    return user.is_superuser or (seller is not None and seller.role == SellerRole.SUPERVISOR)


def watches_all(user: User) -> bool:
    """Whose eyes are on the whole traffic: who sees all buyers, and technicians, who see no buyer's page."""
    seller = seller_of(user)
    return sees_all(user) or (seller is not None and seller.role == SellerRole.TECHNICIAN)


def sees_personal(user: User) -> bool:
    """Who may read what people wrote and who they are: whoever works for buyers. Others see it masked."""
    seller = seller_of(user)
    return sees_all(user) or (seller is not None and seller.role not in WITHOUT_BUYERS)


supervisors_only = only(sees_all)
watchers_only = only(watches_all)


def _assigned(user: User) -> QuerySet[Assignment]:
    """The person's own assignments and those of his branch."""
    seller = seller_of(user)
    if seller is None or seller.role in WITHOUT_BUYERS:
        return Assignment.objects.none()
    mine = Q(person=seller) | Q(team=seller.branch_id) if seller.branch_id else Q(person=seller)
    return Assignment.objects.filter(mine)


def whole_organisations_of(user: User) -> QuerySet[Organisation]:
    """Buyers of whom this person sees everything."""
    return Organisation.objects.all() if sees_all(user) else _whole_assigned(user)


def assigned_organisations_of(user: User) -> QuerySet[Organisation]:
    """Buyers whom he or his branch looks after, wholly or partly; a supervisor has his own among all that he sees."""
    parts = _assigned(user).exclude(buyer_branch=None).values("organisation")
    return Organisation.objects.filter(Q(pk__in=_whole_assigned(user).values("pk")) | Q(pk__in=parts))


def _whole_assigned(user: User) -> QuerySet[Organisation]:
    seller = seller_of(user)
    if seller is None or seller.role in WITHOUT_BUYERS:
        return Organisation.objects.none()
    whole = Q(pk__in=_assigned(user).filter(buyer_branch=None).values("organisation"))
    if seller.erp_employee_id:
        led = Assignment.objects.filter(organisation=OuterRef("pk"), leads=True)
        whole |= Q(salesman_erp_id=seller.erp_employee_id) & ~Exists(led)
    return Organisation.objects.filter(whole)


def branches_of(user: User) -> QuerySet[Branch]:
    """Branches of buyers whose documents this person sees: all of a whole buyer, else those assigned."""
    if sees_all(user):
        return Branch.objects.all()
    parts = _assigned(user).exclude(buyer_branch=None).values("buyer_branch")
    return Branch.objects.filter(Q(organisation__in=whole_organisations_of(user)) | Q(pk__in=parts))


def organisations_of(user: User) -> QuerySet[Organisation]:
    """Buyers of whom this person sees anything."""
    if sees_all(user):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=branches_of(user).values("organisation"))


def sees_whole(user: User, organisation: Organisation) -> bool:
    return whole_organisations_of(user).filter(pk=organisation.pk).exists()


def members_of(user: User) -> QuerySet[Member]:
    """People of the buyers' branches that this person looks after."""
    if sees_all(user):
        return Member.objects.all()
    seen = Q(organisation__in=whole_organisations_of(user)) | Q(branches__in=branches_of(user))
    return Member.objects.filter(pk__in=Member.objects.filter(seen).values("pk"))


def places_of(user: User) -> QuerySet[DeliveryPlace]:
    """Active delivery places of those branches, and those that serve every branch of their buyer."""
    places = DeliveryPlace.objects.filter(is_active=True)
    if sees_all(user):
        return places
    shared = Q(branches=None, organisation__in=organisations_of(user))
    seen = Q(organisation__in=whole_organisations_of(user)) | Q(branches__in=branches_of(user)) | shared
    return places.filter(pk__in=DeliveryPlace.objects.filter(seen).values("pk"))


def orders_of(user: User) -> QuerySet:
    """Orders of the buyers' branches that this person looks after, newest first."""
    orders = apps.get_model("order", "Order").objects.select_related("organisation", "branch", "delivery_place")
    if not sees_all(user):
        orders = orders.filter(branch__in=branches_of(user))
    return orders.order_by("-date_placed", "-id")


def parts_of(user: User) -> QuerySet:
    """Parts of the invoices of those branches, the whole of whole buyers."""
    parts = apps.get_model("invoices", "InvoiceShare").objects.all()
    return parts if sees_all(user) else parts.of_branches(branches_of(user))


def receivables_of(user: User) -> QuerySet:
    """What whole buyers owe by no invoice; it belongs to no branch."""
    found = apps.get_model("invoices", "OtherReceivable").objects.all()
    return found if sees_all(user) else found.filter(organisation__in=whole_organisations_of(user))


def invoices_of(user: User) -> QuerySet:
    """What whole buyers owe, and invoices with a part of the branches; newest first."""
    invoices = apps.get_model("invoices", "Invoice").objects.select_related("organisation")
    if not sees_all(user):
        invoices = invoices.of_branches(branches_of(user))
    return invoices.order_by("-issued_on", "-id")


def questions_of(user: User) -> QuerySet:
    """Questions asked in the name of those branches, last changed first."""
    questions = apps.get_model("questions", "Question").objects.all()
    return questions if sees_all(user) else questions.filter(branch__in=branches_of(user))


def messages_of(user: User) -> QuerySet[OutboundMessage]:
    """What the shop says to WAPRO and to production about this person's buyers and their orders."""
    if watches_all(user):
        return OutboundMessage.objects.all()
    of_orders = Q(key__in=orders_of(user).order_by().values("number"))
    of_buyers = Q(about__in=whole_organisations_of(user).values("erp_id"))
    return OutboundMessage.objects.annotate(about=KT("payload__customer_id")).filter(of_orders | of_buyers)


def announced_of(user: User, model: str = "InboxObject") -> QuerySet:
    """Rows of the inbox, its events or a comparison's drifts that are about this person's buyers, or about goods."""
    rows: QuerySet[Any] = apps.get_model("sync", model).objects.all()
    if watches_all(user):
        return rows
    about = {
        Kind.CUSTOMER: organisations_of(user).order_by().values("erp_id"),
        Kind.ORDER: orders_of(user).order_by().exclude(erp_id=None).values("erp_id"),
        Kind.INVOICE: invoices_of(user).order_by().values("erp_id"),
    }
    seen = Q(kind=Kind.PRODUCT) if may_see_intake(user) else Q(pk=None)
    for kind, ids in about.items():
        seen |= Q(kind=kind, object_id__in=ids)
    return rows.filter(seen)
