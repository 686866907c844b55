"""Who owes how much and for how long: by buyer, by branch of a buyer, by salesman."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.shop import spreadsheet
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.invoices.money import AGE_NAMES, AGE_SPANS, Debt, ages_of, debts_by, debts_of, summary_of, together
from wiadukt.shop.organisations.models import Branch, Organisation
from wiadukt.shop.sellers import access

PAGE_SIZE = 50
# By what, and the field of a part and of what is owed by no invoice (which has no branch: it stands by its buyer).
GROUPS = {
    "buyer": (gettext_lazy("by buyer"), "invoice__organisation", "organisation"),
    "branch": (gettext_lazy("by branch"), "branch_id", "organisation"),
    "salesman": (gettext_lazy("by salesman"), "invoice__organisation__salesman_name", "organisation__salesman_name"),
}


class Filter(forms.Form):
    """Whose, and of what age at least."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=60)
    age = forms.TypedChoiceField(
        label=gettext_lazy("Days overdue"),
        required=False,
        coerce=int,
        empty_value=0,
        choices=[("", gettext_lazy("all")), *((first, f"{first}+") for first, _last in AGE_SPANS)],
    )

    def keeps(self, line: Line) -> bool:
        """A field that can't be read says so and narrows nothing."""
        said = self.cleaned_data
        oldest = said.get("age") or 0
        is_old = not oldest or any(_has_age(debt, oldest) for debt in line.debts)
        return is_old and (said.get("q") or "").casefold() in line.name.casefold()


def _has_age(debt: Debt, oldest: int) -> bool:
    return any(amount for (first, _last), amount in zip(AGE_SPANS, debt.ages, strict=True) if first >= oldest)


@dataclass(frozen=True)
class Line:
    """Who owes, with a row of the table for each currency; `organisation_id` where it is a buyer's."""

    name: str
    debt: Debt
    organisation_id: int | None = None

    @property
    def debts(self) -> list[Debt]:
        """By currency; the base currency's alone may be left out, where there are others."""
        known = [debt for debt in (self.debt, *self.debt.others) if debt.total or debt.credit]
        return known or [self.debt]


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """Who is late first, by how much in the base currency; `by` says of whom, `fmt=xlsx` gives the file."""
    by = request.GET.get("by", "buyer")
    by = by if by in GROUPS else "buyer"
    parts, others = access.parts_of(request.user), access.receivables_of(request.user)
    filters = Filter(request.GET)
    filters.is_valid()
    lines = [line for line in _lines(parts, others, by) if filters.keeps(line)]
    if request.GET.get("fmt") == "xlsx":
        return spreadsheet.as_xlsx({_("Receivables"): _rows(lines)}, "naleznosci.xlsx")
    debt = summary_of(parts, others=others)
    context = {
        "page": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page")),
        "filters": filters,
        "by": by,
        "groups": [(key, label) for key, (label, *_fields) in GROUPS.items()],
        "debt": debt,
        "ages": ages_of(debt),
        "age_names": AGE_NAMES,
        "ages_page": "panel:invoices",
        "base": "staff.html",
        "is_supervisor": access.sees_all(request.user),
    }
    return render(request, "panel/receivables.html", context)


def _lines(parts: Any, others: Any, by: str) -> list[Line]:
    """Those of the parts and of what is owed by no invoice together; by branch the latter has lines of its own."""
    _label, of_part, of_other = GROUPS[by]
    found = debts_by(parts.with_branch() if by == "branch" else parts, (of_part,))
    loose = debts_of(others, (of_other,))
    if by != "branch":
        for key, debts in loose.items():
            found[key] = found.get(key, []) + debts
        loose = {}
    lines = _named(by, found)
    for line in _named("buyer", loose):
        lines.append(replace(line, name=_("%(buyer)s · other receivables") % {"buyer": line.name}))
    return sorted(lines, key=lambda line: (not line.debt.late, -line.debt.overdue, -line.debt.total, line.name))


def _named(by: str, found: dict[Any, list[Debt]]) -> list[Line]:
    names = _names(by, {key[0] for key in found})
    return [_line(names, key[0], together(debts)) for key, debts in found.items()]


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
    """A row a currency."""
    head = [_("Name"), _("Currency"), _("not due yet"), *AGE_NAMES, _("Overdue"), _("In all")]
    rows = [(line.name, debt) for line in lines for debt in line.debts]
    return [
        head,
        *([name, debt.currency, debt.not_due, *debt.ages, debt.overdue, debt.total] for name, debt in rows),
    ]
