"""A status letter of the office's own: shown as staff says, its orders announced, and never written over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wiadukt.contract.errors import Refused
from wiadukt.contract.order_status import StatusMeaning
from wiadukt.contract.states import OrderState
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.read.meanings import read_statuses
from wiadukt.wapro.read.orders import read_orders
from wiadukt.wapro.write.meanings import write_meaning

Say = Callable[[str, OrderState | None], int]


@pytest.fixture
def order(office) -> int:
    """One in the office's own status; another one in a status that everybody knows."""
    office.insert("MAG_SLOWNIK_STATUSOW_DOKUMENTOW", OPIS_STATUSU="spakowane na rampie", KOD_STATUSU="H")
    buyer = office.contractor()
    office.order(buyer, STATUS_ZAM="V")
    return office.order(buyer, STATUS_ZAM="H")


@pytest.fixture
def say(engine, settings, order) -> Say:
    def say(letter: str, state: OrderState | None) -> int:
        with writing(engine) as conn:
            return write_meaning(conn, StatusMeaning(letter=letter, state=state), settings)

    return say


@pytest.fixture
def state(engine, settings, order) -> Callable[[], OrderState]:
    def state() -> OrderState:
        with reading(engine) as conn:
            return read_orders(conn, [str(order)], settings).objects[0].state

    return state


def test_what_staff_says_of_a_letter_counts_from_then_on_and_just_its_orders_are_announced(office, order, say, state):
    assert state() is OrderState.CONFIRMED
    office.forget_queue()

    assert say("H", OrderState.PACKED) == 1

    assert state() is OrderState.PACKED
    assert office.queue() == [("order", str(order))]
    assert say("H", OrderState.READY) == 1
    assert state() is OrderState.READY
    assert say("H", None) == 1
    assert state() is OrderState.CONFIRMED


def test_every_letter_is_told_with_what_it_means_and_who_says_so(engine, settings, say):
    say("H", OrderState.PACKED)

    with reading(engine) as conn:
        told = {one.letter: one for one in read_statuses(conn, settings)}

    assert (told["H"].label, told["H"].state, told["H"].is_fixed) == ("spakowane na rampie", OrderState.PACKED, False)
    assert (told["V"].state, told["V"].is_fixed) == (OrderState.CONFIRMED, True)


def test_a_letter_that_the_settings_name_later_means_what_they_say_and_no_longer_what_staff_said(
    engine, settings, order, say
):
    say("H", OrderState.PACKED)
    later = settings.model_copy(update={"wapro_status_letters": f"{settings.wapro_status_letters},H:shipped"})

    with reading(engine) as conn:
        state = read_orders(conn, [str(order)], later).objects[0].state
        told = {one.letter: one for one in read_statuses(conn, later)}

    assert state is OrderState.SHIPPED
    assert (told["H"].state, told["H"].is_fixed) == (OrderState.SHIPPED, True)


@pytest.mark.parametrize(("letter", "code"), [("V", "status_fixed"), ("Q", "status_unknown")])
def test_neither_a_letter_of_the_settings_nor_one_that_wapro_has_not_is_given_a_meaning(say, letter, code):
    with pytest.raises(Refused) as refused:
        say(letter, OrderState.PACKED)

    assert refused.value.code == code
    assert refused.value.remedy
