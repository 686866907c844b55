"""What the office's pages of one invoice and of one payer's account show."""

from __future__ import annotations

from typing import Any

from wiadukt.demo.office.base import Connection, row, rows
from wiadukt.demo.office.corrections import lines_of
from wiadukt.demo.office.documents import contractor
from wiadukt.demo.office.payments import FORMS

DOCUMENTS = """SELECT d.*, DATE '1800-12-28' + d."TERMIN_PLAT" AS termin, t."NAZWA" AS rodzaj
    FROM dbo."DOKUMENT_HANDLOWY" d JOIN dbo."TYP_DOKUMENTU_HANDLOWEGO" t USING ("ID_TYPU") WHERE """
FOREIGN = """coalesce(nullif(trim(d."SYM_WAL"), ''), 'PLN') <> 'PLN'"""
LEFT = f"""(CASE WHEN {FOREIGN} THEN d."POZOSTALO_WAL" ELSE d."POZOSTALO" END)"""


def invoice_card(connection: Connection, invoice_id: int) -> dict[str, Any]:
    invoice = row(connection, DOCUMENTS + '"ID_DOKUMENTU_HANDLOWEGO" = %s', invoice_id)
    payer = int(invoice["ID_PLATNIKA"])
    return {
        "invoice": invoice,
        "lines": lines_of(connection, [invoice_id]),
        "payments": rows(
            connection,
            """SELECT r.*, DATE '1800-12-28' + r."DATA_ROZLICZENIA" AS dzien, o."NR_DOK" AS numer,
                o."FORMA_PLATNOSCI" AS forma, o."TYP_DOK" AS czym
            FROM dbo."ROZLICZENIE" r JOIN dbo."ROZRACHUNEK" s USING ("ID_ROZRACHUNKU")
            LEFT JOIN dbo."ROZRACHUNEK" o ON o."ID_ROZRACHUNKU" = r."ID_ROZRACHUNKU_ZWIAZEK"
            WHERE s."TYP_DOK" = 'h' AND s."ID_NAG_DOK_M" = %s ORDER BY r."ID_ROZLICZENIA" """,
            invoice_id,
        ),
        "money": loose_money(connection, payer),
        "credits": rows(connection, DOCUMENTS + f'd."ID_PLATNIKA" = %s AND {LEFT} < 0 ORDER BY 1', payer),
        "forms": FORMS,
    }


def account_card(connection: Connection, payer_id: int) -> dict[str, Any]:
    """Everything that one contractor pays: documents, the open ones first, and money that settles nothing."""
    newest = f'd."ID_PLATNIKA" = %s ORDER BY {LEFT} = 0, "ID_DOKUMENTU_HANDLOWEGO" DESC LIMIT 100'
    return {
        "customer": contractor(connection, payer_id),
        "documents": rows(connection, DOCUMENTS + newest, payer_id),
        "money": loose_money(connection, payer_id),
        "owed": rows(connection, OWED, payer_id),
        "forms": FORMS,
    }


OWED = """SELECT r.*, DATE '1800-12-28' + r."TERMIN_PLATNOSCI" AS termin FROM dbo."ROZRACHUNEK" r
    WHERE r."ID_KONTRAHENTA" = %s AND r."TYP_DOK" <> 'h' AND r."STRONA" = 'WN' AND r."POZOSTALO" <> 0 ORDER BY 1"""


def loose_money(connection: Connection, payer_id: int) -> list[dict[str, Any]]:
    return rows(
        connection,
        """SELECT r.*, DATE '1800-12-28' + r."DATA_DOK" AS dzien FROM dbo."ROZRACHUNEK" r
        WHERE r."ID_KONTRAHENTA" = %s AND r."TYP_DOK" <> 'h' AND r."STRONA" = 'MA' AND r."POZOSTALO" <> 0 ORDER BY 1""",
        payer_id,
    )


def payers(connection: Connection, buyer_id: int) -> list[dict[str, Any]]:
    """Who may pay for a buyer: himself, and whoever else the shop knows."""
    query = """SELECT "ID_KONTRAHENTA" AS id, "NAZWA" AS nazwa FROM dbo."KONTRAHENT"
        WHERE "DOSTEPNY_W_B2B" = 1 AND "ID_KONTRAHENTA" <> %s ORDER BY 2 LIMIT 200"""
    return rows(connection, query, buyer_id)
