"""Why a buyer does not see a product, or not at that price: step by step from WAPRO's card to the buyer's screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.translation import gettext as _

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import WiaduktError
from wiadukt.contract.facts import Facts, differing, facts_of
from wiadukt.contract.states import QueueState
from wiadukt.shop.forks.catalogue.models import Category, Product
from wiadukt.shop.forks.partner.strategy import CustomerStrategy, NotSold
from wiadukt.shop.intake.arrivals import INTAKE_SLUG
from wiadukt.shop.intake.checks import missing
from wiadukt.shop.intake.publish import words_of
from wiadukt.shop.organisations.models import Member, Organisation
from wiadukt.shop.panel.objects.labels import label_of
from wiadukt.shop.panel.objects.sides import in_words
from wiadukt.shop.quantities import said
from wiadukt.shop.sync.client import Connector
from wiadukt.shop.sync.models import InboxObject, InboxState
from wiadukt.shop.sync.reconcile.facts import facts_of_rows
from wiadukt.shop.terms import words
from wiadukt.shop.terms.standing import holds_of

PRICED = ("price", "group ", "default_level", "vat_", "is_discountable", "individual_prices_off", "promotion")
TERMS = ("price_", "markup_percent", "category_terms", "takes_promotions", "thresholds", "discount_percent")


class Mark(StrEnum):
    OK = "ok"
    FAILED = "failed"
    WARNING = "warning"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Step:
    """One stage of the way. A failed one says what to do; `url` leads to where it is done."""

    name: str
    mark: Mark
    said: str
    remedy: str = ""
    url: str = ""


@dataclass(frozen=True)
class Answer:
    """The steps in their order, and the price with the way it was counted."""

    steps: list[Step]
    price: Any = None
    reckoning: list[tuple[str, Any, Any]] = field(default_factory=list)
    source: str = ""

    @property
    def first_failure(self) -> Step | None:
        return next((step for step in self.steps if step.mark is Mark.FAILED), None)


@dataclass(frozen=True)
class Seen:
    """What each side says of the product and of the buyer; `trouble`: why WAPRO's word is missing."""

    article: Any = None
    customer: Any = None
    product: Any = None
    trouble: tuple[str, str] | None = None
    queued: Any = None


def answer(index: str, buyer: Organisation, connector: Connector, viewer: Any) -> Answer:
    """Reads WAPRO now; without it the steps in the shop are still answered."""
    seen = _look(index, buyer, connector)
    steps = [*_in_wapro(index, seen), _arrived(index, seen)]
    if seen.product is None:
        return Answer(steps)
    steps += [_published(seen.product), _category(seen.product), _open(buyer)]
    strategy = CustomerStrategy(user=viewer, organisation=buyer)
    info = strategy.fetch_for_product(seen.product)
    steps += [_price(info.price), _same_terms(seen, buyer), _available(info), _may_order(buyer)]
    if isinstance(info.price, NotSold) or not info.price.exists:
        return Answer(steps)
    names = {row.level: row.level_name for row in seen.product.level_prices.all()}
    reckoning = [(words.step_words(step, names), step.net, step.gross) for step in info.price.why.steps]
    return Answer(steps, info.price, reckoning, words.source_words(info.price.why.source))


def _look(index: str, buyer: Organisation, connector: Connector) -> Seen:
    ready = Product.objects.select_related("product_class")
    product = ready.prefetch_related("stockrecords", "level_prices", "group_prices").filter(upc=index).first()
    try:
        articles = connector.fetch(Kind.PRODUCT, [index]).objects
        customers = connector.fetch(Kind.CUSTOMER, [buyer.erp_id]).objects
        queued = connector.queued(Kind.PRODUCT, [index]).get(index)
    except WiaduktError as error:
        return Seen(product=product, trouble=in_words(error))
    return Seen(next(iter(articles), None), next(iter(customers), None), product, queued=queued)


def _in_wapro(index: str, seen: Seen) -> list[Step]:
    name, flag, block = _("Card in WAPRO"), _("Flag for the shop"), _("Not blocked in WAPRO")
    if seen.trouble is not None:
        return [Step(name, Mark.UNKNOWN, *seen.trouble)]
    if seen.article is None:
        said = _("WAPRO has no card with index %(index)s in the warehouses whose stock the shop sells.")
        remedy = _("Check the index, and that the card stands in one of those warehouses; doctor lists them.")
        return [Step(name, Mark.FAILED, said % {"index": index}, remedy)]
    there = Step(name, Mark.OK, seen.article.name)
    if not seen.article.in_shop:
        remedy = _("Tick 'available in the internet shop' on the card in WAPRO.")
        return [there, Step(flag, Mark.FAILED, _("The card is not chosen for the shop."), remedy)]
    flagged = Step(flag, Mark.OK, _("set"))
    if seen.article.blocked:
        return [there, flagged, Step(block, Mark.FAILED, _("The card is blocked."), _("Unblock the card in WAPRO."))]
    return [there, flagged, Step(block, Mark.OK, _("not blocked"))]


