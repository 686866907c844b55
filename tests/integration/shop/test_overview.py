"""The overview tells the truth about each part and direction, costs the same however much there is, and names what to
do first."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories.outbox import a_message, an_order_message, refused, say
from factories.serving import served
from factories.shop import a_branch, a_company, a_seller, a_user, an_order

from wiadukt.contract.base import Kind
from wiadukt.contract.checkup import CheckReport, Finding
from wiadukt.contract.problem import Problem
from wiadukt.contract.status import ConnectorStatus, QueueStanding
from wiadukt.runtime import clock
from wiadukt.shop.health import measure, traffic, watch
from wiadukt.shop.health.models import Grain, Neighbour, Traffic
from wiadukt.shop.health.state import Part
from wiadukt.shop.health.words import Word
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.roads.models import Road
from wiadukt.shop.sellers.models import Assignment
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync import watch as sync_watch
from wiadukt.shop.sync.client import Connector, Production, client_of
from wiadukt.shop.sync.models import AppliedBatch, ConnectorState, InboxObject, Reconciliation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
PAGE = "/dashboard/sync/"
NOBODY = "http://127.0.0.1:1"


@pytest.fixture(autouse=True)
def _counted_anew():
    cache.clear()


def a_worker(silent_s: float = 0) -> None:
    with connection.cursor() as cursor:
        heard = timezone.now() - timedelta(seconds=silent_s)
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [heard])


def all_well() -> None:
    now = timezone.now()
    a_worker()
    ConnectorState.objects.create(pk=1, seen_at=now, capture="on", version="1.0", taken_over_at=now)


def text_of(browser, query: str = "") -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", browser.get(PAGE + query).content.decode())).split())


def test_one_sentence_says_that_all_is_well(administrator):
    all_well()

    assert "Wszystko w porządku:" in text_of(administrator)


def test_without_a_worker_nothing_else_comes_first(administrator):
    all_well()
    connection.cursor().execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    a_message(state="rejected")

    text = text_of(administrator)

    assert text.index("Nie działa żaden proces roboczy sklepu") < text.index("1 odrzucona wiadomość")
    assert "Co zrobić najpierw: Uruchom 'wiadukt shop worker'" in text


def test_every_message_is_counted_in_one_place(to, receiver):
    a_message("WD-1")
    say(to)
    receiver.answer = refused
    a_message("WD-2")
    say(to)
    a_message("WD-3", claimed_until=timezone.now() + timedelta(minutes=1), attempts=1)
    a_message("WD-4", attempts=2)
    a_message("WD-5")
    a_message("WD-6", state="discarded")

    counts = measure.measure().roads[Road.TO_PRODUCTION]

    parts = (counts.waiting, counts.in_work, counts.retrying, counts.rejected, counts.done, counts.discarded)
    assert parts == (1, 1, 1, 1, 1, 1)
    assert counts.given == OutboundMessage.objects.count()


def test_what_comes_in_is_counted_in_one_place_and_late_since_wapro_committed_it():
    all_well()
    inbox.ask({(Kind.PRODUCT, f"ZAW-{n}"): "" for n in range(3)})
    InboxObject.objects.filter(object_id="ZAW-0").update(state="rejected")
    InboxObject.objects.filter(object_id="ZAW-1").update(state="applied")
    InboxObject.objects.filter(object_id="ZAW-2").update(waiting_since=timezone.now() - timedelta(seconds=90))

    counts = measure.measure().roads[Road.FROM_WAPRO]

    assert (counts.waiting, counts.rejected, counts.done, counts.given) == (1, 1, 1, 3)
    assert 90 <= counts.oldest_s < 120


@pytest.mark.parametrize(("age_s", "said"), [(100, False), (130, True)])
def test_an_order_without_a_document_in_wapro_is_never_silent(administrator, age_s, said):
    all_well()
    branch = a_branch(a_company("Stolarnia"), "Poznań")
    an_order(branch, "WD-1", erp_id=None, date_placed=timezone.now() - timedelta(seconds=age_s))

    assert ("1 złożone zamówienie nie ma dokumentu w WAPRO" in text_of(administrator)) is said


def test_an_order_that_a_person_dropped_is_his_decision(administrator):
    all_well()
    branch = a_branch(a_company("Stolarnia"), "Poznań")
    an_order(branch, "WD-1", erp_id=None, date_placed=timezone.now() - timedelta(hours=1))
    an_order_message("WD-1", state="discarded")

    assert "Wszystko w porządku:" in text_of(administrator)


def test_a_silent_neighbour_is_named_with_the_time_and_is_well_again_when_it_answers(administrator):
    all_well()

    async def base_is_down(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b"no base"})

    async def well(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    with served(base_is_down) as where, client_of(where, "x") as http, client_of(NOBODY, "x") as nobody:
        watch.look(Connector(http), Production(nobody))
        first = Neighbour.objects.get(part=Part.WAPRO).failing_since
        watch.look(Connector(http), Production(nobody))
    text = text_of(administrator)
    assert "WAPRO nie odpowiada od" in text
    assert "503: no base" in text
    assert "Produkcja nie odpowiada od" in text
    assert Neighbour.objects.get(part=Part.WAPRO).failing_since == first

    with served(well) as where, client_of(where, "x") as http:
        watch.look(Connector(http), Production(http))
    assert "Wszystko w porządku:" in text_of(administrator)


async def _refuse(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 401, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


def _misconfigured(field: str, title: str):
    body = Problem(title=title, detail="", status=503, code="misconfigured", field=field).model_dump_json().encode()

    async def answer(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": body})

    return answer


def test_a_key_that_is_not_accepted_is_told_apart_from_a_connector_that_is_down(administrator):
    all_well()

    with client_of(NOBODY, "x") as http:
        sync_watch.look(Connector(http))
    assert "Łącznik nie odpowiada od" in text_of(administrator)
    assert "Uruchom łącznik" in text_of(administrator)
    with served(_refuse) as where, client_of(where, "x") as http:
        sync_watch.look(Connector(http))
    text = text_of(administrator)
    assert "nie przyjmuje naszego klucza" in text
    assert "CONNECTOR_TOKEN w ustawieniach sklepu, CONNECTOR_TOKENS" in text


def _floor(connector: str = "", **refused: int):
    """Production's interface: well, but for what is said; `refused` are answers to those who ask for checks."""

    async def answer(scope, receive, send) -> None:
        name = scope["path"].rpartition("/")[2]
        report = CheckReport(name=name, title="t", means="m", affects="a", at=clock.now(), took_s=0)
        if name == "connector" and connector:
            report = report.model_copy(update={"findings": (Finding(False, connector, "Ustaw ten sam klucz."),)})
        status = 200 if name == "healthz" else refused.get("checks", 200)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": report.model_dump_json().encode()})

    return answer


