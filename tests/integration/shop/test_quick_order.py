"""Quick order: a pasted list or a file goes to the basket, and each wrong row says what is wrong with it."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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

    assert [row[1:] for row in from_file("a.xlsx", out.getvalue())] == wanted
    polish = "Indeks;Ilość\r\nZAW-110;20\r\nZAW-170;3\r\n"
    assert [row[1:] for row in from_file("a.csv", polish.encode("cp1250"))] == wanted
    assert [row[1:] for row in from_file("a.CSV", polish.encode("utf-8-sig"))] == wanted
    assert [row[1:] for row in from_file("a.csv", b"ZAW-110,20\nZAW-170,3\n")] == wanted
    assert [row[1:] for row in from_file("a.csv", b"ZAW\0-110,20\nZAW-170,3\n")] == wanted


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF", "CSV"),
        ("a.xlsx", b"no zip", "XLSX"),
        ("a.csv", b"x" * 1_000_001, "1 MB"),
        ("a.csv", b"ZAW;1\n" * (MOST_ROWS + 1), str(MOST_ROWS)),
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
