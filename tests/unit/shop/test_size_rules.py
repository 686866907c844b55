"""What a buyer may choose and what staff may set: each refusal names field, limit and remedy."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation
from factories.sizes import DECOR, HEIGHT, HOLES, WIDTH, a_rule
from hypothesis import given
from hypothesis import strategies as st

from wiadukt.shop.sizes.check import ROOM_IN_WAPRO, faults_of
from wiadukt.shop.sizes.chosen import in_words, kept, mark_of, read, size_of, values_of
from wiadukt.shop.sizes.judge import judge
from wiadukt.shop.sizes.rule import Base, Choice, Kind, Parameter, Per, Role, Rule

GOOD = {"width_mm": "396", "height_mm": "716", "decor": "OAK", "edge_top": "yes"}


@pytest.fixture(autouse=True)
def _polish():
    with translation.override("pl"):
        yield


def test_what_was_chosen_says_itself_to_people_and_to_machines():
    judged = judge(a_rule(), GOOD)

    assert judged.problems == {}
    assert judged.values == GOOD | {"edge_bottom": "no", "edge_left": "no", "edge_right": "no"}
    assert in_words(kept(judged.chosen)).startswith("Szerokość: 396 mm; Wysokość: 716 mm; Dekor: Dąb; Okleina top: tak")
    assert size_of(judged.chosen) == "396 × 716 mm"
    with translation.override("en"):
        assert in_words(kept(judged.chosen)).startswith("Width: 396 mm; Height: 716 mm; Decor: Oak")


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("width_mm", "", "Szerokość: wpisz liczbę całkowitą, 100–1200 mm."),
        ("width_mm", "39,6", "Szerokość: wpisz liczbę całkowitą, 100–1200 mm."),
        ("width_mm", "-396", "Szerokość: wpisz liczbę całkowitą, 100–1200 mm."),
        ("width_mm", "٣٩٦", "Szerokość: wpisz liczbę całkowitą, 100–1200 mm."),
        ("width_mm", "9" * 400, "Szerokość: wpisz liczbę całkowitą, 100–1200 mm."),
        ("width_mm", "1201", "Szerokość: 1201 to za dużo, najwięcej 1200. Wpisz mniej (100–1200 mm)."),
        ("width_mm", "99", "Szerokość: 99 to za mało, najmniej 100. Wpisz więcej (100–1200 mm)."),
        ("decor", "PINE", "Dekor: wybierz z listy."),
        ("decor", "", "Dekor: wybierz z listy."),
        ("holes", "13", "Otwory: 13 to za dużo, najwięcej 12. Wpisz mniej (0–12)."),
    ],
)
def test_a_wrong_answer_is_told_with_field_limit_and_remedy(code, value, said):
    judged = judge(a_rule(), GOOD | {code: value})

    assert judged.problems == {code: said}
    assert (judged.missing == {code}) == (value == "")


def test_a_length_between_two_steps_is_told_the_nearest():
    rule = Rule(Base.M2, (replace(WIDTH, step=5), HEIGHT))

    problems = judge(rule, {"width_mm": "397", "height_mm": "716"}).problems

    assert problems["width_mm"] == "Szerokość: 397 jest między dwoma krokami co 5. Wpisz 395 lub 400."


@given(st.dictionaries(st.sampled_from([*GOOD, "holes", "other"]), st.text(max_size=12)))
def test_whatever_is_sent_is_either_right_or_told(sent):
    rule = a_rule()

    judged = judge(rule, sent)

    answered = {one.code for one in judged.chosen}
    assert answered.isdisjoint(judged.problems)
    assert {one.code for one in rule.parameters if one.required} <= answered | judged.problems.keys()
    assert values_of(kept(judged.chosen)) == judged.values
    assert read(kept(judged.chosen)) == judged.chosen


def test_other_sizes_have_another_mark_and_the_order_of_answers_has_none():
    assert mark_of({"a": "1", "b": "2"}) == mark_of({"b": "2", "a": "1"})
    assert mark_of({"a": "1", "b": "2"}) != mark_of({"a": "2", "b": "1"})


def test_a_good_rule_has_no_faults():
    assert faults_of(a_rule()) == []


FREE = Parameter("free", Kind.YES_NO, "Gratis")


@pytest.mark.parametrize(
    ("changed", "field", "word"),
    [
        (replace(WIDTH, code="Szerokość"), "code", "width_mm"),
        (replace(WIDTH, code="decor"), "code", "inny"),
        (replace(WIDTH, name_pl="Szerokość ⌀"), "name_pl", "Pomiń"),
        (replace(WIDTH, most=50), "most", "100"),
        (replace(WIDTH, step=7), "step", "inny"),
        (replace(WIDTH, least=0), "least", "100000"),
        (replace(WIDTH, role=Role.HEIGHT), "role", "–"),
        (replace(WIDTH, required=False), "required", "Zaznacz"),
        (replace(WIDTH, surcharge=Decimal(1)), "surcharge", "0"),
        (replace(FREE, role=Role.WIDTH), "role", "długość"),
        (replace(FREE, surcharge=Decimal(-1)), "surcharge", "0"),
        (replace(DECOR, choices=()), "choices", "co najmniej"),
        (replace(DECOR, choices=(Choice("A", "a"), Choice("A", "b"))), "choices", "A"),
        (replace(DECOR, choices=(Choice("dąb", "a"),)), "choices", "dąb"),
        (replace(DECOR, choices=(Choice("A", "⌀"),)), "choices", "A"),
        (replace(DECOR, choices=(Choice("A", "a", "", Decimal(-1)),)), "choices", "A"),
        (replace(HOLES, most=5, least=9), "most", "9"),
    ],
)
def test_a_wrong_setting_is_told_at_its_field_with_a_remedy(changed, field, word):
    others = [one for one in a_rule().parameters if one.code != changed.code or field == "code"]
    others = [one for one in others if one.code != "width_mm"]
    rule = Rule(Base.PIECE, (changed, *(replace(one, per=Per.PIECE) for one in others)))

    found = [fault.text for fault in faults_of(rule) if fault.field == field]

    assert any(word in text for text in found), found


def test_a_price_by_area_needs_both_sides():
    rule = Rule(Base.M2, (WIDTH, DECOR))

    assert {(fault.position, fault.field) for fault in faults_of(rule)} == {(None, "base"), (1, "per")}


def test_what_would_not_fit_wapros_description_can_not_be_set():
    many = tuple(replace(FREE, code=f"p{n}", name_pl="x" * 40) for n in range(7))

    (fault,) = faults_of(Rule(Base.PIECE, many))

    assert str(ROOM_IN_WAPRO) in fault.text