def looked_at_production(answer) -> None:
    with served(answer) as where, client_of(where, "x") as http, client_of(NOBODY, "x") as nobody:
        watch.look(Connector(nobody), Production(http))


def test_a_key_that_production_does_not_take_is_told_though_nothing_waits_for_production(administrator):
    all_well()

    looked_at_production(_floor(checks=401))

    text = text_of(administrator)
    assert "Produkcja nie odpowiada od" in text
    assert "nie przyjmuje naszego klucza" in text
    assert "PRODUCTION_TOKEN w ustawieniach sklepu, PRODUCTION_TOKENS" in text
    looked_at_production(_floor())
    assert "Wszystko w porządku:" in text_of(administrator)


def test_another_mes_that_knows_no_checks_is_well_when_it_answers(administrator):
    all_well()

    looked_at_production(_floor(checks=404))

    assert "Wszystko w porządku:" in text_of(administrator)


def test_that_production_can_not_tell_wapro_is_told_unless_the_connector_is_silent_for_all(administrator):
    all_well()

    looked_at_production(_floor("łącznik nie przyjmuje klucza produkcji"))

    text = text_of(administrator)
    assert "co zrobiono: łącznik nie przyjmuje klucza produkcji." in text
    assert "Ustaw ten sam klucz." in text
    ConnectorState.objects.update(failing_since=timezone.now())
    assert "co zrobiono" not in text_of(administrator)
    ConnectorState.objects.update(failing_since=None)
    looked_at_production(_floor())
    assert "Wszystko w porządku:" in text_of(administrator)


@pytest.mark.parametrize("checks", [401, 404])
def test_what_production_said_before_it_said_no_more_counts_no_more(administrator, checks):
    """It takes our key no more, or another MES stands in its place."""
    all_well()
    looked_at_production(_floor("łącznik nie przyjmuje klucza produkcji"))

    looked_at_production(_floor(checks=checks))

    assert "co zrobiono" not in text_of(administrator)


def test_what_production_said_before_it_fell_silent_counts_no_more(administrator):
    all_well()
    looked_at_production(_floor("łącznik nie przyjmuje klucza produkcji"))

    with client_of(NOBODY, "x") as nobody:
        watch.look(Connector(nobody), Production(nobody))

    text = text_of(administrator)
    assert "Produkcja nie odpowiada od" in text
    assert "co zrobiono" not in text


def test_what_the_connector_says_of_its_base_is_told_in_its_words(administrator):
    all_well()

    with served(_misconfigured("WAPRO_USER_ID", "Użytkownika 7 nie ma.")) as where, client_of(where, "x") as http:
        sync_watch.look(Connector(http))

    text = text_of(administrator)
    assert "nie może pracować ze swoją bazą" in text
    assert "Użytkownika 7 nie ma." in text


@pytest.mark.parametrize(("minutes", "said"), [(10, "spieszy się o 10 min"), (-10, "spóźnia się o 10 min")])
def test_a_clock_that_is_off_is_told_with_how_much(administrator, minutes, said):
    all_well()
    off = clock.now() + timedelta(minutes=minutes, seconds=minutes / 10)

    sync_watch.note(ConnectorStatus(version="1", capture="on", at=off), asked_at=clock.now())

    assert said in text_of(administrator)


