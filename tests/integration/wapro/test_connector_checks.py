"""The connector looks at WAPRO's side for whoever has a token: one check at a time, with a remedy, without a secret."""

from __future__ import annotations

import pytest
from factories.serving import served
from factories.wapro import SECRET, TOKEN, settings_for
from httpx import Client

from wiadukt.contract.checkup import CheckReport, ErpCheck
from wiadukt.runtime import clock
from wiadukt.wapro.main import create_app


@pytest.fixture
def looking(base):
    """What the connector sees, by the name of a check. One is started for each set of settings."""
    opened = []

    def looking(url: str = base, **changes):
        app = served(create_app(settings_for(url, **changes)))
        client = Client(base_url=app.__enter__(), headers={"Authorization": f"Bearer {TOKEN}"})
        opened.extend([app, client])

        def seen(name: ErpCheck, language: str = "en") -> CheckReport:
            answer = client.get(f"/v1/checks/{name}", headers={"Accept-Language": language})
            assert answer.status_code == 200, answer.text
            return CheckReport.model_validate_json(answer.content)

        seen.client = client
        return seen

    yield looking
    for one in opened:
        one.__exit__(None, None, None) if hasattr(one, "gen") else one.close()


def test_each_check_is_well_on_a_sound_base_and_says_what_its_fault_would_mean(looking):
    seen = looking()

    for name in ErpCheck:
        report = seen(name)
        assert report.grade in ("ok", "advice"), report
        assert report.title
        assert report.means
        assert report.affects
        assert abs((report.at - clock.now()).total_seconds()) < 30


def test_nobody_is_told_without_a_token_and_of_what_there_is_not(looking):
    client = looking().client

    assert client.get("/v1/checks/database", headers={"Authorization": ""}).status_code == 401
    assert client.get("/v1/checks/everything").status_code == 422


def test_it_speaks_the_language_of_who_asks(looking, office):
    office.contractor(FORMA_PLATNOSCI="barter")
    seen = looking()

    polish, english = seen(ErpCheck.PAYMENT_FORMS, "pl"), seen(ErpCheck.PAYMENT_FORMS, "en-GB,en")

    assert polish.title == "Formy płatności"
    assert polish.findings[0].remedy == "Wybierz formę na karcie kontrahenta."
    assert english.findings[0].remedy == "Choose one on the contractor's card."


def test_a_base_that_is_away_is_a_finding_without_its_password(looking):
    report = looking("postgresql://wiadukt:hunter2@127.0.0.1:1/wapro")(ErpCheck.DATABASE)

    assert report.grade == "fault"
    assert report.findings[0].remedy
    assert "hunter2" not in report.model_dump_json()


def test_the_shops_answer_to_a_batch_without_events_tells_whether_it_takes_our_key(looking, shop):
    seen = looking(shop_events_url="", webhook_secrets=SECRET)
    assert seen(ErpCheck.SHOP).findings[0].what == "no shop is told of changes"
    shop.answer = lambda batch: (202, None)

    well = looking(shop_events_url=shop.url)(ErpCheck.SHOP)
    shop.answer = lambda batch: (401, {"title": "bad signature"})
    refused = looking(shop_events_url=shop.url)(ErpCheck.SHOP)

    assert [one.ok for one in well.findings] == [True] * 4
    assert shop.told == []
    assert refused.grade == "fault"
    assert "WEBHOOK_SECRETS" in refused.findings[-1].remedy


def test_a_foreign_trigger_and_wapros_own_internet_orders_are_told(looking, office):
    office.order(office.contractor(), ZAMOWIENIE_INTERNETOWE=1, DATA=109_000)
    office.run(
        "CREATE FUNCTION obcy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        if office.desk.__class__.__name__ != "SqlServerLine"
        else "CREATE TRIGGER dbo.obcy_integrator ON dbo.ZAMOWIENIE AFTER INSERT AS BEGIN SET NOCOUNT ON; END"
    )
    if office.desk.__class__.__name__ != "SqlServerLine":
        office.run('CREATE TRIGGER obcy_integrator AFTER INSERT ON dbo."ZAMOWIENIE" EXECUTE FUNCTION obcy()')

    report = looking()(ErpCheck.INTEGRATORS)

    assert report.grade == "advice"
    told = [one.what for one in report.findings if one.remedy]
    assert told[0] == "other triggers: ZAMOWIENIE.obcy_integrator"
    assert told[1].startswith("1 orders of 30 days")


@pytest.mark.parametrize("bases", ["postgresql"], indirect=True)  # its index is dropped in words of its own
def test_a_card_that_stands_twice_in_a_warehouse_is_told(looking, office):
    office.run('DROP INDEX dbo."AK_ARTYKUL_IDMAG_IKAT_ARTYKUL"')
    office.article("FR-1")
    office.article("FR-1")

    report = looking()(ErpCheck.DUPLICATES)

    assert "1 catalogue indexes stand on two cards of one warehouse" in [one.what for one in report.findings]
    assert report.grade == "fault"


@pytest.mark.parametrize("bases", ["postgresql"], indirect=True)  # SQL Server's logins have a file of their own
def test_a_right_that_the_login_lacks_is_named(looking, office, base):
    office.run("DROP ROLE IF EXISTS wiadukt_bez_praw")
    office.run("CREATE ROLE wiadukt_bez_praw LOGIN")
    office.run("GRANT USAGE ON SCHEMA dbo, wiadukt TO wiadukt_bez_praw")
    office.run("GRANT SELECT ON ALL TABLES IN SCHEMA dbo TO wiadukt_bez_praw")
    office.run('REVOKE SELECT ON dbo."KONTAKT" FROM wiadukt_bez_praw')
    office.run("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA wiadukt TO wiadukt_bez_praw")
    try:
        report = looking(base.replace("postgres@", "wiadukt_bez_praw@"))(ErpCheck.RIGHTS)
    finally:
        office.run("DROP OWNED BY wiadukt_bez_praw")
        office.run("DROP ROLE wiadukt_bez_praw")

    told = report.findings[0]
    assert not told.ok
    assert "SELECT dbo.KONTAKT" in told.what
    assert "DELETE wiadukt.kolejka" in told.what
    assert "install --login" in told.remedy
