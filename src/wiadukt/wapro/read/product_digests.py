"""Digests of all articles, computed inside the base: the same facts as `facts_of_product` over `read_products`.

A hundred thousand articles are digested in about a second and none of them leaves the base. Where a base can't
(SQL Server before 2019 has no UTF-8), `digests.py` reads the objects instead.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, TextClause, select, text

from wiadukt.contract.facts import FIELD, RECORD, BucketDigest
from wiadukt.wapro import tables as t
from wiadukt.wapro.flag import sold
from wiadukt.wapro.read.batch import rows
from wiadukt.wapro.read.products import category_paths
from wiadukt.wapro.settings import Settings

# What Python's str.strip() takes away, as far as code page 1250 has it.
_BLANKS = r"E' \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\u0085\u00a0'"


def _clean(column: str) -> str:
    return f"btrim(coalesce({column}, ''), {_BLANKS})"


def _or_else(first: str, second: str) -> str:
    return f"coalesce(nullif({_clean(first)}, ''), {_clean(second)})"


_WITHOUT = _clean('main."WYLACZ_CENY_IND"')
_FIELDS = {
    "name": _or_else('main."NAZWA_CALA"', 'main."NAZWA"'),
    "description": _clean('main."OPIS"'),
    "ean": _clean('main."KOD_KRESKOWY"'),
    "unit": _or_else('sale."SKROT"', 'unit."SKROT"'),
    "is_divisible": "CASE WHEN coalesce(sale.\"PODZIELNA\", unit.\"PODZIELNA\") <> 0 THEN '1' ELSE '0' END",
    "vat_code": _clean('main."VAT_SPRZEDAZY"'),
    "category": "coalesce(tree.path, '')",
    "blocked": "CASE WHEN main.\"ZABLOKOWANY\" <> 0 THEN '1' ELSE '0' END",
    "available": 'round(greatest(card.free, 0) / coalesce(nullif(sale."PRZELICZNIK", 0), 1), 6)::text',
    "vat_percent": "coalesce(round(rate.\"STAWKA\", 2)::text, '')",
    "default_level": "coalesce(nullif(main.\"ID_CENY_DOM\", 0)::text, '')",
    "price_category": "coalesce(nullif(main.\"ID_KATEGORII\", 0)::text, '')",
    "is_discountable": "CASE WHEN main.\"PODLEGA_RABATOWANIU\" = 0 THEN '0' ELSE '1' END",
    "individual_prices_off": f"CASE WHEN upper({_WITHOUT}) = ANY(:without) THEN '1' ELSE '0' END",
    "promotion": "coalesce(offer.fact, '')",
}
_DAY = "coalesce((DATE '1800-12-28' + nullif(main.\"{0}\", 0)::int)::text, '')"
_PROMOTION = f"""
    SELECT rtrim(round(of_net, 4)::text || ' ' || round(of_gross, 4)::text || ' ' || round(of_percent, 2)::text
        || ' ' || {_DAY.format("PROMOCJA_OD")} || ' ' || {_DAY.format("PROMOCJA_DO")}) AS fact
    FROM (SELECT coalesce(main."CENA_PROMOCJI_N", 0), coalesce(main."CENA_PROMOCJI_B", 0), :rebate_sign * coalesce(
        CASE :percent_column WHEN 'PROMOCJA_RABAT' THEN main."PROMOCJA_RABAT"
        WHEN 'PROMOCJA_PROCENT' THEN main."PROMOCJA_PROCENT" END, 0)) AS written(of_net, of_gross, of_percent)
    WHERE of_net <> 0 OR of_gross <> 0 OR of_percent <> 0"""
# The first row of each group: that of the order's warehouse, as `_group_prices` and `agreed` of the readers have it.
_GROUPED = f"""
    SELECT DISTINCT ON (article."INDEKS_KATALOGOWY", price."ID_GRUPY") article."INDEKS_KATALOGOWY" AS id,
        price."ID_GRUPY"::text AS code, CASE WHEN price."TRYB" = ANY(:price_modes)
        THEN round(price."CENA_NETTO", 4)::text || ' ' || round(price."CENA_BRUTTO", 4)::text || ' ' ||
            coalesce(nullif({_clean('price."SYM_WAL"')}, ''), 'PLN')
        ELSE rtrim('  PLN ' || round(:rebate_sign * coalesce(price."UPUST", 0), 2)::text || ' ' ||
            coalesce(nullif(price."ID_CENY", 0)::text, '')) END AS fact
    FROM dbo."CENNIK_INDYWIDUALNY" price JOIN dbo."ARTYKUL" article ON article."ID_ARTYKULU" = price."ID_ARTYKULU"
    WHERE price."TRYB" = ANY(:modes) AND price."SPRZEDAZ_ZAKUP" = :side AND article."ID_MAGAZYNU" = ANY(:warehouses)
    ORDER BY 1, price."ID_GRUPY", article."ID_MAGAZYNU" <> :warehouse, article."ID_MAGAZYNU",
        price."CENA_NETTO", price."UPUST"
