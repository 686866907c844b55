"""Forms of payment must be of WAPRO's dictionary, and those of what was paid must mean something to the shop."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.counting import none_of
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.flag import chosen
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


def check_payment_forms(conn: Connection, settings: Settings) -> Iterator[Finding]:
    customer = t.contractor.c
    in_shop = chosen(settings) & (customer.ID_FIRMY == settings.wapro_company_id)
    known = {clean(name) for name in conn.execute(select(t.payment_form.c.NAZWA)).scalars()}
    used = {clean(name) for name in conn.execute(select(customer.FORMA_PLATNOSCI).where(in_shop).distinct()).scalars()}
    unknown = sorted(used - known - {""})
    yield none_of(
        len(unknown),
        _("payment forms of buyers are not in WAPRO's dictionary {unknown}", unknown=unknown or "").strip(),
        _("Choose one on the contractor's card."),
    )
