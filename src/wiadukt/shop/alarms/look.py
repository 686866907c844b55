"""One look at the troubles of the moment: incidents open, go on and end, and what is to be said of them is written.

All in one transaction under the lock of the settings: two who look at once say nothing twice, and whatever was decided
is sent though the process dies in the next moment (`sending`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from wiadukt.shop.alarms import incidents
from wiadukt.shop.alarms.messages import write
from wiadukt.shop.alarms.models import Channels, Incident, MessageKind
from wiadukt.shop.alarms.quiet import Quiet
from wiadukt.shop.alarms.rules import reaches
from wiadukt.shop.alarms.settings import RuleSetting, locked_channels, rule_settings
from wiadukt.shop.alarms.words import in_words
from wiadukt.shop.health import measure
from wiadukt.shop.health.diagnosis import Rule, Trouble, diagnose

Rules = Mapping[Rule, RuleSetting]


def look(now: datetime | None = None) -> None:
    """Judges the present by `health.diagnosis` and writes what is to be said of it."""
    now = now or timezone.now()
    troubles = diagnose(measure.measure(now), measure.agreed())
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        channels = locked_channels()
        if channels.looked_at is not None and channels.looked_at > now:
            return  # somebody who measured later got here first
        rules = rule_settings()
        _follow([one for one in troubles if rules[one.rule].is_on], rules, now)
        if channels.reach_somebody:
            _say(channels, rules, now)
        channels.looked_at = now
        channels.save(update_fields=["looked_at"])


def _follow(troubles: Iterable[Trouble], rules: Rules, now: datetime) -> None:
    """Brings the incidents to what is there now."""
    standing = {one.key: one for one in Incident.objects.select_for_update().filter(ended_at=None)}
    seen = set()
    for trouble in troubles:
        incident = standing.get(trouble.key) or _come_back(trouble.key, now) or _new(trouble, standing.values(), now)
        standing[trouble.key] = incident
        is_large = reaches(trouble, rules[trouble.rule].threshold, incident.began_at, now)
        if is_large:
            incident.reached_at, incident.clear_since = incident.reached_at or now, None
            incident.said = in_words(trouble)
        incident.save()
        if is_large or incident.reached_at is None:
            seen.add(trouble.key)
    for key, incident in standing.items():
        if key not in seen:
            _go(incident, rules, now)


def _new(trouble: Trouble, standing: Iterable[Incident], now: datetime) -> Incident:
    others = [(Rule(one.rule), one.told, one.next_at) for one in standing]
    return Incident(
        key=trouble.key,
        rule=trouble.rule,
        said=in_words(trouble),
        began_at=min(trouble.since or now, now),
        next_at=incidents.first_due(trouble.rule, now, others),
    )


def _come_back(key: str, now: datetime) -> Incident | None:
    """One that was told and ended lately: it is the same trouble, with the pauses that it has come to."""
    last = Incident.objects.filter(key=key, told__gt=0, ended_at__gt=now - incidents.COMES_BACK).first()
    if last is not None:
        last.ended_at, last.end_told = None, False
    return last


def _go(incident: Incident, rules: Rules, now: datetime) -> None:
    """It is not there any more, or not as large as its rule asks."""
    if incident.reached_at is None:
        incident.delete()
        return
    if not rules[Rule(incident.rule)].is_on:
        incident.ended_at, incident.end_told = now, True
    elif incident.clear_since is None:
        incident.clear_since = now
    elif incidents.has_settled(incident.clear_since, now):
        incident.ended_at, incident.end_told = now, incident.told == 0
    incident.save()


def _say(channels: Channels, rules: Rules, now: datetime) -> None:
    """One message for everything that is due now, and for what has ended."""
    quiet = Quiet(channels.quiet_from, channels.quiet_until, channels.quiet_weekends)
    is_quiet = quiet.holds(timezone.localtime(now))

    def may_be_told(incident: Incident) -> bool:
        return not is_quiet or rules[Rule(incident.rule)].always

    standing = list(Incident.objects.filter(ended_at=None, reached_at__isnull=False).order_by("pk"))
    due = [one for one in standing if one.clear_since is None and one.next_at <= now and may_be_told(one)]
    ended = [one for one in Incident.objects.filter(ended_at__isnull=False, end_told=False) if may_be_told(one)]
    if not due and not ended:
        return
    new = [one for one in due if not one.told]
    # Whoever is disturbed hears of all that would be said in a while anyhow, and is then left alone.
    again = [one for one in standing if one.told and one.clear_since is None and one.next_at <= now + incidents.GATHERS]
    still = [one for one in standing if one.told and one not in again]
    # What is not seen any more has not ended yet, but "still" would be no word for it.
    seen = [one for one in still if one.clear_since is None]
    write(_kind(new, due, still), new, [*again, *seen], ended, channels)
    for incident in [*new, *again]:
        incident.told += 1
        incident.next_at = now + incidents.pause_after(incident.told, timedelta(minutes=channels.remind_after_min))
        incident.save(update_fields=["told", "next_at"])
    for incident in ended:
        incident.end_told = True
        incident.save(update_fields=["end_told"])


def _kind(new: list[Incident], due: list[Incident], still: list[Incident]) -> MessageKind:
    if new:
        return MessageKind.ALARM
    if due:
        return MessageKind.REMINDER
    return MessageKind.BETTER if still else MessageKind.WELL
