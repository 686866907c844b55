"""The settings by which a base of WAPRO is understood where its prices come from; `settings.py` has the others.

Neither the codes nor the order of precedence are public (docs/prices.md); `doctor` shows what a base holds.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings

from wiadukt.contract.customer import OverdueAction
from wiadukt.contract.money import Basis
from wiadukt.contract.price_rule import Choice, PriceRule, Source

MARKUPS = ("CENA_GRUPY", "CENA_KATEGORII", "GRUPA_KONTRAHENTA")
Field_of_employee = Literal[
    "", "POLE1", "POLE2", "POLE3", "POLE4", "POLE5", "POLE6", "POLE7", "POLE8", "POLE9", "POLE10"
]


class PriceSettings(BaseSettings):
    """Codes, signs and the order of precedence."""

    wapro_price_modes: str = Field("1", description="CENNIK_KONTRAHENTA.TRYB values that mean a fixed price.")
    wapro_discount_modes: str = Field("2", description="TRYB values that mean a discount (UPUST) from a price level.")
    wapro_no_price_modes: str = Field("0", description="TRYB values of rows that say nothing about a price.")
    wapro_sale_side: int = Field(0, description="CENNIK_KONTRAHENTA.SPRZEDAZ_ZAKUP value that means sale.")
    wapro_price_levels: str = Field("", description="ID_CENY to send to the shop, comma-separated; empty sends all.")
    wapro_price_sources: str = Field(
        "individual,group,promotion,level",
        description="Where a price comes from, in this order: CENNIK_KONTRAHENTA, CENNIK_INDYWIDUALNY of the group, the"
        " card's promotion, the price level. One left out is not used.",
    )
    wapro_price_choice: Choice = Field(
        Choice.FIRST, description="first: the first source that gives a price; lowest: the lowest of them all."
    )
    wapro_discounted_sources: str = Field("level", description="Sources whose price DOMYSLNY_RABAT lowers.")
    wapro_discount_sign: Literal[-1, 1] = Field(-1, description="Sign of a DOMYSLNY_RABAT that lowers a price.")
    wapro_rebate_sign: Literal[-1, 1] = Field(
        1, description="Sign of an UPUST, a PROGI_RABATOWE.RABAT and a promotion's percent that lower a price."
    )
    wapro_markup_sign: Literal[-1, 1] = Field(1, description="Sign of a NARZUT that raises a price.")
    wapro_markups: str = Field(
        "CENA_GRUPY,GRUPA_KONTRAHENTA",
        description="Tables whose NARZUT changes a level's price, the first that has a row; also CENA_KATEGORII.",
    )
    wapro_no_individual_values: str = Field(
        "1,T,TAK", description="ARTYKUL.WYLACZ_CENY_IND values by which no agreed price holds for the article."
    )
    wapro_promotion_percent_column: Literal["", "PROMOCJA_RABAT", "PROMOCJA_PROCENT"] = Field(
        "", description="Column with the percent of a promotion that has no price; empty reads prices only."
    )
    wapro_threshold_sources: str = Field(
        "level", description="Sources whose price PROGI_RABATOWE lowers; empty leaves thresholds out."
    )
    wapro_threshold_basis: Basis = Field(Basis.NET, description="Value that reaches a threshold: net or gross.")
    wapro_price_basis: Basis = Field(
        Basis.NET, description="OBLICZANIE_WG_CEN of our orders: net or gross; discounts are counted from that price."
    )
    wapro_blocking: str = Field(
        "0:allow",
        description="KONTRAHENT.BLOKOWANIE values and what they mean for who is late by more than DNI_PO_TERMINIE:"
        " allow, warn or hold. A value that is not named means warn.",
    )
    wapro_salesman_email_field: Field_of_employee = Field(
        "", description="PRACOWNIK.POLEn that holds the e-mail; empty: the shop's staff writes it there."
    )

    def check_prices(self) -> None:
        """Raises ValueError for what can't be read."""
        modes = self.price_modes + self.discount_modes + self.no_price_modes
        if len(set(modes)) < len(modes):
            raise ValueError("a TRYB stands in two of WAPRO_PRICE_MODES, WAPRO_DISCOUNT_MODES, WAPRO_NO_PRICE_MODES")
        _all_readable = (self.price_levels, self.price_rule, self.markups, self.blocking)

    @property
    def price_levels(self) -> tuple[int, ...]:
        return numbers(self.wapro_price_levels)

    @property
    def price_modes(self) -> tuple[int, ...]:
        return numbers(self.wapro_price_modes)

    @property
    def discount_modes(self) -> tuple[int, ...]:
        return numbers(self.wapro_discount_modes)

    @property
    def no_price_modes(self) -> tuple[int, ...]:
        return numbers(self.wapro_no_price_modes)

    @property
    def no_individual_values(self) -> frozenset[str]:
        return frozenset(value.upper() for value in parts(self.wapro_no_individual_values))

    @property
    def markups(self) -> tuple[str, ...]:
        """Raises ValueError for a table that has no markups."""
        found = tuple(parts(self.wapro_markups))
        if set(found) - set(MARKUPS):
            raise ValueError(f"WAPRO_MARKUPS may name {', '.join(MARKUPS)}")
        return found

    @property
    def blocking(self) -> dict[int, OverdueAction]:
        """Action by BLOKOWANIE. Raises ValueError for a word that is none of ours."""
        return {int(code): OverdueAction(word) for code, word in pairs(self.wapro_blocking).items()}

    @property
    def price_rule(self) -> PriceRule:
        """Raises ValueError for a source that is none of ours."""
        return PriceRule(
            sources=_sources(self.wapro_price_sources),
            choice=self.wapro_price_choice,
            discounted=_sources(self.wapro_discounted_sources),
            by_threshold=_sources(self.wapro_threshold_sources),
            threshold_basis=self.wapro_threshold_basis,
            basis=self.wapro_price_basis,
        )


def _sources(text: str) -> tuple[Source, ...]:
    return tuple(Source(part) for part in parts(text))


def parts(text: str) -> list[str]:
    """The parts between commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in parts(text))


def pairs(text: str) -> dict[str, str]:
    """`left:right` between commas."""
    split = (part.partition(":") for part in parts(text))
    return {left.strip(): right.strip() for left, _colon, right in split}
