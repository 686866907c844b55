"""What was made to size goes the whole way: the shop, the connector, WAPRO, production and a machine's cut list."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from factories.outbox import say
from factories.serving import served as running
from factories.shop import a_basket, a_member, fresh_basket
from factories.sizes import a_rule
from factories.waiting import wait_until

from tests.integration.reconciliation.test_reconciliation import compared, drift_of
from wiadukt.contract.base import Kind
from wiadukt.production.main import create_app
from wiadukt.production.migrate import migrate
from wiadukt.production.settings import Settings
from wiadukt.shop.forks.catalogue.models import Product, ProductClass
from wiadukt.shop.forks.order.models import Line
from wiadukt.shop.history.models import Change
from wiadukt.shop.ordering.place import Wishes, place
from wiadukt.shop.organisations.models import DeliveryPlace
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sizes.judge import judge
from wiadukt.shop.sizes.store import save_rule
from wiadukt.shop.sync import deliver, inbox
from wiadukt.shop.sync.client import Production, client_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SIZES = {"width_mm": "396", "height_mm": "716", "decor": "OAK", "edge_top": "yes", "holes": "3"}
OTHER = {"width_mm": "500", "height_mm": "300", "decor": "PLAIN"}
WITHIN_S = 20


@pytest.fixture
def floor(postgres, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Production with a drill that reads files; its address and the drill's folder."""
    url = postgres.url("production_of_sizes")
    migrate(url)
    machines = tmp_path / "machines.toml"
    machines.write_text(
        '[[work_centre]]\nid = "cutting"\nname = "Rozkrój"\nparameters = ["width_mm"]\n'
        '[[machine]]\ndriver = "files"\nid = "saw"\nname = "Piła"\nwork_centre = "cutting"\nautomatic = true\n'
        f"folder = '{tmp_path / 'saw'}'\n",
        encoding="utf-8",
    )
    (tmp_path / "saw").mkdir()
    settings = Settings(
        database_url=url,
        tokens="shop:from-shop",
        connector_url="http://127.0.0.1:9",
        connector_token="x",
        report_poll_s=60,
        machines_file=machines,
    )
    with running(create_app(settings)) as where:
        yield where, tmp_path / "saw"


@pytest.fixture
def front(road) -> Product:
    """One of WAPRO's articles, published as made to size by the square metre."""
    kind = ProductClass.objects.create(name="Na wymiar", slug="na-wymiar", made_to_order=True, track_stock=False)
    save_rule(kind, a_rule(), "goods@x.example")
    product = Product.objects.filter(in_shop=True, level_prices__isnull=False).order_by("upc").first()
    Product.objects.filter(pk=product.pk).update(product_class=kind, published_at="2026-11-01T00:00Z", is_public=True)
    return Product.objects.get(pk=product.pk)


def test_it_is_made_as_it_was_chosen_and_costs_what_the_buyer_saw(road, floor, front):
    at, folder = floor
    buyer = DeliveryPlace.objects.exclude(erp_id=None).filter(organisation__in_shop=True).order_by("pk").first()
    member = a_member("ewa@x.example", buyer.organisation.default_branch)
    basket = a_basket(member.user)
    for values, quantity in ((SIZES, 3), (OTHER, 7)):
        basket.add_sized(front, quantity, judge(a_rule(), values).chosen)
    basket = fresh_basket(basket)
    seen = [(line.unit_price_excl_tax, line.unit_price_incl_tax) for line in basket.all_lines()]
    order = place(basket, member, Wishes(member.branches.first(), buyer, seen_total=basket.total_excl_tax))

    with client_of(at, "from-shop") as production:
        say(deliver.Receivers(road.connector, Production(production)))
        job = production.get(f"/v1/job-orders/{order.number}-1").json()

    assert set(OutboundMessage.objects.values_list("state", flat=True)) == {"delivered"}
    assert_wapro_has_it(road, order, seen)
    assert_nothing_differs(road, order, seen)
    told = {one["id"]: (one["value"], one["unit"]) for one in job["parameters"]}
    assert (told["width_mm"], told["height_mm"], told["decor"]) == (("396", "mm"), ("716", "mm"), ("OAK", ""))
    for page in (f"/terminal/{order.number}-1", "/terminal", "/"):
        text = httpx.get(f"{at}{page}", trust_env=False).text
        assert "396 mm" in text, page
        assert "716 mm" in text, page
    assert "396 × 716 mm" in httpx.get(f"{at}/plan", trust_env=False).text
    cut = cut_list(folder, f"{order.number}-1")
    assert (cut["width_mm"], cut["height_mm"], cut["edge_top"], cut["holes"], cut["quantity"]) == (
        "396", "716", "yes", "3", "3",
    )  # fmt: skip


