"""The page of a buyer's purchases, and the same as files."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.shop import spreadsheet
from wiadukt.shop.organisations.access import branches_of, member_of, orders_of
from wiadukt.shop.organisations.models import Branch
from wiadukt.shop.period import PeriodForm, this_year
from wiadukt.shop.reports.purchases import GROUPS, Report, reports_of

SHOWN = 100
"""Rows on the page; the files have all."""


class Narrowed(PeriodForm):
    """Also by branch; of an empty field its usual value counts."""

    branch = forms.ModelChoiceField(label=gettext_lazy("Branch"), required=False, queryset=Branch.objects.none())

    def __init__(self, asked: QueryDict, branches: QuerySet[Branch]) -> None:
        super().__init__(this_year() | {name: value for name, value in asked.dict().items() if value})
        self.fields["branch"].queryset = branches
        self.fields["branch"].empty_label = gettext_lazy("all")


def purchases(request: HttpRequest, fmt: str = "") -> HttpResponse:
    """The page, or with `fmt` the file: what the reader's branches bought. A wrong period is the page with 422."""
    member = member_of(request.user)
    if member is None:
        raise Http404
    form = Narrowed(request.GET, branches_of(member))
    group = request.GET.get("by", "month")
    group = group if group in GROUPS else "month"
    found: list[Report] = []
    if form.is_valid():
        said, orders = form.cleaned_data, orders_of(request.user)
        if said["branch"]:
            orders = orders.filter(branch=said["branch"])
        found = reports_of(orders, said["first"], said["last"], group)
        if fmt:
            return _file(found, group, f"zakupy-{said['first']}-{said['last']}", fmt)
    context = {"form": form, "group": group, "groups": GROUPS, "reports": found, "shown": SHOWN}
    return render(request, "reports/purchases.html", context, status=200 if form.is_valid() else 422)


def _file(found: list[Report], group: str, name: str, fmt: str) -> HttpResponse:
    sheets = {report.currency: _rows(report, group) for report in found} or {"PLN": [_head(group)]}
    if fmt == "xlsx":
        return spreadsheet.as_xlsx(sheets, f"{name}.xlsx")
    if fmt == "csv":
        return spreadsheet.as_csv([row for rows in sheets.values() for row in rows], f"{name}.csv")
    raise Http404


def _head(group: str) -> spreadsheet.Row:
    goods = [_("Index"), _("Quantity"), _("Unit")] if group == "product" else []
    return [str(GROUPS[group]).capitalize(), *goods, _("Orders"), _("Net"), _("Gross"), _("Currency")]


def _rows(report: Report, group: str) -> list[spreadsheet.Row]:
    rows = [_head(group)]
    for row in report.rows:
        goods = [row.code, row.quantity, row.unit] if group == "product" else []
        rows.append([row.name, *goods, row.orders, row.net, row.gross, report.currency])
    goods = [None] * 3 if group == "product" else []
    rows.append([_("In all"), *goods, report.orders, report.net, report.gross, report.currency])
    return rows
