"""Every setting of the connector, each with its default and a sentence; read once in `main.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from wiadukt.contract.invoice import InvoiceKind, PaymentKind
from wiadukt.contract.states import OrderState
from wiadukt.contract.status import Writable
from wiadukt.wapro.price_settings import PriceSettings, numbers, pairs

_FLAG = re.compile(r"(DOSTEPNY_W_B2B)|(POLE(?:[1-9]|10))=([^',%:\\]{1,100})|(ID_GRUPY|ID_KLASYFIKACJI)=(\d+(?:,\d+)*)")

_ARTICLE_FLAG = re.compile(
    r"(DOSTEPNY_W_SKLEPIE_INTER|DOSTEPNY_W_AUKCJACH|AKTYWNY_DLA_SYS_ZEW)|(POLE(?:[1-9]|10))=([^',%:\\]{1,100})"
)
_SKIP = re.compile(r"(INDEKS_KATALOGOWY|INDEKS_HANDLOWY|NAZWA|NAZWA_CALA)=([^,]{1,100})")
_COLUMN = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")


@dataclass(frozen=True)
class CardFlag:
    """The column of a card, a contractor's or an article's, that chooses, and the values by which it does. A text has
    one."""

    column: str
    values: tuple[str, ...] = ("1",)

    @property
    def is_text(self) -> bool:
        return self.column.startswith("POLE")


class Settings(PriceSettings):
    """Names in the environment are the field names in upper case."""

    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True)

    wapro_database_url: str = Field(
        description="mssql+mssqlpython://login:password@server:1433/base; the stand-in also as libpq's URL."
    )
    connector_tokens: str = Field("", description="Callers and their tokens: name:token, comma-separated.")
    webhook_secrets: str = Field("", description="Keys of the events, comma-separated; the first one signs.")
    shop_events_url: str = Field(
        "http://127.0.0.1:8000/sync/events", description="Where the shop takes events; empty sends none."
    )
    wapro_company_id: int = Field(1, description="ID_FIRMY of the company that sells.")
    wapro_customer_flag: str = Field(
        "DOSTEPNY_W_B2B",
        description="Which contractors are in the shop: DOSTEPNY_W_B2B, POLE3=B2B, ID_GRUPY=2,5 or ID_KLASYFIKACJI=4.",
    )
    wapro_article_flag: str = Field(
        "DOSTEPNY_W_SKLEPIE_INTER",
        description="Which articles are in the shop: DOSTEPNY_W_SKLEPIE_INTER, DOSTEPNY_W_AUKCJACH, "
        "AKTYWNY_DLA_SYS_ZEW or POLE4=sklep.",
    )
    wapro_article_skip: str = Field(
        "",
        description="Cards that stay out though they are flagged, drafts and archived ones, say, as column=text with * "
        "for anything, comma-separated: INDEKS_KATALOGOWY=(*,NAZWA=nowy artykuł*,NAZWA=X*. Columns: INDEKS_KATALOGOWY, "
        "INDEKS_HANDLOWY, NAZWA, NAZWA_CALA; small letters are as great ones.",
    )
    wapro_write_addresses: bool = Field(
        False, description="Let the shop change the addresses and the phone on a contractor's card (direct writes)."
    )
    wapro_write_places: bool = Field(
        False, description="Let the shop change and add delivery places (direct writes to MIEJSCE_DOSTAWY)."
    )
    wapro_place_type: int = Field(0, description="MIEJSCE_DOSTAWY.TYP_ADRESU of places added in the shop.")
    wapro_warehouses: str = Field(
        "1", description="ID_MAGAZYNU of the warehouses whose stock is sold, comma-separated."
    )
    wapro_order_warehouse: int = Field(1, description="ID_MAGAZYNU in which orders are made.")
    wapro_user_id: int = Field(3000001, description="ID_UZYTKOWNIKA under which orders are made; it must exist.")
    wapro_order_type_sign: str = Field("ZO", description="SYGNATURA of the customer order's document type.")
    wapro_auto_reservation: bool = Field(True, description="Reserve the ordered goods when the order is approved.")
    wapro_delivery_form: int = Field(1, description="ID_FORMY_DOSTAWY of the order's delivery row; 0 for none.")
    wapro_register_mode: int = Field(0, description="TRYBREJESTRACJI of our orders; 0 is the main register.")
    wapro_invoice_wanted: int = Field(0, description="FakturaParagon of our orders; the codes are not public.")
    wapro_invoice_kinds: str = Field(
        "FS:sale,KFS:correction,FZL:advance",
        description="SYGNATURA of trade documents that the shop shows, and what each is; others never leave WAPRO.",
    )
    wapro_final_invoices: Literal["probe", "whole", "rest"] = Field(
        "probe",
        description="WARTOSC_BRUTTO of a final invoice: whole (with what advance invoices charged), rest (without), or"
        " probe (each document's own figures tell).",
    )
    wapro_receivable_kinds: str = Field(
        "N",
        description="ROZRACHUNEK.RODZAJ of what a buyer owes without a trade document (an opening balance, an interest"
        " note), by commas; doctor tells what else there is. Empty: the shop shows none.",
    )
    wapro_payment_kinds: str = Field(
        "przelew:transfer,gotówka:cash,kompensata:compensation",
        description="Beginnings of ROZRACHUNEK.FORMA_PLATNOSCI of a payment, and what each is: transfer, cash,"
        " compensation, correction or other.",
    )
    wapro_ksef_number_column: str = Field(
        "", description="Column of DOKUMENT_HANDLOWY with the number in KSeF, if the base has one; doctor lists them."
    )
    wapro_ksef_url_column: str = Field(
        "",
        description="Column of DOKUMENT_HANDLOWY with KSeF's verification link or the invoice's SHA-256, if any.",
    )
    wapro_status_letters: str = Field(
        "V:confirmed,P:in_production,G:ready,K:packed,W:shipped,A:cancelled",
        description="STATUS_ZAM letters and the states they mean: confirmed, in_production, ready, packed, shipped,"
        " delivered, cancelled.",
    )
    wapro_cancellable: str = Field(
        "new,confirmed", description="States in which the shop may cancel an order; empty: only the office cancels."
    )
    event_source: str = Field("/wapro/1", description="CloudEvents source: names this base to the shop.")
    dispatch_batch: int = Field(500, ge=1, le=2000, description="Most events in one batch.")
    dispatch_idle_s: float = Field(0.2, description="Pause in seconds when little or nothing waits in the queue.")
    dispatch_lease_s: float = Field(
        60, description="Seconds after which another dispatcher takes over what one claimed."
    )
    wapro_capture: Literal["triggers", "change_tracking", "sweep"] = Field(
        "triggers", description="How changes are noticed: triggers, change_tracking or sweep; see docs/capture.md."
    )
    wapro_tracking_poll_s: float = Field(1, gt=0, description="Pause in seconds between two looks at change tracking.")
    wapro_tracking_days: int = Field(
        7, ge=1, description="Days for which SQL Server keeps tracked changes; an outage that lasts longer is a gap."
    )
    wapro_sweep_s: float = Field(120, gt=0, description="Pause in seconds between two sweeps.")
    capture_check_s: float = Field(30, description="How often the connector looks whether capture is on.")
    wapro_mend_capture: bool = Field(
        False, description="Put vanished capture back without asking; needs the right to change WAPRO's tables."
    )
    queue_keep_days: int = Field(30, description="Days for which finished queue rows are kept.")

    @model_validator(mode="after")
    def _readable(self) -> Self:
        """A setting that can't be read stops the start, not the first order."""
        _ = self.customer_flag, self.article_flag, self.article_skip
        for kind in self.invoice_kinds.values():
            InvoiceKind(kind)
        _ = self.payment_kinds, self.cancellable
        for name in self.ksef_columns:
            if not _COLUMN.fullmatch(name):
                raise ValueError(f"{name} can't be the name of a column")
        if not (self.states and self.warehouses):
            raise ValueError("WAPRO_WAREHOUSES and WAPRO_STATUS_LETTERS must name something")
        self.check_prices()
        if self.wapro_order_warehouse not in self.warehouses:
            raise ValueError("WAPRO_ORDER_WAREHOUSE must be one of WAPRO_WAREHOUSES")
        return self

    @property
    def customer_flag(self) -> CardFlag:
        """Raises ValueError for what is none of the four forms."""
        found = _FLAG.fullmatch(self.wapro_customer_flag.strip())
        if found is None:
            raise ValueError("WAPRO_CUSTOMER_FLAG is DOSTEPNY_W_B2B, POLEn=text, ID_GRUPY=n,n or ID_KLASYFIKACJI=n,n")
        plain, field, text, key, keys = found.groups()
        if field:
            return CardFlag(field, (text.strip(),))
        return CardFlag(key, tuple(keys.split(","))) if key else CardFlag(plain)

    @property
    def article_flag(self) -> CardFlag:
        """Raises ValueError for what is none of the four forms."""
        found = _ARTICLE_FLAG.fullmatch(self.wapro_article_flag.strip())
        if found is None:
            raise ValueError(
                "WAPRO_ARTICLE_FLAG is DOSTEPNY_W_SKLEPIE_INTER, DOSTEPNY_W_AUKCJACH, AKTYWNY_DLA_SYS_ZEW or POLEn=text"
            )
        plain, field, text = found.groups()
        return CardFlag(plain) if plain else CardFlag(field, (text.strip(),))

    @property
    def article_skip(self) -> tuple[tuple[str, str], ...]:
        """Column and text with *. Raises ValueError for a rule that can't be read."""
        rules = [rule.strip() for rule in self.wapro_article_skip.split(",") if rule.strip()]
        found = [_SKIP.fullmatch(rule) for rule in rules]
        for rule, match in zip(rules, found, strict=True):
            if match is None or not match[2].strip(" *"):
                raise ValueError(f"WAPRO_ARTICLE_SKIP: {rule} is not column=text with * for anything")
        return tuple((match[1], match[2].strip()) for match in found if match is not None)

    @property
    def ksef_columns(self) -> tuple[str, ...]:
        """Of trade documents; none where the base has none."""
        return tuple(filter(None, (self.wapro_ksef_number_column, self.wapro_ksef_url_column)))

    @property
    def writes(self) -> tuple[Writable, ...]:
        """What the shop may change on WAPRO's own tables."""
        on: dict[Writable, bool] = {"addresses": self.wapro_write_addresses, "places": self.wapro_write_places}
        return tuple(name for name, is_on in on.items() if is_on)

    @property
    def warehouses(self) -> tuple[int, ...]:
        return numbers(self.wapro_warehouses)

    @property
    def states(self) -> dict[str, OrderState]:
        """State by STATUS_ZAM letter. Raises ValueError for a state that is none of ours."""
        return {letter: OrderState(state) for letter, state in pairs(self.wapro_status_letters).items()}

    @property
    def letters(self) -> dict[OrderState, str]:
        return {state: letter for letter, state in self.states.items()}

    @property
    def cancellable(self) -> frozenset[OrderState]:
        """Raises ValueError for a state that is none of ours."""
        return frozenset(OrderState(word.strip()) for word in self.wapro_cancellable.split(",") if word.strip())

    @property
    def payment_kinds(self) -> dict[str, PaymentKind]:
        """Kind by the beginning of a payment's form. Raises ValueError for a word that is none of ours."""
        return {form.lower(): PaymentKind(word) for form, word in pairs(self.wapro_payment_kinds).items()}

    @property
    def receivable_kinds(self) -> list[str]:
        return [kind.strip() for kind in self.wapro_receivable_kinds.split(",") if kind.strip()]

    @property
    def invoice_kinds(self) -> dict[str, str]:
        return pairs(self.wapro_invoice_kinds)

    @property
    def advance_signs(self) -> list[str]:
        """SYGNATURA of advance invoices."""
        return [sign for sign, kind in self.invoice_kinds.items() if kind == InvoiceKind.ADVANCE]
