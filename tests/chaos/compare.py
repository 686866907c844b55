"""Both sides, object by object and field by field; by plain SQL on the shop's tables, not by the shop's own code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tests.chaos.plan import Plan
from tests.chaos.proofs import comparisons, confirmations, history, messages, people, placed_orders
from tests.chaos.snapshot import Snapshot
from tests.chaos.world import TOKENS, World

Row = dict[str, Any]


def findings(world: World, before: Snapshot, plan: Plan) -> list[str]:
    """Everything that is not as it must be; empty when both sides agree."""
    checks = [customers(world), products(world), orders(world), invoices(world)]
    checks += [placed_orders(world), messages(world), history(world, before), people(world, before, plan)]
    checks += [confirmations(world, before), comparisons(world, before, plan)]
    return [finding for check in checks for finding in check]


def _erp(world: World, kind: str, known: set[str]) -> tuple[set[str], dict[str, Row]]:
    """Ids that the shop should have, and all objects of these and of those that it has."""
    base = f"http://127.0.0.1:{world.ports['connector']}/v1/{kind}s"
    headers = {"Authorization": f"Bearer {TOKENS['work']}"}
    wanted: list[str] = []
    after = None
    while True:
        query = {"limit": "500"} | ({"after": after} if after else {})
        page = world.http.get(f"{base}/ids", params=query, headers=headers).raise_for_status().json()
        wanted += page["ids"]
        if not (after := page["next_after"]):
            break
    everything = sorted(set(wanted) | known)
    objects: dict[str, Row] = {}
    for start in range(0, len(everything), 500):
        body = {"ids": everything[start : start + 500]}
        answer = world.http.post(f"{base}/fetch", json=body, headers=headers).raise_for_status().json()
        objects |= {one["id"]: one for one in answer["objects"]}
        assert not answer["broken"], answer["broken"]
    return set(wanted), objects


def _same(left: Any, right: Any) -> bool:
    if isinstance(right, Decimal):
        return Decimal(str(left or 0)) == right
    return str("" if left is None else left) == str("" if right is None else right)


def _differences(what: str, pairs: dict[str, tuple[Any, Any]]) -> Iterator[str]:
    for field, (erp, shop) in pairs.items():
        if not _same(erp, shop):
            yield f"{what}: {field} is {erp!r} in WAPRO and {shop!r} in the shop"


def _by(rows: list[Row], key: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def customers(world: World) -> Iterator[str]:
    shop = {row["erp_id"]: row for row in world.server.rows("shop", "SELECT * FROM organisations_organisation")}
    members = _by(world.server.rows("shop", "SELECT * FROM organisations_member WHERE is_active"), "organisation_id")
    places = _by(
        world.server.rows("shop", "SELECT * FROM organisations_deliveryplace WHERE is_active"), "organisation_id"
    )
    prices = _by(world.server.rows("shop", "SELECT * FROM organisations_individualprice"), "organisation_id")
    logins = {
        row["id"]: row["is_active"] for row in world.server.rows("shop", "SELECT id, is_active FROM accounts_user")
    }
    wanted, erp = _erp(world, "customer", set(shop))
    for key in wanted | set(shop):
        theirs, ours = erp.get(key), shop.get(key)
        is_open = bool(theirs and theirs["in_shop"] and not theirs["blocked"] and not theirs["is_anonymised"])
        if ours is None:
            if is_open:
                yield f"buyer {key} is not in the shop"
            continue
        if theirs is None:
            if ours["is_open"]:
                yield f"buyer {key} is open and WAPRO does not have it"
            continue
        terms = theirs["terms"]
        pairs = {name: (theirs[name], ours[name]) for name in ("code", "name", "full_name", "tax_id", "phone")}
        pairs |= {name: (theirs["address"][name], ours[name]) for name in ("street", "postal_code", "city")}
        pairs |= {name: (terms[name], ours[name]) for name in ("price_level", "discount_percent", "payment_days")}
        pairs["is_open"] = (is_open, ours["is_open"])
        yield from _differences(f"buyer {key}", pairs)
        people = {c["id"]: (c["last_name"], (c["emails"] or [""])[0].lower()) for c in theirs["contacts"]}
        ours_people = {
            m["erp_contact_id"]: (m["last_name"], m["email"]) for m in members[ours["id"]] if m["erp_contact_id"]
        }
        if people != ours_people:
            yield f"buyer {key}: people {people} and {ours_people}"
        for member in members[ours["id"]]:
            if member["user_id"] and logins[member["user_id"]] != (is_open and not member["problem"]):
                yield f"buyer {key}: login of {member['email']} is {logins[member['user_id']]}"
        sites = {p["id"]: (p["name"], p["address"]["street"], p["address"]["city"]) for p in theirs["delivery_places"]}
        ours_sites = {p["erp_id"]: (p["name"], p["street"], p["city"]) for p in places[ours["id"]] if p["erp_id"]}
        if sites != ours_sites:
            yield f"buyer {key}: places {set(sites.items()) ^ set(ours_sites.items())}"
        agreed = {p["product_id"]: p["net"] and Decimal(p["net"]) for p in terms["individual_prices"]}
        if agreed != {p["product_index"]: p["net"] for p in prices[ours["id"]]}:
            yield f"buyer {key}: individual prices differ"


def products(world: World) -> Iterator[str]:
    query = """SELECT p.*, s.available, s.num_in_stock, s.num_allocated, c.made_to_order FROM catalogue_product p
        JOIN catalogue_productclass c ON c.id = p.product_class_id
        LEFT JOIN partner_stockrecord s ON s.product_id = p.id"""
    shop = {row["upc"]: row for row in world.server.rows("shop", query)}
    levels = _by(world.server.rows("shop", "SELECT * FROM partner_levelprice"), "product_id")
    unknown = """SELECT l.upc, sum(l.quantity) AS n FROM order_line l JOIN order_order o ON o.id = l.order_id
        WHERE o.erp_id IS NULL AND NOT o.is_gone AND o.erp_state <> 'cancelled' AND NOT EXISTS (
            SELECT 1 FROM outbox_outboundmessage m WHERE m.key = o.number AND m.kind = 'order_placed'
            AND m.state = 'discarded') GROUP BY 1"""
    waiting = {row["upc"]: row["n"] for row in world.server.rows("shop", unknown)}
    wanted, erp = _erp(world, "product", set(shop))
    for key in wanted | set(shop):
        theirs, ours = erp.get(key), shop.get(key)
        if theirs is None or ours is None:
            if theirs is not None and theirs["in_shop"] and not theirs["blocked"]:
                yield f"product {key} is not in the shop"
            if ours is not None and ours["in_shop"]:
                yield f"product {key} is in the shop and WAPRO does not have it"
            continue
        pairs = {name: (theirs[name], ours[name]) for name in ("ean", "unit", "in_shop", "vat_code", "available")}
        pairs |= {"title": (theirs["name"], ours["title"]), "blocked": (theirs["blocked"], ours["erp_blocked"])}
        sold = bool(theirs["in_shop"] and not theirs["blocked"] and ours["published_at"])
        pairs |= {"is_public": (sold, ours["is_public"])}
        allocated = 0 if ours["made_to_order"] else waiting.get(key, 0)
        pairs |= {"num_allocated": (allocated, ours["num_allocated"] or 0)}
        yield from _differences(f"product {key}", pairs)
        prices = {p["level"]: (Decimal(p["net"]), Decimal(p["gross"])) for p in theirs["prices"]}
        ours_prices = {p["level"]: (p["net"], p["gross"]) for p in levels[ours["id"]]}
        if prices != ours_prices:
            yield f"product {key}: prices {prices} and {ours_prices}"


def orders(world: World) -> Iterator[str]:
    shop = {
        row["erp_id"]: row for row in world.server.rows("shop", "SELECT * FROM order_order WHERE erp_id IS NOT NULL")
    }
    lines = _by(world.server.rows("shop", "SELECT * FROM order_line"), "order_id")
    buyers = {row["erp_id"]: row["id"] for row in world.server.rows("shop", "SELECT * FROM organisations_organisation")}
    places = {
        row["id"]: row["erp_id"]
        for row in world.server.rows("shop", "SELECT id, erp_id FROM organisations_deliveryplace")
    }
    wanted, erp = _erp(world, "order", set(shop))
    for key in wanted | set(shop):
        theirs, ours = erp.get(key), shop.get(key)
        if theirs is None or ours is None:
            if theirs is not None and theirs["customer_id"] in buyers:
                yield f"order {key} ({theirs['erp_number']}) is not in the shop"
            if ours is not None and not ours["is_gone"]:
                yield f"order {key} is in the shop and WAPRO does not have it"
            continue
        shipment, production = theirs["shipment"] or {}, theirs["production"]
        pairs = {
            "number": (theirs["erp_number"], ours["erp_number"]),
            "buyer": (buyers.get(theirs["customer_id"]), ours["organisation_id"]),
            "state": (theirs["state"], ours["erp_state"]),
            "letter": (theirs["status_code"], ours["status_code"]),
            "label": (theirs["status_label"], ours["status_label"]),
            "due": (theirs["due_on"], ours["due_on"]),
            "net": (theirs["total_net"], ours["total_excl_tax"]),
            "gross": (theirs["total_gross"], ours["total_incl_tax"]),
            "parcel": (shipment.get("tracking_number"), ours["tracking_number"]),
            "carrier": (shipment.get("carrier"), ours["carrier"]),
            "gone": (False, ours["is_gone"]),
            "shop's number": (theirs["shop_number"], ours["number"] if ours["number"].startswith("WD-") else ""),
        }
        if theirs["delivery_place_id"]:
            pairs["place"] = (theirs["delivery_place_id"], places.get(ours["delivery_place_id"]))
        if production:
            pairs["production"] = (production["state"], ours["production_state"])
            pairs["percent"] = (int(Decimal(production["percent"])), ours["production_percent"])
        yield from _differences(f"order {key}", pairs)
        left = {
            line["id"]: [line["product_id"], *map(Decimal, (line["ordered"], line["realised"], line["price_net"]))]
            for line in theirs["lines"]
        }
        right = {
            line["erp_line_id"]: [line["upc"], line["quantity"], line["realised"], line["unit_price_excl_tax"]]
            for line in lines[ours["id"]]
        }
        if left != right or len(lines[ours["id"]]) != len(right):
            yield f"order {key}: lines {left} and {right}"


def invoices(world: World) -> Iterator[str]:
    shop = {row["erp_id"]: row for row in world.server.rows("shop", "SELECT * FROM invoices_invoice")}
    lines = _by(world.server.rows("shop", "SELECT * FROM invoices_invoiceline"), "invoice_id")
    payments = _by(world.server.rows("shop", "SELECT * FROM invoices_invoicepayment"), "invoice_id")
    buyers = {row["erp_id"]: row["id"] for row in world.server.rows("shop", "SELECT * FROM organisations_organisation")}
    wanted, erp = _erp(world, "invoice", set(shop))
    for key in wanted | set(shop):
        theirs, ours = erp.get(key), shop.get(key)
        if theirs is None or ours is None:
            if theirs is not None and theirs["payer_id"] in buyers:
                yield f"invoice {key} ({theirs['number']}) is not in the shop"
            if ours is not None:
                yield f"invoice {key} is in the shop and WAPRO does not have it"
            continue
        same_names = ("number", "kind", "issued_on", "due_on", "total_net", "total_gross", "paid", "remaining")
        pairs = {name: (theirs[name], ours[name]) for name in same_names}
        pairs["payer"] = (buyers.get(theirs["payer_id"]), ours["organisation_id"])
        yield from _differences(f"invoice {key}", pairs)
        left = Counter(
            (x["id"], x["product_id"], Decimal(x["quantity"]), Decimal(x["net"]), x["order_id"] or "")
            for x in theirs["lines"]
        )
        right = Counter(
            (x["erp_id"], x["product_index"], x["quantity"], x["net"], x["erp_order_id"]) for x in lines[ours["id"]]
        )
        if left != right:
            yield f"invoice {key}: lines {left} and {right}"
        paid = Counter((x["id"], Decimal(x["amount"])) for x in theirs["payments"])
        if paid != Counter((x["erp_id"], x["amount"]) for x in payments[ours["id"]]):
            yield f"invoice {key}: payments differ"
