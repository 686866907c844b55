"""The seller's people in the demo shop: three branches, WAPRO's salesmen with logins, a supervisor, one for goods."""

from __future__ import annotations

from dataclasses import dataclass

from wiadukt.demo.accounts import LOGINS, PASSWORD
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.rights import goods_group
from wiadukt.shop.organisations.models import Branch, Member, Organisation
from wiadukt.shop.questions import talk
from wiadukt.shop.questions.models import Question
from wiadukt.shop.sellers.models import Assignment, Seller, SellerBranch, SellerRole

AUTHOR = LOGINS["staff"]


@dataclass(frozen=True)
class Person:
    """`employee`: who he is in the demo WAPRO (its `PRACOWNIK`)."""

    email: str
    name: str
    branch: str
    employee: str = ""
    role: SellerRole = SellerRole.SALESPERSON


PEOPLE = (
    Person(LOGINS["supervisor"], "Tomasz Borowski", "Centrala Poznań", role=SellerRole.SUPERVISOR),
    Person(LOGINS["salesman"], "Katarzyna Zielińska", "Centrala Poznań", "1"),
    Person(LOGINS["colleague"], "Michał Kaczmarek", "Oddział Wrocław", "2"),
    Person("agnieszka.pawlak@wiadukt.example", "Agnieszka Pawlak", "Oddział Łódź", "3"),
    Person("paulina.sikora@wiadukt.example", "Paulina Sikora", "Oddział Łódź"),
    Person(LOGINS["goods"], "Ewelina Baran", "", role=SellerRole.NONE),
)


def make_sellers() -> None:
    """Repeatable: what is there is left alone."""
    for person in PEOPLE:
        _make(person)
    User.objects.get(email=LOGINS["goods"]).groups.add(goods_group())
    nowak, stolmar = (Organisation.objects.get(name=name) for name in ("Meble Nowak", "Stolmar"))
    lodz = Branch.objects.get(organisation=nowak, name="Oddział Łódź")
    paulina = Seller.objects.get(user__email="paulina.sikora@wiadukt.example")
    Assignment.objects.get_or_create(organisation=nowak, buyer_branch=lodz, person=paulina)
    Assignment.objects.get_or_create(organisation=stolmar, team=SellerBranch.objects.get(name="Oddział Wrocław"))
    if not Question.objects.exists():
        _talk(nowak)


def _make(person: Person) -> None:
    user, _new = User.objects.get_or_create(email=person.email)
    user.first_name, user.last_name = person.name.split()
    user.is_staff = True
    user.set_password(PASSWORD)
    user.save()
    branch = SellerBranch.objects.get_or_create(name=person.branch)[0] if person.branch else None
    Seller.objects.get_or_create(
        user=user, defaults={"branch": branch, "role": person.role, "erp_employee_id": person.employee}
    )


def _talk(nowak: Organisation) -> None:
    buyer = Member.objects.get(email=LOGINS["buyer"])
    katarzyna = User.objects.get(email=LOGINS["salesman"])
    branch = buyer.branches.first()
    order = branch.orders.filter(approval="").order_by("-date_placed").first()
    if order is not None:
        text = "Czy zamówienie zdąży przed piątkiem? Montaż mamy umówiony na sobotę rano."
        talk.ask(buyer, branch, f"Termin {order.display_number}", text, talk.About(order=order))
    asked = talk.ask(
        buyer, branch, "Próbki dekorów", "Poproszę o próbki trzech nowych dekorów dębu na adres oddziału.", talk.About()
    )
    talk.answer(asked, katarzyna, "Dzień dobry, wysyłam dziś kurierem. Proszę dać znać, który dekor pasuje.")
