"""Files of the basket, and those of an order for whoever may see it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.ordering import attached
from wiadukt.shop.organisations.access import member_of, orders_of


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """One or several at once; each that can't be taken is told with the reason."""
    if member_of(request.user) is None:
        messages.error(request, _("Only a buyer can order: log in as one."))
        return redirect("basket:summary")
    uploads = request.FILES.getlist("file")
    if not uploads:
        messages.error(request, _("File: choose one first."))
    if request.basket.pk is None:
        request.basket.save()
    for upload in uploads:
        try:
            attached.add(request.basket, upload, request.user.email)
        except attached.Unfit as refusal:
            messages.error(request, str(refusal))
    return redirect("basket:summary")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    if request.basket.pk is None:
        raise Http404
    attached.remove(get_object_or_404(request.basket.files, pk=pk))
    return redirect("basket:summary")


def download(request: HttpRequest, pk: int, file_id: int) -> FileResponse:
    return answer_of(get_object_or_404(orders_of(request.user), pk=pk), file_id)


def answer_of(order: Any, file_id: int) -> FileResponse:
    """The file as a download: a browser never opens it as a page of the shop."""
    file = get_object_or_404(order.files, pk=file_id)
    try:
        content = file.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=file.name, content_type=file.media)
