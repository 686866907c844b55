"""What everybody may read of the shop, strangers too."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control

from wiadukt.shop.about.keeping import ONLY
from wiadukt.shop.about.models import Card, Version

A_YEAR_S = 365 * 24 * 3600


@login_not_required
def page(request: HttpRequest, slug: str, version_id: int | None = None) -> HttpResponse:
    """A page as it holds today, or one of its other versions: what was agreed to stays readable."""
    of_page = Version.objects.filter(page__slug=slug).select_related("page")
    current = Version.objects.filter(page__slug=slug).in_force().first()
    shown = current if version_id is None else get_object_or_404(of_page, pk=version_id)
    if shown is None:
        raise Http404
    context = {"shown": shown, "current": current, "versions": of_page}
    return render(request, "about/page.html", context)


@login_not_required
def logo(request: HttpRequest, mark: str) -> HttpResponse:
    """By the mark of its content: another logo has another address."""
    card = get_object_or_404(Card, pk=ONLY, logo_mark=mark)
    if not card.logo:
        raise Http404
    response = HttpResponse(bytes(card.logo), content_type="image/png")
    patch_cache_control(response, public=True, immutable=True, max_age=A_YEAR_S)
    return response
