"""Articles: one product a catalogue index, over the cards of the configured warehouses."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection, func, select

from wiadukt.contract.base import ProductId
from wiadukt.contract.fetch import Fetched
from wiadukt.contract.product import Contents, GroupPrice, LevelPrice, Product, Promotion
from wiadukt.wapro import clarion
from wiadukt.wapro import tables as t
from wiadukt.wapro.among import among, portions
from wiadukt.wapro.flag import SOLD, sold_column
from wiadukt.wapro.read.batch import Row, Rows, built, by, order_warehouse_first, rows
from wiadukt.wapro.read.terms import agreed, first_by, is_sale_price
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean

SIX = Decimal("0.000001")


def read_products(conn: Connection, ids: Sequence[str], settings: Settings) -> Fetched[Product]:
    """Products by catalogue index. Names, unit and prices are those of the order's warehouse, else of the first card.

    Stock is summed over the configured warehouses only, available is stock less reserved and less being edited.
    A flag on any of these cards that no rule leaves out puts the product in the shop; it is blocked when the card
    orders are made from is.
    Source: docs/wapro.md, articles.
    """
    sale_unit = t.unit.alias("sale_unit")
    cards = rows(
        conn,
        select(
            t.article,
            sold_column(settings),
            t.unit.c.SKROT,
            sale_unit.c.SKROT.label("sale_unit"),
            sale_unit.c.PRZELICZNIK.label("sale_factor"),
            func.coalesce(sale_unit.c.PODZIELNA, t.unit.c.PODZIELNA).label("divisible"),
            t.category.c.KOD_TREE,
            t.vat_rate.c.STAWKA,
        )
        .outerjoin(t.unit, t.unit.c.ID_JEDNOSTKI == t.article.c.ID_JEDNOSTKI)
        .outerjoin(sale_unit, sale_unit.c.ID_JEDNOSTKI == t.article.c.ID_JEDNOSTKI_SPRZ)
        .outerjoin(t.category, t.category.c.ID_KATEGORII_TREE == t.article.c.ID_KATEGORII_TREE)
        .outerjoin(t.vat_rate, t.vat_rate.c.KOD_VAT == t.article.c.VAT_SPRZEDAZY)
        .where(t.article.c.INDEKS_KATALOGOWY.in_(among(ids)), t.article.c.ID_MAGAZYNU.in_(settings.warehouses))
        .order_by(order_warehouse_first(settings), t.article.c.ID_MAGAZYNU),
    )
    found = by(cards, "INDEKS_KATALOGOWY")
    prices = by(_prices(conn, [cards_of[0]["ID_ARTYKULU"] for cards_of in found.values()], settings), "ID_ARTYKULU")
    groups = by(_group_prices(conn, [card["ID_ARTYKULU"] for card in cards], settings), "INDEKS_KATALOGOWY")
    paths = category_paths(rows(conn, select(t.category)))

    def build(key: str) -> Product:
        own = prices[str(found[key][0]["ID_ARTYKULU"])]
        return _product(key, found[key], own, groups[key], paths=paths, settings=settings)

    return built(conn, ids, found, build)


def _prices(conn: Connection, article_ids: list[int], settings: Settings) -> Rows:
    price = t.article_price
    query = (
        select(price, t.price_level.c.NAZWA)
        .join(t.price_level, t.price_level.c.ID_CENY == price.c.ID_CENY)
        .where(price.c.ID_ARTYKULU.in_(among(article_ids)))
        .order_by(price.c.ID_CENY)
    )
    if settings.price_levels:
        query = query.where(price.c.ID_CENY.in_(settings.price_levels))
    return rows(conn, query)


def _group_prices(conn: Connection, article_ids: list[int], settings: Settings) -> Rows:
    """What is agreed with groups of buyers; for several cards of one index that of the order's warehouse first, as the
    articles come."""
    price = t.group_price
    query = (
        select(price, t.article.c.INDEKS_KATALOGOWY)
        .join(t.article, t.article.c.ID_ARTYKULU == price.c.ID_ARTYKULU)
        .where(*is_sale_price(price, settings))
        .order_by(order_warehouse_first(settings), t.article.c.ID_MAGAZYNU, price.c.CENA_NETTO, price.c.UPUST)
    )
    # A card in each warehouse: more of them than one statement takes.
    return [row for some in portions(article_ids) for row in rows(conn, query.where(price.c.ID_ARTYKULU.in_(some)))]


def category_paths(categories: Rows) -> dict[str, str]:
    """The path of names by path code: a code begins with its parent's."""
    names = {clean(row["KOD_TREE"]): clean(row["NAZWA"]) for row in categories}
    return {
        code: " / ".join(names[start] for start in sorted(names, key=len) if start and code.startswith(start))
        for code in names
    }


