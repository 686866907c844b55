"""How numbers, days and parameters are written on the screens."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wiadukt.contract.order import Parameter
from wiadukt.production.screens.rendering import environment_of, named_unit, quantity, share


@pytest.mark.parametrize(
    ("value", "polish"), [("10.000000", "10"), ("2.50", "2,5"), ("0", "0"), ("100", "100"), ("1200", "1200")]
)
def test_quantities_carry_no_needless_zeros(value, polish):
    assert quantity(Decimal(value), "pl") == polish
    assert quantity(Decimal(value), "en") == polish.replace(",", ".")


def test_only_a_full_count_is_a_hundred_per_cent():
    assert share(Decimal("9.999"), Decimal(10)) == 99
    assert share(Decimal(10), Decimal(10)) == 100
    assert share(Decimal(15), Decimal(10)) == 100


@pytest.mark.parametrize(
    ("key", "named"), [("width_mm", ("width", "mm")), ("decor", ("decor", "")), ("edge_left", ("edge_left", ""))]
)
def test_a_unit_in_a_parameters_name_is_read_as_one(key, named):
    assert named_unit(key) == named


@pytest.mark.parametrize(
    ("language", "shown"), [("pl", ["Otwory pod zawiasy: 2", "Okleina u góry: tak", "grubość: 18 mm"]),
                            ("en", ["drilling: 2", "Okleina u góry: tak", "thickness: 18 mm"])],
)  # fmt: skip
def test_what_came_with_a_name_is_shown_by_it(language, shown):
    parameters = (
        Parameter(id="drilling", value="2", name="Otwory pod zawiasy", text="2"),
        Parameter(id="edge_top", value="yes", name="Okleina u góry", text="tak"),
        Parameter(id="thickness_mm", value="18"),
    )
    line = "{% for one in list %}{{ one | parameter }}: {{ one | value }} {{ one | unit }}\n{% endfor %}"

    told = environment_of(language, "Europe/Warsaw").from_string(line).render(list=parameters)

    assert [text.strip() for text in told.strip().splitlines()] == shown
