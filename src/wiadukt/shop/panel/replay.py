"""A past time range once more: what WAPRO announced is fetched again, what was delivered is said again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.shop.panel import runs
from wiadukt.shop.panel.messages import KIND_WORDS
from wiadukt.shop.sellers.access import supervisors_only
from wiadukt.shop.sync.mass import steps
from wiadukt.shop.sync.models import KIND_CHOICES, MassDeed

FETCHED = [("in", gettext_lazy("everything")), *((f"in:{kind}", word) for kind, word in KIND_CHOICES)]
SAID = [(f"out:{kind}", KIND_WORDS[kind]) for kind in steps.REPLAYABLE]


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ReplayForm(forms.Form):
    """Which way and kind, and the time: not the future, for what comes goes by itself."""

    what = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[(gettext_lazy("fetch from WAPRO again"), FETCHED), (gettext_lazy("send again"), SAID)],
    )
    since = forms.DateTimeField(label=gettext_lazy("Since"), widget=_moment())
    until = forms.DateTimeField(label=gettext_lazy("Until"), widget=_moment())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until:
            data["until"] = min(until, timezone.now())
            if since >= data["until"]:
                self.add_error("since", _("The beginning must be before the end, and in the past."))
        return data

    def asked(self) -> tuple[MassDeed, dict[str, str]]:
        """The deed and its filter."""
        way, _separator, kind = self.cleaned_data["what"].partition(":")
        asked = {name: self.cleaned_data[name].isoformat() for name in ("since", "until")}
        return MassDeed.REPLAY_IN if way == "in" else MassDeed.REPLAY_OUT, asked | ({"kind": kind} if kind else {})


@supervisors_only
def replay(request: HttpRequest) -> HttpResponse:
    """Asks what, shows how much that is, and on a press of the button begins it."""
    said = request.POST if request.method == "POST" else request.GET
    form = ReplayForm(said or None)
    context: dict[str, Any] = {"form": form, "keep_days": settings.ENVIRONMENT.shop_keep_days}
    if said and form.is_valid():
        deed, asked = form.asked()
        found = steps.to_replay_in(asked) if deed == MassDeed.REPLAY_IN else steps.to_replay_out(asked)
        if request.method == "POST":
            return runs.begin(request, deed, asked, found.count())
        fields = ("kind", "object_id") if deed == MassDeed.REPLAY_IN else ("kind", "key")
        context |= {"deed": deed, "objects": found.order_by().values(*fields).distinct().count()}
    status = 422 if said and form.errors else 200
    return render(request, "panel/replay.html", context, status=status)
