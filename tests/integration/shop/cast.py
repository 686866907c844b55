"""One of everything, and one person of every kind, for the tests of who may see what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLResolver, get_resolver
from factories import shop as make
from oscar.core.loading import get_model

from wiadukt.contract.base import Kind
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.rights import goods_group
from wiadukt.shop.doctor import rounds
from wiadukt.shop.intake.attachments import attach
from wiadukt.shop.lists.models import GoodsList
from wiadukt.shop.organisations.models import Member, Role
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.sellers.models import Assignment, SellerRole
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.mass import work as mass
from wiadukt.shop.sync.models import InboxObject, MassDeed
from wiadukt.shop.sync.reconcile import run as reconciliation

BUYERS = ("foreigner", "neighbour", "buyer", "approver", "manager")
# Of the seller: who looks after Nowak's branch Poznań, who after Stolmar, who sees all, who watches the traffic, and
# who looks after goods.
SELLERS = ("assigned", "other", "supervisor", "technician", "goods", "root")
PEOPLE = ("stranger", "outsider", *BUYERS, *SELLERS)


@dataclass
class Cast:
    """`people`: a login by kind of person, None for a stranger. `ids`: what addresses name."""

    people: dict[str, User | None]
    ids: dict[str, Any]

    def member(self, who: str) -> Member:
        return Member.objects.get(user=self.people[who])

    def browser(self, who: str) -> Client:
        client = Client(raise_request_exception=False)
        user = self.people[who]
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client


def gather() -> Cast:
    """Nowak with branches Poznań (buyer, approver) and Łódź (neighbour), and Stolmar (foreigner)."""
    nowak, stolmar = make.a_company("Meble Nowak"), make.a_company("Stolmar")
    poznan, lodz = make.a_branch(nowak, "Poznań"), make.a_branch(nowak, "Łódź")
    people: dict[str, User | None] = {
        "stranger": None,
        "outsider": make.a_user("outsider@x.example"),
        "foreigner": make.a_member("foreigner@x.example", stolmar.default_branch).user,
        "neighbour": make.a_member("neighbour@x.example", lodz).user,
        "buyer": make.a_member("buyer@x.example", poznan).user,
        "approver": make.a_member("approver@x.example", poznan, role=Role.APPROVER).user,
        "manager": make.a_member("manager@x.example", nowak.default_branch, role=Role.MANAGER).user,
        "root": make.a_user("root@x.example", is_staff=True, is_superuser=True),
    }
    people |= _sellers(poznan, stolmar)
    for place, *branches in (("Hala P", poznan), ("Hala L", lodz), ("Biuro", nowak.default_branch)):
        make.a_place(nowak, place, *branches)
    make.a_place(nowak, "Wspólne")
    make.a_place(stolmar, "Hala S")
    place = nowak.delivery_places.get(name="Hala P").pk
    version = make.a_page("regulamin")
    goods_list = GoodsList.objects.create(branch=poznan, name="Kuchnia").pk
    return Cast(
        people,
        {"place": place, "goods_list": goods_list, "version": version.pk, "page": version.page_id}
        | _documents(nowak, stolmar, poznan, lodz)
        | _goods()
        | _traffic(people),
    )


def _sellers(poznan: Any, stolmar: Any) -> dict[str, User]:
    assigned, other = make.a_seller("assigned@x.example"), make.a_seller("other@x.example", erp_employee_id="77")
    Assignment.objects.create(organisation=poznan.organisation, buyer_branch=poznan, person=assigned)
    stolmar.salesman_erp_id = "77"
    stolmar.save()
    goods = make.a_user("goods@x.example", is_staff=True)
    goods.groups.add(goods_group())
    supervisor = make.a_seller("supervisor@x.example", role=SellerRole.SUPERVISOR)
    technician = make.a_seller("technician@x.example", role=SellerRole.TECHNICIAN)
    people = {"assigned": assigned, "other": other, "supervisor": supervisor, "technician": technician}
    return {who: seller.user for who, seller in people.items()} | {"goods": goods}


def _documents(nowak: Any, stolmar: Any, poznan: Any, lodz: Any) -> dict[str, Any]:
    order = make.an_order(poznan, "WD-1")
    make.an_order_line(order, "FR-1")
    other = make.an_order(lodz, "WD-2")
    theirs = make.an_order(stolmar.default_branch, "WD-3")
    file = make.an_order_file(order)
    invoice = make.an_invoice(nowak, "FS-1", order)
    make.an_invoice(nowak, "FS-2", other)
    make.an_invoice(nowak, "FS-12", order, other)
    make.an_invoice(nowak, "FS-0")
    make.an_invoice(stolmar, "FS-3", theirs)
    member = Member.objects.get(email="buyer@x.example")
    question = make.a_question(member, poznan, "Kiedy dostawa?", order=order)
    make.a_question(Member.objects.get(email="foreigner@x.example"), stolmar.default_branch, "Czy jest rabat?")
    assignment = Assignment.objects.get()
    return {"order": order.pk, "order_file": file.pk, "number": order.number, "invoice": invoice.pk,
            "organisation": nowak.pk,
            "order_line": order.lines.first().pk, "member": member.pk, "user": member.user_id, "question": question.pk,
            "branch": poznan.pk, "assignment": assignment.pk, "seller": assignment.person.user_id}  # fmt: skip


def _goods() -> dict[str, Any]:
    published, hidden = make.a_product("ZAW-1"), make.a_product("ZAW-2", published_at=None)
    for product in (published, hidden):
        make.a_price(product, "10.00", "12.30")
    made = {
        "option": get_model("catalogue", "Option").objects.create(name="Kolor"),
        "options": get_model("catalogue", "AttributeOptionGroup").objects.create(name="Kolory"),
        "kind": published.product_class,
        "partner": published.stockrecords.first().partner,
    }
    sized = make.a_sized_product("FR-9")
    category = make.a_category()
    made["attachment"] = attach(published, ContentFile(b"%PDF", name="karta.pdf"), "goods@x.example")
    made["hidden_attachment"] = attach(hidden, ContentFile(b"%PDF", name="karta.pdf"), "goods@x.example")
    ids = {"product": published.pk, "hidden": hidden.pk, "slug": published.slug}
    ids |= {"sized": sized.pk, "sized_kind": sized.product_class_id}
    return ids | {"category": category.pk, "category_slug": category.slug} | {n: row.pk for n, row in made.items()}


def _traffic(people: dict[str, User | None]) -> dict[str, Any]:
    message = OutboundMessage.objects.create(
        destination="wapro", kind="order_placed", key="WD-1", order_key="wapro:WD-1", payload={},
        state=MessageState.REJECTED,
    )  # fmt: skip
    inbox.ask({(Kind.PRODUCT, "ZAW-1"): "e-1"})
    run = reconciliation.start()
    mass_run = mass.begin(MassDeed.SEND_AGAIN, {}, people["supervisor"], total=1)
    checkup = rounds.begin("root@x.example")
    ids = {"message": message.pk, "inbox": InboxObject.objects.get().pk, "run": run.pk}
    return ids | {"mass_run": mass_run.pk, "checkup": checkup.pk}


def routes() -> Iterator[str]:
    """Every route of the shop's urlconf, joined, as Django names it."""

    def walk(resolver: URLResolver, before: str) -> Iterator[str]:
        for found in resolver.url_patterns:
            route = before + str(found.pattern)
            if isinstance(found, URLResolver):
                yield from walk(found, route)
            else:
                yield route

    return walk(get_resolver(), "")
