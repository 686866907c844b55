"""Troubles come to people once, then after growing pauses, grouped, not at night, until all is well; none gets lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection
from django.utils import timezone
from factories.outbox import a_message
from factories.serving import served
from factories.threads import at_once

from wiadukt.runtime.signing import new_secret, verify
from wiadukt.shop.alarms import look as looking
from wiadukt.shop.alarms import messages, prune, sending, settings, watchdog
from wiadukt.shop.alarms.jobs import run_alarms
from wiadukt.shop.alarms.models import AlarmMessage, Channels, Dispatch, Incident
from wiadukt.shop.alarms.settings import RuleSetting
from wiadukt.shop.health.diagnosis import Rule
from wiadukt.shop.history.models import Change
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sync.models import ConnectorState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
PAGE, SETTINGS = "/dashboard/sync/alarms/", "/dashboard/sync/alarms/settings/"
NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECRET = new_secret()


class Hook:
    """The receiver of a webhook; answers 200 unless told otherwise."""

    def __init__(self) -> None:
        self.status = 200
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.on_arrival: Callable[[], None] = lambda: None

    async def __call__(self, scope, receive, send) -> None:
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.got.append((headers, body))
        self.on_arrival()
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": b"no"})


@pytest.fixture
def hook() -> Iterator[Hook]:
    hook = Hook()
    with served(hook) as hook.url:
        yield hook


@pytest.fixture(autouse=True)
def _well():
    """All is well, and one person is told when it is not."""
    ConnectorState.objects.create(pk=1, seen_at=NOON, capture="on", taken_over_at=NOON)
    Channels.objects.create(pk=1, emails=["ola@sklep.example"])
    _workers_live()


def _workers_live(until: datetime = NOON + timedelta(days=30)) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [until])


def rejected(key: str = "WD-1", now: datetime = NOON) -> OutboundMessage:
    message = a_message(key, state="rejected")
    OutboundMessage.objects.filter(pk=message.pk).update(created_at=now)
    return message


def silent(since: datetime) -> None:
    ConnectorState.objects.update(failing_since=since, last_error="refused")


def kinds() -> list[str]:
    return list(AlarmMessage.objects.order_by("created_at").values_list("kind", flat=True))


def look(*after_min: float) -> None:
    for minutes in after_min:
        looking.look(NOON + minutes * MINUTE)


def titles() -> list[str]:
    return [message.content["title"] for message in AlarmMessage.objects.order_by("created_at")]


def test_a_trouble_is_told_once_however_often_it_is_seen_and_however_it_grows():
    rejected("WD-1")
    look(0, 1)
    rejected("WD-2")

    look(2, 3)

    assert kinds() == ["alarm"]
    assert "1 odrzucona" in titles()[0]
    assert Incident.objects.get().said["size"] == 2


def test_it_is_told_again_after_growing_pauses():
    rejected()

    told = []
    for minutes in range(0, 9 * 60, 30):
        look(minutes)
        if len(kinds()) > len(told):
            told.append(minutes)

    assert told == [0, 60, 180, 420]
    assert kinds() == ["alarm", "reminder", "reminder", "reminder"]


def test_when_it_is_gone_for_a_while_all_is_well_again_and_that_is_told_once():
    message = rejected()
    look(0)
    OutboundMessage.objects.filter(pk=message.pk).update(state="delivered")

    look(1, 2, 3)
    assert kinds() == ["alarm"]
    look(4, 5, 6)

    assert kinds() == ["alarm", "well"]
    assert titles()[1] == "znów wszystko w porządku"


def test_one_that_comes_and_goes_makes_no_storm():
    message = rejected()
    for minutes in range(12):
        OutboundMessage.objects.filter(pk=message.pk).update(state="delivered" if minutes % 2 else "rejected")
        look(minutes)

    assert kinds() == ["alarm"]


def test_one_that_comes_back_soon_after_its_end_keeps_its_pauses():
    message = rejected()
    look(0)
    OutboundMessage.objects.filter(pk=message.pk).update(state="delivered")
    look(5, 10)
    OutboundMessage.objects.filter(pk=message.pk).update(state="rejected")

    look(15, 20, 59)
    assert kinds() == ["alarm", "well"]
    look(61)

    assert kinds() == ["alarm", "well", "reminder"]
    assert Incident.objects.count() == 1


def test_what_is_due_at_once_goes_in_one_message():
    rejected()
    silent(NOON - 10 * MINUTE)

    look(0)

    (message,) = AlarmMessage.objects.all()
    assert len(message.content["new"]) == 2
    assert message.content["title"].endswith(" i jeszcze 1")
    assert ". i jeszcze" not in message.content["title"]


def test_what_follows_from_a_silence_that_was_told_is_not_told_by_itself():
    silent(NOON - 10 * MINUTE)
    look(0)
    a_message("WD-1", destination="wapro")
    OutboundMessage.objects.update(created_at=NOON - 20 * MINUTE)

    look(1, 2)
    assert kinds() == ["alarm"]
    look(60)

    assert kinds() == ["alarm", "alarm"]
    last = AlarmMessage.objects.first()
    assert [one["rule"] for one in last.content["new"]] == ["late"]
    assert [one["rule"] for one in last.content["standing"]] == ["silent"]


def test_a_part_that_is_mended_is_told_while_the_rest_stands():
    rejected()
    silent(NOON - 10 * MINUTE)
    look(0)
    ConnectorState.objects.update(failing_since=None)

    look(1, 4)

    assert kinds() == ["alarm", "better"]
    assert "WAPRO" not in AlarmMessage.objects.first().content["standing"][0]["rule"]


def test_what_is_not_seen_any_more_is_not_said_to_stand_still():
    message = rejected()
    look(0)
    OutboundMessage.objects.filter(pk=message.pk).update(state="delivered")
    look(1)
    silent(NOON - 10 * MINUTE)

    look(2)

    told = AlarmMessage.objects.first()
    assert [one["rule"] for one in told.content["new"]] == ["silent"]
    assert told.content["standing"] == []


def test_below_its_threshold_or_with_its_rule_off_a_trouble_is_no_alarm():
    settings.save({}, {Rule.REJECTED: RuleSetting(True, 3, False), Rule.SILENT: RuleSetting(False, 1, False)}, "a@x")
    rejected("WD-1")
    rejected("WD-2")
    silent(NOON - 60 * MINUTE)
    look(0)
    assert kinds() == []

    rejected("WD-3")
    look(1)

    assert [one["rule"] for one in AlarmMessage.objects.get().content["new"]] == ["rejected"]


def test_a_rule_that_is_switched_off_ends_without_saying_that_all_is_well():
    rejected()
    look(0)
    settings.save({}, {Rule.REJECTED: RuleSetting(False, 1, False)}, "a@x")

    look(1, 10)

    assert kinds() == ["alarm"]
    assert Incident.objects.get().ended_at is not None


QUIET = {"quiet_from": time(22), "quiet_until": time(6)}
NIGHT = 11 * 60  # 23:00 in Warsaw


def test_in_quiet_hours_nobody_is_disturbed_and_in_the_morning_it_is_told():
    Channels.objects.update(**QUIET)
    rejected()

    look(NIGHT, NIGHT + 60)
    assert kinds() == []
    look(NIGHT + 7 * 60 + 1)

    assert kinds() == ["alarm"]


def test_what_was_mended_by_the_morning_is_not_told_at_all():
    Channels.objects.update(**QUIET)
    message = rejected()
    look(NIGHT)
    OutboundMessage.objects.filter(pk=message.pk).update(state="delivered")

    look(NIGHT + 10, NIGHT + 20, NIGHT + 10 * 60)

    assert kinds() == []


def test_a_rule_that_is_always_told_is_told_at_night_too():
    Channels.objects.update(**QUIET)
    settings.save({}, {Rule.SILENT: RuleSetting(True, 5, True)}, "a@x")
    rejected()
    silent(NOON)

    look(NIGHT)

    assert [one["rule"] for one in AlarmMessage.objects.get().content["new"]] == ["silent"]


def test_the_letter_says_what_happened_what_to_do_and_where():
    rejected()
    look(0)

    assert sending.send_due() == 1

    (letter,) = mail.outbox
    assert letter.to == ["ola@sklep.example"]
    assert "odrzucona" in letter.subject
    assert "Co zrobić:" in letter.body
    assert f"{django_settings.ENVIRONMENT.shop_public_url}/dashboard/sync/messages/" in letter.body


def test_a_program_gets_the_same_signed_and_verifies_it(hook):
    Channels.objects.update(emails=[], webhook_url=hook.url, webhook_secret=SECRET)
    rejected()
    look(0)

    sending.send_due()

    headers, body = hook.got[0]
    verify([SECRET], headers=headers, body=body)
    content = json.loads(body)
    assert content["type"] == "wiadukt.alarm"
    assert content["data"]["new"][0]["rule"] == "rejected"
    assert headers["webhook-id"] == f"msg_{AlarmMessage.objects.get().pk.hex}"


def test_one_recipient_that_refuses_waits_and_holds_up_no_other(hook):
    hook.status = 500
    Channels.objects.update(webhook_url=hook.url, webhook_secret=SECRET)
    rejected()
    look(0)

    assert sending.send_due() == 1
    assert len(mail.outbox) == 1
    waiting = Dispatch.objects.get(channel="webhook")
    assert (waiting.state, waiting.attempts, "500: no" in waiting.last_error) == ("waiting", 1, True)

    assert sending.send_due() == 0, "not before its pause has passed"
    hook.status = 200
    assert sending.send_due(timezone.now() + timedelta(hours=1)) == 1

    assert hook.got[0][1] == hook.got[1][1]
    assert hook.got[0][0]["webhook-id"] == hook.got[1][0]["webhook-id"]
    assert len(mail.outbox) == 1


def test_a_repeat_of_a_letter_has_the_same_message_id():
    rejected()
    look(0)
    sending.send_due()
    Dispatch.objects.update(state="waiting", next_attempt_at=NOON)  # as if it had died before it noted the sending

    sending.send_due()

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_who_was_taken_off_the_list_gets_nothing_more():
    rejected()
    look(0)
    Channels.objects.update(emails=["inny@sklep.example"])

    assert sending.send_due() == 0

    assert mail.outbox == []
    assert Dispatch.objects.get().state == "dropped"


def test_old_alarms_are_forgotten_but_for_what_has_not_arrived(hook):
    hook.status = 500
    message = rejected()
    look(0)
    sending.send_due()
    OutboundMessage.objects.filter(pk=message.pk).update(state="delivered")
    Channels.objects.update(emails=[], webhook_url=hook.url, webhook_secret=SECRET)
    look(1, 5)
    sending.send_due()
    kept = timedelta(days=django_settings.ENVIRONMENT.shop_keep_days)

    prune.prune(NOON + kept - timedelta(days=1))
    assert (len(kinds()), Incident.objects.count()) == (2, 1)
    prune.prune(timezone.now() + kept + timedelta(days=1))

    assert kinds() == ["well"], "nobody has taken it yet"
    assert Incident.objects.count() == 0


def test_with_nobody_to_tell_nothing_is_written_and_who_is_added_later_is_told():
    Channels.objects.update(emails=[])
    rejected()
    look(0, 1)
    assert kinds() == []

    Channels.objects.update(emails=["ola@sklep.example"])
    look(2)

    assert kinds() == ["alarm"]


def test_while_no_worker_lives_the_web_process_tells_of_it():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'")
    Channels.objects.update(looked_at=timezone.now() - timedelta(minutes=5))

    assert watchdog.stand_in()

    assert "Nie działa żaden proces roboczy sklepu" in mail.outbox[0].body
    assert not watchdog.stand_in(), "it looks no more often than a worker would"


def test_while_a_worker_looks_the_web_process_leaves_it_to_him():
    rejected()
    Channels.objects.update(looked_at=timezone.now() - timedelta(seconds=50))

    assert not watchdog.stand_in()


@pytest.mark.django_db(transaction=True)
def test_many_who_look_at_once_say_it_once():
    rejected()

    at_once(*[lambda: looking.look(NOON)] * 4)

    assert kinds() == ["alarm"]
    assert Dispatch.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_sender_that_dies_while_it_sends_loses_nothing_and_the_repeat_is_known_by_its_id(hook):
    """The receiver kills the process in the moment in which it has the alarm and has not answered yet."""
    Channels.objects.update(emails=[], webhook_url=hook.url, webhook_secret=SECRET)
    rejected()
    look(0)
    program = "import django; django.setup(); from wiadukt.shop.alarms.sending import send_due; send_due()"
    params = connection.get_connection_params()
    url = f"postgresql://{params.get('user') or 'postgres'}@/{params['dbname']}?host={params['host']}"
    environment = {**os.environ, "SHOP_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "wiadukt.shop.settings"}
    dying: list[subprocess.Popen[bytes]] = []
    hook.on_arrival = lambda: dying[0].kill()

    dying.append(subprocess.Popen([sys.executable, "-W", "ignore", "-c", program], env=environment))
    assert dying[0].wait(60) == -9, "it died while it sent"
    hook.on_arrival = lambda: None
    assert Dispatch.objects.get().state == "waiting"
    assert sending.send_due() == 0, "the dead one's lease holds"
    assert sending.send_due(timezone.now() + sending.LEASE) == 1

    (first, body), (second, again) = hook.got
    assert (first["webhook-id"], body) == (second["webhook-id"], again)
    assert Dispatch.objects.get().state == "sent"


def beats(hook) -> list[str]:
    return [headers["host"] for headers, body in hook.got if not body]


def a_minute() -> None:
    """What the clock does each minute, without giving this test's connection back."""
    run_alarms.func.__wrapped__(0)


