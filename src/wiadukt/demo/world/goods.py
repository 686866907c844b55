"""The goods: sheets, edging and hardware from stock, fronts made to order. One card a warehouse."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from wiadukt.demo.world.names import ean
from wiadukt.demo.world.rows import Rows, cents, gross

PIECE, SET, METRE, PACK_OF_FOUR = 1, 2, 3, 5
UNITS = {PIECE: "szt.", SET: "kpl.", METRE: "mb", PACK_OF_FOUR: "op."}
FACTORS = {PACK_OF_FOUR: 4}
"""So many of the stock's unit."""
LEVELS = {1: Decimal(1), 2: Decimal("0.85"), 3: Decimal("0.78")}
SHARE_IN_SHOP = 0.3
TREE = [
    ("001", "Fronty"), ("001001", "Fronty lakierowane"), ("001002", "Fronty foliowane"), ("001003", "Fronty fornirowane"),
    ("002", "Płyty"), ("002001", "Płyty laminowane"), ("002002", "Płyty MDF"),
    ("003", "Okucia"), ("003001", "Zawiasy"), ("003002", "Prowadnice"), ("003003", "Uchwyty"), ("003004", "Nóżki i cokoły"),
    ("004", "Obrzeża"), ("005", "Usługi"),
]  # fmt: skip
COLOURS = [
    ("BIA", "biały"), ("DAB", "dąb"), ("ORZ", "orzech"), ("GRA", "grafit"), ("KAS", "kaszmir"), ("CZA", "czarny"),
    ("PIA", "piaskowy"), ("SZA", "szary"), ("ZIE", "zieleń butelkowa"), ("GRN", "granat"), ("MIE", "miętowy"), ("JES", "jesion"),
]  # fmt: skip
FRONTS = [
    ("lakierowany", "001001", "FR", 1.5),
    ("foliowany", "001002", "FF", 1.0),
    ("fornirowany", "001003", "FN", 2.1),
]
HEIGHTS, WIDTHS = (140, 284, 355, 570, 716, 900, 1100, 1313), (146, 196, 296, 396, 446, 496, 596, 796)


@dataclass(frozen=True)
class Draft:
    """A good before it has ids. `net` is the retail price of one unit of sale; `unit` is the stock's."""

    index: str
    name: str
    tree: str
    net: Decimal
    unit: int = PIECE
    sold_in: int = 0
    """The unit of sale, where it is another."""

    @property
    def is_front(self) -> bool:
        return self.tree.startswith("001")


@dataclass(frozen=True)
class Article:
    """What orders need to know of a good: its card in the order's warehouse, its net price by level."""

    index: str
    name: str
    card: int
    nets: dict[int, Decimal]
    unit: str
    in_shop: bool
    unit_factor: int = 1


TRANSPORT = Draft("USL-TRANSPORT", "Transport na miejsce montażu", "005", Decimal("120"))
STOCK_OF_CAST = {"ZAW-CLIP-110": {1: 240, 2: 60}, "FR-DAB-716-396": {1: 40}, TRANSPORT.index: {1: 0}}


@dataclass
class Categories:
    """Ids of the categories: of the tree by path code, of the flat ones by warehouse and root."""

    tree: dict[str, int] = field(default_factory=dict)
    flat: dict[tuple[int, str], int] = field(default_factory=dict)