def test_what_was_rejected_is_told_with_cause_and_remedy_and_names_a_buyer_only_to_whom_he_is_known(
    administrator, logged_in
):
    all_well()
    cause, remedy = "Kontrahent Stolarnia jest zablokowany w WAPRO.", "Odblokuj go."
    a_message(kind="k", key="1", state="rejected", refusal={"title": cause, "detail": remedy})

    assert f"Przyczyna: {cause}" in text_of(administrator)
    assert remedy in text_of(administrator)
    salesman = logged_in(a_user("towary@sklep.example", is_staff=True))
    assert "Stolarnia" not in text_of(salesman)
    assert remedy in text_of(salesman)


def test_what_the_shop_refused_to_be_told_stands_in_the_picture_with_its_cause_and_goes_when_mended(administrator):
    all_well()
    queue = QueueStanding(rejected=3, rejected_for="not_events: type is missing")

    sync_watch.note(ConnectorStatus(version="1", capture="on", queue=queue))

    text = text_of(administrator)
    assert "sklep nie przyjął powiadomień o 3 zmianach. Ostatnia przyczyna: not_events: type is missing" in text
    assert "potem ogłoś te zmiany ponownie" in text
    page = administrator.get(PAGE)
    assert page.context["first"].url == "/dashboard/sync/causes/"
    assert page.context["roads"]["from_wapro"].word is Word.ACTION
    assert "odrzucone w kolejce WAPRO 3" in text
    sync_watch.note(ConnectorStatus(version="1", capture="on"))
    assert "Wszystko w porządku:" in text_of(administrator)


def test_of_wapro_nothing_is_said_while_the_connector_itself_is_silent():
    with client_of(NOBODY, "x") as nobody:
        watch.look(Connector(nobody), Production(nobody))

    assert measure.measure().lives[Part.WAPRO].silent_since is None


def test_traffic_is_counted_once_however_often_it_is_counted():
    now = timezone.now().replace(second=30, microsecond=0)
    for number, took_s in (("WD-1", 1), ("WD-2", 20)):
        message = a_message(number, state="delivered")
        at = now - timedelta(seconds=60)
        OutboundMessage.objects.filter(pk=message.pk).update(created_at=at - timedelta(seconds=took_s), delivered_at=at)
    AppliedBatch.objects.create(at=now - timedelta(seconds=60), count=3, spread=[3] + [0] * (traffic.CLASSES - 1))

    traffic.count(now)
    traffic.count(now)

    minutes = dict(Traffic.objects.filter(grain=Grain.MINUTE).values_list("road", "count"))
    assert minutes == {Road.TO_PRODUCTION: 2, Road.FROM_WAPRO: 3}
    assert dict(Traffic.objects.filter(grain=Grain.HOUR).values_list("road", "count")) == minutes


@pytest.mark.parametrize("span", ["hour", "day", "month"])
def test_the_charts_show_how_much_went_and_how_long_it_took(administrator, span):
    all_well()
    a_message(state="delivered")
    OutboundMessage.objects.update(
        created_at=timezone.now() - timedelta(seconds=64), delivered_at=timezone.now() - timedelta(seconds=60)
    )
    traffic.count()

    page = administrator.get(f"{PAGE}?span={span}").content.decode()

    drawn = page[page.index('id="to_production"') :]
    assert "<rect " in drawn
    assert re.search(r'<polyline class="p95" points="[\d., ]+"', drawn)
    assert "Dotarło: 1" in drawn


def test_the_overview_costs_the_same_however_much_there_is(administrator):
    all_well()
    administrator.get(PAGE, headers={"HX-Request": "true"})

    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert administrator.get(PAGE, headers={"HX-Request": "true"}).status_code == 200
        return len(captured)

    few = queries()
    for n in range(20):
        a_message(f"WD-{n}", state="rejected" if n % 2 else "waiting")
        a_worker()
        Reconciliation.objects.create(kinds=["product"], kind="product", state="finished", finished_at=timezone.now())
    inbox.ask({(Kind.PRODUCT, f"ZAW-{n}"): "" for n in range(20)})
    assert queries() == few


def home_of(browser) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", browser.get("/dashboard/").content.decode())).split())


def test_the_first_page_says_the_same_sentence_as_the_overview(administrator):
    all_well()
    assert "Wszystko w porządku:" in home_of(administrator)

    a_message("WD-1", state="rejected")
    cache.clear()

    sentence = re.search(r"(\S+ → \S+: 1 odrzucona wiadomość.*?) Pokaż", text_of(administrator)).group(1)
    assert sentence in home_of(administrator)


def test_a_salesman_reads_on_his_first_page_of_his_own_buyers_only(logged_in):
    all_well()
    seller, mine, other = a_seller("ola@sklep.example"), a_company("Meble Nowak"), a_company("Stolmar")
    Assignment.objects.create(organisation=mine, person=seller)
    an_order(other.default_branch, "WD-1", erp_id=None, date_placed=timezone.now() - timedelta(hours=1))
    an_order_message("WD-1", state="rejected")
    browser = logged_in(seller.user)
    assert "Wszystko w porządku:" in home_of(browser)

    an_order(mine.default_branch, "WD-2", date_placed=timezone.now())
    an_order_message("WD-2", state="rejected")

    assert "sklep → WAPRO: 1 odrzucona wiadomość" in home_of(browser)