def test_whoever_looks_gives_a_sign_of_life_outside(hook):
    a_minute()
    assert beats(hook) == [], "nobody waits for it"
    Channels.objects.update(heartbeat_url=f"{hook.url}/ping/7", looked_at=None)

    a_minute()
    assert len(beats(hook)) == 1
    Channels.objects.update(looked_at=timezone.now() - timedelta(minutes=5))
    assert watchdog.stand_in(), "in the dead worker's stead"
    assert len(beats(hook)) == 2
    assert Channels.objects.get().heartbeat_at is not None


@pytest.mark.parametrize("deed", ["look", "send_due"])
def test_a_shop_that_can_not_look_or_tell_is_as_good_as_dead_and_gives_no_sign(hook, monkeypatch, deed):
    for where in (looking if deed == "look" else sending, watchdog):
        monkeypatch.setattr(where, deed, lambda: 1 / 0)

    for one in (a_minute, watchdog.stand_in):
        Channels.objects.update(heartbeat_url=f"{hook.url}/ping/7", looked_at=timezone.now() - timedelta(minutes=5))
        with pytest.raises(ZeroDivisionError):
            one()

    assert beats(hook) == []


def test_a_watchman_who_does_not_take_the_sign_is_shown_and_stops_no_alarm(hook, administrator):
    Channels.objects.update(heartbeat_url=f"{hook.url}/ping/7")
    hook.status = 404

    a_minute()

    text = administrator.get(PAGE).content.decode()
    assert "nie przyjmuje znaku życia" in text
    assert "404: no" in text
    hook.status = 200
    a_minute()
    assert "przyjął ostatni znak życia" in administrator.get(PAGE).content.decode()


