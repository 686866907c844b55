"""People, goods and documents of the shop in few words, and WAPRO's snapshots as the contract says them."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from factories.sizes import a_rule
from oscar.core.loading import get_model

from wiadukt.contract.customer import Contact, Customer, IndividualPrice, TradeTerms
from wiadukt.contract.customer import DeliveryPlace as ErpPlace
from wiadukt.contract.invoice import Invoice as ErpInvoice
from wiadukt.contract.invoice import InvoiceLine as ErpInvoiceLine
from wiadukt.contract.invoice import Payment
from wiadukt.contract.order import Order as ErpOrder
from wiadukt.contract.order import OrderLine as ErpOrderLine
from wiadukt.contract.product import LevelPrice as ErpLevelPrice
from wiadukt.contract.product import Product as Article
from wiadukt.contract.shares import fitted, split
from wiadukt.contract.states import OrderState
from wiadukt.shop.about.models import Page, Version
from wiadukt.shop.accounts.models import User
from wiadukt.shop.forks.catalogue.models import Product, ProductClass
from wiadukt.shop.forks.order.models import Line, Order
from wiadukt.shop.forks.partner.models import LevelPrice, StockRecord
from wiadukt.shop.forks.partner.strategy import CustomerStrategy
from wiadukt.shop.intake.arrivals import default_class
from wiadukt.shop.invoices.models import Invoice, InvoiceLine, InvoicePayment, InvoiceShare, OtherReceivable
from wiadukt.shop.ordering.models import OrderFile
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member, Organisation, Role
from wiadukt.shop.organisations.people import give_login
from wiadukt.shop.questions import talk
from wiadukt.shop.questions.models import Question
from wiadukt.shop.sellers.models import Seller, SellerRole
from wiadukt.shop.sizes.rule import Rule
from wiadukt.shop.sizes.store import save_rule
from wiadukt.shop.sync.apply import Batch

_numbers = itertools.count(1)
READ_AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = date(2026, 11, 20)


def a_company(name: str, **fields: Any) -> Organisation:
    """An open organisation with its default branch, buying at level 2."""
    fields = {"erp_id": f"c{next(_numbers)}", "code": name[:20], "price_level": "2", **fields}
    organisation = Organisation.objects.create(name=name, **fields)
    Branch.objects.create(organisation=organisation, name="Centrala", is_default=True)
    return organisation


def a_branch(organisation: Organisation, name: str) -> Branch:
    return Branch.objects.create(organisation=organisation, name=name)


def a_member(email: str, *branches: Branch, role: str = Role.BUYER, **fields: Any) -> Member:
    """A person of these branches who can log in."""
    fields = {"role": role, "first_name": email.split("@")[0], **fields}
    member = Member.objects.create(organisation=branches[0].organisation, email=email, **fields)
    member.branches.set(branches)
    give_login(member)
    return member


def a_user(email: str, **fields: Any) -> User:
    user = User(email=email, **fields)
    user.set_unusable_password()
    user.save()
    return user


def a_seller(email: str, **fields: Any) -> Seller:
    """A person of the seller's who looks after the buyers assigned to him."""
    user = a_user(email, is_staff=True, first_name=email.split("@")[0].title())
    return Seller.objects.create(user=user, **fields)


def a_supervisor(email: str) -> User:
    """A person of the seller's who sees all buyers."""
    return a_seller(email, role=SellerRole.SUPERVISOR).user


def a_place(organisation: Organisation, name: str, *branches: Branch) -> DeliveryPlace:
    place = DeliveryPlace.objects.create(
        organisation=organisation, erp_id=f"m{next(_numbers)}", name=name, street="Polna 1", city="Pniewy"
    )
    place.branches.set(branches)
    return place


def a_product(upc: str, *, stock: int = 100, made_to_order: bool = False, **fields: Any) -> Product:
    """Published goods in a category that buyers see; no price yet."""
    kind = default_class()
    if made_to_order:
        kind, _ = ProductClass.objects.get_or_create(
            slug="fronty", defaults={"name": "Fronty", "made_to_order": True, "track_stock": False}
        )
    values = {"title": f"Towar {upc}", "unit": "szt", "vat_code": "23", "in_shop": True, "published_at": timezone.now()}
    product = Product(upc=upc, slug=upc.lower(), **{"product_class": kind, **values, **fields})
    product.follow_publication()
    product.save()
    product.categories.add(a_category())
    StockRecord.objects.create(
        product=product, partner=_partner(), partner_sku=upc, available=stock, num_in_stock=stock, num_allocated=0
    )
    return product


def a_priced_product(upc: str = "ZAW-1", **fields: Any) -> Product:
    """Published goods at 10.00 net, 12.30 gross."""
    product = a_product(upc, **fields)
    a_price(product, "10.00", "12.30")
    return product


