"""A transfer in a QR code, by the recommendation of the Polish Bank Association on 2D codes (1.0, 2013).

`NIP|PL|account, 26 digits|amount in grosze, 6 digits|recipient, up to 20 signs|title, up to 32 signs|||`, UTF-8 and
error correction L. Six digits end at 9,999.99: for more the amount is 000000, which bank apps leave for the payer to
type. The code is for accounts in Poland and for PLN.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wiadukt.shop.invoices.models import InvoiceShare

MOST = Decimal("9999.99")
MOST_CHOSEN = 50
"""Invoices that one may choose for one transfer."""
NAME_SIGNS, TITLE_SIGNS = 20, 32


@dataclass(frozen=True)
class Transfer:
    """What is to be paid to one account in one currency."""

    account: str
    amount: Decimal
    title: str
    numbers: tuple[str, ...]
    currency: str = "PLN"
    most = MOST

    @property
    def recipient(self) -> str:
        return settings.ENVIRONMENT.seller_name

    @property
    def digits(self) -> str:
        return account_digits(self.account)

    @property
    def account_text(self) -> str:
        """In groups of four, as people read it."""
        digits = self.digits
        if not digits:
            return self.account
        return " ".join([digits[:2], *(digits[start : start + 4] for start in range(2, 26, 4))])

    @property
    def is_amount_typed(self) -> bool:
        return self.amount > MOST

    @property
    def why_no_code(self) -> str:
        """A sentence for the payer; empty where there is a code."""
        if self.currency != "PLN":
            return _("The banks' code is for PLN alone: copy the fields into a transfer in %(currency)s.") % {
                "currency": self.currency
            }
        return "" if self.digits else _("No code: WAPRO gives no Polish account number for this payment.")

    @property
    def code(self) -> str:
        """The code's text; empty for another currency, an account that is none of Poland's, or nothing to be paid."""
        if self.why_no_code or self.amount <= 0:
            return ""
        grosze = 0 if self.is_amount_typed else int(self.amount * 100)
        tax_id = "".join(filter(str.isdigit, settings.ENVIRONMENT.shop_seller_tax_id))[:10]
        fields = [tax_id, "PL", self.digits, f"{grosze:06d}", _fit(self.recipient, NAME_SIGNS)]
        return "|".join([*fields, _fit(self.title, TITLE_SIGNS), "", "", ""])

    @property
    def svg(self) -> SafeString:
        return picture(self.code, error="l")


def picture(text: str, error: str = "m") -> SafeString:
    """The text as a QR code for a page."""
    drawn = segno.make_qr(text, error=error, encoding="utf-8", boost_error=False)
    return mark_safe(drawn.svg_inline(scale=5, border=2, omitsize=True))  # noqa: S308 (of our own making)


def transfers_for(parts: Iterable[InvoiceShare], *, each: bool = False) -> list[Transfer]:
    """What these parts leave to be paid, by account and currency, and with `each` by invoice; PLN first. Credits are
    left out."""
    found: dict[tuple[str, str, int], list[InvoiceShare]] = {}
    for part in parts:
        if part.invoice.remaining > 0 and part.remaining > 0:
            of = (part.invoice.account, part.invoice.currency, part.invoice_id if each else 0)
            found.setdefault(of, []).append(part)
    made = [_transfer(account, currency, own) for (account, currency, _invoice), own in found.items()]
    return sorted(made, key=lambda one: one.currency != "PLN")


def _transfer(account: str, currency: str, parts: list[InvoiceShare]) -> Transfer:
    numbers = tuple(dict.fromkeys(part.invoice.number for part in parts))
    amount = sum((part.remaining for part in parts), Decimal(0))
    return Transfer(account, amount, _title(numbers, parts[0].invoice.organisation.code), numbers, currency)


def _title(numbers: tuple[str, ...], buyer: str) -> str:
    """The numbers where they fit, else how many there are and whose: the list is on the page."""
    text = ", ".join(numbers)
    if len(numbers) > 1 and len(text) > TITLE_SIGNS:
        text = _("%(n)d invoices, buyer %(buyer)s") % {"n": len(numbers), "buyer": buyer}
    return _fit(text, TITLE_SIGNS)


def account_digits(account: str) -> str:
    """The 26 digits of a Polish account whose check digits are right, else nothing."""
    digits = account.upper().replace(" ", "").replace("-", "").removeprefix("PL")
    if len(digits) != 26 or not digits.isdecimal():
        return ""
    return digits if int(digits[2:] + "2521" + digits[:2]) % 97 == 1 else ""


def _fit(text: str, signs: int) -> str:
    return " ".join(text.replace("|", " ").split())[:signs].strip()
