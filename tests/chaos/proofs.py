"""What must hold besides equality: each order once and whole, no message unexplained, history, one invitation."""

from __future__ import annotations

import email
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from email import policy
from typing import Any

from tests.chaos.plan import Plan
from tests.chaos.snapshot import TRACKED, Snapshot
from tests.chaos.world import World
from wiadukt.contract.order import PlacedOrder

# A refusal of WAPRO needs one of these deeds in the office, in this or an earlier scenario.
REFUSALS = ("customer_not_allowed", "product_not_allowed")
TAKEN = "number_taken"
"""Somebody edited the message after WAPRO had heard it."""


def placed_orders(world: World) -> Iterator[str]:
    """Each order of the shop is one ZO of WAPRO with its lines, and one set of job orders; a refused one is none."""
    zo = """SELECT "ID_ZAMOWIENIA" AS id, "NUMER" AS numer, trim("NR_ZAMOWIENIA_KLIENTA") AS key,
        "WARTOSC_NETTO" AS net,
        "SEMAFOR" AS held FROM dbo."ZAMOWIENIE" WHERE "TYP" = 1"""
    rows = """SELECT p."ID_ZAMOWIENIA" AS id, a."INDEKS_KATALOGOWY" AS product, p."ZAMOWIONO" AS ordered,
        p."CENA_NETTO" AS net FROM dbo."POZYCJA_ZAMOWIENIA" p JOIN dbo."ARTYKUL" a USING ("ID_ARTYKULU")"""
    made, lines = defaultdict(list), defaultdict(list)
    for order in world.server.rows("wapro", zo):
        if (order["numer"] or "").strip() in ("", "<auto>") or order["held"]:
            yield f"order {order['id']} in WAPRO is half-made: {order}"
        made[order["key"]].append(order)
    for line in world.server.rows("wapro", rows):
        lines[line["id"]].append((line["product"], line["ordered"], line["net"]))
    mapped = {row["numer"]: row for row in world.server.rows("wapro", "SELECT * FROM wiadukt.zamowienie_mapa")}
    numbers = [
        row["number"] for row in world.server.rows("shop", "SELECT number FROM order_order WHERE number LIKE 'WD-%'")
    ]
    said = _texts(world)
    for number in numbers:
        message = said.get(number)
        if message is None:
            yield f"order {number} was never told to WAPRO"
            continue
        there = made.pop(number, [])
        if len(there) not in message.allowed:
            yield f"order {number} ({message.state}) is {len(there)} times in WAPRO"
        for order in there:
            known = mapped.get(number, {})
            if known.get("id_zamowienia") != order["id"]:
                yield f"order {number}: the map names {known}, WAPRO has {order['id']}"
            elif message.state == "delivered" and known["skrot"].strip() != message.digest:
                yield f"order {number}: WAPRO took another text than the one that is noted as delivered"
            found = Counter((product, net) for product, _ordered, net in lines[order["id"]])
            if found not in message.lines:
                yield f"order {number}: lines {lines[order['id']]} and {message.lines}"
    for key, there in made.items():
        if key and key.startswith("WD-"):
            yield f"order {key} is in WAPRO and not in the shop: {there}"
    yield from _job_orders(world, numbers)


@dataclass(frozen=True)
class Told:
    """What was said about an order: how many documents may have come of it, and with which lines."""

    state: str
    allowed: tuple[int, ...]
    digest: str
    lines: list[Counter[tuple[str, Decimal]]]


def _texts(world: World) -> dict[str, Told]:
    """By number. What a person edited or discarded may have been heard by WAPRO before he did."""
    query = """SELECT m.key, m.state, m.payload, m.refusal, m.attempts,
        (SELECT jsonb_agg(i.old_payload) FROM outbox_intervention i WHERE i.message_id = m.id
            AND i.old_payload IS NOT NULL) AS earlier,
        EXISTS (SELECT 1 FROM outbox_attempt a WHERE a.message_id = m.id) AS tried
        FROM outbox_outboundmessage m WHERE m.kind = 'order_placed'"""
    told = {}
    for row in world.server.rows("shop", query):
        texts = [row["payload"]] if row["state"] == "delivered" else [row["payload"], *(row["earlier"] or [])]
        allowed: tuple[int, ...] = (1,)
        if row["state"] == "rejected":
            allowed = (1,) if row["refusal"]["code"] == TAKEN else (0,)
        elif row["state"] == "discarded":
            allowed = (0, 1) if row["tried"] or row["attempts"] > 1 else (0,)
        lines = [Counter((x["product_id"], Decimal(x["price_net"])) for x in text["lines"]) for text in texts]
        text = PlacedOrder.model_validate(row["payload"]).model_dump_json(exclude_defaults=True)
        told[row["key"]] = Told(row["state"], allowed, hashlib.sha256(text.encode()).hexdigest(), lines)
    return told