def make_goods(rows: Rows, rng: random.Random, count: int) -> list[Article]:
    """`count` goods, 30% of them flagged for the shop; the two of the walk-through and the transport are not.

    All stock goods are among them before fronts fill the rest; above what there is, all come again with a suffix.
    """
    rows.add(
        "JEDNOSTKA",
        ID_JEDNOSTKI=PACK_OF_FOUR,
        ID_FIRMY=1,
        NAZWA="opakowanie 4 szt.",
        SKROT=UNITS[PACK_OF_FOUR],
        PRZELICZNIK=FACTORS[PACK_OF_FOUR],
    )
    categories = _categories(rows)
    drafts = list(_drafts())
    named = [draft for draft in drafts if draft.index in STOCK_OF_CAST]
    stock_goods = [draft for draft in drafts if draft not in named and not draft.is_front]
    fronts = [draft for draft in drafts if draft not in named and draft.is_front]
    others = rng.sample(stock_goods, len(stock_goods)) + rng.sample(fronts, len(fronts))
    wanted = count - len(named)
    if wanted < len(stock_goods):
        others = rng.sample(others, len(others))
    chosen = [_again(others[number % len(others)], number // len(others)) for number in range(wanted)]
    # What is sold from stock is in the shop more often than one size of a front.
    likely = sorted(range(wanted), key=lambda number: rng.random() * (1 if chosen[number].is_front else 0.4))
    flagged = set(likely[: round(count * SHARE_IN_SHOP)])
    cast = [_cards(rows, rng, draft, categories, in_shop=False, number=n) for n, draft in enumerate(named)]
    return cast + [
        _cards(rows, rng, draft, categories, in_shop=number in flagged, number=number + 100)
        for number, draft in enumerate(chosen)
    ]


def _again(draft: Draft, time: int) -> Draft:
    return replace(draft, index=f"{draft.index[:15]}-{time}") if time else draft


def _categories(rows: Rows) -> Categories:
    """The tree, and the flat categories of each warehouse: one for each root of the tree."""
    categories = Categories()
    for code, name in TREE:
        categories.tree[code] = rows.new_id()
        rows.add(
            "KATEGORIA_ARTYKULU_TREE",
            ID_KATEGORII_TREE=categories.tree[code],
            ID_FIRMY=1,
            ID_MAGAZYNU=1,
            NAZWA=name,
            KOD_TREE=code,
            POZIOM=len(code) // 3,
        )
        for warehouse in (1, 2, 3) if len(code) == 3 else ():
            flat = categories.flat[warehouse, code] = rows.new_id()
            rows.add("KATEGORIA_ARTYKULU", ID_KATEGORII=flat, ID_MAGAZYNU=warehouse, NAZWA=name, KOD_VAT="23")
    return categories


def _drafts() -> Iterator[Draft]:
    yield TRANSPORT
    yield Draft("ZAW-CLIP-110", "Zawias Clip 110° z cichym domykiem", "003001", Decimal("11.40"))
    for angle in (95, 107, 155, 165, 170):
        for kind in ("nakładany", "wpuszczany", "bliźniaczy"):
            yield Draft(f"ZAW-{angle}-{kind[:3].upper()}", f"Zawias {angle}° {kind}", "003001", Decimal(angle) / 10)
    for length in range(250, 651, 50):
        for code, kind, price in (("KUL", "kulkowa", 18), ("DOC", "z dociągiem", 46), ("UKR", "ukryta", 64)):
            net = cents(price + length / 40)
            yield Draft(f"PRO-{length}-{code}", f"Prowadnica {kind} {length} mm", "003002", net, SET)
    for spacing in (96, 128, 160, 192, 224, 320):
        for code, colour in COLOURS[:6]:
            net = cents(6 + spacing / 20)
            yield Draft(f"UCH-{spacing}-{code}", f"Uchwyt reling {spacing} mm {colour}", "003003", net)
    for height in (60, 80, 100, 120, 150):
        net = 4 * cents(1.2 + height / 100)
        yield Draft(f"NOZ-{height}", f"Nóżka regulowana {height} mm", "003004", net, sold_in=PACK_OF_FOUR)
    for code, colour in COLOURS:
        for thickness in (10, 16, 18, 25):
            name = f"Płyta laminowana {colour} {thickness} mm 2800×2070"
            yield Draft(f"PL-{code}-{thickness}", name, "002001", cents(120 + thickness * 6))
        for thickness in (16, 19, 22):
            name = f"Płyta MDF lakierowana {colour} {thickness} mm"
            yield Draft(f"MDF-{code}-{thickness}", name, "002002", cents(260 + thickness * 9))
        for width in (22, 43):
            yield Draft(
                f"OBR-{code}-{width}", f"Obrzeże ABS {colour} {width}×1 mm", "004", cents(0.9 + width / 30), METRE
            )
    for kind, tree, prefix, factor in FRONTS:
        for code, colour in COLOURS:
            for height in HEIGHTS:
                for width in WIDTHS:
                    net = cents((38 + height * width / 4200) * factor)
                    yield Draft(
                        f"{prefix}-{code}-{height}-{width}", f"Front {kind} {colour} {height}×{width}", tree, net
                    )


def _cards(
    rows: Rows, rng: random.Random, draft: Draft, categories: Categories, *, in_shop: bool, number: int
) -> Article:
    stock = STOCK_OF_CAST.get(draft.index) or _stock(rng, draft)
    cards = {warehouse: rows.new_id() for warehouse in stock}
    nets = {level: cents(draft.net * share) for level, share in LEVELS.items()}
    for warehouse, card in cards.items():
        rows.add(
            "ARTYKUL",
            ID_ARTYKULU=card,
            ID_MAGAZYNU=warehouse,
            ID_KATEGORII=categories.flat[warehouse, draft.tree[:3]],
            ID_KATEGORII_TREE=categories.tree[draft.tree],
            INDEKS_KATALOGOWY=draft.index,
            INDEKS_HANDLOWY=draft.index.replace("-", "")[:20],
            KOD_KRESKOWY="" if draft is TRANSPORT else ean(number),
            NAZWA=draft.name[:40],
            NAZWA_CALA=draft.name,
            RODZAJ="Usługa" if draft is TRANSPORT else "Towar",
            STAN=stock[warehouse],
            VAT_SPRZEDAZY="23",
            VAT_ZAKUPU="23",
            ID_JEDNOSTKI=draft.unit,
            ID_JEDNOSTKI_SPRZ=draft.sold_in,
            ID_CENY_DOM=2,
            CENA_ZAKUPU_NETTO=cents(draft.net * Decimal("0.6")),
            DOSTEPNY_W_SKLEPIE_INTER=int(in_shop),
        )
        for level, net in nets.items():
            rows.add(
                "CENA_ARTYKULU",
                ID_CENA_ARTYKULU=rows.new_id(),
                ID_ARTYKULU=card,
                ID_CENY=level,
                CENA_NETTO=net,
                CENA_BRUTTO=gross(net),
                SYM_WAL="PLN",
            )
    unit = draft.sold_in or draft.unit
    return Article(draft.index, draft.name, cards[1], nets, UNITS[unit], in_shop, FACTORS.get(unit, 1))


def _stock(rng: random.Random, draft: Draft) -> dict[int, int]:
    """Every good has a card in the order's warehouse; some are out of stock there."""
    most = 30 if draft.is_front else 900
    stock = {1: 0 if rng.random() < 0.08 else rng.randint(4, most)}
    if draft.is_front or rng.random() < 0.3:
        stock[2] = rng.randint(0, most // 2)
    if rng.random() < 0.1:
        stock[3] = rng.randint(1, 5)
    return stock