"""
# Told only of goods whose unit of sale holds another amount of the stock's: see `_contents` of the readers.
_CONTENTS = f"""CASE WHEN coalesce(nullif(sale."PRZELICZNIK", 0), 1) <> 1 AND nullif({_clean('sale."SKROT"')}, '') <>
        nullif({_clean('unit."SKROT"')}, '') THEN :record || 'contents' || :field || round(sale."PRZELICZNIK", 6)::text
        || ' ' || {_clean('unit."SKROT"')} ELSE '' END"""
_TEXT = " || :record || ".join(f"'{name}' || :field || {value}" for name, value in _FIELDS.items())
_PRICE = (
    "'price ' || price.\"ID_CENY\"::text || :field || rtrim(round(price.\"CENA_NETTO\", 4)::text || ' ' || "
    "round(price.\"CENA_BRUTTO\", 4)::text || ' ' || coalesce(nullif("
    + _clean('price."SYM_WAL"')
    + ", ''), 'PLN') || ' ' || "
    + _clean('level."NAZWA"')
    + ")"
)
_DIGESTED = f"""
WITH card AS (
    -- Of each index its stock and its main card, the one of the order's warehouse; read in one go and without sorting.
    SELECT "INDEKS_KATALOGOWY" AS id, sum("STAN" - "ZAREZERWOWANO" - "ILOSC_EDYTOWANA") AS free,
        (min(ARRAY[("ID_MAGAZYNU" <> :warehouse)::int::numeric, "ID_MAGAZYNU", "ID_ARTYKULU"]))[3] AS main_id
    FROM dbo."ARTYKUL"
    WHERE "ID_MAGAZYNU" = ANY(:warehouses) AND ((:first = 0 AND :last = 255)
        OR ('x' || left(md5("INDEKS_KATALOGOWY"), 2))::bit(8)::int BETWEEN :first AND :last)
    GROUP BY 1 HAVING bool_or({{sold}})
), priced AS (
    SELECT price."ID_ARTYKULU" AS main_id,
        string_agg({_PRICE}, :record ORDER BY price."ID_CENY"::text COLLATE "C") AS prices
    FROM card JOIN dbo."CENA_ARTYKULU" price ON price."ID_ARTYKULU" = card.main_id
    JOIN dbo."CENA" level ON level."ID_CENY" = price."ID_CENY"
    WHERE CAST(:levels AS bigint[]) IS NULL OR price."ID_CENY" = ANY(CAST(:levels AS bigint[]))
    GROUP BY 1
), grouped AS (
    SELECT id, string_agg('group ' || code || :field || fact, :record ORDER BY code COLLATE "C") AS prices
    FROM ({_GROUPED}) AS first_of GROUP BY 1
), tree AS (
    SELECT * FROM unnest(CAST(:codes AS text[]), CAST(:paths AS text[])) AS tree(code, path)
), digested AS (
    SELECT card.id, md5({_TEXT} || {_CONTENTS} || coalesce(:record || priced.prices, '')
        || coalesce(:record || grouped.prices, '')) AS digest
    FROM card JOIN dbo."ARTYKUL" main ON main."ID_ARTYKULU" = card.main_id
    LEFT JOIN dbo."JEDNOSTKA" unit ON unit."ID_JEDNOSTKI" = main."ID_JEDNOSTKI"
    LEFT JOIN dbo."JEDNOSTKA" sale ON sale."ID_JEDNOSTKI" = main."ID_JEDNOSTKI_SPRZ"
    LEFT JOIN dbo."KATEGORIA_ARTYKULU_TREE" leaf ON leaf."ID_KATEGORII_TREE" = main."ID_KATEGORII_TREE"
    LEFT JOIN tree ON tree.code = {_clean('leaf."KOD_TREE"')}
    LEFT JOIN dbo."STAWKA_VAT" rate ON rate."KOD_VAT" = main."VAT_SPRZEDAZY"
    LEFT JOIN LATERAL ({_PROMOTION}) AS offer ON true
    LEFT JOIN priced ON priced.main_id = card.main_id
    LEFT JOIN grouped ON grouped.id = card.id
)
"""
_BUCKETS = (
    _DIGESTED
    + """SELECT ('x' || left(md5(id), 2))::bit(8)::int AS bucket, count(*) AS count,
    sum(('x' || left(digest, 8))::bit(32)::bigint) AS low, sum(('x' || substr(digest, 9, 8))::bit(32)::bigint) AS high
FROM digested GROUP BY 1 ORDER BY 1"""
)
_ALL = _DIGESTED + "SELECT id, digest FROM digested"


def can_digest(conn: Connection) -> bool:
    """Whether this base can; today a PostgreSQL."""
    return conn.dialect.name == "postgresql"


def bucket_digests(conn: Connection, settings: Settings, first: int, last: int) -> tuple[BucketDigest, ...]:
    found = conn.execute(_statement(conn, _BUCKETS, settings), _values(conn, settings, first, last)).mappings()
    return tuple(_bucket(row) for row in found)


def digests(conn: Connection, settings: Settings, first: int, last: int) -> dict[str, str]:
    found = conn.execute(_statement(conn, _ALL, settings), _values(conn, settings, first, last))
    return {row[0]: row[1] for row in found}


def _statement(conn: Connection, words: str, settings: Settings) -> TextClause:
    """With the condition by which an article is sold, in this base's words."""
    written = sold(settings).compile(dialect=conn.dialect, compile_kwargs={"literal_binds": True})
    return text(words.replace("{sold}", str(written).replace("%%", "%").replace(":", r"\:")))


def _bucket(row: RowMapping) -> BucketDigest:
    return BucketDigest(bucket=row["bucket"], count=row["count"], low=int(row["low"]), high=int(row["high"]))


def _values(conn: Connection, settings: Settings, first: int, last: int) -> dict[str, Any]:
    paths = category_paths(rows(conn, select(t.category)))
    return {
        "warehouses": list(settings.warehouses),
        "warehouse": settings.wapro_order_warehouse,
        "levels": list(settings.price_levels) or None,
        "without": sorted(settings.no_individual_values),
        "rebate_sign": settings.wapro_rebate_sign,
        "percent_column": settings.wapro_promotion_percent_column,
        "price_modes": list(settings.price_modes),
        "modes": list(settings.price_modes + settings.discount_modes),
        "side": settings.wapro_sale_side,
        "codes": list(paths),
        "paths": list(paths.values()),
        "first": first,
        "last": last,
        "field": FIELD,
        "record": RECORD,
    }