def _arrived(index: str, seen: Seen) -> Step:
    """The card came to the shop, and the shop has it as WAPRO has it now."""
    name = _("Came to the shop")
    product, url = seen.product, f"{reverse('panel:object', args=[Kind.PRODUCT])}?id={index}"
    row = InboxObject.objects.filter(kind=Kind.PRODUCT, object_id=index).first()
    if row is not None and row.state == InboxState.REJECTED:
        said = _("The shop could not take it: %(why)s") % {"why": row.last_error}
        return Step(name, Mark.FAILED, said, _("Mend the card in WAPRO, then press 'Fetch now'."), url)
    behind = seen.article is not None and product is not None and product.in_shop != seen.article.in_shop
    if product is not None and not behind:
        if seen.article is None and not product.in_shop:
            remedy = _("Tick 'available in the internet shop' on the card in WAPRO.")
            return Step(name, Mark.FAILED, _("It was taken out of the shop in WAPRO."), remedy, url)
        return Step(name, Mark.OK, _("yes"))
    if seen.article is not None and not seen.article.in_shop and product is None:
        return Step(name, Mark.FAILED, _("It never came: goods come once they are flagged."), _("Set the flag first."))
    if row is not None and row.state == InboxState.WAITING:
        return Step(name, Mark.FAILED, _("It is on its way."), _("Wait a moment; 'Fetch now' brings it at once."), url)
    if seen.queued is not None and seen.queued.state is not QueueState.SENT:
        said = _("It stands in WAPRO's queue: %(why)s") % {"why": seen.queued.last_error or _("not sent yet")}
        return Step(name, Mark.FAILED, said, _("See WAPRO's queue; 'Fetch now' brings it past the queue."), url)
    return Step(name, Mark.FAILED, _("The shop does not have it as it is now."), _("Press 'Fetch now'."), url)


def _published(product: Any) -> Step:
    name = _("Verified and published")
    if product.published_at is not None:
        return Step(name, Mark.OK, _("yes"))
    lacks = words_of(missing(product))
    said = (
        _("It waits for verification; it lacks: %(what)s.") % {"what": lacks} if lacks else _("It waits for a person.")
    )
    remedy = _("Open it among goods to verify, fill in what lacks and publish it.")
    return Step(name, Mark.FAILED, said, remedy, reverse("intake:product", args=[product.pk]))


def _category(product: Any) -> Step:
    name = _("Category")
    shown = product.categories.filter(pk__in=Category.objects.browsable().values("pk")).exclude(slug=INTAKE_SLUG)
    names = [str(category) for category in shown]
    if names:
        return Step(name, Mark.OK, ", ".join(names))
    said = _("It stands in no category that buyers see: only a search finds it.")
    return Step(name, Mark.WARNING, said, _("Give it a public category."), reverse("intake:product", args=[product.pk]))


def _open(buyer: Organisation) -> Step:
    name, url = _("The buyer may log in"), reverse("panel:organisation", args=[buyer.pk])
    if not buyer.is_open:
        said = _("blocked in WAPRO") if buyer.is_blocked else _("no longer chosen for the shop")
        return Step(name, Mark.FAILED, said, _("Flag and unblock the contractor's card in WAPRO."), url)
    if not Member.objects.filter(organisation=buyer, is_active=True, user__is_active=True).exists():
        remedy = _("Add a contact with an e-mail to the contractor's card in WAPRO.")
        return Step(name, Mark.FAILED, _("nobody of the company can log in"), remedy, url)
    return Step(name, Mark.OK, _("yes"))


def _price(price: Any) -> Step:
    name = _("Price for this buyer")
    if isinstance(price, NotSold):
        return Step(name, Mark.FAILED, _("no price"), words.no_price_words(price.reason))
    if not price.exists:
        return Step(name, Mark.FAILED, _("no price"), _("Fill in the price at the buyer's level on the card in WAPRO."))
    amounts = {"net": floatformat(price.excl_tax, "2g"), "gross": floatformat(price.incl_tax, "2g")}
    return Step(name, Mark.OK, _("%(net)s net, %(gross)s gross") % amounts)


def _same_terms(seen: Seen, buyer: Organisation) -> Step:
    """Prices and terms in the shop are those of WAPRO now; else the price that the buyer sees is yesterday's."""
    name = _("Prices and terms as in WAPRO now")
    if seen.article is None or seen.customer is None:
        return Step(name, Mark.UNKNOWN, _("WAPRO was not asked."))
    unlike = _unlike(Kind.PRODUCT, seen.product, seen.article, PRICED)
    agreed = f"agreed {seen.article.id}: "
    unlike += _unlike(Kind.CUSTOMER, buyer, seen.customer, (*TERMS, agreed))
    if not unlike:
        return Step(name, Mark.OK, _("yes"))
    said = _("different: %(fields)s") % {"fields": ", ".join(label_of(one) for one in unlike[:8])}
    return Step(name, Mark.FAILED, said, _("Press 'Fetch now' on the product and on the buyer."))


def _unlike(kind: Kind, row: Any, theirs: Any, beginnings: tuple[str, ...]) -> list[str]:
    ours: Facts = next(iter(facts_of_rows(kind, [row]).values()))
    return [name for name in differing(ours, facts_of(kind, theirs)) if name.startswith(beginnings)]


def _available(info: Any) -> Step:
    name = _("Available")
    if info.availability.is_available_to_buy:
        left = getattr(info.availability, "num_available", None)
        return Step(name, Mark.OK, _("yes") if left is None else _("%(n)s in stock") % {"n": said(left)})
    why = str(info.availability.message)
    remedy = _("The buyer sees it and can't order it: receive stock in WAPRO, or release what is reserved there.")
    return Step(name, Mark.WARNING, why, remedy)


def _may_order(buyer: Organisation) -> Step:
    name = _("The buyer may order")
    holds = holds_of(buyer, Decimal(0))
    if holds:
        url = reverse("panel:account", args=[buyer.pk])
        return Step(name, Mark.WARNING, " ".join(holds), _("See the buyer's account."), url)
    return Step(name, Mark.OK, _("yes"))