def assert_wapro_has_it(road, order, seen):
    with road.rows() as rows:
        lines = rows(
            'SELECT "CENA_NETTO", "CENA_BRUTTO", "ZNACZNIK_CENY", "OPIS" FROM dbo."POZYCJA_ZAMOWIENIA" p '
            'JOIN dbo."ZAMOWIENIE" z USING ("ID_ZAMOWIENIA") WHERE z."NR_ZAMOWIENIA_KLIENTA" = %s '
            'ORDER BY "ID_POZYCJI_ZAMOWIENIA"',
            order.number,
        )
        total = rows('SELECT "WARTOSC_NETTO" FROM dbo."ZAMOWIENIE" WHERE "NR_ZAMOWIENIA_KLIENTA" = %s', order.number)
    assert [(net, gross) for net, gross, _mark, _text in lines] == seen
    assert {mark for _net, _gross, mark, _text in lines} == {"m"}, "WAPRO's own price check leaves it"
    assert lines[0][3].startswith("Szerokość: 396 mm; Wysokość: 716 mm; Dekor: Dąb; Okleina top: tak;")
    assert lines[1][3].startswith("Szerokość: 500 mm; Wysokość: 300 mm; Dekor: Gładki;")
    assert total[0][0] == order.total_excl_tax


def assert_nothing_differs(road, order, seen):
    erp_id = road.value('SELECT "ID_ZAMOWIENIA" FROM dbo."ZAMOWIENIE" WHERE "NR_ZAMOWIENIA_KLIENTA" = %s', order.number)
    inbox.ask({(Kind.ORDER, str(erp_id)): "e-1"})
    road.apply()
    found = compared(road)
    assert drift_of(found) == []
    lines = Line.objects.filter(order=order).order_by("line_no")
    assert [(line.unit_price_excl_tax, line.unit_price_incl_tax) for line in lines] == seen
    assert [line.chosen[0].value for line in lines] == ["396", "500"], "each line is bound to its own"
    assert len({line.erp_line_id for line in lines}) == 2
    changed = Change.objects.filter(kind="order", object_id=order.pk, field__contains="unit_price")
    assert not changed.exists(), "nobody changed a price"


def cut_list(folder: Path, job_id: str) -> dict[str, str]:
    file = folder / "jobs" / f"{job_id}.csv"
    wait_until(file.exists, within_s=WITHIN_S)
    (row,) = csv.DictReader(file.read_text(encoding="utf-8").splitlines(), delimiter=";")
    return row


def test_two_sizes_of_one_product_keep_to_their_lines_when_the_office_takes_one_away(road, floor, front):
    buyer = DeliveryPlace.objects.exclude(erp_id=None).filter(organisation__in_shop=True).order_by("pk").first()
    member = a_member("jan@x.example", buyer.organisation.default_branch)
    basket = a_basket(member.user)
    for values in (SIZES, OTHER):
        basket.add_sized(front, 2, judge(a_rule(), values).chosen)
    order = place(fresh_basket(basket), member, Wishes(member.branches.first(), buyer))
    with client_of(floor[0], "from-shop") as production:
        say(deliver.Receivers(road.connector, Production(production)))
    erp_id = road.value('SELECT "ID_ZAMOWIENIA" FROM dbo."ZAMOWIENIE" WHERE "NR_ZAMOWIENIA_KLIENTA" = %s', order.number)
    road.office(
        'DELETE FROM dbo."POZYCJA_ZAMOWIENIA" WHERE "ID_POZYCJI_ZAMOWIENIA" = (SELECT min("ID_POZYCJI_ZAMOWIENIA") '
        'FROM dbo."POZYCJA_ZAMOWIENIA" WHERE "ID_ZAMOWIENIA" = %s)',
        erp_id,
    )

    inbox.ask({(Kind.ORDER, str(erp_id)): "e-2"})
    road.apply()

    (line,) = Line.objects.filter(order=order)
    assert line.chosen[0].value == "500"
    assert line.quantity == 2
