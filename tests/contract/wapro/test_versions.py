"""Another version of WAPRO works where it can, and stops with a clear text where it can't."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from factories.bases import SERVERS, PostgresBases, SqlServerBases, bases_of
from factories.wapro import placed

from wiadukt.contract.errors import Misconfigured
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.read.customers import read_customers
from wiadukt.wapro.write.orders import write_order


@pytest.fixture(scope="module", params=SERVERS)
def bases(request, postgres) -> Iterator[PostgresBases | SqlServerBases]:
    bases = bases_of(request.param, postgres, version="2019")
    yield bases
    bases.close()


def test_a_column_that_is_not_there_yet_reads_as_its_absence_means(office, engine, settings):
    buyer = office.contractor()

    with reading(engine) as conn:
        found = read_customers(conn, [str(buyer)], settings).objects[0]

    assert (found.is_anonymised, found.in_shop) == (False, True)


def test_a_change_of_the_card_is_captured_all_the_same(office):
    buyer = office.contractor()
    office.forget_queue()

    office.run('UPDATE dbo."KONTRAHENT" SET "NAZWA" = \'Inna\'')

    assert office.queue() == [("customer", str(buyer))]


def test_an_order_is_written_with_the_parameters_of_that_time(office, engine, settings):
    order = placed(office.contractor(), {"product_id": "FR-1"})
    office.article("FR-1")

    with writing(engine) as conn:
        receipt = write_order(conn, order, settings)

    assert receipt.erp_number == "ZO 0001/26"
    assert office.value('SELECT "ZAMOWIONO" FROM dbo."POZYCJA_ZAMOWIENIA"') == 2


@pytest.mark.parametrize(
    ("parameter", "said"), [(None, "is not in the base"), ("id", "lacks id_zamowienia wants also id")]
)
def test_a_procedure_that_we_do_not_know_stops_the_order_and_leaves_nothing(office, engine, settings, parameter, said):
    office.article("FR-1")
    order = placed(office.contractor(), {"product_id": "FR-1"})
    office.procedure("RM_SumujZamowienie", parameter)

    with pytest.raises(Misconfigured, match=f"RM_SumujZamowienie {said}"), writing(engine) as conn:
        write_order(conn, order, settings)

    assert office.count("ZAMOWIENIE") == 0