def _job_orders(world: World, numbers: list[str]) -> Iterator[str]:
    query = "SELECT key, state, payload FROM outbox_outboundmessage WHERE kind = 'work_requested'"
    told = world.server.rows("shop", query)
    wanted = {row["key"]: {job["id"]: Decimal(job["quantity"]) for job in row["payload"]["job_orders"]} for row in told}
    dropped = {row["key"] for row in told if row["state"] == "discarded"}
    there: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for job in world.server.rows("production", "SELECT * FROM job_order"):
        there[job["order_number"]][job["id"]] = job["quantity"]
    differing = {key for key in wanted.keys() | there.keys() if wanted.get(key) != there.get(key)}
    differing -= {key for key in dropped if key not in there}  # or it was said before somebody dropped it
    if differing:
        yield f"job orders of {sorted(differing)} differ"
    fronts = """SELECT DISTINCT o.number FROM order_order o JOIN order_line l ON l.order_id = o.id
        JOIN catalogue_product p ON p.id = l.product_id JOIN catalogue_productclass c ON c.id = p.product_class_id
        WHERE c.made_to_order AND o.number LIKE 'WD-%'"""
    for row in world.server.rows("shop", fronts):
        if row["number"] not in wanted:
            yield f"order {row['number']} has something to make and production was never told"


def messages(world: World) -> Iterator[str]:
    """Nothing is rejected without a reason that the office or a person gave, or dropped without a name and a why."""
    rejected = """SELECT m.*, EXISTS (SELECT 1 FROM outbox_intervention i WHERE i.message_id = m.id
        AND i.deed = 'edited') AS edited FROM outbox_outboundmessage m WHERE m.state = 'rejected'"""
    for row in world.server.rows("shop", rejected):
        reasons = (*REFUSALS, TAKEN) if row["edited"] else REFUSALS
        if row["kind"] != "order_placed" or not row["refusal"] or row["refusal"]["code"] not in reasons:
            yield f"message {row['kind']} {row['key']} is rejected: {row['last_answer']}"
    dropped = """SELECT m.*, (SELECT i.author || i.reason FROM outbox_intervention i WHERE i.message_id = m.id
        AND i.deed = 'discarded' ORDER BY i.id DESC LIMIT 1) AS why FROM outbox_outboundmessage m
        WHERE m.state = 'discarded'"""
    for row in world.server.rows("shop", dropped):
        if not row["why"]:
            yield f"message {row['kind']} {row['key']} was dropped and nobody knows why"
    for row in world.server.rows("shop", "SELECT * FROM sync_inboxobject WHERE state = 'rejected'"):
        yield f"inbox {row['kind']} {row['object_id']} is rejected: {row['last_error']}"
    for row in world.server.rows("wapro", "SELECT * FROM wiadukt.kolejka WHERE status = 'odrzucony'"):
        yield f"event {row['rodzaj']} {row['id_obiektu']} is rejected: {row['ostatni_blad']}"
    for row in world.server.rows("production", "SELECT * FROM report WHERE state = 'rejected'"):
        yield f"report of {row['order_number']} is rejected: {json.dumps(row['answer'])}"


