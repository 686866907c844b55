"""Questions of the buyers whom this person looks after: answered and closed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.questions import talk
from wiadukt.shop.questions.forms import PostForm
from wiadukt.shop.questions.models import QuestionState
from wiadukt.shop.sellers import access

PAGE_SIZE = 25


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """Those that wait, first the longest; or another state by `state`, or all."""
    found = access.questions_of(request.user).select_related("organisation", "branch", "order", "invoice")
    state = request.GET.get("state", QuestionState.OPEN)
    buyer = request.GET.get("buyer", "")
    if buyer.isdecimal() and len(buyer) < 19:
        found = found.filter(organisation=buyer)
    if state in QuestionState.values:
        found = found.filter(state=state)
    found = found.order_by("changed_at", "id") if state == QuestionState.OPEN else found
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": QuestionState.choices}
    return render(request, "panel/questions.html", context)


@staff_only
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, and a form to answer."""
    found = get_object_or_404(access.questions_of(request.user).select_related("organisation", "branch"), pk=pk)
    form = PostForm(request.POST or None)
    if form.is_valid():
        talk.answer(found, request.user, form.cleaned_data["text"])
        return redirect("panel:question", pk=pk)
    context = {
        "base": "staff.html",
        "question": found,
        "posts": found.posts.select_related("user"),
        "form": form,
        "order": access.orders_of(request.user).filter(pk=found.order_id).first(),
        "invoice": access.invoices_of(request.user).filter(pk=found.invoice_id).first(),
        "close_page": "panel:close-question",
        "order_page": "panel:order",
        "invoice_page": "panel:invoice",
    }
    return render(request, "questions/detail.html", context, status=422 if form.errors else 200)


@staff_only
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    talk.close(get_object_or_404(access.questions_of(request.user), pk=pk))
    return redirect("panel:questions")
