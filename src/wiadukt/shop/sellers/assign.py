"""Giving buyers to the seller's people, one or many at once; each step is recorded in the buyer's history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from wiadukt.shop.accounts.models import User
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change, Origin
from wiadukt.shop.organisations.models import Branch, Organisation
from wiadukt.shop.sellers.models import WITHOUT_BUYERS, Assignment, Seller, SellerBranch, SellerRole

KIND = "organisation"
FIELD, LEADS = "assigned", "leads"


@dataclass(frozen=True)
class Who:
    """Exactly one of the two."""

    person: Seller | None = None
    team: SellerBranch | None = None

    def __str__(self) -> str:
        return str(self.person or self.team)


def buyers_of(seller: Seller) -> QuerySet[Organisation]:
    """Buyers whom this person himself looks after (not through his branch): by assignment, or as WAPRO's salesman."""
    if seller.role in WITHOUT_BUYERS:
        return Organisation.objects.none()
    mine = Q(assignments__person=seller)
    if seller.erp_employee_id:
        led = Assignment.objects.filter(organisation=OuterRef("pk"), leads=True)
        mine |= Q(salesman_erp_id=seller.erp_employee_id) & ~Exists(led)
    return Organisation.objects.filter(pk__in=Organisation.objects.filter(mine).values("pk"))


def who_looks_after(branch: Branch) -> QuerySet[User]:
    """Who hears of what this branch of a buyer asks: those assigned to it or to the whole, and the salesman from WAPRO
    while nobody leads in his place; supervisors where there is nobody, and administrators where there is none of them.
    """
    working = User.objects.filter(is_active=True, is_staff=True)
    rows = branch.organisation.assignments.filter(Q(buyer_branch=None) | Q(buyer_branch=branch))
    them = Q(seller__in=rows.values("person")) | Q(seller__branch__in=rows.values("team"))
    if branch.organisation.salesman_erp_id and not rows.filter(leads=True).exists():
        them |= Q(seller__erp_employee_id=branch.organisation.salesman_erp_id)
    assigned = working.filter(them).exclude(seller__role__in=WITHOUT_BUYERS)
    supervisors = working.filter(seller__role=SellerRole.SUPERVISOR)
    return next((people for people in (assigned, supervisors) if people.exists()), working.filter(is_superuser=True))


@transaction.atomic
def assign(organisation: Organisation, who: Who, author: str, *, part: Branch | None = None, leads: bool) -> Assignment:
    """Adds one who looks after the buyer, or after the `part`. `leads` puts a person in the place of WAPRO's salesman,
    or of who led before; it counts only for a person and the whole. Repeatable."""
    _lock(organisation)
    leads = leads and who.person is not None and part is None
    changes = []
    if leads:
        changes += [_gone(row, author) for row in _others_who_lead(organisation, who)]
    row, is_new = Assignment.objects.get_or_create(
        organisation=organisation, buyer_branch=part, person=who.person, team=who.team
    )
    if is_new:
        changes.append(_change(organisation, "", str(row), author))
    if row.leads != leads:
        row.leads = leads
        row.save(update_fields=["leads"])
        changes.append(_change(organisation, "", str(row), author, field=LEADS))
    record.save(changes)
    return row


@transaction.atomic
def withdraw(row: Assignment, author: str) -> None:
    """This person or branch no longer looks after the buyer; without one who leads, WAPRO's salesman does."""
    record.save([_gone(row, author)])


@transaction.atomic
def hand_over(leaver: Seller, buyers: Iterable[Organisation], successor: Seller, author: str) -> int:
    """Everything that the leaver does for these buyers is the successor's, in one step; returns how many buyers.

    Where WAPRO names the leaver as salesman, the successor leads in his place until WAPRO names another.
    """
    if leaver.pk == successor.pk:
        return 0
    wanted = [organisation.pk for organisation in buyers]
    found = list(buyers_of(leaver).filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",)))
    for organisation in found:
        _hand_over_one(leaver, organisation, successor, author)
    return len(found)


def _hand_over_one(leaver: Seller, organisation: Organisation, successor: Seller, author: str) -> None:
    rows = list(leaver.assignments.filter(organisation=organisation).select_related("buyer_branch", "person"))
    parts = {row.buyer_branch for row in rows}
    is_salesman = bool(leaver.erp_employee_id) and organisation.salesman_erp_id == leaver.erp_employee_id
    leads = any(row.leads for row in rows) or (is_salesman and not organisation.assignments.filter(leads=True).exists())
    changes = [_change(organisation, str(leaver), str(successor), author)]
    leaver.assignments.filter(organisation=organisation).delete()
    for part in parts | ({None} if leads else set()):
        row, _new = Assignment.objects.get_or_create(organisation=organisation, buyer_branch=part, person=successor)
        if leads and part is None and not row.leads:
            row.leads = True
            row.save(update_fields=["leads"])
    record.save(changes)


def follow_salesman(organisation: Organisation, about: dict[str, str]) -> None:
    """WAPRO names another salesman: nobody leads in his place any more, but whoever did stays assigned."""
    for row in organisation.assignments.filter(leads=True).select_related("person"):
        row.leads = False
        row.save(update_fields=["leads"])
        record.save([record.change(KIND, organisation, LEADS, str(row), "", **about)])


def _others_who_lead(organisation: Organisation, who: Who) -> QuerySet[Assignment]:
    return organisation.assignments.filter(leads=True).exclude(person=who.person).select_related("person")


def _gone(row: Assignment, author: str) -> Change:
    change = _change(row.organisation, str(row), "", author)
    row.delete()
    return change


def _change(organisation: Organisation, old: str, new: str, author: str, *, field: str = FIELD) -> Change:
    return record.change(KIND, organisation, field, old, new, origin=Origin.STAFF, author=author)


def _lock(organisation: Organisation) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