def _product(
    index: str, cards: Rows, prices: Rows, groups: Rows, *, paths: dict[str, str], settings: Settings
) -> Product:
    main = cards[0]
    stock = sum((card["STAN"] for card in cards), Decimal(0))
    free = sum((card["STAN"] - card["ZAREZERWOWANO"] - card["ILOSC_EDYTOWANA"] for card in cards), Decimal(0))
    factor = main["sale_factor"] or Decimal(1)
    stock_unit, sale_unit = clean(main["SKROT"]), clean(main["sale_unit"])
    return Product(
        id=ProductId(index),
        trade_index=clean(main["INDEKS_HANDLOWY"]),
        name=clean(main["NAZWA_CALA"]) or clean(main["NAZWA"]),
        description=clean(main["OPIS"]),
        ean=clean(main["KOD_KRESKOWY"]),
        unit=sale_unit or stock_unit,
        contents=_contents(factor, sale_unit, stock_unit),
        is_divisible=bool(main["divisible"]),
        vat_code=clean(main["VAT_SPRZEDAZY"]),
        vat_percent=main["STAWKA"],
        category=paths.get(clean(main["KOD_TREE"]), ""),
        prices=tuple(
            LevelPrice(
                level=str(price["ID_CENY"]),
                level_name=clean(price["NAZWA"]),
                net=price["CENA_NETTO"],
                gross=price["CENA_BRUTTO"],
                currency=clean(price["SYM_WAL"]) or "PLN",
            )
            for price in prices
        ),
        default_level=str(main["ID_CENY_DOM"] or ""),
        price_category=str(main["ID_KATEGORII"] or ""),
        is_discountable=main["PODLEGA_RABATOWANIU"] != 0,
        individual_prices_off=clean(main["WYLACZ_CENY_IND"]).upper() in settings.no_individual_values,
        group_prices=tuple(
            GroupPrice(group=group, **agreed(row, settings)) for group, row in first_by(groups, "ID_GRUPY").items()
        ),
        promotion=_promotion(main, settings),
        stock=(stock / factor).quantize(SIX, ROUND_HALF_UP),
        available=(max(free, Decimal(0)) / factor).quantize(SIX, ROUND_HALF_UP),
        in_shop=any(card[SOLD] for card in cards),
        blocked=bool(main["ZABLOKOWANY"]),
    )


def _contents(factor: Decimal, sale_unit: str, stock_unit: str) -> Contents | None:
    """What a package holds; of units that are one or have no names nobody can be told."""
    if factor == 1 or not sale_unit or not stock_unit or sale_unit == stock_unit:
        return None
    return Contents(quantity=factor, unit=stock_unit)


def _promotion(card: Row, settings: Settings) -> Promotion | None:
    """The card's promotion, also one to come or over: its days are the shop's to watch. Raises NotClarion."""
    column = settings.wapro_promotion_percent_column
    percent = (card[column] or Decimal(0)) * settings.wapro_rebate_sign if column else Decimal(0)
    net, gross = card["CENA_PROMOCJI_N"] or Decimal(0), card["CENA_PROMOCJI_B"] or Decimal(0)
    if not (net or gross or percent):
        return None
    return Promotion(
        net=net,
        gross=gross,
        discount_percent=percent,
        first_day=clarion.to_date(card["PROMOCJA_OD"]),
        last_day=clarion.to_date(card["PROMOCJA_DO"]),
    )
