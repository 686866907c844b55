"""Orders that WAPRO refuses: something changed there between the buyer's click and the order's arrival."""

from __future__ import annotations

from wiadukt.demo.troubles.stage import Stage, Trouble

FORM = "BLIK"
LONG_NAME = (
    "Anna Maria Krystyna Wiktoria Zofia Antonina z Mokronosowskich herbu Bogoria Szembekowa-Dunin-Borkowska z Pniew"
)
_TO_WAREHOUSE = 'UPDATE dbo."ARTYKUL" SET "ID_MAGAZYNU" = %s WHERE "INDEKS_KATALOGOWY" = %s AND "ID_MAGAZYNU" = %s'
_MOVABLE = """
SELECT "INDEKS_KATALOGOWY" FROM dbo."ARTYKUL" WHERE "DOSTEPNY_W_SKLEPIE_INTER" = 1
GROUP BY 1 HAVING count(*) = 1 AND min("ID_MAGAZYNU") = 1 ORDER BY 1
"""


def _drop_payment_form(stage: Stage) -> None:
    """A buyer chose a form of payment that the office took out of WAPRO's dictionary meanwhile."""
    shop = _shop(stage)
    stage.erp(
        'INSERT INTO dbo."FORMA_PLATNOSCI" ("NAZWA", "DNI_NALEZNOSCI", "KOD", "ID_FIRMY") '
        f"SELECT '{FORM}', 0, 'B', 1 WHERE NOT EXISTS (SELECT FROM dbo.\"FORMA_PLATNOSCI\" WHERE \"NAZWA\" = '{FORM}')"
    )
    with shop.road_to_wapro_closed():
        shop.order(payment=shop.offer_payment_form(FORM))
        stage.erp('DELETE FROM dbo."FORMA_PLATNOSCI" WHERE "NAZWA" = %s', FORM)


def _map_payment_form(stage: Stage) -> None:
    _shop(stage).map_payment_form(FORM, "przelew")


def _block_contractor(stage: Stage) -> None:
    shop = _shop(stage)
    with shop.road_to_wapro_closed():
        shop.order()
        _set_blocked(stage, shop.buyer_in_erp(), 1)


def _let_contractor_order(stage: Stage) -> None:
    shop = _shop(stage)
    _set_blocked(stage, shop.buyer_in_erp(), 0)
    shop.send_rejected_again()


def _set_blocked(stage: Stage, contractor: int, word: int) -> None:
    stage.erp('UPDATE dbo."KONTRAHENT" SET "ZABLOKOWANY" = %s WHERE "ID_KONTRAHENTA" = %s', word, contractor)


def _move_article(stage: Stage) -> None:
    """The office moved the article's card: it is sold from another warehouse than orders are made in."""
    shop = _shop(stage)
    movable = [index for (index,) in stage.erp(_MOVABLE)]
    with shop.road_to_wapro_closed():
        index = shop.order(only=movable)
        stage.erp(_TO_WAREHOUSE, 2, index, 1)


def _move_article_back(stage: Stage) -> None:
    shop = _shop(stage)
    for index in shop.rejected_objects():
        stage.erp(_TO_WAREHOUSE, 1, index, 2)
    shop.send_rejected_again()


def _order_under_long_name(stage: Stage) -> None:
    _shop(stage).order(under_name=LONG_NAME)


def _shorten_name(stage: Stage) -> None:
    _shop(stage).edit_rejected(ordered_by=LONG_NAME[:60])


def _shop(stage: Stage):
    stage.open_shop()
    from wiadukt.demo.troubles import in_shop

    return in_shop


TROUBLES = {
    "unmapped_payment_form": Trouble(
        "an order names a form of payment that WAPRO does not have", _drop_payment_form, _map_payment_form
    ),
    "blocked_contractor": Trouble("the buyer was blocked in WAPRO", _block_contractor, _let_contractor_order),
    "article_of_another_warehouse": Trouble(
        "the article has no card in the warehouse of orders", _move_article, _move_article_back
    ),
    "too_long_name": Trouble("the orderer's name is longer than WAPRO's column", _order_under_long_name, _shorten_name),
}
