"""Publishing and WAPRO's flags: whoever comes second sees what the first one did."""

from __future__ import annotations

import pytest
from factories.shop import a_product, batch, erp_article

from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.intake.publish import publish
from wiadukt.shop.sync.apply.products import apply_products

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def test_a_page_opened_before_wapro_took_the_product_out_does_not_make_it_public():
    seen_by_staff = a_product("ZAW-1", published_at=None)
    apply_products([erp_article("ZAW-1", in_shop=False)], [], batch("m", "ZAW-1"))

    publish(seen_by_staff, "my@sklep.example")

    product = Product.objects.get()
    assert (product.is_public, product.published_at is not None) == (False, True)
    apply_products([erp_article("ZAW-1")], [], batch("m", "ZAW-1"))
    assert Product.objects.get().is_public, "and it comes back by itself"
