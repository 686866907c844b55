"""The alarms' settings: read as they stand, changed with a record of who changed what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from wiadukt.runtime.signing import new_secret
from wiadukt.shop.alarms.models import AlarmRule, Channels
from wiadukt.shop.alarms.rules import KINDS
from wiadukt.shop.health.diagnosis import Rule
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change, Origin

HISTORY = "alarms"
ONLY = 1
"""There is one row of settings."""
ON, OFF, ALWAYS = "on", "off", " always"


@dataclass(frozen=True)
class RuleSetting:
    """One rule as it holds now."""

    is_on: bool
    threshold: int
    always: bool

    @classmethod
    def of(cls, told: str) -> RuleSetting:
        """As the record of changes keeps it."""
        word, _blank, rest = told.partition(" ")
        return cls(word == ON, int(rest.removesuffix(ALWAYS)), told.endswith(ALWAYS))


def channels() -> Channels:
    return Channels.objects.get_or_create(pk=ONLY)[0]


def locked_channels() -> Channels:
    """Under a lock until the transaction ends: of those who look at troubles, or change settings, one at a time."""
    channels()
    return Channels.objects.select_for_update().get(pk=ONLY)


def rule_settings() -> dict[Rule, RuleSetting]:
    kept = {row.rule: RuleSetting(row.is_on, row.threshold, row.always) for row in AlarmRule.objects.all()}
    return {rule: kept.get(rule, RuleSetting(one.is_on, one.threshold, one.always)) for rule, one in KINDS.items()}


def save(values: dict[str, Any], rules: dict[Rule, RuleSetting], author: str) -> int:
    """Keeps what differs from what stands; returns how many fields that were."""
    with transaction.atomic():
        row = locked_channels()
        about = {"origin": Origin.STAFF, "author": author}
        changes = [
            record.change(HISTORY, ONLY, name, _plain(getattr(row, name)), _plain(value), **about)
            for name, value in values.items()
            if getattr(row, name) != value
        ]
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        before = rule_settings()
        for rule, new in rules.items():
            if new != before[rule]:
                AlarmRule.objects.update_or_create(pk=rule, defaults=vars(new))
                changes.append(record.change(HISTORY, ONLY, f"rule: {rule}", _told(before[rule]), _told(new), **about))
        record.save(changes)
    return len(changes)


def renew_secret(author: str) -> str:
    """A new key for the webhook; the record holds that it changed, and not what it is."""
    secret = new_secret()
    with transaction.atomic():
        row = locked_channels()
        row.webhook_secret = secret
        row.save(update_fields=["webhook_secret"])
        record.save([record.change(HISTORY, ONLY, "webhook_secret", "", "", origin=Origin.STAFF, author=author)])
    return secret


def changes() -> Any:
    """Who changed what, the last first."""
    return Change.objects.filter(kind=HISTORY, object_id=ONLY)


def _plain(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, list) else value


def _told(setting: RuleSetting) -> str:
    """Its three fields as one text; `RuleSetting.of` reads it."""
    return f"{ON if setting.is_on else OFF} {setting.threshold}{ALWAYS if setting.always else ''}"
