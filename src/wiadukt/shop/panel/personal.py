"""Personal data in the traffic, masked for who has no right to it: technicians see that a message went, not to whom.

Rows are changed in memory, before anything is shown or exported, and never saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from wiadukt.shop.accounts.models import User
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.panel.payload import leaves
from wiadukt.shop.sellers import access
from wiadukt.shop.sync.models import Drift, InboxObject

MASK = "•••"
# Fields of messages that say who somebody is, where he is, or what he wrote; of a list or an object every part.
PERSONAL = frozenset(
    {"ordered_by", "customer_name", "customer_number", "customer_order_number", "remarks", "note", "changed_by"}
) | {"value", "base"}
PERSONAL_PARAMETERS = "parameters"
"""Of made goods, and no person's: their `value` is a size."""
SHORTEST = 3
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<![\w-])\+?\d{2,3}[ -]\d{3}[ -]\d{2,3}(?:[ -]\d{2,3})?(?![\w-])")
# What a program or a person quotes may be anybody's words.
_QUOTED = re.compile(r"(?<=input_value=).*?(?=, input_type)|(?<=\)=\().*?(?=\))|„.*?”|'[^']*'|\"[^\"]*\"")


def is_veiled(user: User) -> bool:
    return not access.sees_personal(user)


def masked(value: Any) -> Any:
    """The same text of a message with every personal leaf masked."""
    if isinstance(value, dict):
        return {
            name: part if name == PERSONAL_PARAMETERS else _covered(part) if name in PERSONAL else masked(part)
            for name, part in value.items()
        }
    return [masked(one) for one in value] if isinstance(value, list) else value


def masked_text(text: str, secrets: Iterable[str] = ()) -> str:
    """What somebody answered, without addresses, phones, quoted words and these secrets."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            text = re.sub(re.escape(secret), MASK, text, flags=re.IGNORECASE)
    for pattern in (_EMAIL, _QUOTED, _PHONE):
        text = pattern.sub(MASK, text)
    return text


def veil_messages(messages: Sequence[OutboundMessage]) -> None:
    """Their texts, answers and refusals; what stays of a refusal is its code, field and remedy."""
    names = _names_of_buyers(messages)
    for message in messages:
        secrets = {*names.get(str(message.payload.get("customer_id", "")), ()), *_secrets_in(message.payload)}
        message.payload = masked(message.payload)
        message.last_answer = _answer(message.last_answer)
        if message.refusal:
            message.refusal["title"] = MASK
            message.refusal["detail"] = masked_text(message.refusal.get("detail") or "", secrets)


def veil_story(message: OutboundMessage, attempts: Sequence[Any], deeds: Sequence[Any]) -> None:
    """The message with all that came of it."""
    for attempt in attempts:
        attempt.answer = _answer(attempt.answer)
    for deed in deeds:
        deed.reason = MASK if deed.reason else ""
        deed.old_payload = None if deed.old_payload is None else masked(deed.old_payload)
    veil_messages([message])


def _answer(text: str) -> str:
    """A refusal may name whomever an earlier text named; of silence and outages an address is told, and is shown."""
    if not text:
        return ""
    return masked_text(text) if text.startswith(("http://", "https://")) else MASK


def veil_objects(rows: Iterable[InboxObject]) -> None:
    for row in rows:
        row.last_error = masked_text(row.last_error)


def veil_drifts(rows: Iterable[Drift]) -> None:
    """What differs: of a buyer nothing is shown, of the rest what nobody wrote himself."""
    for row in rows:
        if row.kind == "customer" or row.field in PERSONAL:
            row.shop_value, row.erp_value = (MASK if one else "" for one in (row.shop_value, row.erp_value))
        row.detail = masked_text(row.detail)


def _covered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _covered(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_covered(one) for one in value]
    return MASK if value not in (None, "") else value


def _secrets_in(payload: dict[str, Any]) -> set[str]:
    """Every personal leaf of this text."""
    hidden = dict(leaves(masked(payload)))
    return {text for path, text in leaves(payload) if hidden.get(path) == MASK}


def _names_of_buyers(messages: Sequence[OutboundMessage]) -> dict[str, tuple[str, ...]]:
    """A receiver may name the buyer whom the message names by his id only."""
    ids = {str(one.payload["customer_id"]) for one in messages if "customer_id" in one.payload}
    found = Organisation.objects.filter(erp_id__in=ids).values_list("erp_id", "name", "full_name", "code")
    return {erp_id: tuple(filter(None, names)) for erp_id, *names in found}
