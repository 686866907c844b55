"""Forms of payment and of delivery that an order may name, as WAPRO's dictionaries have them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from wiadukt.contract.status import DeliveryForm, PaymentForm
from wiadukt.wapro import tables as t
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


def read_payment_forms(conn: Connection, settings: Settings) -> tuple[PaymentForm, ...]:
    """The active ones of the company, by name: documents carry the name (docs/wapro.md)."""
    form = t.payment_form
    query = select(form.c.NAZWA, form.c.DNI_NALEZNOSCI).where(
        form.c.ID_FIRMY == settings.wapro_company_id, form.c.AKTYWNA == 1
    )
    found = {clean(name): int(days or 0) for name, days in conn.execute(query)}
    return tuple(PaymentForm(name=name, days=days) for name, days in sorted(found.items()) if name)


def read_delivery_forms(conn: Connection, settings: Settings) -> tuple[DeliveryForm, ...]:
    """Those of the company, by id."""
    form = t.delivery_form
    query = select(form.c.ID_FORMY_DOSTAWY, form.c.NAZWA).where(form.c.ID_FIRMY == settings.wapro_company_id)
    found = {str(int(key)): clean(name) for key, name in conn.execute(query)}
    return tuple(DeliveryForm(id=key, name=found[key]) for key in sorted(found, key=int))