def a_sized_product(upc: str, rule: Rule | None = None, **fields: Any) -> Product:
    """Published goods that are made to the buyer's size, at 105.50 a square metre."""
    kind, _ = ProductClass.objects.get_or_create(
        slug="na-wymiar", defaults={"name": "Front na zamówienie", "made_to_order": True, "track_stock": False}
    )
    save_rule(kind, rule or a_rule(), "goods@x.example")
    product = a_product(upc, stock=0, product_class=kind, vat_percent=Decimal(23), **fields)
    a_price(product, "105.50", "129.77")
    return Product.objects.get(pk=product.pk)


def a_category() -> Any:
    tree = get_model("catalogue", "Category").objects
    return tree.filter(slug="okucia").first() or tree.add_root({"name": "Okucia", "slug": "okucia"})


def a_price(product: Product, net: str, gross: str, level: str = "2") -> LevelPrice:
    return LevelPrice.objects.create(
        product=product, level=level, level_name=f"Poziom {level}", net=Decimal(net), gross=Decimal(gross)
    )


def a_basket(user: User, *lines: tuple[Product, int]) -> Any:
    """The open basket that the shop's middleware will find for this person."""
    basket = get_model("basket", "Basket").objects.create(owner=user)
    basket.strategy = CustomerStrategy(user=user)
    for product, quantity in lines:
        basket.add_product(product, quantity)
    return fresh_basket(basket)


def fresh_basket(basket: Any) -> Any:
    """The basket as another request would see it."""
    found = get_model("basket", "Basket").objects.get(pk=basket.pk)
    found.strategy = CustomerStrategy(user=found.owner)
    return found


def a_page(slug: str = "regulamin", text: str = "Tekst.", **fields: Any) -> Version:
    """A page about the shop, by its version in force."""
    valid_from = fields.pop("valid_from", DAY)
    page = Page.objects.create(slug=slug, **{"title": slug.capitalize(), "is_agreed": True, **fields})
    return Version.objects.create(page=page, text=text, valid_from=valid_from)


def a_question(member: Member, branch: Branch, subject: str, order: Order | None = None) -> Question:
    return talk.ask(member, branch, subject, f"{subject} Proszę o odpowiedź.", talk.About(order=order))


def an_order(branch: Branch, number: str, **fields: Any) -> Order:
    """An order that WAPRO knows, with one line."""
    money = {"currency": "PLN", "total_excl_tax": Decimal("100.00"), "total_incl_tax": Decimal("123.00")}
    fields = {"erp_id": f"z{number}", "erp_number": f"ZO {number}", "date_placed": READ_AT, **money, **fields}
    order = Order.objects.create(
        number=number,
        organisation=branch.organisation,
        branch=branch,
        **fields,
    )
    an_order_line(order, "ZAW-1")
    return order


def an_order_line(order: Order, upc: str, **fields: Any) -> Line:
    money = {f"line_price_{kind}": Decimal("100.00") for kind in ("excl_tax", "before_discounts_excl_tax")}
    money |= {f"line_price_{kind}": Decimal("123.00") for kind in ("incl_tax", "before_discounts_incl_tax")}
    values = {"title": f"Towar {upc}", "quantity": 1, "line_no": 1, **money, **fields}
    return Line.objects.create(order=order, upc=upc, partner_name="WAPRO", partner_sku=upc, num_allocated=0, **values)


def an_order_file(order: Order, name: str = "rysunek.pdf") -> OrderFile:
    content = ContentFile(b"%PDF-1.7 rysunek", name=f"{order.pk}.pdf")
    return OrderFile.objects.create(
        order=order, name=name, media="application/pdf", size=content.size, file=content, author="ewa@x.example"
    )


def an_invoice(organisation: Organisation, number: str, *orders: Order, **fields: Any) -> Invoice:
    """An unpaid invoice with one line for each order, or one line without an order."""
    money = {"total_net": 100, "total_gross": 123, "paid": 23, "remaining": 100}
    values = {"erp_id": f"f{number}", "kind": "sale", "issued_on": DAY, "due_on": DAY, **money, **fields}
    invoice = Invoice.objects.create(organisation=organisation, number=number, **values)
    for n, erp_order_id in enumerate([order.erp_id for order in orders] or [""]):
        InvoiceLine.objects.create(
            invoice=invoice, erp_id=f"{invoice.pk}-{n}", product_index="ZAW-1", name="Zawias", quantity=1,
            net=100, gross=123, erp_order_id=erp_order_id,
        )  # fmt: skip
    share_out(invoice)
    InvoicePayment.objects.create(invoice=invoice, erp_id=f"w{number}", paid_on=DAY, amount=23)
    return invoice


def a_receivable(organisation: Organisation, document: str, remaining: int, **fields: Any) -> OtherReceivable:
    """What a company owes by no invoice."""
    values = {"erp_id": f"r{document}", "issued_on": DAY, "due_on": DAY, "amount": remaining, **fields}
    return OtherReceivable.objects.create(organisation=organisation, document=document, remaining=remaining, **values)


