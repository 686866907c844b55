"""The office of the demo WAPRO: what a click does to the base, and what is refused with nothing saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pytest
from factories.serving import served
from psycopg.rows import dict_row

from wiadukt.demo.erp.install import install
from wiadukt.demo.office.main import create_app
from wiadukt.demo.world import seed

pytestmark = pytest.mark.postgres
OPEN_BUYER = """SELECT "ID_KONTRAHENTA" FROM dbo."ZAMOWIENIE" WHERE "STAN_REALIZ" = 'N'
    GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1"""

ORDERS_OF_INVOICE = """SELECT DISTINCT z."ID_ZAMOWIENIA"::int AS id FROM dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" p
    JOIN dbo."POZYCJA_ZAMOWIENIA" z ON z."ID_POZYCJI_ZAMOWIENIA" = p."ID_POZ_ZAM"
    LEFT JOIN dbo."DOKUMENT_MAGAZYNOWY" d USING ("ID_DOK_MAGAZYNOWEGO")
    WHERE p."ID_DOK_HANDLOWEGO" = %s OR d."ID_DOKUMENTU_HANDLOWEGO" = %s"""


@pytest.fixture(scope="module")
def url(postgres) -> str:
    url = postgres.url("office_world")
    install(url)
    seed(url, goods=200, customers=10, orders=300)
    return url


@pytest.fixture
def base(url: str) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
        yield connection


@pytest.fixture
def office(url: str, tmp_path, monkeypatch) -> Iterator[httpx.Client]:
    monkeypatch.setenv("WAPRO_DATABASE_URL", url)
    monkeypatch.setenv("OFFICE_MAIL_DIR", str(tmp_path))
    monkeypatch.setenv("OFFICE_SMTP_PORT", "0")
    with served(create_app()) as where, httpx.Client(base_url=where, follow_redirects=True, trust_env=False) as client:
        yield client


def one(base, query: str, *values: Any) -> Any:
    return next(iter(base.execute(query, values).fetchone().values()))


def said(answer) -> str:
    found = re.search(r'class="(?:ok|err)" role="\w+">([^<]*)<', answer.text)
    return found.group(1) if found else ""


@pytest.mark.parametrize(
    "page", ["/", "/customers", "/goods", "/orders", "/invoices", "/mailbox", "/static/office.css"]
)
def test_every_list_answers(office, page):
    assert office.get(page).status_code == 200


@pytest.mark.parametrize("on", [1, 0])
def test_a_buyer_is_flagged_and_blocked_and_back(office, base, on):
    buyer = one(base, 'SELECT min("ID_KONTRAHENTA") FROM dbo."KONTRAHENT"')

    office.post(f"/customers/{buyer}/flag", data={"on": on})
    office.post(f"/customers/{buyer}/block", data={"on": on})

    row = base.execute('SELECT * FROM dbo."KONTRAHENT" WHERE "ID_KONTRAHENTA" = %s', [buyer]).fetchone()
    assert (row["DOSTEPNY_W_B2B"], row["ZABLOKOWANY"]) == (on, on)


def test_stock_price_and_name_of_an_article_are_saved_together_or_not_at_all(office, base):
    office.post("/goods/ZAW-CLIP-110", data={"name": "Zawias", "stock_1": "12,5", "price_2": "9,99"})

    card = base.execute("""SELECT a."NAZWA_CALA", a."STAN", c."CENA_NETTO" FROM dbo."ARTYKUL" a
        JOIN dbo."CENA_ARTYKULU" c USING ("ID_ARTYKULU")
        WHERE "INDEKS_KATALOGOWY" = 'ZAW-CLIP-110' AND "ID_MAGAZYNU" = 1 AND "ID_CENY" = 2""").fetchone()
    assert [str(value).rstrip("0") for value in card.values()] == ["Zawias", "12.5", "9.99"]

    answer = office.post("/goods/ZAW-CLIP-110", data={"name": "Inny", "stock_1": "dużo", "price_2": "1"})

    assert "nie jest liczbą" in said(answer)
    assert (
        one(base, """SELECT "NAZWA_CALA" FROM dbo."ARTYKUL" WHERE "INDEKS_KATALOGOWY" = 'ZAW-CLIP-110'""") == "Zawias"
    )


def test_one_invoice_for_several_orders_and_a_part_payment(office, base):
    buyer = one(base, OPEN_BUYER)
    orders = re.findall(r'name="order" value="(\d+)"', office.get(f"/invoices/new/{buyer}").text)[:2]

    made = office.post(f"/invoices/new/{buyer}", data={"order": orders, "days": "14"})

    invoice = int(re.search(r"/invoices/(\d+)", str(made.url)).group(1))
    told = base.execute(ORDERS_OF_INVOICE, [invoice, invoice]).fetchall()
    assert {row["id"] for row in told} == {int(order) for order in orders}

    left = 'SELECT "POZOSTALO" FROM dbo."DOKUMENT_HANDLOWY" WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s'
    before = one(base, left, invoice)
    office.post(f"/invoices/{invoice}/pay", data={"amount": "10,50"})

    assert before - one(base, left, invoice) == pytest.approx(10.5)


def test_an_invoice_for_no_order_is_refused_in_words(office, base):
    answer = office.post(f"/invoices/new/{one(base, OPEN_BUYER)}", data={"days": "14"})

    assert said(answer) == "Zamówienia albo WZ: zaznacz przynajmniej jedno, z jednej z list."


def test_an_order_gets_its_status_and_its_parcel(office, base):
    order = one(base, """SELECT max("ID_ZAMOWIENIA") FROM dbo."ZAMOWIENIE" WHERE "STAN_REALIZ" = 'N'""")
    carrier = one(base, 'SELECT min("ID_OPERATORA_PRZESYLKI") FROM dbo."MAG_OPERATOR_PRZESYLKI"')

    office.post(f"/orders/{order}/status", data={"letter": "P"})
    assert one(base, 'SELECT "STATUS_ZAM" FROM dbo."ZAMOWIENIE" WHERE "ID_ZAMOWIENIA" = %s', order).strip() == "P"

    office.post(f"/orders/{order}/ship", data={"parcel": "PL-1", "carrier": str(carrier)})
    row = base.execute('SELECT * FROM dbo."ZAMOWIENIE" WHERE "ID_ZAMOWIENIA" = %s', [order]).fetchone()
    assert (row["STATUS_ZAM"].strip(), row["NUMER_PRZESYLKI"].strip()) == ("W", "PL-1")


@pytest.mark.parametrize(
    ("book", "table", "key", "form", "changed"),
    [
        (
            "contacts",
            "KONTAKT",
            "ID_KONTAKTU",
            {"IMIE": "Zofia", "NAZWISKO": "Maj", "E_MAIL": "zofia@maj.example"},
            {"E_MAIL": "z.maj@maj.example"},
        ),
        (
            "places",
            "MIEJSCE_DOSTAWY",
            "ID_MIEJSCA_DOSTAWY",
            {"FIRMA": "Hala 2", "ULICA_LOKAL": "Leśna 1", "MIEJSCOWOSC": "Pniewy"},
            {"ULICA_LOKAL": "Leśna 2"},
        ),
    ],
)
def test_people_and_places_are_added_changed_and_removed(office, base, book, table, key, form, changed):
    buyer = one(base, 'SELECT min("ID_KONTRAHENTA")::int FROM dbo."KONTRAHENT"')
    newest = f'SELECT * FROM dbo."{table}" WHERE "ID_KONTRAHENTA" = %s ORDER BY 1 DESC LIMIT 1'
    before = base.execute(newest, [buyer]).fetchone()

    office.post(f"/customers/{buyer}/{book}/new", data=form)

    row = base.execute(newest, [buyer]).fetchone()
    assert {field: row[field].strip() for field in form} == form

    office.post(f"/customers/{buyer}/{book}/{int(row[key])}", data=form | changed)

    row = base.execute(newest, [buyer]).fetchone()
    assert {field: row[field].strip() for field in form} == form | changed

    office.post(f"/customers/{buyer}/{book}/{int(row[key])}", data={"remove": "1"})

    assert base.execute(newest, [buyer]).fetchone() == before


def test_a_delivery_place_without_a_name_or_with_too_long_a_one_is_refused_in_words(office, base):
    buyer = one(base, 'SELECT min("ID_KONTRAHENTA")::int FROM dbo."KONTRAHENT"')

    assert said(office.post(f"/customers/{buyer}/places/new", data={"FIRMA": " "})).startswith("Nazwa: wpisz")
    assert "najwyżej 100 znaków" in said(office.post(f"/customers/{buyer}/places/new", data={"FIRMA": "x" * 101}))


def test_the_card_is_changed_opened_closed_and_anonymised(office, base):
    buyer = one(base, 'SELECT max("ID_KONTRAHENTA")::int FROM dbo."KONTRAHENT"')
    card = 'SELECT * FROM dbo."KONTRAHENT" WHERE "ID_KONTRAHENTA" = %s'

    office.post(f"/customers/{buyer}", data={"ULICA_LOKAL_KOR": "Polna 1", "TELEFON_FIRMOWY": "61 1", "discount": "5"})
    office.post(f"/customers/{buyer}/open", data={"on": 1})

    row = base.execute(card, [buyer]).fetchone()
    assert (row["ULICA_LOKAL_KOR"], row["TELEFON_FIRMOWY"], row["SEMAFOR"]) == ("Polna 1", "61 1", 3000001)
    assert row["KTO_POPRAWIL"].startswith("Biuro ")

    office.post(f"/customers/{buyer}/open", data={"on": 0})
    office.post(f"/customers/{buyer}/anonymise")

    row = base.execute(card, [buyer]).fetchone()
    assert (row["SEMAFOR"], row["TELEFON_FIRMOWY"], row["RODO_ZANONIMIZOWANY"]) == (0, None, 1)


def test_the_lines_of_an_order_are_changed_together_or_not_at_all(office, base):
    number = one(
        base,
        """SELECT "ID_ZAMOWIENIA"::int FROM dbo."POZYCJA_ZAMOWIENIA" p JOIN dbo."ZAMOWIENIE" z USING ("ID_ZAMOWIENIA")
        WHERE "ZREALIZOWANO" = 0 AND z."TYP" = 1 GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1""",
    )
    query = """SELECT "ID_POZYCJI_ZAMOWIENIA"::int AS id, "ZAMOWIONO", "CENA_NETTO" FROM dbo."POZYCJA_ZAMOWIENIA"
        WHERE "ID_ZAMOWIENIA" = %s ORDER BY 1"""
    first, second, *_rest = base.execute(query, [number]).fetchall()
    form = {
        f"qty_{first['id']}": "7,5",
        f"net_{first['id']}": "12,34",
        f"qty_{second['id']}": "0",
        f"net_{second['id']}": "1",
    }

    wrong = office.post(f"/orders/{number}/lines", data={**form, f"net_{second['id']}": "dużo"})
    unchanged = base.execute(query, [number]).fetchall()[0]
    right = office.post(f"/orders/{number}/lines", data=form)

    assert said(wrong).startswith("Cena netto:")
    assert unchanged == first
    assert said(right) == "Zmieniono pozycje."
    left = base.execute(query, [number]).fetchall()
    assert (str(left[0]["ZAMOWIONO"].normalize()), str(left[0]["CENA_NETTO"])) == ("7.5", "12.3400")
    assert second["id"] not in [row["id"] for row in left]
    net = sum(round(row["ZAMOWIONO"] * row["CENA_NETTO"], 2) for row in left)
    assert one(base, 'SELECT "WARTOSC_NETTO" FROM dbo."ZAMOWIENIE" WHERE "ID_ZAMOWIENIA" = %s', number) == net
