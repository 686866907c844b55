"""Who and what is in the world: the fixed cast of the walk-through, and a crowd that could be real."""

from __future__ import annotations

from decimal import Decimal

import pytest

WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)


def _contractor(world, name: str) -> dict:
    return world.one(
        """SELECT k.*, g."NAZWA" AS "GRUPA" FROM dbo."KONTRAHENT" k
        JOIN dbo."GRUPA_KONTRAHENTA" g ON g."ID_GRUPY" = k."ID_GRUPY" WHERE k."NAZWA" = %s""",
        name,
    )


def _contacts(world, contractor: int) -> set[tuple]:
    rows = world.connection.execute(
        'SELECT "IMIE", "NAZWISKO", "E_MAIL", "DOMYSLNY" FROM dbo."KONTAKT" WHERE "ID_KONTRAHENTA" = %s', [contractor]
    )
    return {tuple(row.values()) for row in rows}


def _places(world, contractor: int) -> list[str]:
    rows = world.connection.execute(
        'SELECT "FIRMA" FROM dbo."MIEJSCE_DOSTAWY" WHERE "ID_KONTRAHENTA" = %s', [contractor]
    )
    return [row["FIRMA"] for row in rows]


def test_meble_nowak(world):
    nowak = _contractor(world, "Meble Nowak")

    assert (nowak["NAZWA_PELNA"], nowak["DOSTEPNY_W_B2B"]) == ("Meble Nowak sp. z o.o.", 1)
    assert nowak["GRUPA"] == "Hurtowa"
    assert _contacts(world, nowak["ID_KONTRAHENTA"]) == {
        ("Jan", "Nowak", "jan.nowak@meblenowak.example", 1),
        ("Ewa", "Król", "ewa.krol@meblenowak.example", 0),
        ("Marek", "Wójcik", "marek.wojcik@meblenowak.example", 0),
        ("Zofia", "Lewandowska", None, 0),
    }
    assert len(set(_places(world, nowak["ID_KONTRAHENTA"]))) == 36


def test_stolmar(world):
    stolmar = _contractor(world, "Stolmar")

    assert stolmar["DOSTEPNY_W_B2B"] == 1
    assert _contacts(world, stolmar["ID_KONTRAHENTA"]) == {("Adam", "Mazur", "biuro@stolmar.example", 1)}
    assert len(_places(world, stolmar["ID_KONTRAHENTA"])) == 4


def test_the_buyer_of_the_walk_through_is_not_in_the_shop_yet(world):
    bukowiec = _contractor(world, "Stolarnia Bukowiec")
    key = bukowiec["ID_KONTRAHENTA"]

    assert (bukowiec["DOSTEPNY_W_B2B"], bukowiec["GRUPA"], bukowiec["DOMYSLNY_RABAT"]) == (0, "Hurtowa", -5)
    assert (bukowiec["FORMA_PLATNOSCI"], bukowiec["TERMIN_NALEZNOSCI"]) == ("przelew", 14)
    assert {(one[0], one[1], one[2]) for one in _contacts(world, key)} == {
        ("Anna", "Bukowska", "anna@bukowiec.example"),
        ("Piotr", "Lis", "piotr@bukowiec.example"),
    }
    assert sorted(_places(world, key)) == ["Budowa Poznań", "Hala Bukowiec", "Magazyn Pniewy"]
    assert world.value('SELECT count(*) FROM dbo."ZAMOWIENIE" WHERE "ID_KONTRAHENTA" = %s', key) == 0
    price = world.one(
        """SELECT c.* FROM dbo."CENNIK_KONTRAHENTA" c JOIN dbo."ARTYKUL" a ON a."ID_ARTYKULU" = c."ID_ARTYKULU"
        WHERE c."ID_KONTRAHENTA" = %s AND a."INDEKS_KATALOGOWY" = 'ZAW-CLIP-110' AND a."ID_MAGAZYNU" = 1""",
        key,
    )
    assert (price["CENA_NETTO"], price["TRYB"], price["SPRZEDAZ_ZAKUP"]) == (Decimal("7.90"), 1, 0)


@pytest.mark.parametrize(
    ("index", "name", "root", "stock"),
    [
        ("ZAW-CLIP-110", "Zawias Clip 110° z cichym domykiem", "Okucia", {1: 240, 2: 60}),
        ("FR-DAB-716-396", "Front lakierowany dąb 716×396", "Fronty", {1: 40}),
    ],
)
def test_the_articles_of_the_walk_through_are_not_in_the_shop_yet(world, index, name, root, stock):
    cards = world.connection.execute(
        """SELECT a.*, t."NAZWA" AS "KORZEN" FROM dbo."ARTYKUL" a
        JOIN dbo."KATEGORIA_ARTYKULU_TREE" d ON d."ID_KATEGORII_TREE" = a."ID_KATEGORII_TREE"
        JOIN dbo."KATEGORIA_ARTYKULU_TREE" t ON t."KOD_TREE" = left(d."KOD_TREE", 3)
        WHERE a."INDEKS_KATALOGOWY" = %s""",
        [index],
    ).fetchall()

    assert {card["ID_MAGAZYNU"]: card["STAN"] for card in cards} == stock
    assert {(card["NAZWA_CALA"], card["KORZEN"], card["DOSTEPNY_W_SKLEPIE_INTER"]) for card in cards} == {
        (name, root, 0)
    }


