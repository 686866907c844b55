"""Files of an order: taken by what they are, given out only to who may see the order, known to production by a link."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from factories import shop as make

from wiadukt.contract.job_order import WorkRequest
from wiadukt.shop.ordering.attached import MOST_FILES, Unfit, kind_of
from wiadukt.shop.ordering.models import OrderFile
from wiadukt.shop.ordering.place import Wishes, place
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sync.apply.anonymise import anonymise

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
PDF = b"%PDF-1.7 rysunek frontu"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
DXF = b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n"


def send(browser, *files):
    uploads = [SimpleUploadedFile(name, content, content_type="text/html") for name, content in files]
    return browser.post("/basket/files/", {"file": uploads}, follow=True).content.decode()


def fill(browser):
    front = make.a_priced_product("FR-1", made_to_order=True)
    browser.post(f"/basket/add/{front.pk}/", {"quantity": 2})


def ordered(browser, member):
    fill(browser)
    basket = browser.get("/basket/").context["basket"]
    hall = make.a_place(member.organisation, "Hala")
    return place(basket, member, Wishes(branch=member.branches.first(), place=hall))


@pytest.mark.parametrize(
    ("name", "head", "media"),
    [
        ("a.PDF", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        ("a.dwg", b"AC1032", "image/vnd.dwg"),
        ("a.dxf", DXF, "image/vnd.dxf"),
        ("a.stp", b"ISO-10303-21;", "model/step"),
    ],
)
def test_a_file_is_known_by_its_content(name, head, media):
    assert kind_of(name, head).media == media


@pytest.mark.parametrize(
    ("name", "head", "said"),
    [
        ("a.pdf", b"<html><script>", "nie przyjmujemy"),
        ("a.exe", b"MZ\x90", "nie przyjmujemy"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WAVE", "nie przyjmujemy"),
        ("a.pdf", PNG, "inna niż mówi nazwa (.png)"),
        ("a", PDF, "inna niż mówi nazwa (.pdf)"),
        ("a.pdf", b"", "nie przyjmujemy"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_remedy(name, head, said):
    with pytest.raises(Unfit, match=said.replace("(", r"\(").replace(")", r"\)")):
        kind_of(name, head)


def test_files_lie_with_the_basket_and_go_with_the_order(browser, member):
    fill(browser)
    page = send(browser, ("rysunek frontu.pdf", PDF), ("wzór.png", PNG), ("wirus.pdf", b"MZ"))
    assert "rysunek frontu.pdf" in page
    assert "wirus.pdf: takiego pliku" in page
    browser.post(f"/basket/files/{OrderFile.objects.get(name='wzór.png').pk}/delete/")

    hall = make.a_place(member.organisation, "Hala")
    basket = browser.get("/basket/").context["basket"]
    order = place(basket, member, Wishes(branch=member.branches.first(), place=hall))

    file = order.files.get()
    answer = browser.get(f"/orders/{order.pk}/files/{file.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["content-type"] == "application/pdf"
    assert answer["content-disposition"].startswith("attachment")
    assert answer["x-content-type-options"] == "nosniff"
    assert "rysunek frontu.pdf" in browser.get(f"/orders/{order.pk}/").content.decode()
    assert not browser.get("/basket/").context["basket"].files.exists()


def test_production_gets_a_link_that_the_sellers_people_open(browser, member, logged_in):
    send(browser, ("rysunek.pdf", PDF))
    order = ordered(browser, member)

    told = WorkRequest.model_validate(OutboundMessage.objects.get(destination="production").payload)

    (document,) = told.documents
    path = document.url.split("/", 3)[3]
    staff = logged_in(make.a_supervisor("kierownik@x.example"))
    assert document.name == "rysunek.pdf"
    assert b"".join(staff.get(f"/{path}").streaming_content) == PDF
    assert browser.get(f"/{path}").status_code == 403
    assert order.files.count() == 1


def test_the_address_of_photos_gives_no_file_of_an_order(browser, member):
    send(browser, ("rysunek.pdf", PDF))
    where = OrderFile.objects.get().file.name

    for path in (where, f"x/../{where}", where.replace("/", "//")):
        assert browser.get(f"/media/{path}").status_code == 404


def test_a_file_of_another_order_is_not_given_out_under_ones_own(browser, member):
    mine, theirs = (make.an_order(branch, number) for branch, number in (
        (member.branches.first(), "WD-1"), (make.a_company("Inna").default_branch, "WD-2")))  # fmt: skip
    file = make.an_order_file(theirs)

    assert browser.get(f"/orders/{mine.pk}/files/{file.pk}/").status_code == 404
    assert browser.get(f"/orders/{theirs.pk}/files/{file.pk}/").status_code == 404


def test_too_many_and_too_large_are_told(browser, monkeypatch):
    for number in range(MOST_FILES):
        send(browser, (f"{number}.pdf", PDF))

    assert f"Do zamówienia można dołączyć najwyżej {MOST_FILES}" in send(browser, ("x.pdf", PDF))
    OrderFile.objects.all().delete()
    monkeypatch.setattr("wiadukt.shop.ordering.attached.MOST_BYTES", 10)
    assert "x.pdf jest większy niż 20 MB" in send(browser, ("x.pdf", PDF))
    assert not OrderFile.objects.exists()


def test_another_persons_basket_keeps_its_files(browser, member, logged_in):
    send(browser, ("rysunek.pdf", PDF))
    file = OrderFile.objects.get()
    colleague = logged_in(make.a_member("jan@nowak.example", member.branches.first()).user)

    assert colleague.post(f"/basket/files/{file.pk}/delete/").status_code == 404
    assert OrderFile.objects.filter(pk=file.pk).exists()


def test_files_of_a_company_whose_data_were_removed_go(browser, member, django_capture_on_commit_callbacks):
    send(browser, ("rysunek.pdf", PDF))
    order = ordered(browser, member)
    stored = order.files.get().file

    with django_capture_on_commit_callbacks(execute=True):
        anonymise(member.organisation)

    assert not OrderFile.objects.exists()
    assert not stored.storage.exists(stored.name)
