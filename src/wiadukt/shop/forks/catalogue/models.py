"""Oscar's catalogue with what WAPRO says about a product."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProduct, AbstractProductClass, AbstractProductRecommendation
from oscar.models.fields.slugfield import SlugField

from wiadukt.shop.forks.catalogue.search import Squeezed, searchable
from wiadukt.shop.quantities import QuantityColumn
from wiadukt.shop.sizes.models import PIECE
from wiadukt.shop.stock.contents import Contents
from wiadukt.shop.stock.portions import Portions


class InPortions(models.Model):
    """In what portions staff sells goods; empty where WAPRO's unit alone says it."""

    quantity_step = QuantityColumn(_("sold by"), null=True, blank=True)
    least_quantity = QuantityColumn(_("at least"), null=True, blank=True)

    class Meta:
        abstract = True


class ProductClass(AbstractProductClass, InPortions):
    made_to_order = models.BooleanField(
        _("Made to order?"),
        default=False,
        help_text=_("Order lines of such products go to production; stock does not limit them."),
    )


class Product(AbstractProduct, InPortions):
    """`upc` is WAPRO's catalogue index, `title` its name; `is_public` follows from publication and WAPRO's flags."""

    # No index: nobody looks for a product by it, and it changes with every name that WAPRO sends.
    slug = SlugField(_("Slug"), max_length=255, db_index=False)
    ean = models.CharField(_("EAN"), max_length=20, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    # Empty where it is sold in the unit that WAPRO keeps the stock in.
    contents_quantity = QuantityColumn(_("one unit holds"), null=True, blank=True)
    contents_unit = models.CharField(_("unit of the stock"), max_length=20, blank=True)
    is_divisible = models.BooleanField(_("sold in fractions"), default=False)
    vat_code = models.CharField(_("VAT code"), max_length=5, blank=True)
    erp_category = models.CharField(_("category in WAPRO"), max_length=255, blank=True)
    erp_description = models.TextField(_("description in WAPRO"), blank=True)
    in_shop = models.BooleanField(_("flagged for the shop in WAPRO"), default=False)
    erp_blocked = models.BooleanField(_("blocked in WAPRO"), default=False)
    vat_percent = models.DecimalField(_("VAT rate"), max_digits=8, decimal_places=4, null=True, blank=True)
    default_level = models.CharField(_("default price level"), max_length=20, blank=True)
    price_category = models.CharField(_("price category"), max_length=20, blank=True)
    individual_prices_off = models.BooleanField(_("no agreed prices"), default=False)
    promotion_net = models.DecimalField(_("promotion, net"), max_digits=16, decimal_places=4, default=0)
    promotion_gross = models.DecimalField(_("promotion, gross"), max_digits=16, decimal_places=4, default=0)
    promotion_percent = models.DecimalField(_("promotion, %"), max_digits=8, decimal_places=4, default=0)
    promotion_first_day = models.DateField(_("promotion from"), null=True, blank=True)
    promotion_last_day = models.DateField(_("promotion until"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    parameter_words = models.TextField(blank=True, editable=False, help_text="The parameters' values, to be found by.")
    search_text = models.GeneratedField(
        expression=searchable("title", "upc", "ean", "parameter_words", Squeezed("upc")),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta(AbstractProduct.Meta):
        indexes = [
            # Only of what buyers may find: WAPRO's changes to the rest cost nothing here.
            GinIndex(
                fields=["search_text"], opclasses=["gin_trgm_ops"], condition=Q(is_public=True), name="product_search"
            ),
            # A list of all goods in its order, and how many there are.
            models.Index(fields=["title", "id"], condition=Q(is_public=True, parent=None), name="product_in_order"),
        ]

    @property
    def may_be_ordered(self) -> bool:
        return self.is_public and self.in_shop and not self.erp_blocked

    @property
    def portions(self) -> Portions:
        """In what quantities it is sold: what staff said of it, else of its class, within what its unit can have. What
        is made to size is sold in pieces, whatever its card counts."""
        kind = self.get_product_class()
        sized = getattr(kind, "size_rule", None)
        return Portions.of(
            PIECE if sized and sized.card_in_m2 else self.unit,
            is_divisible=self.is_divisible and not sized,
            step=self.quantity_step or kind.quantity_step,
            least=self.least_quantity or kind.least_quantity,
        )

    @property
    def contents(self) -> Contents | None:
        """What a package holds; of what is made to size in pieces the card's units are no matter of the buyer's."""
        if self.contents_quantity is None or self.portions.unit != self.unit:
            return None
        return Contents(self.unit, self.contents_quantity, self.contents_unit)

    def follow_publication(self) -> None:
        """Sets `is_public` by what staff and WAPRO say."""
        self.is_public = is_on_sale(self.published_at, in_shop=self.in_shop, blocked=self.erp_blocked)


class LinkKind(models.TextChoices):
    """In what way goods belong to other goods."""

    SUBSTITUTE = "substitute", _("substitute")
    LINKED = "linked", _("linked goods")


class ProductRecommendation(AbstractProductRecommendation):
    """`recommendation` stands in for `primary`, or is sold with it."""

    kind = models.CharField(max_length=10, choices=LinkKind.choices, default=LinkKind.LINKED)


def note_parameters(product_id: int) -> None:
    """The product is found by its parameters as they are now."""
    values = ProductAttributeValue.objects.filter(product=product_id).select_related("attribute")
    words = " ".join(str(value.value_as_text) for value in values.order_by("attribute__code"))
    Product.objects.filter(pk=product_id).exclude(parameter_words=words).update(parameter_words=words)


def is_on_sale(published_at: datetime | None, *, in_shop: bool, blocked: bool) -> bool:
    """Whether buyers see a product: staff published it, and WAPRO neither took it out of the shop nor blocked it."""
    return bool(published_at) and in_shop and not blocked


from oscar.apps.catalogue.models import *  # noqa: E402, F403  (Oscar registers what we did not)
from oscar.apps.catalogue.models import ProductAttributeValue  # noqa: E402