def test_a_new_watchman_gets_the_first_sign_at_once_and_a_wrong_address_is_told(administrator, hook):
    good = administrator.post(SETTINGS, filled_in(heartbeat_url=f"{hook.url}/ping/7"), follow=True)
    bad = administrator.post(SETTINGS, filled_in(heartbeat_url="http://127.0.0.1:1/"), follow=True)

    assert "Pierwszy znak życia został przyjęty." in good.content.decode()
    assert "Pierwszy znak życia nie został przyjęty" in bad.content.decode()
    assert len(beats(hook)) == 1
    fields = list(Change.objects.filter(kind="alarms", field="heartbeat_url").values_list("author", flat=True))
    assert fields == ["admin@sklep.example"] * 2


def filled_in(**changes) -> dict[str, str]:
    """The form as it stands, with changes; a value of None is left out."""
    values = {"emails": "ola@sklep.example", "webhook_url": "", "remind_after_min": "60"}
    for rule, setting in settings.rule_settings().items():
        values |= {f"{rule}-threshold": str(setting.threshold)}
        values |= {f"{rule}-{name}": "on" for name in ("is_on", "always") if getattr(setting, name)}
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def test_what_an_administrator_sets_is_kept_with_who_changed_what(administrator):
    changes = {"emails": "ola@sklep.example\nadam@sklep.example", "late-threshold": "7", "drift-is_on": None}

    answer = administrator.post(SETTINGS, filled_in(**changes), follow=True)

    assert settings.channels().emails == ["ola@sklep.example", "adam@sklep.example"]
    now = settings.rule_settings()
    assert now[Rule.LATE].threshold == 7
    assert not now[Rule.DRIFT].is_on
    recorded = {(one.field, one.old, one.new) for one in settings.changes()}
    assert recorded == {
        ("emails", "ola@sklep.example", "ola@sklep.example, adam@sklep.example"),
        ("rule: late", "on 10", "on 7"),
        ("rule: drift", "on 1", "off 1"),
    }
    assert set(Change.objects.values_list("author", flat=True)) == {"admin@sklep.example"}
    page = answer.content.decode()
    assert "włączona, 7 min czekania" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"emails": "ola@sklep.example, nobody"}, "nobody nie jest adresem e-mail"),
        ({"webhook_url": "ftp://x"}, "Podaj adres, który zaczyna się od https://"),
        ({"quiet_from": "22:00"}, "Podaj obie godziny albo żadnej."),
        ({"late-threshold": "-1"}, 'role="alert"'),
        ({"remind_after_min": "1"}, 'role="alert"'),
    ],
)
def test_a_setting_that_can_not_be_is_told_and_nothing_is_kept(administrator, changes, said):
    answer = administrator.post(SETTINGS, filled_in(**{"drift-is_on": None}, **changes))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert settings.rule_settings()[Rule.DRIFT].is_on
    assert not Change.objects.exists()