def test_the_crowd(world):
    assert world.one(
        """SELECT count(*) AS razem, count(*) FILTER (WHERE "DOSTEPNY_W_B2B" = 1) AS w_sklepie,
        count(*) FILTER (WHERE "DOSTAWCA" = 1) AS dostawcy, count(*) FILTER (WHERE "ZABLOKOWANY" = 1) AS zablokowani,
        count(*) FILTER (WHERE "RODO_ZANONIMIZOWANY" = 1) AS anonimowi, count("ID_PLATNIKA") AS z_platnikiem
        FROM dbo."KONTRAHENT" """
    ) == {"razem": 40, "w_sklepie": 36, "dostawcy": 2, "zablokowani": 1, "anonimowi": 1, "z_platnikiem": 1}
    nips = [
        row["NIP"] for row in world.connection.execute('SELECT "NIP" FROM dbo."KONTRAHENT" WHERE "NIP" <> %s', [""])
    ]
    assert len(set(nips)) == len(nips) == 39
    for nip in nips:
        assert sum(int(digit) * weight for digit, weight in zip(nip, WEIGHTS, strict=False)) % 11 == int(nip[9])


def test_a_name_agrees_in_gender(world):
    assert not world.connection.execute(
        """SELECT "IMIE", "NAZWISKO" FROM dbo."KONTAKT"
        WHERE "IMIE" LIKE '%%a' AND ("NAZWISKO" LIKE '%%ski' OR "NAZWISKO" LIKE '%%cki')"""
    ).fetchall()


def test_nobody_shares_an_address_with_another_firm(world):
    assert not world.connection.execute(
        """SELECT "E_MAIL" FROM dbo."KONTAKT" WHERE "E_MAIL" IS NOT NULL GROUP BY 1 HAVING count(*) > 1"""
    ).fetchall()


def test_the_goods(world):
    assert world.one(
        """SELECT count(DISTINCT "INDEKS_KATALOGOWY") AS towary,
        count(DISTINCT "INDEKS_KATALOGOWY") FILTER (WHERE "DOSTEPNY_W_SKLEPIE_INTER" = 1) AS w_sklepie
        FROM dbo."ARTYKUL" """
    ) == {"towary": 2000, "w_sklepie": 600}
    warehouses = {
        row["ile"]: row["towary"]
        for row in world.connection.execute(
            """SELECT ile, count(*) AS towary FROM
            (SELECT count(*) AS ile FROM dbo."ARTYKUL" GROUP BY "INDEKS_KATALOGOWY") s GROUP BY ile"""
        )
    }
    assert set(warehouses) == {1, 2, 3}
    assert world.value('SELECT count(*) FROM dbo."ARTYKUL" WHERE "ID_MAGAZYNU" = 1') == 2000
    assert world.value('SELECT count(*) FROM dbo."ARTYKUL" WHERE "STAN" = 0 AND "ID_MAGAZYNU" = 1') > 100
    assert not world.connection.execute(
        """SELECT 1 FROM dbo."ARTYKUL" WHERE "INDEKS_KATALOGOWY" !~ '^[A-Z0-9-]+$'"""
    ).fetchall()


def test_each_good_has_one_valid_ean_and_a_price_at_every_level(world):
    eans = {
        row["INDEKS_KATALOGOWY"]: row["KOD_KRESKOWY"]
        for row in world.connection.execute(
            """SELECT "INDEKS_KATALOGOWY", "KOD_KRESKOWY" FROM dbo."ARTYKUL" WHERE "RODZAJ" = 'Towar'"""
        )
    }
    assert len(set(eans.values())) == len(eans)
    for ean in eans.values():
        assert len(ean) == 13
        assert sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(ean)) % 10 == 0
    assert not world.connection.execute(
        """SELECT a."ID_ARTYKULU" FROM dbo."ARTYKUL" a LEFT JOIN dbo."CENA_ARTYKULU" c USING ("ID_ARTYKULU")
        GROUP BY 1 HAVING count(c."ID_CENY") <> 3 OR min(c."CENA_NETTO") <= 0"""
    ).fetchall()


def test_every_category_has_its_parent_and_stands_in_its_warehouse(world):
    assert not world.connection.execute(
        """SELECT 1 FROM dbo."KATEGORIA_ARTYKULU_TREE" d WHERE length(d."KOD_TREE") > 3 AND NOT EXISTS (
        SELECT FROM dbo."KATEGORIA_ARTYKULU_TREE" r WHERE r."KOD_TREE" = left(d."KOD_TREE", -3))"""
    ).fetchall()
    assert not world.connection.execute(
        """SELECT 1 FROM dbo."ARTYKUL" a LEFT JOIN dbo."KATEGORIA_ARTYKULU" k ON k."ID_KATEGORII" = a."ID_KATEGORII"
        WHERE k."ID_MAGAZYNU" IS DISTINCT FROM a."ID_MAGAZYNU" """
    ).fetchall()


def test_every_text_is_of_code_page_1250(world):
    columns = world.connection.execute(
        """SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'dbo' AND data_type IN ('character', 'character varying')"""
    ).fetchall()
    assert len(columns) > 100
    for column in columns:
        query = f"""SELECT DISTINCT "{column["column_name"]}" AS v FROM dbo."{column["table_name"]}" """
        for row in world.connection.execute(query):
            (row["v"] or "").encode("cp1250")
