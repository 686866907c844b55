"""The ways in which procedures of WAPRO refuse on SQL Server; none of them leaves half an order."""

from __future__ import annotations

import pytest
from factories.wapro import placed

from wiadukt.contract.errors import Refused, Unreachable
from wiadukt.wapro.engine import hold, writing
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
def test_a_transaction_that_was_lost_on_the_way_is_never_half_written(office, engine):
    buyer = office.contractor()

    with pytest.raises(Unreachable, match="took the transaction back"):
        lose_the_transaction_and_write(engine, buyer)

    assert "Leśna 8" not in [row["ULICA_LOKAL"] for row in office.rows('SELECT * FROM dbo."KONTRAHENT"')]


def lose_the_transaction_and_write(engine, buyer):
    with writing(engine) as conn:
        hold(conn, "address 1")
        conn.exec_driver_sql("ROLLBACK TRANSACTION; BEGIN TRANSACTION")
        conn.exec_driver_sql(f"UPDATE dbo.[KONTRAHENT] SET [ULICA_LOKAL] = 'Leśna 8' WHERE [ID_KONTRAHENTA] = {buyer}")