def comparisons(world: World, before: Snapshot, plan: Plan) -> Iterator[str]:
    """They find something only when capture was away or the shop had just come, or name what holds it up: an outage on
    the road. The last one finds nothing."""
    query = """SELECT r.id, r.state, r.only_reports, d.kind, d.object_id, d.problem, d.field, d.cause, d.detail,
        d.shop_value, d.erp_value FROM sync_reconciliation r LEFT JOIN sync_drift d ON d.run_id = r.id
        AND d.cause NOT IN ('refused_by_erp', 'discarded') WHERE r.id > %s ORDER BY r.id"""
    rows = world.server.rows("shop", query, before.last_comparison)
    if not rows:
        yield "nothing was compared"
    for row in rows:
        what = f"comparison {row['id']} of {rows[-1]['id']}"
        if row["state"] != "finished":
            yield f"{what} is {row['state']}"
        is_last = row["id"] == rows[-1]["id"]
        is_explained = plan.without_capture or plan.flag_day or row["cause"] in ("not_sent", "refused_by_shop")
        if row["object_id"] and (is_last or not is_explained):
            yield f"{what} found {row}"


def history(world: World, before: Snapshot) -> Iterator[str]:
    """A field that differs from what it was has a newest entry that says so; a new object has its first one."""
    query = "SELECT kind, object_id, field, new FROM history_change WHERE id > %s ORDER BY id"
    newest: dict[tuple[str, int, str], str] = {}
    created: Counter[tuple[str, int]] = Counter()
    for row in world.server.rows("shop", query, before.last_change):
        newest[row["kind"], row["object_id"], row["field"]] = row["new"]
        created[row["kind"], row["object_id"]] += row["field"] == "created"
    for kind, (table, fields) in TRACKED.items():
        for row in world.server.rows("shop", f"SELECT id, {', '.join(fields)} FROM {table}"):
            old = before.values[kind].get(row["id"])
            if created[kind, row["id"]] > 1 or (old is not None and created[kind, row["id"]]):
                yield f"history says that {kind} {row['id']} was made more than once"
            if old is None:
                continue
            for field in fields:
                said = newest.get((kind, row["id"], field))
                if row[field] != old[field] and said != _text(row[field]):
                    went = f"{field} went {old[field]!r} -> {row[field]!r}"
                    yield f"history of {kind} {row['id']}: {went}, it says {said!r}"


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def people(world: World, before: Snapshot, plan: Plan) -> Iterator[str]:
    """One invitation for each new login, never a second one, and none to people who were there before the shop.

    A copy under the same Message-ID is the same e-mail: it went before a commit that was lost.
    """
    sent = _letters(world, "invitation")
    for address, letters in sent.items():
        if len(letters) > 1:
            yield f"{address} was invited {len(letters)} times"
        if address in world.history:
            yield f"{address} is history and was invited"
    query = """SELECT m.id, m.email, m.invited_at, m.invitation_held FROM organisations_member m
        JOIN accounts_user u ON u.id = m.user_id WHERE u.is_active"""
    for member in world.server.rows("shop", query):
        held = member["id"] in before.taken_over or (plan.flag_day and member["invitation_held"])
        if not held and not sent[member["email"]]:
            yield f"{member['email']} has a login and no invitation"
        if member["invited_at"] is not None and not sent[member["email"]]:
            yield f"{member['email']} is noted as invited and got no e-mail"


def confirmations(world: World, before: Snapshot) -> Iterator[str]:
    """Each order placed in this scenario is confirmed to its buyer while he may log in, and no order more than once."""
    sent = Counter(number for letters in _letters(world, "order_placed").values() for number in letters.values())
    query = """SELECT o.id, o.number FROM order_order o JOIN accounts_user u ON u.id = o.user_id
        WHERE u.is_active AND o.number LIKE 'WD-%' AND o.approval IN ('', 'approved')"""
    placed = {row["number"] for row in world.server.rows("shop", query) if row["id"] not in before.values["order"]}
    for number in placed | set(sent):
        if sent[number] > 1 or (number in placed and not sent[number]):
            yield f"order {number} was confirmed {sent[number]} times"


def _letters(world: World, kind: str) -> dict[str, dict[str, str]]:
    """Of each address the letters of this kind: Message-ID to the order's number in the subject, if there is one."""
    sent: dict[str, dict[str, str]] = defaultdict(dict)
    for path in world.mail.glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        if message["x-wiadukt-letter"] == kind:
            number = re.search(r"WD-\d+", str(message["subject"]))
            sent[str(message["to"]).lower()][str(message["message-id"])] = number[0] if number else ""
    return sent
