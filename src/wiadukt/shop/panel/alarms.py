"""Alarms: what stands, what was sent to whom, and the administrator's settings with a record of who changed them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.staff import administrators_only
from wiadukt.shop.alarms import heartbeat, messages, settings
from wiadukt.shop.alarms.forms import ChannelsForm, rule_forms
from wiadukt.shop.alarms.models import AlarmMessage, Incident
from wiadukt.shop.alarms.rules import KINDS
from wiadukt.shop.health.diagnosis import Rule

A_PAGE = 20
LAST_CHANGES = 20
FIELDS = ChannelsForm.base_fields


@administrators_only
def listed(request: HttpRequest) -> HttpResponse:
    """What stands and what was sent; the inner part alone for htmx, every few seconds."""
    sent = AlarmMessage.objects.prefetch_related("dispatches")
    context = {
        "standing": Incident.objects.filter(ended_at=None, reached_at__isnull=False).order_by("pk"),
        "page": Paginator(sent, A_PAGE).get_page(request.GET.get("page")),
        "channels": settings.channels(),
    }
    return render(request, "panel/_alarms.html" if request.htmx else "panel/alarms.html", context)


@administrators_only
def edit(request: HttpRequest) -> HttpResponse:
    """The settings."""
    if request.method == "POST":
        form, rules = ChannelsForm(request.POST), rule_forms(request.POST)
        is_valid = [one.is_valid() for one in (form, *rules)]  # all of them, so that each shows its faults
        if all(is_valid):
            return _keep(request, form, {one.rule: one.setting for one in rules})
        return render(request, "panel/alarm_settings.html", _settings(form, rules), status=422)
    form = ChannelsForm.of(settings.channels())
    return render(request, "panel/alarm_settings.html", _settings(form, rule_forms(settings=settings.rule_settings())))


@administrators_only
@require_POST
def renew_key(request: HttpRequest) -> HttpResponse:
    """A new key for the webhook, shown this once."""
    _show_key(request, settings.renew_secret(request.user.email))
    return redirect("panel:alarm-settings")


@administrators_only
@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """An alarm to everybody, to see that it arrives; also in quiet hours."""
    if messages.write_test(request.user.email):
        notes.success(request, _("A test alarm is on its way: see below whether it arrived."))
    else:
        notes.error(request, _("Nobody would get it: give an e-mail address or a webhook first."))
        return redirect("panel:alarm-settings")
    return redirect("panel:alarms")


def _keep(request: HttpRequest, form: ChannelsForm, rules: dict[Rule, settings.RuleSetting]) -> HttpResponse:
    author = request.user.email
    before = settings.channels().heartbeat_url
    count = settings.save(form.cleaned_data, rules, author)
    if form.cleaned_data["heartbeat_url"] not in ("", before):
        _show_beat(request)
    if form.cleaned_data["webhook_url"] and not settings.channels().webhook_secret:
        _show_key(request, settings.renew_secret(author))
    said = ngettext("Kept: %(n)d change.", "Kept: %(n)d changes.", count) % {"n": count}
    notes.success(request, said if count else _("Nothing was changed."))
    return redirect("panel:alarm-settings")


def _show_beat(request: HttpRequest) -> None:
    """The first sign to a new address is given at once, so that a wrong one is seen now and not when it matters."""
    if heartbeat.beat():
        notes.success(request, _("The first sign of life was taken."))
    else:
        said = _("The first sign of life was not taken: %(why)s")
        notes.error(request, said % {"why": settings.channels().heartbeat_error})


def _show_key(request: HttpRequest, secret: str) -> None:
    said = _("The webhook's key, shown only now: %(key)s. Give it to the receiver; he verifies each message by it.")
    notes.warning(request, said % {"key": secret})


def _settings(form: ChannelsForm, rules: list[Any]) -> dict[str, Any]:
    changes = [
        (one, _named(one.field), _value(one.field, one.old), _value(one.field, one.new))
        for one in settings.changes()[:LAST_CHANGES]
    ]
    return {"form": form, "rules": rules, "channels": settings.channels(), "changes": changes}


def _named(field: str) -> Any:
    """What a changed field is called on the screen."""
    if field == "webhook_secret":
        return _("key of the webhook")
    if field.startswith("rule: "):
        rule = field.removeprefix("rule: ")
        return KINDS[Rule(rule)].name if rule in set(Rule) else rule
    known = FIELDS.get(field)
    return known.label if known else field


def _value(field: str, value: str) -> str:
    """How a kept value reads."""
    if field == "webhook_secret":
        return "•••"
    if field.startswith("rule: "):
        rule, setting = field.removeprefix("rule: "), settings.RuleSetting.of(value)
        unit = KINDS[Rule(rule)].unit.value if rule in set(Rule) else ""
        parts = [
            pgettext("rule", "on") if setting.is_on else pgettext("rule", "off"),
            f"{setting.threshold} {unit}" if unit else "",
        ]
        return ", ".join(part for part in [*parts, _("also in quiet hours") if setting.always else ""] if part)
    return {"True": _("yes"), "False": _("no")}.get(value, value)
