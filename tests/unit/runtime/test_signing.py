from datetime import UTC, datetime, timedelta

import pytest

from wiadukt.runtime.signing import InvalidSignature, new_secret, sign, verify

OLD, NEW = new_secret(), new_secret()
BODY = '[{"id": "1", "subject": "Łódź"}]'


def headers(secret: str, *, at: datetime | None = None) -> dict[str, str]:
    return sign([secret], message_id="m1", at=at or datetime.now(UTC), body=BODY)


def test_either_of_two_keys_verifies_while_a_key_is_changed():
    for secret in (OLD, NEW):
        verify([NEW, OLD], headers=headers(secret), body=BODY.encode())


def test_a_foreign_key_is_refused():
    with pytest.raises(InvalidSignature):
        verify([NEW], headers=headers(OLD), body=BODY.encode())


def test_a_changed_body_is_refused():
    with pytest.raises(InvalidSignature):
        verify([NEW], headers=headers(NEW), body=BODY.replace("1", "2").encode())


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_batch_outside_the_replay_window_is_refused(minutes):
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    with pytest.raises(InvalidSignature):
        verify([NEW], headers=headers(NEW, at=at), body=BODY.encode())


def test_without_keys_nothing_verifies():
    with pytest.raises(InvalidSignature):
        verify([], headers=headers(NEW), body=BODY.encode())
