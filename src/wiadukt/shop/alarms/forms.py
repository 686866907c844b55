"""What an administrator fills in: whom alarms go to, when it is quiet, and which rules hold from which size on."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.shop.alarms.models import Channels
from wiadukt.shop.alarms.rules import KINDS, Unit
from wiadukt.shop.alarms.settings import RuleSetting
from wiadukt.shop.health.diagnosis import Rule

MOST_EMAILS = 20
_CLOCK = {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), "required": False}


class ChannelsForm(forms.Form):
    """To whom, and when not."""

    emails = forms.CharField(
        label=gettext_lazy("E-mails"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    webhook_url = forms.CharField(label=gettext_lazy("Webhook"), required=False, max_length=500)
    heartbeat_url = forms.CharField(label=gettext_lazy("Sign of life"), required=False, max_length=500)
    quiet_from = forms.TimeField(label=gettext_lazy("Quiet from"), **_CLOCK)
    quiet_until = forms.TimeField(label=gettext_lazy("Quiet until"), **_CLOCK)
    quiet_weekends = forms.BooleanField(label=gettext_lazy("Quiet on Saturdays and Sundays"), required=False)
    remind_after_min = forms.IntegerField(
        label=gettext_lazy("First reminder after, minutes"), min_value=5, max_value=1440
    )

    @classmethod
    def of(cls, channels: Channels) -> ChannelsForm:
        """As it stands."""
        values = {name: getattr(channels, name) for name in cls.base_fields}
        return cls(initial=values | {"emails": "\n".join(channels.emails)})

    def clean_emails(self) -> list[str]:
        found = [one for one in re.split(r"[\s,;]+", self.cleaned_data["emails"]) if one]
        for one in found:
            try:
                validate_email(one)
            except ValidationError as error:
                said = _("%(address)s is no e-mail address: mend or remove it.")
                raise ValidationError(said % {"address": one}) from error
        if len(found) > MOST_EMAILS:
            raise ValidationError(_("At most %(n)d addresses: use a list of your mail server.") % {"n": MOST_EMAILS})
        return list(dict.fromkeys(found))

    def clean_webhook_url(self) -> str:
        return self._address("webhook_url")

    def clean_heartbeat_url(self) -> str:
        return self._address("heartbeat_url")

    def _address(self, field: str) -> str:
        url = self.cleaned_data[field].strip()
        try:
            parts = urlsplit(url)
            is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_address = False
        if url and not is_address:
            raise ValidationError(_("Give an address that begins with https:// or http://."))
        return url

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (data.get("quiet_from") is None) != (data.get("quiet_until") is None) and not self.errors:
            self.add_error("quiet_until", _("Give both hours, or neither."))
        return data


class RuleForm(forms.Form):
    """One rule."""

    is_on = forms.BooleanField(required=False)
    threshold = forms.IntegerField(min_value=0, max_value=100_000)
    always = forms.BooleanField(required=False)

    def __init__(self, rule: Rule, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=rule.value, **kwargs)
        self.rule, self.kind = rule, KINDS[rule]
        self.has_threshold = self.kind.unit is not Unit.NONE
        if not self.has_threshold:
            self.fields["threshold"].required = False
        self.fields["threshold"].widget.attrs["aria-label"] = f"{self.kind.name}: {self.kind.unit.value}"
        self.fields["always"].widget.attrs["aria-label"] = f"{self.kind.name}: {_('Also in quiet hours')}"

    @property
    def setting(self) -> RuleSetting:
        data = self.cleaned_data
        return RuleSetting(data["is_on"], data["threshold"] or 0, data["always"])


def rule_forms(data: Any = None, settings: dict[Rule, RuleSetting] | None = None) -> list[RuleForm]:
    """In the order of `rules.KINDS`: as they were filled in, or as they stand."""
    return [RuleForm(rule, data, initial=vars((settings or {})[rule]) if settings else None) for rule in KINDS]
