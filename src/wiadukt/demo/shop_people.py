"""What Meble Nowak's manager did before the demo begins: branches with people and limits."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from wiadukt.demo.accounts import LOGINS, PASSWORD
from wiadukt.shop.organisations import branches as deeds
from wiadukt.shop.organisations import membership
from wiadukt.shop.organisations.membership import Person, Seat
from wiadukt.shop.organisations.models import Branch, Member, Organisation, Role

BRANCHES = ("Oddział Poznań", "Oddział Wrocław", "Oddział Łódź", "Oddział Szczecin")
# E-mail, role, branches by number, order limit in net PLN; people of WAPRO first, then those invited in the shop.
KNOWN = [
    (LOGINS["buyer"], Role.BUYER, (0,), 2000),
    (LOGINS["approver"], Role.APPROVER, (0, 1), 10000),
]
INVITED = [
    ("Łukasz", "Zieliński", "zakupy", LOGINS["neighbour"], Role.BUYER, (2,), 1500),
    ("Barbara", "Kaczmarek", "kierownik salonu", "barbara.kaczmarek@meblenowak.example", Role.APPROVER, (2, 3), None),
    ("Tomasz", "Wiśniewski", "montaż", "tomasz.wisniewski@meblenowak.example", Role.BUYER, (1, 3), 0),
    ("Kinga", "Malinowska", "zakupy", "kinga.malinowska@meblenowak.example", Role.BUYER, (3,), 500),
]
LEFT = "kinga.malinowska@meblenowak.example"


def settle_people() -> None:
    """Repeatable: once its branches are there, nothing is done again."""
    nowak = Organisation.objects.get(name="Meble Nowak")
    if nowak.branches.filter(name=BRANCHES[0]).exists():
        return
    manager = Member.objects.get(email=LOGINS["manager"]).user
    made = [deeds.add_branch(name, manager) for name in BRANCHES]
    for number, delivery_place in enumerate(nowak.delivery_places.order_by("erp_id")):
        delivery_place.branches.set([made[number % len(made)]] if number % 5 else [])
    deeds.set_approval(manager, approval=True)
    deeds.change_branch(made[3].pk, name=made[3].name, approval=False, by=manager)
    for email, role, where, limit in KNOWN:
        member = Member.objects.get(email=email)
        membership.seat(member.pk, _seat(made, role, where, limit), manager)
    for first, last, position, email, role, where, limit in INVITED:
        person = Person(email=email, first_name=first, last_name=last, position=position)
        member = membership.invite(person, _seat(made, role, where, limit), manager)
        if email == LEFT:
            membership.switch_member(member.pk, is_active=False, by=manager)


def set_passwords() -> None:
    """Everybody of the printed list can log in, as one who followed an invitation: e-mails reach him too."""
    for member in Member.objects.filter(email__in=LOGINS.values()).exclude(user=None).select_related("user"):
        member.user.set_password(PASSWORD)
        member.user.save()
        member.invitation_held, member.invited_at = False, member.invited_at or timezone.now()
        member.save(update_fields=["invitation_held", "invited_at"])


def _seat(made: list[Branch], role: str, where: tuple[int, ...], limit: int | None) -> Seat:
    return Seat(role, tuple(made[n] for n in where), None if limit is None else Decimal(limit))
