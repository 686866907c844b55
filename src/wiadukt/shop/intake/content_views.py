"""Content at scale: photos in bulk, sheets of descriptions and parameters, rules of categories."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from oscar.core.loading import get_model

from wiadukt.shop.accounts.staff import goods_only
from wiadukt.shop.intake import sheet as sheets
from wiadukt.shop.intake.board import Asked, found, numbers
from wiadukt.shop.intake.categories import proposals, same_path, set_rule, targets, waiting
from wiadukt.shop.intake.forms import PhotosForm, SheetForm
from wiadukt.shop.intake.models import CategoryRule, SheetUpload
from wiadukt.shop.intake.photos import Outcome, Unfit, add_photos, unpacked

SAME = "same"


@goods_only
def photos(request: HttpRequest) -> HttpResponse:
    """A drop of many photos or ZIPs, and a report of each file."""
    form = PhotosForm(request.POST or None, request.FILES or None)
    outcomes: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        for upload in form.cleaned_data["photos"]:
            try:
                outcomes += add_photos(unpacked(upload.name, upload), request.user)
            except Unfit as error:
                outcomes.append(Outcome(upload.name, problem=str(error)))
    outcomes.sort(key=lambda one: (not one.problem, one.name))
    bad = sum(bool(one.problem) for one in outcomes)
    context = {"form": form, "outcomes": outcomes, "bad": bad, "good": len(outcomes) - bad}
    return render(request, "intake/photos.html", context)


@goods_only
def export(request: HttpRequest) -> HttpResponse:
    """The goods that the board shows, or with `published` those that buyers see, as a sheet to fill in."""
    if "published" in request.GET:
        products = get_model("catalogue", "Product").objects.browsable().order_by("upc")
    else:
        products, _counts = found(Asked.of(request.GET), request.user)
    return sheets.exported(products[: sheets.MOST_ROWS])


@goods_only
def sheet(request: HttpRequest) -> HttpResponse:
    """A filled sheet is read and shown: what it would change, and what is wrong row by row."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["sheet"]
        content = upload.read()
        try:
            rows = sheets.read(content, request.user)
        except sheets.Unreadable as error:
            form.add_error("sheet", str(error))
        else:
            SheetUpload.objects.filter(user=request.user).delete()
            kept = SheetUpload.objects.create(user=request.user, name=upload.name[:255], content=content)
            return _preview(request, kept, rows)
    return render(request, "intake/sheet.html", {"form": form})


@goods_only
@require_POST
def import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Applies what the preview showed; when something changed meanwhile it is shown anew."""
    kept = get_object_or_404(SheetUpload, pk=pk, user=request.user)
    rows = sheets.read(kept.as_bytes(), request.user)
    if sheets.mark_of(rows) != request.POST.get("mark"):
        messages.warning(request, _("Something changed meanwhile: look at it again."))
        return _preview(request, kept, rows)
    done, held = sheets.imported(rows, request.user)
    kept.delete()
    messages.success(request, ngettext("%(n)s product changed.", "%(n)s products changed.", done) % {"n": done})
    if held:
        text = ngettext("%(n)s is somebody else's.", "%(n)s are somebody else's.", held)
        messages.warning(request, text % {"n": held})
    return redirect("intake:sheet")


def _preview(request: HttpRequest, kept: SheetUpload, rows: list[sheets.Row]) -> HttpResponse:
    wrong = [row for row in rows if row.problems]
    good = [row for row in rows if not row.problems]
    context = {"kept": kept, "wrong": wrong, "good": good, "mark": sheets.mark_of(rows), "form": SheetForm()}
    return render(request, "intake/sheet.html", context | {"is_preview": True})


@goods_only
def categories(request: HttpRequest) -> HttpResponse:
    """WAPRO's categories of goods that wait, each with its rule or what is proposed."""
    if request.method == "POST":
        return _ruled(request)
    counts = dict(waiting().order_by().values_list("erp_category").annotate(Count("pk")))
    counts.pop("", None)
    rules = {rule.erp_category: rule for rule in CategoryRule.objects.select_related("category")}
    proposed = proposals(counts)
    names = sorted(set(counts) | set(rules), key=str.casefold)
    rows = [(name, counts.get(name, 0), rules.get(name), proposed.get(name)) for name in names]
    return render(request, "intake/categories.html", {"rows": rows, "targets": list(targets()), "same": SAME})


def _ruled(request: HttpRequest) -> HttpResponse:
    name, said = request.POST.get("erp_category", "").replace("\0", "")[:255], request.POST.get("target", "")
    category = targets().filter(pk__in=numbers([said])).first()
    if said == SAME and name:
        category = same_path(name)
    if category is None or not name:
        messages.error(request, _("Target category: choose one of the list."))
    else:
        placed = set_rule(name, category, request.user.email)
        text = ngettext(
            "From now on %(erp)s goes to %(shop)s; %(n)s waiting product got it at once.",
            "From now on %(erp)s goes to %(shop)s; %(n)s waiting products got it at once.",
            placed,
        )
        messages.success(request, text % {"erp": name, "shop": category.full_name, "n": placed})
    return redirect("intake:categories")
