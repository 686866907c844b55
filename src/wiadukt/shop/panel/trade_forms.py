"""Forms of payment and of delivery: for which of WAPRO's each stands, also mapped from a refusal itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.staff import administrators_only
from wiadukt.shop.forks.order.models import STATE_CHOICES
from wiadukt.shop.ordering import trade_forms
from wiadukt.shop.ordering.models import ErpForm, FormKind, FormRule, TradeForm, Unmapped
from wiadukt.shop.panel import runs
from wiadukt.shop.panel.models import PanelAction, PanelDeed
from wiadukt.shop.panel.statuses import listed_statuses
from wiadukt.shop.sync.mass import steps
from wiadukt.shop.sync.models import MassDeed

KIND_OF_REFUSAL = {"payment_form_unknown": FormKind.PAYMENT, "delivery_form_unknown": FormKind.DELIVERY}


class _OfWapro(forms.ModelForm):
    """A form with a choice among WAPRO's forms of one kind; `none` is said of an empty choice."""

    erp_field: str
    none = gettext_lazy("none yet")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(ErpForm.objects.filter(kind=self.instance.kind).values_list("code", "name"))
        held = getattr(self.instance, self.erp_field)
        if held and held not in dict(known):
            known.append((held, _("%(name)s (not in WAPRO any more)") % {"name": held}))
        label = self.fields[self.erp_field].label
        self.fields[self.erp_field] = forms.ChoiceField(label=label, choices=[("", self.none), *known], required=False)


class TradeFormForm(_OfWapro):
    """One form of the shop."""

    erp_field = "erp_code"

    class Meta:
        model = TradeForm
        fields = ("name", "name_en", "erp_code", "position", "is_offered")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        same = TradeForm.objects.filter(kind=self.instance.kind, name=name).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError(_("There is a form of this name already: choose another name."))
        return name


class RuleForm(_OfWapro):
    """What becomes of forms that stand for none of WAPRO's."""

    erp_field = "default_code"

    class Meta:
        model = FormRule
        fields = ("unmapped", "default_code")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("unmapped") == Unmapped.DEFAULT and not data.get("default_code"):
            self.add_error("default_code", _("Choose which one is the default."))
        return data


@administrators_only
def listed(request: HttpRequest) -> HttpResponse:
    return _page(request)


@administrators_only
@require_POST
def add(request: HttpRequest, kind: str) -> HttpResponse:
    form = TradeFormForm(request.POST, instance=TradeForm(kind=_kind(kind)), prefix=f"{kind}-new")
    return _saved(request, form)


@administrators_only
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    form = TradeFormForm(request.POST, instance=get_object_or_404(TradeForm, pk=pk), prefix=str(pk))
    return _saved(request, form)


@administrators_only
@require_POST
def rule(request: HttpRequest, kind: str) -> HttpResponse:
    held = FormRule.objects.filter(pk=_kind(kind)).first() or FormRule(kind=_kind(kind))
    return _saved(request, RuleForm(request.POST, instance=held, prefix=f"{kind}-rule"))


@administrators_only
@require_POST
@transaction.atomic
def map_refused(request: HttpRequest) -> HttpResponse:
    """From the refusal itself: what WAPRO does not know stands for this form of WAPRO's from now on, and just the
    messages that were refused for it run again."""
    code, about, to = (request.POST.get(name, "").replace("\0", "") for name in ("code", "about", "to"))
    kind = KIND_OF_REFUSAL.get(code)
    if kind is None or not about or not ErpForm.objects.filter(kind=kind, code=to).exists():
        messages.error(request, _("Choose one of WAPRO's forms."))
        return redirect("panel:causes")
    trade_forms.map_code(kind, about, to)
    _note(request, f"{kind.label}: {about} → {to}")
    asked = {"code": code, "about": about, "to": to}
    return runs.begin(request, MassDeed.MAP_FORM, asked, steps.to_map(asked, request.user).count())


def _kind(word: str) -> FormKind:
    try:
        return FormKind(word)
    except ValueError as error:
        raise Http404 from error


def _saved(request: HttpRequest, form: forms.ModelForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, refused=form)
    with transaction.atomic():
        held = form.save()
        changed = ", ".join(
            f"{form.fields[name].label}: {form.cleaned_data[name] or '–'}" for name in form.changed_data
        )
        _note(request, f"{held.get_kind_display()} {getattr(held, 'name', '')}: {changed}")
    messages.success(request, _("Saved."))
    return redirect("panel:forms")


def _note(request: HttpRequest, what: str) -> None:
    PanelDeed.objects.create(author=request.user.email, action=PanelAction.MAPPED, outcome=what)


def _page(request: HttpRequest, refused: forms.ModelForm | None = None) -> HttpResponse:
    """Both kinds; a form that was refused stands in its place with what is wrong, and the page is 422."""

    def shown(form: forms.ModelForm) -> forms.ModelForm:
        return refused if refused is not None and refused.prefix == form.prefix else form

    kinds = []
    for kind in FormKind:
        held = FormRule.objects.filter(pk=kind).first() or FormRule(kind=kind)
        rows = [
            (one, shown(TradeFormForm(instance=one.form, prefix=str(one.form.pk))))
            for one in trade_forms.standings(kind)
        ]
        new = shown(TradeFormForm(instance=TradeForm(kind=kind), prefix=f"{kind}-new"))
        known = ErpForm.objects.filter(kind=kind).exists()
        kinds.append((kind, rows, new, shown(RuleForm(instance=held, prefix=f"{kind}-rule")), known))
    deeds = PanelDeed.objects.filter(action=PanelAction.MAPPED)[:20]
    context = {"kinds": kinds, "deeds": deeds, "statuses": listed_statuses(), "meanings": STATE_CHOICES}
    return render(request, "panel/trade_forms.html", context, status=422 if refused is not None else 200)
