"""A product as the ERP knows it: one catalogue index over the configured warehouses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from wiadukt.contract.base import ContractModel, Money, Percent, ProductId, Quantity


class LevelPrice(ContractModel):
    """The price of one unit of sale at one price level."""

    level: str
    level_name: str = ""
    net: Money
    gross: Money
    currency: str = "PLN"


class GroupPrice(ContractModel):
    """What is agreed with a whole group of buyers for this product; read as `customer.IndividualPrice` is."""

    group: str
    net: Money | None = None
    gross: Money | None = None
    currency: str = "PLN"
    discount_percent: Percent | None = None
    level: str = ""


class Promotion(ContractModel):
    """A lower price for a time: `net` and `gross` per unit of sale, or a discount from the buyer's level where they
    are 0. It holds on whole days, the first and the last included; None is no limit."""

    net: Money = Decimal(0)
    gross: Money = Decimal(0)
    discount_percent: Percent = Decimal(0)
    first_day: date | None = None
    last_day: date | None = None


class Contents(ContractModel):
    """How much one unit of sale holds of the unit that the ERP keeps the stock in: a package of 12 pieces."""

    quantity: Annotated[Quantity, Field(gt=0)]
    unit: str


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
    contents: Contents | None = Field(default=None, description="None: it is sold in the stock's own unit.")
    is_divisible: bool = False
    vat_code: str
    category: str = Field(default="", description="Path of names in the ERP's tree, joined by ' / '.")
    vat_percent: Percent | None = Field(default=None, description="None: the ERP's dictionary has no such code.")
    prices: tuple[LevelPrice, ...] = ()
    default_level: str = Field(default="", description="Price level for buyers who have none of their own.")
    price_category: str = Field(default="", description="What a buyer's category terms are told by.")
    is_discountable: bool = Field(default=True, description="False: neither a buyer's discount nor a threshold.")
    individual_prices_off: bool = Field(default=False, description="True: no agreed price holds for it.")
    group_prices: tuple[GroupPrice, ...] = ()
    promotion: Promotion | None = None
    stock: Quantity
    available: Quantity
    in_shop: bool
    blocked: bool = False
