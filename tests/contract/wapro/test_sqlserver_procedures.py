"""The ways in which procedures of WAPRO refuse on SQL Server; none of them leaves half an order."""

from __future__ import annotations

import pytest
from factories.wapro import placed

from wiadukt.contract.errors import Refused
from wiadukt.wapro.engine import writing
from wiadukt.wapro.write.orders import write_order

SUM = "CREATE PROCEDURE dbo.RM_SumujZamowienie @id_zamowienia numeric(18, 0) AS"


@pytest.mark.parametrize("bases", ["sqlserver"], indirect=True)
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("BEGIN ROLLBACK TRANSACTION; RETURN 0; END", "RM_SumujZamowienie"),
        ("BEGIN RAISERROR('Magazyn jest zamknięty', 16, 1); RETURN 0; END", "Magazyn jest zamknięty"),
        ("BEGIN RETURN 7; END", "zwróciła kod 7"),
    ],
)
def test_a_procedure_that_refuses_leaves_nothing(office, engine, settings, body, said):
    office.article("FR-1")
    order = placed(office.contractor(), {"product_id": "FR-1"})
    office.run("DROP PROCEDURE dbo.RM_SumujZamowienie")
    office.run(f"{SUM} {body}")

    with pytest.raises(Refused, match=said), writing(engine) as conn:
        write_order(conn, order, settings)

    assert office.count("ZAMOWIENIE") == 0
    assert office.count("POZYCJA_ZAMOWIENIA") == 0


@pytest.mark.parametrize("bases", ["sqlserver"], indirect=True)
@pytest.mark.parametrize(
    "session",
    [
        "SET ROWCOUNT 1",
        "SET XACT_ABORT ON",
        "SET ANSI_WARNINGS OFF; SET ANSI_PADDING OFF; SET ARITHABORT OFF",
        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    ],
)
def test_capture_works_whatever_the_offices_session_says(office, session):
    office.article("FR-1")
    office.article("FR-2")
    office.forget_queue()

    office.run(f'{session}; UPDATE dbo."ARTYKUL" SET "STAN" = 3 WHERE "INDEKS_KATALOGOWY" = \'FR-2\'')

    assert office.queue() == [("product", "FR-2")]


@pytest.mark.parametrize("bases", ["sqlserver"], indirect=True)
def test_capture_leaves_the_offices_identity_and_answers_alone(office):
    answered = office.rows(
        "SET NOCOUNT ON; INSERT INTO dbo.MIEJSCE_DOSTAWY (ID_KONTRAHENTA, FIRMA, ODBIORCA, TYP_ADRESU)"
        " VALUES (1, 'Hala', '', 0);"
        " SELECT @@IDENTITY AS last_id, SCOPE_IDENTITY() AS own"
    )

    assert len(answered) == 1
    assert answered[0]["last_id"] == answered[0]["own"]
    assert office.queue() == [("customer", "1")]


@pytest.mark.parametrize("bases", ["sqlserver"], indirect=True)
def test_a_merge_announces_what_it_changed(office):
    card, other = office.article("FR-1"), office.article("FR-2")
    office.forget_queue()

    office.run(
        f"MERGE dbo.ARTYKUL AS t USING (VALUES ({card}, 5), ({other}, 100)) AS s (id, stan) ON s.id = t.ID_ARTYKULU"
        " WHEN MATCHED THEN UPDATE SET STAN = s.stan;"
    )

    assert office.queue() == [("product", "FR-1")]


@pytest.mark.parametrize("bases", ["sqlserver"], indirect=True)
def test_letters_that_a_polish_collation_takes_for_the_same_are_a_change(office):
    office.article("FR-1", NAZWA="front")
    office.forget_queue()

    office.run("UPDATE dbo.ARTYKUL SET NAZWA = 'Front'")

    assert office.queue() == [("product", "FR-1")]
