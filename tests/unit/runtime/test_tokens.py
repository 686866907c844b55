import pytest

from wiadukt.runtime.tokens import caller_of, parse_tokens

TOKENS = parse_tokens("shop:abc, production:def")


def test_a_caller_is_known_by_his_token():
    assert caller_of("Bearer abc", TOKENS) == "shop"
    assert caller_of("bearer def", TOKENS) == "production"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer ab", "Basic abc", "abc"])
def test_anyone_else_is_nobody(header):
    assert caller_of(header, TOKENS) is None


def test_an_empty_token_is_a_mistake_and_not_an_open_door():
    with pytest.raises(ValueError, match="shop"):
        parse_tokens("shop:")
