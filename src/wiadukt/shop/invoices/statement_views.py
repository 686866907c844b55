"""The statement of account of a company, for its managers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wiadukt.shop import spreadsheet
from wiadukt.shop.invoices import sheets
from wiadukt.shop.invoices.pdf import statement_pdf
from wiadukt.shop.invoices.statement import MOST_ENTRIES, Statement, TooLong, statements_of
from wiadukt.shop.organisations.access import managed_by
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.period import PeriodForm, this_year


def statement(request: HttpRequest, fmt: str = "") -> HttpResponse:
    """The page, or with `fmt` the file."""
    company = managed_by(request.user)
    if company is None:
        raise Http404
    return statement_of(request, company, fmt)


def statement_of(request: HttpRequest, company: Organisation, fmt: str, **frame: Any) -> HttpResponse:
    """The same for staff. What can't be made, a wrong period say, is the page with the reason and 422."""
    form = PeriodForm(this_year() | request.GET.dict())
    found: list[Statement] = []
    if form.is_valid():
        try:
            found = statements_of(company, form.cleaned_data["first"], form.cleaned_data["last"])
        except TooLong:
            text = _("To: the period has more than %(n)d entries. Choose a shorter one.")
            form.add_error("last", text % {"n": MOST_ENTRIES})
    if form.is_valid() and fmt:
        return _file(found, fmt)
    context = {"form": form, "statements": found, "company": company, **frame}
    return render(request, "invoices/statement.html", context, status=200 if form.is_valid() else 422)


def _file(found: list[Statement], fmt: str) -> HttpResponse:
    name = f"konto-{found[0].first}-{found[0].last}.{fmt}"
    if fmt == "pdf":
        return statement_pdf(found, name)
    if fmt == "xlsx":
        return spreadsheet.as_xlsx({one.currency: sheets.statement_rows(one) for one in found}, name)
    if fmt == "csv":
        return spreadsheet.as_csv([row for one in found for row in sheets.statement_rows(one)], name)
    raise Http404
