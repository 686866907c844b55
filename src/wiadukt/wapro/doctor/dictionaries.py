"""The rows our settings name: user, order type, warehouses, status letters."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.read.meanings import read_meanings
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


def check_dictionaries(conn: Connection, settings: Settings) -> Iterator[Finding]:
    users = select(t.user.c.ID_UZYTKOWNIKA).where(
        t.user.c.ID_UZYTKOWNIKA == settings.wapro_user_id, t.user.c.CZY_AKTYWNY == 1, t.user.c.ARCHIWALNY == 0
    )
    found = conn.execute(users).scalar() is not None
    yield Finding(
        found,
        _("user {user}", user=settings.wapro_user_id),
        "" if found else _("Set WAPRO_USER_ID to an active user."),
    )

    types = select(t.warehouse_document_type.c.SYGNATURA).where(
        t.warehouse_document_type.c.ID_FIRMY == settings.wapro_company_id
    )
    found = settings.wapro_order_type_sign in {clean(sign) for sign in conn.execute(types).scalars()}
    yield Finding(
        found,
        _("order type {sign}", sign=settings.wapro_order_type_sign),
        "" if found else _("Set WAPRO_ORDER_TYPE_SIGN."),
    )


def check_statuses(conn: Connection, settings: Settings) -> Iterator[Finding]:
    known = {clean(letter) for letter in conn.execute(select(t.status.c.KOD_STATUSU)).scalars()}
    for letter in sorted(known - set(read_meanings(conn, settings))):
        yield Finding(
            False,
            _("status letter {letter} has no meaning", letter=letter),
            _("Say it in the shop's panel (Payment, delivery, statuses), or add it to WAPRO_STATUS_LETTERS."),
        )
    for letter in sorted(set(settings.states) - known):
        yield Finding(
            False,
            _("status letter {letter} is not in WAPRO", letter=letter),
            _("Add it there or mend WAPRO_STATUS_LETTERS."),
        )
    yield Finding(True, _("{n} status letters", n=len(known)))
