"""Every check of WAPRO's side, in the order in which to look, with what a fault of it means and whom it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from wiadukt.contract.checkup import CheckReport, ErpCheck, Finding
from wiadukt.runtime.checkup import Check, Examiner
from wiadukt.runtime.redact import Redactor, password_of
from wiadukt.runtime.signing import split_secrets
from wiadukt.runtime.tokens import parse_tokens
from wiadukt.runtime.words import N_
from wiadukt.wapro.doctor.backlog import check_backlog
from wiadukt.wapro.doctor.capture import check_capture
from wiadukt.wapro.doctor.columns import check_columns, check_tables
from wiadukt.wapro.doctor.counts import check_counts
from wiadukt.wapro.doctor.data_age import check_data_age
from wiadukt.wapro.doctor.database import check_clock, check_database, check_disk
from wiadukt.wapro.doctor.dictionaries import check_dictionaries, check_statuses
from wiadukt.wapro.doctor.duplicates import check_duplicates
from wiadukt.wapro.doctor.final_invoices import check_final_invoices
from wiadukt.wapro.doctor.integrators import check_integrators
from wiadukt.wapro.doctor.known_unknowns import check_dates, check_other_versions, check_texts
from wiadukt.wapro.doctor.locked_orders import check_locked_orders
from wiadukt.wapro.doctor.open_amounts import check_open_amounts
from wiadukt.wapro.doctor.open_points import check_open_points
from wiadukt.wapro.doctor.payment_forms import check_payment_forms
from wiadukt.wapro.doctor.prices import check_prices
from wiadukt.wapro.doctor.procedures import check_procedures
from wiadukt.wapro.doctor.rights import check_rights
from wiadukt.wapro.doctor.server import check_server
from wiadukt.wapro.doctor.settlements import check_payment_kinds, check_settlements
from wiadukt.wapro.doctor.shop import check_shop
from wiadukt.wapro.doctor.version import check_version
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.doctor.writing import check_writing
from wiadukt.wapro.engine import reading
from wiadukt.wapro.settings import Settings

Look = Callable[[Connection, Settings], Iterable[Finding]]
LOOKS: dict[ErpCheck, tuple[Look, ...]] = {
    ErpCheck.DATABASE: (check_database,),
    ErpCheck.CLOCK: (check_clock,),
    ErpCheck.VERSION: (check_version,),
    ErpCheck.SERVER: (check_server,),
    ErpCheck.RIGHTS: (check_rights,),
    ErpCheck.TABLES: (check_tables,),
    ErpCheck.COLUMNS: (check_columns,),
    ErpCheck.VALUES: (check_texts, check_dates, check_other_versions),
    ErpCheck.WRITING: (check_writing,),
    ErpCheck.PROCEDURES: (check_procedures,),
    ErpCheck.CAPTURE: (check_capture,),
    ErpCheck.DICTIONARIES: (check_dictionaries,),
    ErpCheck.STATUSES: (check_statuses,),
    ErpCheck.PAYMENT_FORMS: (check_payment_forms, check_payment_kinds),
    ErpCheck.COUNTS: (check_counts,),
    ErpCheck.PRICES: (check_prices,),
    ErpCheck.SETTLEMENTS: (check_settlements, check_final_invoices, check_open_amounts),
    ErpCheck.OPEN_POINTS: (check_open_points,),
    ErpCheck.DUPLICATES: (check_duplicates,),
    ErpCheck.LOCKED_ORDERS: (check_locked_orders,),
    ErpCheck.INTEGRATORS: (check_integrators,),
    ErpCheck.DATA_AGE: (check_data_age,),
    ErpCheck.QUEUE: (check_backlog,),
    ErpCheck.DISK: (check_disk,),
}
"""What looks into the base, by check."""

_EVERYBODY = N_("Everybody: nothing is carried between WAPRO and the shop.")
_BUYERS = N_("Buyers: they see what was true before.")
_ORDERS = N_("Whoever orders: the order waits in the shop and has no document in WAPRO.")
_TEXTS: dict[ErpCheck, tuple[str, str, str]] = {
    ErpCheck.DATABASE: (
        N_("WAPRO's database"),
        N_("The connector does not come to WAPRO's base: its server is off, or the address or the login is wrong."),
        _EVERYBODY,
    ),
    ErpCheck.CLOCK: (
        N_("The clock of WAPRO's server"),
        N_("Two clocks differ: signatures may be refused, and times on the screens mislead."),
        _EVERYBODY,
    ),
    ErpCheck.VERSION: (
        N_("Version of WAPRO"),
        N_("This does not look like the base of a WAPRO Mag company."),
        _EVERYBODY,
    ),
    ErpCheck.SERVER: (
        N_("The database server"),
        N_("The server is set up in a way in which texts, deliveries or reading can't be relied upon."),
        N_("The administrator; orders with a delivery place."),
    ),
    ErpCheck.RIGHTS: (
        N_("Rights of the connector's login"),
        N_("The login may not do what it must: what needs the missing right fails."),
        N_("Whoever waits for what can't be read, and whoever orders."),
    ),
    ErpCheck.TABLES: (
        N_("Tables"),
        N_("A table that we read is not there: what is in it does not come to the shop."),
        _BUYERS,
    ),
    ErpCheck.COLUMNS: (
        N_("Columns"),
        N_("A column that we read is not there, as after an update of WAPRO: its objects can't be read."),
        _BUYERS,
    ),
    ErpCheck.VALUES: (
        N_("Lengths and dates"),
        N_("A column holds other values than we know: a date may be wrong, or a text be cut."),
        N_("Whoever reads or writes the named field."),
    ),
    ErpCheck.WRITING: (
        N_("Addresses and delivery places"),
        N_("What the shop may change on contractors' cards can't be written on this base."),
        N_("Buyers who change an address or a delivery place: the change waits."),
    ),
    ErpCheck.PROCEDURES: (
        N_("Procedures"),
        N_("A procedure by which orders are written is not there, or wants other parameters: an update of WAPRO."),
        _ORDERS,
    ),
    ErpCheck.CAPTURE: (
        N_("Triggers, or another way to notice changes"),
        N_("Changes in WAPRO are not noticed: an update of WAPRO removes foreign triggers."),
        _BUYERS,
    ),
    ErpCheck.DICTIONARIES: (
        N_("Dictionaries: user, order type"),
        N_("A row that our settings name is not there: no order can be made."),
        _ORDERS,
    ),
    ErpCheck.STATUSES: (
        N_("Statuses of orders"),
        N_("A letter of an order's status has no meaning for the shop, or ours is not in WAPRO."),
        N_("Buyers: the state of their orders does not go on."),
    ),
    ErpCheck.PAYMENT_FORMS: (
        N_("Forms of payment"),
        N_("A form of payment of a buyer is not in WAPRO's dictionary: his order is refused."),
        N_("The buyers with that form, and who reads their payments."),
    ),
    ErpCheck.COUNTS: (
        N_("What goes to the shop"),
        N_("A setting names a warehouse or a document that is not there: goods or invoices are missing."),
        N_("Buyers: they don't see what should be sold or was invoiced."),
    ),
    ErpCheck.PRICES: (
        N_("Prices"),
        N_("A code of the price lists has no meaning for us: its price is not used."),
        N_("The buyers with that agreement: they see another price than the office agreed."),
    ),
    ErpCheck.SETTLEMENTS: (
        N_("Settlements"),
        N_("A column of payments or of KSeF is not there."),
        N_("Whoever reads invoices in the shop."),
    ),
    ErpCheck.OPEN_POINTS: (
        N_("What differs from base to base"),
        N_("Something in this base is used otherwise than we take it."),
        N_("The administrator: compare one case in WAPRO."),
    ),
    ErpCheck.DUPLICATES: (
        N_("Duplicates: tax id, index, order number"),
        N_("Something stands in WAPRO twice: an order was made twice, or two cards are taken for one."),
        N_("The buyers and goods that stand twice."),
    ),
    ErpCheck.LOCKED_ORDERS: (
        N_("Locked orders"),
        N_("Orders stand half done: nobody can edit, approve or delete them."),
        N_("The office, and whoever waits for these orders."),
    ),
    ErpCheck.INTEGRATORS: (
        N_("Foreign integrations"),
        N_("Another program carries orders or goods as well."),
        N_("Whoever orders: his order may be made twice."),
    ),
    ErpCheck.DATA_AGE: (
        N_("Age of the data"),
        N_("Nobody works in this base."),
        _BUYERS,
    ),
    ErpCheck.QUEUE: (
        N_("WAPRO's queue"),
        N_("Changes are noticed and do not come to the shop."),
        _BUYERS,
    ),
    ErpCheck.SHOP: (
        N_("The road from the connector to the shop"),
        N_("The connector can't tell the shop of changes."),
        _BUYERS,
    ),
    ErpCheck.DISK: (
        N_("Disk space of WAPRO's side"),
        N_("The disk or the base is full: WAPRO itself can't save any more."),
        N_("Everybody, the office before all."),
    ),
}


@dataclass(frozen=True)
class Subject:
    """What is looked at."""

    engine: Engine
    settings: Settings


class Doctor:
    """The checks of one connector."""

    def __init__(self, subject: Subject) -> None:
        settings = self.settings = subject.settings
        self.subject = subject
        secrets = [*parse_tokens(settings.connector_tokens), *split_secrets(settings.webhook_secrets)]
        self.examiner = Examiner(_, Redactor([*secrets, *password_of(settings.wapro_database_url)]))

    def examine(self, name: ErpCheck) -> CheckReport:
        """One check, in the language of the moment. A base that is away is a finding like any other."""
        return self.examiner.examine(CHECKS[name], self.subject)

    def round(self) -> Iterator[CheckReport]:
        """All checks in turn; what looks into the base is skipped while the base does not answer."""
        is_away = False
        for name in ErpCheck:
            if is_away and name in LOOKS:
                yield self.examiner.skip(CHECKS[name], _("WAPRO's base does not answer."))
                continue
            report = self.examine(name)
            is_away = is_away or (name is ErpCheck.DATABASE and not all(one.ok for one in report.findings))
            yield report


def _into_the_base(looks: Iterable[Look]) -> Callable[[Subject], Iterator[Finding]]:
    def look(subject: Subject) -> Iterator[Finding]:
        for one in looks:
            with reading(subject.engine) as conn:
                found = list(one(conn, subject.settings))
            yield from found

    return look


def _at_the_shop(subject: Subject) -> Iterator[Finding]:
    return check_shop(subject.settings)


CHECKS: dict[ErpCheck, Check[Subject]] = {
    name: Check(name, *_TEXTS[name], _into_the_base(LOOKS[name]) if name in LOOKS else _at_the_shop)
    for name in ErpCheck
}
