"""A change of terms announces every object whose price it changes, and nothing else."""

from __future__ import annotations

import pytest


@pytest.fixture
def buyers(office):
    """Two flagged buyers of group 2, one of group 3, one who is not in the shop."""
    found = [office.contractor(ID_HANDLOWCA=1), office.contractor(), office.contractor(ID_GRUPY=3)]
    office.contractor(DOSTEPNY_W_B2B=0)
    office.forget_queue()
    return found


def announced(office):
    found = sorted(office.queue())
    office.forget_queue()
    return found


def customers(*ids):
    return sorted(("customer", str(one)) for one in ids)


def test_terms_of_a_group_are_those_of_its_buyers(office, buyers):
    office.run('UPDATE dbo."GRUPA_KONTRAHENTA" SET "NARZUT" = 5 WHERE "ID_GRUPY" = 2')
    assert announced(office) == customers(*buyers[:2])
    office.insert("CENA_GRUPY", ID_KATEGORII=51, ID_GRUPY=3, ID_CENY=1)
    assert announced(office) == customers(buyers[2])
    office.run('UPDATE dbo."GRUPA_KONTRAHENTA" SET "DOMYSLNA" = 1 - "DOMYSLNA"')
    assert announced(office) == [], "a column that we don't read"


def test_a_threshold_is_everybodys_and_a_salesman_his_buyers(office, buyers):
    office.insert("PROGI_RABATOWE", ID_FIRMY=1, PROG=1000, RABAT=3)
    assert announced(office) == customers(*buyers)
    office.run("""UPDATE dbo."PRACOWNIK" SET "TELEFON" = '600 000 000' WHERE "ID_PRACOWNIKA" = 1""")
    assert announced(office) == customers(buyers[0])


def test_a_price_of_a_group_is_the_articles(office, buyers):
    card = office.article("A-1")
    office.forget_queue()
    office.insert("CENNIK_INDYWIDUALNY", ID_GRUPY=2, ID_ARTYKULU=card, CENA_NETTO=5)
    assert announced(office) == [("product", "A-1")]
    office.run('UPDATE dbo."ARTYKUL" SET "PROMOCJA_DO" = 82510')
    assert announced(office) == [("product", "A-1")]
