"""A product as the ERP knows it: one catalogue index over the configured warehouses."""

from __future__ import annotations

from pydantic import Field

from wiadukt.contract.base import ContractModel, Money, ProductId, Quantity


class LevelPrice(ContractModel):
    """The price of one unit of sale at one price level."""

    level: str
    level_name: str = ""
    net: Money
    gross: Money
    currency: str = "PLN"


class Product(ContractModel):
    """One article, whatever number of warehouse cards it has. All of it is the ERP's and read-only in the shop.

    `available` is stock less reservations over the configured warehouses, in units of sale, never below 0.
    """

    id: ProductId = Field(description="Catalogue index.")
    trade_index: str = ""
    name: str
    description: str = ""
    ean: str = ""
    unit: str
    is_divisible: bool = False
    vat_code: str
    category: str = Field(default="", description="Path of names in the ERP's tree, joined by ' / '.")
    prices: tuple[LevelPrice, ...] = ()
    stock: Quantity
    available: Quantity
    in_shop: bool
    blocked: bool = False
