"""Who owes how much and for how long: by buyer, by branch of a buyer, by salesman."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.shop import spreadsheet
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.invoices.money import BASE_CURRENCY, Debt, ages_of, debts_by, summary_of
from wiadukt.shop.organisations.models import Branch, Organisation
from wiadukt.shop.sellers import access

PAGE_SIZE = 50
GROUPS = {
    "buyer": (gettext_lazy("by buyer"), "invoice__organisation"),
    "branch": (gettext_lazy("by branch"), "branch_id"),
    "salesman": (gettext_lazy("by salesman"), "invoice__organisation__salesman_name"),
}


@dataclass(frozen=True)
class Line:
    """One row of the table; `organisation_id` where it is a buyer's."""

    name: str
    debt: Debt
    organisation_id: int | None = None


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """The most overdue first; `by` says of whom, `fmt=xlsx` gives the file."""
    by = request.GET.get("by", "buyer")
    by = by if by in GROUPS else "buyer"
    parts = access.parts_of(request.user)
    lines = _lines(parts.with_branch() if by == "branch" else parts, by)
    if request.GET.get("fmt") == "xlsx":
        return spreadsheet.as_xlsx({_("Receivables"): _rows(lines)}, "naleznosci.xlsx")
    debt = summary_of(parts)
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    groups = [(key, label) for key, (label, _field) in GROUPS.items()]
    context = {"page": page, "by": by, "groups": groups, "debt": debt, "ages": ages_of(debt)}
    return render(request, "panel/receivables.html", context | {"is_supervisor": access.sees_all(request.user)})


def _lines(parts: Any, by: str) -> list[Line]:
    found = debts_by(parts, (GROUPS[by][1],))
    sums = {key[0]: debt for key, debts in found.items() for debt in debts if debt.currency == BASE_CURRENCY}
    names = _names(by, sums)
    lines = [_line(names, key, debt) for key, debt in sums.items()]
    return sorted(lines, key=lambda line: (-line.debt.overdue, -line.debt.total, line.name))


def _line(names: dict[Any, tuple[str, int | None]], key: Any, debt: Debt) -> Line:
    name, organisation_id = names.get(key, (str(key or _("nobody")), None))
    return Line(name, debt, organisation_id)


def _names(by: str, keys: Any) -> dict[Any, tuple[str, int | None]]:
    if by == "buyer":
        return {pk: (name, pk) for pk, name in Organisation.objects.filter(pk__in=keys).values_list("pk", "name")}
    if by == "branch":
        rows = Branch.objects.filter(pk__in=keys).values_list("pk", "organisation__name", "name", "organisation_id")
        return {pk: (f"{company} · {name}", company_id) for pk, company, name, company_id in rows}
    return {}


def _rows(lines: list[Line]) -> list[spreadsheet.Row]:
    head = [_("Name"), _("not due yet"), "1-30", "31-60", "61-90", "91+", _("Overdue"), _("In all")]
    return [
        head,
        *([line.name, line.debt.not_due, *line.debt.ages, line.debt.overdue, line.debt.total] for line in lines),
    ]
