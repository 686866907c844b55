from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from wiadukt.contract.base import Kind
from wiadukt.contract.event import ThinEvent

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("kind", list(Kind))
def test_an_event_comes_back_as_it_was_sent(kind):
    event = ThinEvent.changed(kind, "7", event_id="wapro-1", source="urn:wiadukt:wapro", time=AT)

    again = ThinEvent.model_validate_json(event.model_dump_json())

    assert again == event
    assert again.kind is kind


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValidationError):
        ThinEvent(id="1", source="x", type="pl.wiadukt.secret.changed", subject="7", time=AT)