def share_out(invoice: Invoice) -> None:
    """Its parts, as the applier would have made them."""
    worth: dict[str, Decimal] = {}
    for line in invoice.lines.all():
        worth[line.erp_order_id] = worth.get(line.erp_order_id, Decimal(0)) + line.gross
    nets, grosses = fitted(worth, Decimal(invoice.total_net)), fitted(worth, Decimal(invoice.total_gross))
    left = split(Decimal(invoice.remaining), grosses)
    base = {} if invoice.base_gross is None else split(Decimal(invoice.base_gross), grosses)
    for key in worth:
        InvoiceShare.objects.create(
            invoice=invoice, erp_order_id=key, net=nets[key], gross=grosses[key], remaining=left[key],
            base_gross=base.get(key),
        )  # fmt: skip


def _partner() -> Any:
    return get_model("partner", "Partner").objects.get_or_create(code="wapro", defaults={"name": "WAPRO"})[0]


# Snapshots of WAPRO's objects, as the connector answers them.


def batch(message: str = "", *ids: str, quiet: bool = False) -> Batch:
    """What travels with a batch of these ids, all announced by one message."""
    return Batch(messages=dict.fromkeys(ids, message), quiet=frozenset(ids) if quiet else frozenset(), read_at=READ_AT)


def erp_customer(erp_id: str = "17", **fields: Any) -> Customer:
    """A flagged contractor with one person, one place and one agreed price."""
    values: dict[str, Any] = {
        "code": "BUK",
        "name": "Stolarnia Bukowiec",
        "emails": ("biuro@bukowiec.example",),
        "contacts": (erp_contact(f"{erp_id}-1", "anna@bukowiec.example", is_default=True),),
        "delivery_places": (ErpPlace(id=f"{erp_id}-m1", name="Hala Bukowiec"),),
        "terms": TradeTerms(
            price_level="2",
            discount_percent=Decimal("5.00"),
            payment_form="przelew",
            payment_days=14,
            individual_prices=(IndividualPrice(product_id="ZAW-1", net=Decimal("7.9"), gross=Decimal("9.717")),),
        ),
        "in_shop": True,
    }
    return Customer(id=erp_id, **{**values, **fields})


def erp_contact(contact_id: str, *emails: str, **fields: Any) -> Contact:
    return Contact(id=contact_id, first_name="Anna", last_name="Bukowska", emails=emails, **fields)


def erp_article(index: str = "ZAW-1", **fields: Any) -> Article:
    """A flagged article with one price level."""
    prices = (ErpLevelPrice(level="2", level_name="Hurtowa", net=Decimal("10.00"), gross=Decimal("12.30")),)
    values: dict[str, Any] = {
        "name": "Zawias Clip", "unit": "szt", "vat_code": "23", "prices": prices,
        "stock": Decimal(40), "available": Decimal(35), "in_shop": True,
    }  # fmt: skip
    return Article(id=index, **{**values, **fields})


def erp_order(erp_id: str = "900", customer_id: str = "17", **fields: Any) -> ErpOrder:
    """An order taken by phone, with one line."""
    values: dict[str, Any] = {
        "erp_number": "ZO 1/2026", "issued_on": DAY, "state": OrderState.NEW, "lines": (erp_order_line("1"),),
        "total_net": Decimal("20.00"), "total_gross": Decimal("24.60"),
    }  # fmt: skip
    return ErpOrder(id=erp_id, customer_id=customer_id, **{**values, **fields})


def erp_order_line(line_id: str, index: str = "ZAW-1", **fields: Any) -> ErpOrderLine:
    values: dict[str, Any] = {
        "name": "Zawias Clip", "unit": "szt", "ordered": Decimal(2), "realised": Decimal(0),
        "price_net": Decimal("10.00"), "price_gross": Decimal("12.30"),
    }  # fmt: skip
    return ErpOrderLine(id=line_id, product_id=index, **{**values, **fields})


def erp_invoice(erp_id: str = "700", payer_id: str = "17", **fields: Any) -> ErpInvoice:
    """An unpaid invoice with one line of order 900 and one part payment."""
    line = ErpInvoiceLine(
        id="1", product_id="ZAW-1", name="Zawias Clip", unit="szt", quantity=Decimal(2), net=Decimal("20.00"),
        gross=Decimal("24.60"), order_id="900",
    )  # fmt: skip
    values: dict[str, Any] = {
        "number": "FS 1/2026", "customer_id": payer_id, "issued_on": DAY, "due_on": DAY, "lines": (line,),
        "total_net": Decimal("20.00"), "total_gross": Decimal("24.60"), "paid": Decimal("4.60"),
        "remaining": Decimal("20.00"), "payments": (Payment(id="w1", paid_on=DAY, amount=Decimal("4.60")),),
    }  # fmt: skip
    return ErpInvoice(id=erp_id, payer_id=payer_id, **{**values, **fields})
