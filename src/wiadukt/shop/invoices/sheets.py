"""Rows of lists and statements for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from wiadukt.shop.invoices.statement import Statement
from wiadukt.shop.spreadsheet import Row


def list_rows(invoices: Iterable[Any]) -> list[Row]:
    """With the reader's part of each (`own_gross`, `own_remaining`); a head first."""
    head = [_("Number"), _("Kind"), _("Issued"), _("Due"), _("Gross"), _("Paid"), _("To be paid"), _("Currency")]
    head += [_("Your part, gross"), _("Your part, to be paid"), _("Days overdue"), _("Number in KSeF")]
    return [
        head,
        *(
            [
                *(one.number, str(one.get_kind_display()), one.issued_on, one.due_on, one.total_gross, one.paid),
                *(one.remaining, one.currency, one.own_gross, one.own_remaining, one.days_overdue, one.ksef_number),
            ]
            for one in invoices
        ),
    ]


def statement_rows(statement: Statement) -> list[Row]:
    head = [_("Day"), _("Document"), _("What"), _("Invoiced"), _("Paid"), _("Balance")]
    rows: list[Row] = [head, [statement.first, "", _("Balance before"), None, None, statement.opening]]
    rows += [
        [entry.day, entry.document, str(entry.what), entry.debit, entry.credit, entry.balance]
        for entry in statement.entries
    ]
    rows.append([statement.last, "", _("In all"), statement.debits, statement.credits, statement.closing])
    return rows
