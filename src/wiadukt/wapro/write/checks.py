"""What must be true before an order is made; each refusal names the field, the cause and the remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, select

from wiadukt.contract.errors import Refused
from wiadukt.contract.order import PlacedOrder
from wiadukt.wapro import tables as t
from wiadukt.wapro.among import among
from wiadukt.wapro.flag import CHOSEN, chosen_column
from wiadukt.wapro.read.batch import columns_of
from wiadukt.wapro.read.forms import read_delivery_forms, read_payment_forms
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean, is_id

NO_PRICE = (None, None)


@dataclass(frozen=True)
class Buyer:
    """The contractor's terms that go onto his order."""

    id: int
    name: str
    level: int | None
    payment_form: str
    payment_days: int
    salesman_id: int


@dataclass(frozen=True)
class ArticleRow:
    """The card of the order's warehouse. `level_net` and `level_gross` are the buyer's catalogue price, if any."""

    id: int
    vat_code: str
    unit: str
    unit_factor: Decimal
    level_net: Decimal | None
    level_gross: Decimal | None


def find_buyer(conn: Connection, customer_id: str, settings: Settings) -> Buyer:
    """The contractor, who must be in the shop and not blocked. Raises Refused."""
    contractor = t.contractor
    query = (
        select(*columns_of(conn, contractor), chosen_column(settings), t.contractor_group.c.ID_CENY)
        .outerjoin(t.contractor_group, t.contractor_group.c.ID_GRUPY == contractor.c.ID_GRUPY)
        .where(
            contractor.c.ID_KONTRAHENTA == (int(customer_id) if is_id(customer_id) else -1),
            contractor.c.ID_FIRMY == settings.wapro_company_id,
        )
    )
    row = conn.execute(query).mappings().first()
    cause = ""
    if row is None:
        cause = f"Kontrahenta {customer_id} nie ma w WAPRO."
    elif row["ZABLOKOWANY"]:
        cause = f"Kontrahent {clean(row['NAZWA'])} jest zablokowany w WAPRO."
    elif row["RODO_ZANONIMIZOWANY"]:
        cause = f"Dane osobowe kontrahenta {customer_id} usunięto z WAPRO."
    elif not row[CHOSEN]:
        cause = f"Kontrahent {clean(row['NAZWA'])} nie jest w WAPRO udostępniony w sklepie."
    if row is None or cause:
        raise Refused(
            "customer_not_allowed",
            cause,
            remedy="Odblokuj lub udostępnij kontrahenta w WAPRO i ponów.",
            field="customer_id",
            object_id=customer_id,
        )
    return Buyer(
        id=int(row["ID_KONTRAHENTA"]),
        name=clean(row["NAZWA"]),
        level=int(row["ID_CENY"]) if row["ID_CENY"] else None,
        payment_form=clean(row["FORMA_PLATNOSCI"]),
        payment_days=row["TERMIN_NALEZNOSCI"] or 0,
        salesman_id=int(row["ID_HANDLOWCA"] or 0),
    )


def find_place(conn: Connection, place_id: str, buyer: Buyer) -> int:
    """The delivery place, which must be the buyer's own. Raises Refused."""
    place = t.delivery_place
    query = select(place.c.ID_MIEJSCA_DOSTAWY).where(
        place.c.ID_MIEJSCA_DOSTAWY == (int(place_id) if is_id(place_id) else -1),
        place.c.ID_KONTRAHENTA == buyer.id,
    )
    found = conn.execute(query).scalar()
    if found is None:
        raise Refused(
            "place_unknown",
            f"Kontrahent {buyer.name} nie ma w WAPRO miejsca dostawy {place_id}.",
            remedy="Wybierz inne miejsce dostawy albo dodaj je w WAPRO.",
            field="delivery_place_id",
            object_id=place_id,
        )
    return int(found)


def find_payment(conn: Connection, placed: PlacedOrder, buyer: Buyer, settings: Settings) -> tuple[str, int]:
    """Form and days: those of the order, which must be in WAPRO's dictionary, else the buyer's own. Raises Refused."""
    if not placed.payment_form:
        return buyer.payment_form, buyer.payment_days if placed.payment_days is None else placed.payment_days
    known = {form.name: form.days for form in read_payment_forms(conn, settings)}
    if placed.payment_form not in known:
        raise Refused(
            "payment_form_unknown",
            f"W WAPRO nie ma czynnej formy płatności {placed.payment_form!r}.",
            remedy="Przypisz formę w panelu sklepu do innej albo dodaj ją w WAPRO, potem ponów.",
            field="payment_form",
            object_id=placed.number,
        )
    days = known[placed.payment_form] if placed.payment_days is None else placed.payment_days
    return placed.payment_form, days


