"""An invoice of WAPRO -> the payer's invoice with lines and payments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wiadukt.contract.facts import corrected_by, payment_facts
from wiadukt.contract.invoice import Invoice as ErpInvoice
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.models import Invoice, InvoiceLine, InvoicePayment
from wiadukt.shop.invoices.shares import keep_shares
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.sync.apply.batch import Batch
from wiadukt.shop.sync.apply.orders import known_organisations

KIND = "invoice"
UNTOLD = ("customer_erp_id", "base_gross", "base_remaining")
"""What the payer does not read in the history: who else was meant to get the goods is not his to know, and what a
document is worth in the base currency follows what it is worth."""


def apply_invoices(invoices: list[ErpInvoice], missing: list[str], batch: Batch) -> None:
    """Makes and changes invoices; one that WAPRO deleted, or gave to a payer outside the shop, goes.

    The histories of payers say which invoices they lost and which they took over.
    """
    _remove(missing, batch)
    organisations = known_organisations({invoice.payer_id for invoice in invoices})
    for erp_invoice in sorted(invoices, key=lambda invoice: invoice.id):
        organisation = organisations.get(erp_invoice.payer_id)
        if organisation is None:
            batch.orphans[erp_invoice.id] = erp_invoice.payer_id
            continue
        _apply_one(erp_invoice, organisation, batch)
    _remove(batch.orphans, batch)


def _remove(erp_ids: Iterable[str], batch: Batch) -> None:
    for gone in Invoice.objects.filter(erp_id__in=list(erp_ids)).select_related("organisation"):
        record.save([_lost(gone, batch.about(gone.erp_id))])
        gone.delete()


def _lost(invoice: Invoice, about: dict[str, str]) -> Change:
    return record.change("organisation", invoice.organisation, "invoice", invoice.number, "", **about)


def _apply_one(erp_invoice: ErpInvoice, organisation: Organisation, batch: Batch) -> None:
    about = batch.about(erp_invoice.id)
    values = _values(erp_invoice, organisation)
    invoice = Invoice.objects.select_for_update().filter(erp_id=erp_invoice.id).first()
    if invoice is None:
        invoice = Invoice.objects.create(erp_id=erp_invoice.id, is_history=erp_invoice.id in batch.quiet, **values)
        changes = [record.change(KIND, invoice, record.CREATED, "", invoice.number, **about)]
    else:
        moved = []
        if invoice.organisation_id != organisation.pk:
            moved = [
                _lost(invoice, about),
                record.change("organisation", organisation, "invoice", "", erp_invoice.number, **about),
            ]
            invoice.organisation = organisation  # the invoice's own history names neither payer to the other
        changes = record.assign(KIND, invoice, values, **about)
        if changes or moved:
            invoice.save()
        changes = [change for change in changes if change.field not in UNTOLD]
        changes += moved
    changes += _follow_payments(invoice, erp_invoice, about)
    _follow_lines(invoice, erp_invoice)
    keep_shares(invoice, erp_invoice)
    record.save(changes)


def _values(erp_invoice: ErpInvoice, organisation: Organisation) -> dict[str, Any]:
    return {
        "number": erp_invoice.number,
        "kind": erp_invoice.kind.value,
        "corrects": ", ".join(sorted(corrected_by(erp_invoice))),
        "customer_erp_id": erp_invoice.customer_id,
        "organisation": organisation,
        "issued_on": erp_invoice.issued_on,
        "sold_on": erp_invoice.sold_on,
        "due_on": erp_invoice.due_on,
        "total_net": erp_invoice.total_net,
        "total_gross": erp_invoice.total_gross,
        "advance": erp_invoice.advance,
        "paid": erp_invoice.paid,
        "remaining": erp_invoice.remaining,
        "currency": erp_invoice.currency,
        "base_gross": erp_invoice.base_gross,
        "base_remaining": erp_invoice.base_remaining,
        "payment_form": erp_invoice.payment_form,
        "account": erp_invoice.account,
        "interest": erp_invoice.interest,
        "ksef_number": erp_invoice.ksef_number,
        "ksef_url": erp_invoice.ksef_url,
    }


def _follow_lines(invoice: Invoice, erp_invoice: ErpInvoice) -> None:
    wanted = [
        {
            "erp_id": line.id,
            "product_index": line.product_id,
            "name": line.name,
            "unit": line.unit,
            "quantity": line.quantity,
            "net": line.net,
            "gross": line.gross,
            "vat_code": line.vat_code,
            "erp_order_id": line.order_id or "",
            "erp_order_line_id": line.order_line_id or "",
        }
        for line in erp_invoice.lines
    ]
    if list(invoice.lines.values(*wanted[0])) != wanted if wanted else invoice.lines.exists():
        invoice.lines.all().delete()
        InvoiceLine.objects.bulk_create([InvoiceLine(invoice=invoice, **line) for line in wanted])


def _follow_payments(invoice: Invoice, erp_invoice: ErpInvoice, about: dict[str, str]) -> list[Any]:
    known = {payment.erp_id: payment for payment in invoice.payments.all()}
    changes = []
    for payment in erp_invoice.payments:
        row = known.pop(payment.id, None)
        if row is not None and payment_facts(row) == payment_facts(payment):
            continue
        old = "" if row is None else f"{row.paid_on} {row.amount}"
        row = row or InvoicePayment(invoice=invoice, erp_id=payment.id)
        for name in ("paid_on", "amount", "form", "document"):
            setattr(row, name, getattr(payment, name))
        row.kind = payment.kind.value
        row.save()
        changes.append(record.change(KIND, invoice, "payment", old, f"{payment.paid_on} {payment.amount:.2f}", **about))
    for row in known.values():
        changes.append(record.change(KIND, invoice, "payment", f"{row.paid_on} {row.amount}", "", **about))
        row.delete()
    return changes
