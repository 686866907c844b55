"""Content at scale: photos by the name of the file, sheets, copies, data sheets; and what rich text may hold."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from factories import goods as make
from factories.shop import a_branch, a_category, a_company, a_member
from openpyxl import load_workbook
from oscar.apps.catalogue.categories import create_from_breadcrumbs
from PIL import Image

from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.intake.models import Attachment, SheetUpload
from wiadukt.shop.intake.photos import LONGEST_SIDE
from wiadukt.shop.intake.work import take

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

INTAKE = "/dashboard/intake/"


@pytest.fixture
def buyer(logged_in) -> Client:
    return logged_in(a_member("kupiec@x.example", a_branch(a_company("Nowak"), "Poznań")).user)


def send_photos(ola: Client, *files: Any) -> dict[str, tuple[str, str]]:
    """By the file's name: the index on which it is, and the problem."""
    page = ola.post(f"{INTAKE}photos/", {"photos": files}, headers={"Accept-Language": "en"})
    return {one.name: (one.product.upc if one.product else "", one.problem) for one in page.context["outcomes"]}


def kept_as(image: Any) -> Any:
    with image.original.open() as file:
        return Image.open(io.BytesIO(file.read()))


def test_photos_find_their_products_by_index_by_ean_and_by_index_without_dashes(ola):
    make.a_new_product("ZAW-110", ean="5901234123457")
    make.a_new_product("ZAW-110-2")
    names = ("zaw-110.jpg", "5901234123457_2.png", "ZAW110 (3).png", "ZAW-110-2.png", "NIE-MA.png")

    outcome = send_photos(ola, *(make.a_file(name, make.a_picture(f"#0000{n}0")) for n, name in enumerate(names)))

    assert {name: index for name, (index, _problem) in outcome.items()} == {
        "zaw-110.jpg": "ZAW-110", "5901234123457_2.png": "ZAW-110", "ZAW110 (3).png": "ZAW-110",
        "ZAW-110-2.png": "ZAW-110-2", "NIE-MA.png": "",
    }  # fmt: skip
    assert outcome["NIE-MA.png"][1].startswith("No product has such an index or EAN")
    assert Product.objects.get(upc="ZAW-110").images.count() == 3


def test_a_zip_is_unpacked_its_order_is_that_of_the_numbers_and_a_repeat_is_not_put_twice(ola):
    product = make.a_new_product("ZAW-110")
    pictures = {name: make.a_picture(colour) for name, colour in
                (("ZAW-110_10.png", "#111"), ("ZAW-110_2.png", "#222"), ("ZAW-110.png", "#333"))}  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in pictures.items():
            archive.writestr(f"zdjecia/{name}", content)
        archive.writestr("__MACOSX/ZAW-110.png", b"no photo")

    for _twice in range(2):
        send_photos(ola, make.a_file("zdjecia.zip", packed.getvalue()))

    history = product.images.model.objects.filter(product=product).order_by("display_order")
    assert len(history) == 3
    shades = [kept_as(image).convert("L").getpixel((0, 0)) for image in history]
    assert shades == sorted(shades, reverse=True), "ZAW-110, then _2, then _10"


def test_what_is_no_photo_or_fits_two_products_or_is_a_colleagues_is_told_and_the_others_are_placed(ola):
    for index in ("AB-1", "A-B1", "DOBRY-1", "ZAJETY-1"):
        make.a_new_product(index)
    take(Product.objects.get(upc="ZAJETY-1").pk, make.a_goods_person("jan@sklep.example"))
    files = [make.a_file(name) for name in ("AB1.png", "DOBRY-1.png", "ZAJETY-1.png")]

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("DOBRY-1_3.heic", b"a phone's own format")
        archive.writestr("Thumbs.db", b"nobody put it there")

    bad = [make.a_file("DOBRY-1_2.png", b"<svg/>"), make.a_file("zle.zip", b"PK")]
    outcome = send_photos(ola, *files, *bad, make.a_file("telefon.zip", packed.getvalue()))

    told = {name: problem.split(":")[0] for name, (_index, problem) in outcome.items()}
    assert told["AB1.png"] == "Several products fit"
    assert told["DOBRY-1.png"] == ""
    assert "has worked on it since" in outcome["ZAJETY-1.png"][1]
    assert told["DOBRY-1_2.png"] == "The file is no photo that can be read"
    assert told["DOBRY-1_3.heic"] == "The file is no photo that can be read"
    assert "Thumbs.db" not in told
    assert told["zle.zip"] == "zle.zip can't be unpacked"


def test_a_photo_is_kept_as_webp_upright_no_larger_than_the_shop_shows_and_without_the_cameras_notes(ola):
    product = make.a_new_product("ZAW-110")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Aparat Jana"

    send_photos(ola, make.a_file("ZAW-110.jpg", make.a_picture(size=(2400, 1200), kind="JPEG", exif=exif)))

    kept = product.images.get()
    image = kept_as(kept)
    assert (image.format, image.size, dict(image.getexif())) == ("WEBP", (LONGEST_SIDE // 2, LONGEST_SIDE), {})
    assert kept.caption == product.title, "what it shows, until somebody says it better"


def test_hundreds_of_photos_are_taken_at_once(ola):
    make.a_new_product("ZAW-110")

    page = ola.post(f"{INTAKE}photos/", {"photos": [make.a_file(f"INNY-{n}.png", b"x") for n in range(300)]})

    assert (page.status_code, page.context["bad"]) == (200, 300)


def exported(ola: Client, **asked: str) -> Any:
    answer = ola.get(f"{INTAKE}sheet/goods.xlsx", asked)
    return load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))


