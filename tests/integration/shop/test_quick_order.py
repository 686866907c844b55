"""Quick order: a pasted list or a file goes to the basket, and each wrong row says what is wrong with it."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factories import shop as make

from wiadukt.shop.forks.basket.pasted import MOST_ROWS, Unreadable, as_text, from_file, from_text

QUICK = "/basket/quick/"


@pytest.mark.parametrize(
    ("line", "key", "quantity"),
    [
        ("ZAW-110 20", "ZAW-110", "20"),
        ("ZAW-110\t20", "ZAW-110", "20"),
        ("ZAW-110;20", "ZAW-110", "20"),
        ("ZAW-110, 20", "ZAW-110", "20"),
        ("ZAW-110 20 szt.", "ZAW-110", "20"),
        ("FRONT BIAŁY 716 4", "FRONT BIAŁY 716", "4"),
        ("ZAW-110", "ZAW-110", "1"),
        ("ZAW-110;2,5", "ZAW-110", "2.5"),
        ("ZAW-110\tdwa", "ZAW-110", None),
    ],
)
def test_a_line_is_an_index_and_how_many(line, key, quantity):
    [row] = from_text(f"Indeks\tIlość\n{line}\n")

    assert (row.key, row.quantity) == (key, None if quantity is None else Decimal(quantity))
    assert from_text("\n" + as_text([row]))[0][1:] == row[1:]


def test_files_of_spreadsheets_are_read_with_or_without_a_heading():
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for row in (("Indeks", "Ilość"), ("ZAW-110", 20), ("ZAW-170", 3.0)):
        book.active.append(row)
    book.save(out)
    wanted = [("ZAW-110", Decimal(20)), ("ZAW-170", Decimal(3))]

    assert [row[1:3] for row in from_file("a.xlsx", out.getvalue())] == wanted
    polish = "Indeks;Ilość\r\nZAW-110;20\r\nZAW-170;3\r\n"
    assert [row[1:3] for row in from_file("a.csv", polish.encode("cp1250"))] == wanted
    assert [row[1:3] for row in from_file("a.CSV", polish.encode("utf-8-sig"))] == wanted
    assert [row[1:3] for row in from_file("a.csv", b"ZAW-110,20\nZAW-170,3\n")] == wanted
    assert [row[1:3] for row in from_file("a.csv", b"ZAW\0-110,20\nZAW-170,3\n")] == wanted


SHEET = """Lp.;EAN;Nazwa;Szerokość (mm);Ilość;Uwagi;Termin
1;59110;Zawias;;20;osobno;31.12.2026
2;FR-1;Front;716;1;;
"""


def test_columns_are_known_by_their_headings_and_goods_of_sizes_by_theirs():
    rows = from_file("a.csv", SHEET.encode())

    assert [row[1:5] for row in rows] == [
        ("59110", Decimal(20), "osobno", "31.12.2026"),
        ("FR-1", Decimal(1), "", ""),
    ]
    assert dict(rows[1].answers)["szerokość"] == "716"
    assert [row[1:] for row in from_text(as_text(rows))] == [row[1:] for row in rows], (
        "what stays to be mended is the same"
    )


def test_without_a_heading_note_and_day_follow_by_their_place():
    [row] = from_text("ZAW-110\t20\tz folią; osobno\t2026-12-31")

    assert row[2:5] == (Decimal(20), "z folią; osobno", "2026-12-31")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF", "CSV"),
        ("a.xlsx", b"no zip", "XLSX"),
        ("a.csv", b"x" * 1_000_001, "1 MB"),
        ("a.csv", b"ZAW;1\n" * (MOST_ROWS + 1), str(MOST_ROWS)),
        ("a.csv", "Nazwa;Ilość\nZawias;2\n".encode(), "indeks"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(name, content, said):
    with pytest.raises(Unreadable, match=said):
        from_file(name, content)


@pytest.fixture
def browser(db, logged_in):
    member = make.a_member("b@x.example", make.a_branch(make.a_company("Nowak"), "Poznań"))
    for upc, stock in (("ZAW-110", 100), ("ZAW-170", 5)):
        make.a_price(
            make.a_product(upc, stock=stock, title=f"Zawias {upc[-3:]}", ean=f"59{upc[-3:]}"), "10.0000", "12.3000"
        )
    make.a_product("SKRYTY", published_at=None)
    return logged_in(member.user)


@pytest.mark.postgres
def test_what_is_right_goes_to_the_basket_and_the_rest_stays_with_its_reason(browser):
    text = "zaw-110\t20\n59170;9\nZAW-111 1\nSKRYTY 1\nZAW-110;pół\nZAW-170 5"

    page = browser.post(QUICK, {"text": text})
    problems = [(row.wanted.key, bool(row.problem)) for row in page.context["rows"]]
    assert problems == [
        ("zaw-110", False),
        ("59170", True),
        ("ZAW-111", True),
        ("SKRYTY", True),
        ("ZAW-110", True),
        ("ZAW-170", False),
    ]
    assert "ZAW-110" in [guess.upc for guess in page.context["rows"][2].guesses]
    assert browser.get("/basket/").context["basket"].num_lines == 0, "a look changes nothing"

    page = browser.post(QUICK, {"text": text, "add": "1"})
    assert [row.wanted.key for row in page.context["rows"]] == ["59170", "ZAW-111", "SKRYTY", "ZAW-110"]
    assert "2 wiersze są w koszyku" in page.content.decode()
    lines = {line.product.upc: line.quantity for line in browser.get("/basket/").context["lines"]}
    assert lines == {"ZAW-110": 20, "ZAW-170": 5}


@pytest.mark.postgres
def test_rows_of_one_product_and_the_basket_count_together(browser):
    browser.post(QUICK, {"text": "ZAW-170 3", "add": "1"})

    page = browser.post(QUICK, {"text": "ZAW-170 1\nZAW-170 2"})

    assert [bool(row.problem) for row in page.context["rows"]] == [False, True]


@pytest.mark.postgres
def test_a_file_is_looked_at_and_then_ordered_without_being_sent_again(browser):
    page = browser.post(QUICK, {"file": SimpleUploadedFile("lista.csv", b"ZAW-110;7\n")})
    kept = page.context["form"].initial["text"]

    answer = browser.post(QUICK, {"text": kept, "add": "1"})

    assert answer.status_code == 302
    assert [line.quantity for line in browser.get("/basket/").context["lines"]] == [7]


@pytest.mark.postgres
def test_an_empty_list_or_a_wrong_file_is_said_in_polish(browser):
    assert "Wpisz co najmniej jeden indeks" in browser.post(QUICK, {"text": " \n"}).content.decode()
    wrong = browser.post(QUICK, {"file": SimpleUploadedFile("lista.pdf", b"x")})
    assert "Wybierz plik CSV albo XLSX" in wrong.content.decode()


@pytest.mark.postgres
def test_notes_go_with_their_lines_and_the_day_with_the_order(browser):
    day = timezone.localdate() + timedelta(days=30)
    text = f"ZAW-110\t20\tosobno\t{day:%d.%m.%Y}\nZAW-170\t2\t\t{day}"

    browser.post(QUICK, {"text": text, "add": "1"})

    notes = {line.product.upc: line.note for line in browser.get("/basket/").context["lines"]}
    assert notes == {"ZAW-110": "osobno", "ZAW-170": ""}
    assert browser.get("/basket/checkout/").context["form"]["wanted_on"].value() == day


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ZAW-999\t1", "Indeks:"),
        ("ZAW-170\tpół", "Ilość:"),
        ("ZAW-170\t1\t" + "x" * 201, "Uwagi: najwyżej 200 znaków, tu jest 201"),
        ("ZAW-170\t1\t\tjutro", "Termin: „jutro” to nie data"),
        ("ZAW-170\t1\t\t2020-01-01", "Termin: ten dzień już minął"),
        ("ZAW-170\t1\t\t30.12.2030", "Termin: zamówienie ma jeden termin, a lista zaczęła się od 31.12.2030"),
    ],
)
def test_a_wrong_row_names_the_field_and_what_to_do(browser, line, said):
    page = browser.post(QUICK, {"text": f"ZAW-110\t1\t\t31.12.2030\n{line}"})

    first, second = page.context["rows"]
    assert not first.problem
    assert second.problem.startswith(said)


@pytest.mark.postgres
def test_goods_made_to_size_are_ordered_by_the_names_of_their_sizes(browser):
    make.a_sized_product("FR-1")
    text = "indeks\tilość\tSzerokość (mm)\twysokość\tDecor\nFR-1\t2\t716\t396.0\tDąb\nFR-1\t1\t5\t396\toak\nFR-1\t1"

    page = browser.post(QUICK, {"text": text})
    good, narrow, unsaid = page.context["rows"]
    assert (good.problem, bool(narrow.problem), bool(unsaid.problem)) == ("", True, True)
    assert "Szerokość" in narrow.problem
    browser.post(QUICK, {"text": page.context["form"].initial["text"], "add": "1"})

    (line,) = browser.get("/basket/").context["lines"]
    assert (line.quantity, [one.value for one in line.chosen][:3]) == (2, ["716", "396", "OAK"])


@pytest.mark.postgres
@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_sheet_to_fill_in_is_a_list_that_can_be_ordered(browser, fmt):
    make.a_sized_product("FR-1")
    sheet = browser.get(f"/basket/quick/template.{fmt}").content

    page = browser.post(QUICK, {"file": SimpleUploadedFile(f"lista.{fmt}", sheet)})

    assert [(row.wanted.key, row.problem) for row in page.context["rows"]] == [("ZAW-110", ""), ("FR-1", "")]
    assert browser.get("/basket/quick/template.exe").status_code == 404
