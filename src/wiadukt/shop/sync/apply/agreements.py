"""What the appliers of buyers and of products say alike about an agreed price."""

from __future__ import annotations

from typing import Any

AGREED_FIELDS = ("net", "gross", "currency", "discount_percent", "level")


def words_of_agreement(agreed: Any) -> str | None:
    """For the history: the net price, with its currency if it is another one, or the discount; None for none."""
    if agreed is None:
        return None
    if agreed.net is None:
        return f"-{agreed.discount_percent.normalize():f}%"
    amount = f"{agreed.net.normalize():f}"
    return amount if agreed.currency == "PLN" else f"{amount} {agreed.currency}"
