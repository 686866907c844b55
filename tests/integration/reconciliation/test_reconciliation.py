"""The daily comparison: it finds what every other road missed, says why, and has it repaired."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from wiadukt.contract.base import Kind
from wiadukt.contract.facts import BUCKETS, buckets
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.forks.order.models import Line, Order
from wiadukt.shop.forks.partner.models import StockRecord
from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.models import Invoice, InvoicePayment
from wiadukt.shop.organisations.models import DeliveryPlace, Organisation
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.models import Cause, Drift, InboxObject, InboxState, Problem, Reconciliation, RunState
from wiadukt.shop.sync.reconcile import compare, digests, run

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def compared(road, *, only_reports: bool = False) -> Reconciliation:
    reconciliation = run.start(only_reports=only_reports)
    run.work(reconciliation.pk, road.connector, settle_s=0)
    reconciliation.refresh_from_db()
    return reconciliation


def drift_of(reconciliation: Reconciliation) -> list[tuple[str, str, str, str]]:
    return list(reconciliation.drifts.values_list("kind", "problem", "field", "cause"))


def test_after_the_takeover_nothing_differs(road):
    found = compared(road)

    assert drift_of(found) == []
    assert found.state == RunState.FINISHED
    held = Organisation.objects.count() + Product.objects.count() + Invoice.objects.count()
    assert found.compared == held + Order.objects.count()


def test_both_sides_digest_products_alike_in_sql_and_in_python(road):
    ids = list(Product.objects.values_list("upc", flat=True))
    one_by_one = digests.digest_one_by_one(Kind.PRODUCT, ids)

    assert digests.digests(Kind.PRODUCT, 0, BUCKETS - 1) == one_by_one
    assert digests.bucket_digests(Kind.PRODUCT, 0, BUCKETS - 1) == buckets(one_by_one)


def test_what_packages_hold_is_compared_and_repaired(road):
    road.unseen('UPDATE dbo."ARTYKUL" SET "ID_JEDNOSTKI_SPRZ" = 5 WHERE "DOSTEPNY_W_SKLEPIE_INTER" = 1')

    assert "contents" in set(compared(road).drifts.values_list("field", flat=True))
    road.apply()

    assert drift_of(compared(road)) == []
    packed = Product.objects.filter(in_shop=True, contents_quantity=4, contents_unit="szt.")
    assert packed.exists()
    one_by_one = digests.digest_one_by_one(Kind.PRODUCT, list(packed.values_list("upc", flat=True)))
    in_sql = digests.digests(Kind.PRODUCT, 0, BUCKETS - 1)
    assert {upc: in_sql[upc] for upc in one_by_one} == one_by_one


def test_of_very_many_that_differ_all_are_repaired_and_the_first_explained(road, monkeypatch):
    monkeypatch.setattr(compare, "MOST_EXAMINED", 1)
    held = Product.objects.filter(in_shop=True).count()
    road.unseen("""UPDATE dbo."ARTYKUL" SET "NAZWA_CALA" = left("NAZWA_CALA", 90) || ' X'""")

    found = compared(road)

    assert found.drifted == held > 1
    assert sorted(found.drifts.values_list("field", flat=True)) == [""] * (held - 1) + ["name"]
    road.apply()
    assert drift_of(compared(road)) == []


# What the office does unseen, and the field that differs then.
UNSEEN = {
    "a buyer's name": (
        'UPDATE dbo."KONTRAHENT" SET "NAZWA" = "NAZWA" || %s WHERE "NAZWA" = %s', (" 2", "Stolmar"), "customer", "name",
    ),
    "a delivery place": (
        'UPDATE dbo."MIEJSCE_DOSTAWY" SET "MIEJSCOWOSC" = %s WHERE "ID_MIEJSCA_DOSTAWY" = (SELECT min('
        '"ID_MIEJSCA_DOSTAWY") FROM dbo."MIEJSCE_DOSTAWY" JOIN dbo."KONTRAHENT" USING ("ID_KONTRAHENTA") WHERE '
        '"NAZWA" LIKE %s)', ("Gniezno", "Stolmar%%"), "customer", "place",
    ),
    "a stock": (
        'UPDATE dbo."ARTYKUL" SET "STAN" = "STAN" + %s WHERE "INDEKS_KATALOGOWY" = (SELECT min("INDEKS_KATALOGOWY") '
        'FROM dbo."ARTYKUL" WHERE "DOSTEPNY_W_SKLEPIE_INTER" = 1 AND "STAN" > "ZAREZERWOWANO" AND "ID_MAGAZYNU" = 1)',
        (7,), "product", "available",
    ),
    "a price": (
        'UPDATE dbo."CENA_ARTYKULU" SET "CENA_NETTO" = %s WHERE "ID_CENY" = 2 AND "ID_ARTYKULU" = (SELECT min('
        '"ID_ARTYKULU") FROM dbo."ARTYKUL" WHERE "DOSTEPNY_W_SKLEPIE_INTER" = 1 AND "ID_MAGAZYNU" = 1)',
        ("1.2345",), "product", "price",
    ),
    "a status": (
        'UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = %s, "STAN_REALIZ" = %s WHERE "ID_ZAMOWIENIA" = (SELECT min('
        '"ID_ZAMOWIENIA") FROM dbo."ZAMOWIENIE" JOIN dbo."KONTRAHENT" k USING ("ID_KONTRAHENTA") WHERE '
        '"DOSTEPNY_W_B2B" = 1)', ("A", "N"), "order", "state",
    ),
    "a payment": (
        'UPDATE dbo."DOKUMENT_HANDLOWY" SET "POZOSTALO" = "POZOSTALO" + %s WHERE "ID_DOKUMENTU_HANDLOWEGO" = (SELECT '
        'min("ID_DOKUMENTU_HANDLOWEGO") FROM dbo."DOKUMENT_HANDLOWY" d JOIN dbo."KONTRAHENT" k ON k."ID_KONTRAHENTA" '
        '= d."ID_PLATNIKA" WHERE "DOSTEPNY_W_B2B" = 1 AND "ID_TYPU" = 1)', (1,), "invoice", "remaining",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", UNSEEN)
def test_a_change_that_wapro_never_announced_is_found_and_repaired(road, what):
    query, values, kind, field = UNSEEN[what]
    road.unseen(query, *values)

    found = compared(road)

    assert any(k == kind and f.startswith(field) for k, _problem, f, _cause in drift_of(found)), drift_of(found)
    assert {(problem, cause) for _k, problem, _f, cause in drift_of(found)} == {(Problem.DIFFERENT, Cause.NOT_CAPTURED)}
    road.apply()
    assert drift_of(compared(road)) == []
    assert Change.objects.filter(message_id=f"reconciliation-{found.pk}").exists()


BY_HAND = {
    "a product's name": (lambda: _update(Product, title="Zmienione"), "product", "name"),
    "a stock": (lambda: _update(StockRecord, available=99999, num_in_stock=99999), "product", "available"),
    "a buyer's address": (lambda: _update(Organisation, city="Nigdzie"), "customer", "address"),
    "a delivery place": (lambda: _update(DeliveryPlace, is_active=False), "customer", "place"),
    "an order's total": (lambda: _update(Order, total_incl_tax=1), "order", "total_gross"),
    "an invoice": (lambda: _update(Invoice, remaining=12345), "invoice", "remaining"),
    "a payment": (lambda: InvoicePayment.objects.first().delete(), "invoice", "payment"),
}  # fmt: skip


def _update(model, **values):
    model.objects.filter(pk=model.objects.order_by("pk").first().pk).update(**values)


@pytest.mark.parametrize("what", BY_HAND)
def test_what_was_changed_by_hand_in_the_shop_is_found_and_repaired(road, what):
    act, kind, field = BY_HAND[what]
    act()

    found = compared(road)

    assert {(k, cause) for k, _problem, _f, cause in drift_of(found)} == {(kind, Cause.CHANGED_BY_HAND)}
    assert any(f.startswith(field) for _k, _problem, f, _cause in drift_of(found))
    road.apply()
    assert drift_of(compared(road)) == []


def test_what_is_missing_in_the_shop_comes_back(road):
    invoice = Invoice.objects.first()
    invoice.delete()

    found = compared(road)

    assert drift_of(found) == [("invoice", Problem.MISSING, "", Cause.CHANGED_BY_HAND)]
    road.apply()
    assert Invoice.objects.filter(erp_id=invoice.erp_id).exists()


def test_what_wapro_deleted_unseen_is_superfluous_and_goes(road):
    order = Order.objects.exclude(erp_id=None).first()
    road.unseen('DELETE FROM dbo."POZYCJA_ZAMOWIENIA" WHERE "ID_ZAMOWIENIA" = %s', order.erp_id)
    road.unseen('DELETE FROM dbo."ZAMOWIENIE" WHERE "ID_ZAMOWIENIA" = %s', order.erp_id)

    found = compared(road)

    assert ("order", Problem.SUPERFLUOUS, "", Cause.NOT_CAPTURED) in drift_of(found)
    road.apply()
    order.refresh_from_db()
    assert order.is_gone


def test_goods_with_a_new_name_are_no_difference_in_the_documents_of_the_past(road):
    index = Line.objects.exclude(erp_line_id="").values_list("upc", flat=True).first()
    road.unseen('UPDATE dbo."ARTYKUL" SET "NAZWA_CALA" = %s WHERE "INDEKS_KATALOGOWY" = %s', "Nowa nazwa", index)
    inbox.ask({(Kind.PRODUCT, index): "e-1"})
    road.apply()
    assert Product.objects.get(upc=index).title == "Nowa nazwa"

    assert compared(road).drifted == 0


def test_a_dry_run_reports_and_repairs_nothing(road):
    _update(Organisation, city="Nigdzie")

    found = compared(road, only_reports=True)

    assert found.drifted == 1
    assert not Drift.objects.filter(repair_asked=True).exists()
    assert not InboxObject.objects.filter(state=InboxState.WAITING).exists()


def test_a_change_on_its_way_is_no_drift(road):
    row = InboxObject.objects.filter(kind=Kind.CUSTOMER).first()
    Organisation.objects.filter(erp_id=row.object_id).update(city="Nigdzie")
    InboxObject.objects.filter(pk=row.pk).update(state=InboxState.WAITING, attempts=0)

    found = compared(road)

    assert (found.drifted, found.on_the_way) == (0, 1)


def test_a_change_that_arrives_while_its_object_is_compared_is_no_drift(road, monkeypatch):
    """WAPRO's side is read with the change, the shop's without it, and before the traces are read it is applied."""
    row = InboxObject.objects.filter(kind=Kind.CUSTOMER).first()
    road.unseen('UPDATE dbo."KONTRAHENT" SET "MIEJSCOWOSC" = %s WHERE "ID_KONTRAHENTA" = %s', "Gniezno", row.object_id)
    held = compare.facts_of_held

    def then_it_arrives(kind, ids):
        before = held(kind, ids)
        inbox.ask({(Kind.CUSTOMER, row.object_id): "e-1"})
        road.apply()
        return before

    monkeypatch.setattr(compare, "facts_of_held", then_it_arrives)

    found = compared(road)

    assert Organisation.objects.get(erp_id=row.object_id).city == "Gniezno"
    assert (found.drifted, found.on_the_way) == (0, 1)


def test_a_refused_object_says_who_refused_it(road):
    row = InboxObject.objects.filter(kind=Kind.CUSTOMER).first()
    Organisation.objects.filter(erp_id=row.object_id).update(city="Nigdzie")
    InboxObject.objects.filter(pk=row.pk).update(state=InboxState.REJECTED, last_error="za długi kod")

    found = compared(road)

    assert found.drifts.first().cause == Cause.REFUSED_BY_SHOP
    assert found.drifts.first().detail == "za długi kod"


def test_a_run_that_was_cut_short_goes_on_where_it_was(road):
    reconciliation = run.start()
    Reconciliation.objects.filter(pk=reconciliation.pk).update(
        kind=Kind.ORDER, next_bucket=240, claimed_until=timezone.now() - timedelta(seconds=1)
    )

    assert run.unfinished() == [reconciliation.pk]
    run.work(reconciliation.pk, road.connector, settle_s=0)

    reconciliation.refresh_from_db()
    assert reconciliation.state == RunState.FINISHED
    assert 0 < reconciliation.compared < Order.objects.count() + Invoice.objects.count()


def test_a_worker_that_was_taken_for_dead_adds_nothing_to_a_run_that_went_on_without_it(road):
    reconciliation = run.start()
    _update(Organisation, city="Nigdzie")
    slow = run._claim(reconciliation.pk)
    late = run.compare(road.connector, Kind.CUSTOMER, 0, run.SPAN[Kind.CUSTOMER] - 1, settle_s=0)
    run.work(reconciliation.pk, road.connector, settle_s=0)
    reconciliation.refresh_from_db()
    before = (reconciliation.state, reconciliation.compared, reconciliation.drifts.count())

    run._step_done(slow, Kind.CUSTOMER, run.SPAN[Kind.CUSTOMER] - 1, late)

    reconciliation.refresh_from_db()
    assert before == (RunState.FINISHED, reconciliation.compared, reconciliation.drifts.count())
    assert reconciliation.state == RunState.FINISHED


def test_a_paused_run_does_nothing(road):
    reconciliation = run.start()
    Reconciliation.objects.filter(pk=reconciliation.pk).update(state=RunState.PAUSED)

    run.work(reconciliation.pk, road.connector, settle_s=0)

    reconciliation.refresh_from_db()
    assert (reconciliation.state, reconciliation.next_bucket) == (RunState.PAUSED, 0)


def at(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def test_the_day_has_one_comparison_at_its_hour():
    run.start()
    assert run.plan(at("2026-11-24 14:00")) is None, "the first one waits for its hour"
    assert run.plan(at("2026-11-25 03:00:04")) is not None
    assert run.plan(at("2026-11-25 03:00:09")) is None
    assert run.plan(at("2026-11-26 02:59")) is None
    assert run.plan(at("2026-11-26 09:00")) is not None, "a worker that was off makes up for it"


def test_when_very_many_differ_all_are_repaired_and_some_are_explained(road, monkeypatch):
    monkeypatch.setattr(compare, "MOST_EXAMINED", 3)
    monkeypatch.setattr(compare, "FEW", 2)
    road.unseen('UPDATE dbo."ARTYKUL" SET "NAZWA_CALA" = "NAZWA_CALA" || %s', " nowy")
    goods = Product.objects.filter(in_shop=True).count()

    found = compared(road)

    of_goods = found.drifts.filter(kind=Kind.PRODUCT)
    assert of_goods.values("object_id").distinct().count() == goods
    assert of_goods.filter(field="name").count() == 3
    assert of_goods.filter(field="", problem=Problem.DIFFERENT).count() == goods - 3
    road.apply()
    assert Product.objects.filter(title__endswith=" nowy").count() == goods
    assert compared(road).drifted == 0