def find_delivery_form(conn: Connection, placed: PlacedOrder, settings: Settings) -> int | None:
    """The form of delivery: the order's, which must be in WAPRO's dictionary, else the one that is set."""
    if not placed.delivery_form_id:
        return settings.wapro_delivery_form or None
    if placed.delivery_form_id not in {form.id for form in read_delivery_forms(conn, settings)}:
        raise Refused(
            "delivery_form_unknown",
            f"W WAPRO nie ma formy dostawy {placed.delivery_form_id}.",
            remedy="Przypisz formę w panelu sklepu do innej albo dodaj ją w WAPRO, potem ponów.",
            field="delivery_form_id",
            object_id=placed.number,
        )
    return int(placed.delivery_form_id)


def find_articles(conn: Connection, indexes: Sequence[str], buyer: Buyer, settings: Settings) -> dict[str, ArticleRow]:
    """Cards by index. Raises Refused for the first that can't be ordered."""
    article, sale_unit = t.article, t.unit.alias("sale_unit")
    query = (
        select(
            article,
            t.unit.c.SKROT,
            sale_unit.c.SKROT.label("sale_unit"),
            sale_unit.c.PRZELICZNIK.label("sale_factor"),
        )
        .outerjoin(t.unit, t.unit.c.ID_JEDNOSTKI == article.c.ID_JEDNOSTKI)
        .outerjoin(sale_unit, sale_unit.c.ID_JEDNOSTKI == article.c.ID_JEDNOSTKI_SPRZ)
        .where(
            article.c.INDEKS_KATALOGOWY.in_(among(indexes)),
            article.c.ID_MAGAZYNU == settings.wapro_order_warehouse,
        )
    )
    cards = {clean(row["INDEKS_KATALOGOWY"]): row for row in conn.execute(query).mappings()}
    levels = {int(card["ID_ARTYKULU"]): buyer.level or int(card["ID_CENY_DOM"] or -1) for card in cards.values()}
    prices = _level_prices(conn, levels)
    for index in indexes:
        card = cards.get(index)
        if card is None:
            _refuse(index, f"Artykułu {index} nie ma w magazynie zamówień.", "Załóż kartotekę w tym magazynie i ponów.")
        elif card["ZABLOKOWANY"]:
            _refuse(
                index, f"Artykuł {index} jest zablokowany w WAPRO.", "Odblokuj go albo usuń z zamówienia, potem ponów."
            )
    return {
        index: ArticleRow(
            id=int(card["ID_ARTYKULU"]),
            vat_code=clean(card["VAT_SPRZEDAZY"]),
            unit=clean(card["sale_unit"]) or clean(card["SKROT"]),
            unit_factor=card["sale_factor"] or Decimal(1),
            level_net=prices.get(int(card["ID_ARTYKULU"]), NO_PRICE)[0],
            level_gross=prices.get(int(card["ID_ARTYKULU"]), NO_PRICE)[1],
        )
        for index, card in cards.items()
    }


def _level_prices(conn: Connection, levels: dict[int, int]) -> dict[int, tuple[Decimal | None, Decimal | None]]:
    """Net and gross, by article, of the level that is named for it: the buyer's, else the card's own. Asked by the
    articles' keys: joined to their cards the server may read all the prices there are."""
    price = t.article_price.c
    query = select(price.ID_ARTYKULU, price.ID_CENY, price.CENA_NETTO, price.CENA_BRUTTO).where(
        price.ID_ARTYKULU.in_(among(levels)), price.ID_CENY.in_(among(sorted(set(levels.values()))))
    )
    return {int(row[0]): (row[2], row[3]) for row in conn.execute(query) if levels[int(row[0])] == int(row[1])}


def _refuse(index: str, cause: str, remedy: str) -> None:
    raise Refused("product_not_allowed", cause, remedy=remedy, field="product_id", object_id=index)
