"""The buyer's questions: a list, one with all that was said, and asking."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.organisations.access import invoices_of, member_of, orders_of, questions_of
from wiadukt.shop.questions import talk
from wiadukt.shop.questions.forms import AskForm, PostForm

PAGE_SIZE = 25


def listed(request: HttpRequest) -> HttpResponse:
    found = questions_of(request.user).select_related("order", "invoice", "branch")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "questions/list.html", {"page": page})


def ask(request: HttpRequest) -> HttpResponse:
    """`order` or `invoice` in the address says what it is about; only what the person sees can be."""
    member = member_of(request.user)
    if member is None:
        messages.error(request, _("Only a buyer asks here: log in as one."))
        return redirect("home")
    about = _about(request)
    subject = str(about.order.display_number if about.order else about.invoice or "")
    branch = about.order.branch if about.order else None
    form = AskForm(member, request.POST or None, initial={"subject": subject, "branch": branch})
    if form.is_valid():
        asked = form.cleaned_data
        question = talk.ask(member, form.branch_asked(), asked["subject"], asked["text"], about)
        messages.success(request, _("Sent. The answer comes here and by e-mail."))
        return redirect("questions:detail", pk=question.pk)
    context = {"form": form, "about": about}
    return render(request, "questions/ask.html", context, status=422 if form.errors else 200)


def _about(request: HttpRequest) -> talk.About:
    order, invoice = request.GET.get("order", ""), request.GET.get("invoice", "")
    if order:
        return talk.About(order=_found(orders_of(request.user), order))
    if invoice:
        return talk.About(invoice=_found(invoices_of(request.user), invoice))
    return talk.About()


def _found(visible: QuerySet, pk: str) -> object:
    return get_object_or_404(visible, pk=pk if pk.isdecimal() and len(pk) < 19 else 0)


def question(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, and a form to say more."""
    found = get_object_or_404(questions_of(request.user), pk=pk)
    form = PostForm(request.POST or None)
    if form.is_valid():
        talk.add(found, request.user, form.cleaned_data["text"])
        return redirect("questions:detail", pk=pk)
    context = {
        "question": found,
        "posts": found.posts.select_related("user"),
        "form": form,
        "order": orders_of(request.user).filter(pk=found.order_id).first(),
        "invoice": invoices_of(request.user).filter(pk=found.invoice_id).first(),
        "close_page": "questions:close",
        "order_page": "orders:detail",
        "invoice_page": "invoices:detail",
    }
    return render(request, "questions/detail.html", context, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    talk.close(get_object_or_404(questions_of(request.user), pk=pk))
    return redirect("questions:detail", pk=pk)
