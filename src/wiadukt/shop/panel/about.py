"""The seller's card and the pages about the shop, by its administrators."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.about import keeping
from wiadukt.shop.about.forms import CardForm, PageForm, VersionForm
from wiadukt.shop.about.models import Page, Version
from wiadukt.shop.accounts.staff import administrators_only

LAST_CHANGES = 20


@administrators_only
def about(request: HttpRequest) -> HttpResponse:
    """The card, which is kept by it, and the pages."""
    form = CardForm(request.POST or None, request.FILES or None, instance=keeping.card())
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in CardForm.Meta.fields}
        files = {"logo": form.cleaned_data["new_logo"], "without_logo": form.cleaned_data["without_logo"]}
        keeping.keep_card(values, request.user.email, **files)
        notes.success(request, _("Kept."))
        return redirect("panel:about")
    in_force = {one.page_id: one for one in Version.objects.in_force()}
    pages = [
        (page, in_force.get(page.pk), [one for one in page.versions.all() if not one.has_begun])
        for page in Page.objects.prefetch_related("versions")
    ]
    context = {"form": form, "pages": pages, "changes": keeping.changes()[:LAST_CHANGES]}
    return render(request, "panel/about.html", context, status=422 if form.errors else 200)


@administrators_only
def page(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new page with its first version, or one that is there and a new version of it."""
    kept = get_object_or_404(Page, pk=pk) if pk else Page()
    only_page = request.POST.get("keep") == "page"
    form = PageForm(request.POST or None, instance=kept)
    text = VersionForm(None if only_page else request.POST or None, page=kept)
    if request.method == "POST" and form.is_valid() and (only_page or text.is_valid()):
        values = {name: form.cleaned_data[name] for name in PageForm.Meta.fields}
        # Its form has written into `kept` already, and the record of changes asks what stood before.
        fresh = get_object_or_404(Page, pk=pk) if pk else Page()
        keeping.keep_page(fresh, values, request.user.email)
        if not only_page:
            keeping.write(fresh, author=request.user, **text.cleaned_data)
        notes.success(request, _("Kept."))
        return redirect("panel:about-page", pk=fresh.pk)
    context = {
        "page": kept,
        "form": form,
        "text": text,
        "versions": kept.versions.select_related("author") if kept.pk else [],
        "current": Version.objects.filter(page=kept).in_force().first() if kept.pk else None,
    }
    return render(request, "panel/about_page.html", context, status=422 if form.errors or text.errors else 200)


@administrators_only
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A version that is not in force yet."""
    version = get_object_or_404(Version, pk=pk)
    if keeping.withdraw(version, request.user.email):
        notes.success(request, _("The version is withdrawn."))
    else:
        notes.error(request, _("It is in force already, and buyers may have agreed to it: write a new version."))
    return redirect("panel:about-page", pk=version.page_id)