def filled(book: Any, **cells: dict[str, str]) -> Any:
    """The sheet with texts put in: by index, then by the code of the column."""
    sheet = book.active
    columns = {cell.value.rpartition("[")[2].rstrip("]"): cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for code, text in cells.get(sheet.cell(row, columns["index"]).value, {}).items():
            sheet.cell(row, columns[code]).value = text
    content = io.BytesIO()
    book.save(content)
    return make.a_file("towary.xlsx", content.getvalue())


@pytest.fixture
def handles() -> tuple[Product, Product]:
    """Two handles whose class asks for a spacing, a finish and whether they are sold in pairs."""
    kind = make.a_kind("Uchwyty", rozstaw="integer", kolor="text", para="boolean")
    return tuple(make.a_new_product(index, product_class=kind) for index in ("UCH1", "UCH2"))


def preview_of(ola: Client, sheet: Any) -> Any:
    return ola.post(f"{INTAKE}sheet/", {"sheet": sheet}, headers={"Accept-Language": "en"})


def confirm(ola: Client, preview: Any) -> Any:
    kept = preview.context["kept"]
    return ola.post(f"{INTAKE}sheet/{kept.pk}/import/", {"mark": preview.context["mark"]})


def as_kept(product: Product) -> tuple[str, dict[str, Any], list[str]]:
    fresh = Product.objects.get(pk=product.pk)
    values = {one.attribute.code: one.value for one in fresh.attribute_values.select_related("attribute")}
    targets = [category.name for category in fresh.categories.exclude(slug="intake")]
    return fresh.description, values, targets


def test_a_sheet_is_exported_filled_looked_at_and_imported(ola, handles):
    one, other = handles
    a_category()
    cells = {"description": "<b>Uchwyt</b><script>x()</script>", "rozstaw": "128", "kolor": "złoty", "para": "tak",
             "category": "Okucia"}  # fmt: skip

    preview = preview_of(ola, filled(exported(ola), UCH1=cells))

    assert [row.index for row in preview.context["good"]] == ["UCH1"], "a row that changes nothing is not shown"
    assert "parameter" in preview.content.decode()
    assert as_kept(one) == ("", {}, []), "only looked at"
    confirm(ola, preview)
    assert as_kept(one) == ("<b>Uchwyt</b>", {"rozstaw": 128, "kolor": "złoty", "para": True}, ["Okucia"])
    assert as_kept(other) == ("", {}, [])
    assert not preview_of(ola, filled(exported(ola))).context["good"], "exported again it says what is kept"


def test_a_row_with_an_error_is_named_and_left_out_whole(ola, handles):
    one, other = handles
    book = exported(ola)
    book.active.append(["NIE-MA"])
    book.active.append(["UCH2"])

    sheet = filled(book, UCH1={"rozstaw": "sto", "description": "Opis"}, UCH2={"description": "Dobry"})
    preview = preview_of(ola, sheet)

    # Row 5 repeats row 3: the first counts.
    problems = {(row.number, row.index): " ".join(row.problems) for row in preview.context["wrong"]}
    assert {index for _number, index in problems} == {"UCH1", "NIE-MA", "UCH2"}
    said = " ".join(problems.values())
    assert "Rozstaw: Write a whole number, for example 716." in said
    assert "There is no product with this index." in said
    assert "This index stands in an earlier row already." in said
    confirm(ola, preview)
    assert as_kept(one) == ("", {}, [])
    assert as_kept(other) == ("Dobry", {}, [])


@pytest.mark.parametrize("path", ["Okucia > Uchwyty", "okucia / Uchwyty"])
def test_a_category_is_named_by_its_path_in_either_way_of_writing(ola, handles, path):
    create_from_breadcrumbs("Okucia > Uchwyty")

    preview = preview_of(ola, filled(exported(ola), UCH1={"category": path}))

    confirm(ola, preview)
    assert as_kept(handles[0])[2] == ["Uchwyty"]


def test_an_empty_cell_leaves_the_value_and_a_dash_takes_it_away(ola, handles):
    one, _other = handles
    said = {"rozstaw": "128", "kolor": "złoty", "description": "Opis"}
    confirm(ola, preview_of(ola, filled(exported(ola), UCH1=said)))

    confirm(ola, preview_of(ola, filled(exported(ola), UCH1={"rozstaw": "", "kolor": "-", "description": "-"})))

    assert as_kept(one) == ("", {"rozstaw": 128}, [])


def test_what_changed_between_the_preview_and_the_import_is_shown_anew(ola, handles):
    one, _other = handles
    preview = preview_of(ola, filled(exported(ola), UCH1={"description": "Z arkusza"}))
    Product.objects.filter(pk=one.pk).update(description="Kolegi")

    again = confirm(ola, preview)

    assert as_kept(one)[0] == "Kolegi"
    assert again.context["good"][0].changes[0].old == "Kolegi"
    confirm(ola, again)
    assert as_kept(one)[0] == "Z arkusza"
    assert not SheetUpload.objects.exists()


def test_a_colleagues_product_is_left_alone_and_a_foreign_preview_is_not_imported(ola, handles, logged_in):
    one, other = handles
    jan = make.a_goods_person("jan@sklep.example")
    take(one.pk, jan)

    preview = preview_of(ola, filled(exported(ola), UCH1={"description": "Oli"}, UCH2={"description": "Oli"}))

    assert [row.index for row in preview.context["wrong"]] == ["UCH1"]
    assert confirm(logged_in(jan), preview).status_code == 404
    confirm(ola, preview)
    assert (as_kept(one)[0], as_kept(other)[0]) == ("", "Oli")


def test_what_is_no_sheet_is_refused_with_the_remedy_and_a_name_is_never_a_formula(ola, handles):
    Product.objects.filter(upc="UCH1").update(title="=HYPERLINK(1)")

    refused = preview_of(ola, make.a_file("opisy.xlsx", b"to nie arkusz"))

    assert "save it again as XLSX" in refused.content.decode()
    types = {cell.data_type for row in exported(ola).active.iter_rows() for cell in row if cell.value}
    assert types == {"s"}, "texts alone"


def test_content_is_copied_from_a_similar_product_and_its_photos_are_not(ola, handles):
    one, other = handles
    a_category()
    cells = {"description": "Uchwyt", "rozstaw": "128", "kolor": "złoty", "category": "Okucia"}
    confirm(ola, preview_of(ola, filled(exported(ola), UCH1=cells)))
    send_photos(ola, make.a_file("UCH1.png"))

    ola.post(f"{INTAKE}{other.pk}/copy/", {"index": "uch1"})

    assert as_kept(other) == as_kept(one)
    assert not other.images.exists()
    unknown = ola.post(f"{INTAKE}{other.pk}/copy/", {"index": "NIE-MA"}, follow=True)
    assert "nie ma innego produktu o indeksie „NIE-MA”" in unknown.content.decode()


def save(ola: Client, product: Product, **said: Any) -> Any:
    form = {"product_class": product.product_class_id, "description": "Opis", "action": "save"} | said
    return ola.post(f"{INTAKE}{product.pk}/", form, headers={"Accept-Language": "en"})


def test_a_data_sheet_is_downloaded_by_those_who_see_its_product(ola, buyer):
    product = make.a_complete_product("ZAW-110")
    save(ola, product, attachment=make.a_file("Karta_techniczna.pdf", b"%PDF-1.7"))
    attachment = Attachment.objects.get()
    address = f"/catalogue/attachments/{attachment.pk}/"
    assert (buyer.get(address).status_code, b"".join(ola.get(address))) == (404, b"%PDF-1.7")

    save(ola, product, action="publish", reason="Bez kategorii w formularzu")

    answer = buyer.get(address)
    assert (b"".join(answer), answer.headers["Content-Disposition"]) == (
        b"%PDF-1.7", 'attachment; filename="Karta techniczna.pdf"',
    )  # fmt: skip
    assert buyer.get(f"/media/{attachment.file.name}").status_code == 404, "it has no other door"
    assert buyer.get(f"/media/images/../{attachment.file.name}").status_code == 404
    assert address in buyer.get(product.get_absolute_url()).content.decode()


def test_an_attachment_of_another_kind_is_refused_and_nothing_of_the_page_is_saved(ola):
    product = make.a_new_product("ZAW-110")

    page = save(ola, product, attachment=make.a_file("wirus.exe", b"MZ"), photo=make.a_file("a.png"))

    product.refresh_from_db()
    assert "Attachments may be: .pdf" in page.content.decode()
    assert (product.description, product.images.count(), product.attachments.count()) == ("", 0, 0)


def test_a_file_that_is_no_photo_refuses_the_whole_page(ola):
    product = make.a_new_product("ZAW-110")

    page = save(ola, product, photo=[make.a_file("a.png"), make.a_file("b.png", b"GIF?")])

    product.refresh_from_db()
    assert "The file is no photo that can be read" in page.content.decode()
    assert (product.description, product.images.count()) == ("", 0)


def test_rich_text_is_harmless_when_it_is_saved_and_when_it_is_shown(ola, buyer):
    product = make.a_complete_product("ZAW-110")
    save(ola, product, description='<p onclick="a()">Opis <b>gruby</b></p><script>alert(1)</script>')
    product.refresh_from_db()
    assert product.description == "<p>Opis <b>gruby</b></p>"

    by_another_road = '<p>Opis</p><img src="x" onerror="steal()"><a href="javascript:steal()">x</a>'
    Product.objects.filter(pk=product.pk).update(description=by_another_road, is_public=True)

    page = buyer.get(product.get_absolute_url()).content.decode()
    assert "<p>Opis</p>" in page
    assert "steal()" not in page