def test_the_webhooks_key_is_shown_once_and_its_change_is_recorded_without_it(administrator):
    page = administrator.post(SETTINGS, filled_in(webhook_url="https://x.example/h"), follow=True).content.decode()
    secret = settings.channels().webhook_secret

    assert secret in page
    assert secret not in administrator.get(SETTINGS).content.decode()
    assert not Change.objects.filter(new__contains=secret).exists()
    renewed = administrator.post(f"{PAGE}key/", follow=True).content.decode()
    assert settings.channels().webhook_secret not in ("", secret)
    assert settings.channels().webhook_secret in renewed


def test_a_test_alarm_goes_to_everybody_also_in_quiet_hours_and_its_fate_is_listed(administrator, hook):
    Channels.objects.update(webhook_url=hook.url, quiet_from=time(0), quiet_until=time(23, 59))

    administrator.post(f"{PAGE}test/")
    sending.send_due()

    assert [letter.to for letter in mail.outbox] == [["ola@sklep.example"]]
    assert "To próba" in mail.outbox[0].body
    assert json.loads(hook.got[0][1])["type"] == "wiadukt.test"
    page = administrator.get(PAGE).content.decode()
    assert "próbny alarm, na prośbę admin@sklep.example" in page
    assert page.count("wysłano") == 2


def test_a_test_alarm_for_nobody_says_so(administrator):
    Channels.objects.update(emails=[])

    page = administrator.post(f"{PAGE}test/", follow=True).content.decode()

    assert "Nikt by go nie dostał" in page
    assert not messages.write_test("a@x")
