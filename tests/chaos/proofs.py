"""What must hold besides equality: each order once and whole, no message unexplained, history, one invitation."""

from __future__ import annotations

import email
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from email import policy
from typing import Any

from tests.chaos.snapshot import TRACKED, Snapshot
from tests.chaos.world import World

# A refusal of WAPRO needs one of these deeds in the office, in this or an earlier scenario.
REFUSALS = ("customer_not_allowed", "product_not_allowed")


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
    mapped = {
        row["numer"]: row["id_zamowienia"]
        for row in world.server.rows("wapro", "SELECT * FROM wiadukt.zamowienie_mapa")
    }
    numbers = [
        row["number"] for row in world.server.rows("shop", "SELECT number FROM order_order WHERE number LIKE 'WD-%'")
    ]
    said = {
        row["key"]: row
        for row in world.server.rows("shop", "SELECT * FROM outbox_outboundmessage WHERE kind = 'order_placed'")
    }
    changed = {int(row.split()[3]) for row in ()}  # lines that the office changed are compared by `orders`
    for number in numbers:
        message = said.get(number)
        if message is None:
            yield f"order {number} was never told to WAPRO"
            continue
        there = made.pop(number, [])
        expected = 0 if message["state"] == "rejected" else 1
        if len(there) != expected:
            yield f"order {number} ({message['state']}) is {len(there)} times in WAPRO"
        for order in there:
            if mapped.get(number) != order["id"]:
                yield f"order {number}: the map names {mapped.get(number)}, WAPRO has {order['id']}"
            wanted = Counter((x["product_id"], Decimal(x["price_net"])) for x in message["payload"]["lines"])
            if Counter((product, net) for product, _ordered, net in lines[order["id"]]) != wanted:
                yield f"order {number}: lines {lines[order['id']]} and {wanted}"
    del changed
    for key, there in made.items():
        if key and key.startswith("WD-"):
            yield f"order {key} is in WAPRO and not in the shop: {there}"
    yield from _job_orders(world, numbers)


def _job_orders(world: World, numbers: list[str]) -> Iterator[str]:
    query = "SELECT key, state, payload, last_answer FROM outbox_outboundmessage WHERE kind = 'work_requested'"
    wanted = {
        row["key"]: {job["id"]: Decimal(job["quantity"]) for job in row["payload"]["job_orders"]}
        for row in world.server.rows("shop", query)
    }
    there: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for job in world.server.rows("production", "SELECT * FROM job_order"):
        there[job["order_number"]][job["id"]] = job["quantity"]
    if wanted != there:
        differing = {key for key in wanted.keys() | there.keys() if wanted.get(key) != there.get(key)}
        yield f"job orders of {sorted(differing)} differ"
    fronts = """SELECT DISTINCT o.number FROM order_order o JOIN order_line l ON l.order_id = o.id
        JOIN catalogue_product p ON p.id = l.product_id JOIN catalogue_productclass c ON c.id = p.product_class_id
        WHERE c.made_to_order AND o.number LIKE 'WD-%'"""
    for row in world.server.rows("shop", fronts):
        if row["number"] not in wanted:
            yield f"order {row['number']} has something to make and production was never told"


def messages(world: World) -> Iterator[str]:
    """Nothing is rejected without a reason that the office gave."""
    rejected = "SELECT * FROM outbox_outboundmessage WHERE state = 'rejected'"
    for row in world.server.rows("shop", rejected):
        if row["kind"] != "order_placed" or not any(
            code in row["last_answer"] or _means(code, row) for code in REFUSALS
        ):
            yield f"message {row['kind']} {row['key']} is rejected: {row['last_answer']}"
    for row in world.server.rows("shop", "SELECT * FROM sync_inboxobject WHERE state = 'rejected'"):
        yield f"inbox {row['kind']} {row['object_id']} is rejected: {row['last_error']}"
    for row in world.server.rows("wapro", "SELECT * FROM wiadukt.kolejka WHERE status = 'odrzucony'"):
        yield f"event {row['rodzaj']} {row['id_obiektu']} is rejected: {row['ostatni_blad']}"
    for row in world.server.rows("production", "SELECT * FROM report WHERE state = 'rejected'"):
        yield f"report of {row['order_number']} is rejected: {json.dumps(row['answer'])}"


def _means(code: str, row: dict[str, Any]) -> bool:
    words = {"customer_not_allowed": ("zablokowany", "udostępni"), "product_not_allowed": ("zablokowany",)}[code]
    return any(word in row["last_answer"] for word in words)


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


def invitations(world: World, before: Snapshot) -> Iterator[str]:
    """One e-mail for each new login, and never a second one."""
    sent: Counter[str] = Counter()
    for path in world.mail.glob("*.eml"):
        sent[str(email.message_from_bytes(path.read_bytes(), policy=policy.default)["to"]).lower()] += 1
    for address, count in sent.items():
        if count > 1:
            yield f"{address} was invited {count} times"
    query = """SELECT m.id, m.email, m.invited_at FROM organisations_member m JOIN accounts_user u ON u.id = m.user_id
        WHERE u.is_active"""
    for member in world.server.rows("shop", query):
        if member["id"] not in before.taken_over and not sent[member["email"]]:
            yield f"{member['email']} has a login and no invitation"
        if member["invited_at"] is not None and not sent[member["email"]]:
            yield f"{member['email']} is noted as invited and got no e-mail"
