"""Trade and warehouse documents with their lines, settlements and payments, as rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from wiadukt.demo.world.customers import Buyer
from wiadukt.demo.world.orders import MadeLine
from wiadukt.demo.world.rows import Rows, cents, clarion

SALE, CORRECTION, ADVANCE, RECEIPT = 1, 3, 7, 9
SIGNS = {SALE: "FS", CORRECTION: "KFS", ADVANCE: "FZL", RECEIPT: "PA"}
TRADE, WAREHOUSE, GOODS_ISSUE = 4, 3, 2


@dataclass(frozen=True)
class DraftLine:
    """A line of a document; one line may stand on a trade document and on a warehouse document at once."""

    id: int
    line: MadeLine
    quantity: int
    corrects: int | None = None


@dataclass
class Draft:
    """A trade document before it is numbered; quantities are negative on a correction."""

    id: int
    buyer: Buyer
    day: date
    kind: int
    lines: list[DraftLine]
    corrects: int | None = None
    paid: list[tuple[date, Decimal]] = field(default_factory=list)

    @property
    def payer(self) -> Buyer:
        return self.buyer.payer or self.buyer

    @property
    def net(self) -> Decimal:
        return sum((cents(one.quantity * one.line.net) for one in self.lines), Decimal(0))

    @property
    def gross(self) -> Decimal:
        return sum((cents(one.quantity * one.line.gross) for one in self.lines), Decimal(0))

    @property
    def due(self) -> date:
        return self.day + timedelta(days=0 if self.kind in (ADVANCE, RECEIPT) else self.buyer.payment_days)

    @property
    def remaining(self) -> Decimal:
        return self.gross - sum((amount for _day, amount in self.paid), Decimal(0))

    @property
    def payment_form(self) -> str:
        return "gotówka" if self.kind == RECEIPT else "przelew"


@dataclass
class Issue:
    """Goods that went out (WZ). `on_both`: its lines name the trade document themselves; no draft: not invoiced yet."""

    id: int
    buyer: Buyer
    day: date
    lines: list[DraftLine]
    draft: Draft | None
    on_both: bool = False


def write_documents(rows: Rows, drafts: list[Draft], issues: list[Issue]) -> None:
    """Numbered by year in the order of their days."""
    issue_of = {line.id: issue for issue in issues for line in issue.lines}
    numbers: dict[tuple[int, int, int], int] = defaultdict(int)
    transfers: dict[tuple[int, date], list[tuple[int, Decimal]]] = defaultdict(list)
    for issue in sorted(issues, key=lambda one: one.day):
        numbers[WAREHOUSE, GOODS_ISSUE, issue.day.year] += 1
        number = numbers[WAREHOUSE, GOODS_ISSUE, issue.day.year]
        _issue(rows, issue, f"WZ {number:04d}/{issue.day.year % 100:02d}")
    for draft in sorted(drafts, key=lambda one: one.day):
        numbers[TRADE, draft.kind, draft.day.year] += 1
        number = numbers[TRADE, draft.kind, draft.day.year]
        name = f"{SIGNS[draft.kind]} {number:04d}/{draft.day.year % 100:02d}"
        _document(rows, draft, name)
        for one in draft.lines:
            _line(rows, one, issue_of.get(one.id), draft)
        settlement = _settlement(rows, draft, name)
        for day, amount in draft.paid:
            transfers[draft.payer.id, day].append((settlement, amount))
    for issue in issues:
        if issue.draft is None:
            for one in issue.lines:
                _line(rows, one, issue, None)
    _transfers(rows, transfers)
    for (kind, type_id, year), last in numbers.items():
        rows.add("NUMERACJA", ID_FIRMY=1, ID_MAGAZYNU=1, DOKUMENT=kind, TYP_DOKUMENTU=type_id, OKRES=year, LAST_ID=last)


def _issue(rows: Rows, issue: Issue, number: str) -> None:
    rows.add(
        "DOKUMENT_MAGAZYNOWY",
        ID_DOK_MAGAZYNOWEGO=issue.id,
        ID_MAGAZYNU=1,
        ID_KONTRAHENTA=issue.buyer.id,
        ID_DOKUMENTU_HANDLOWEGO=issue.draft.id if issue.draft else 0,
        ID_TYPU=GOODS_ISSUE,
        RODZAJ_DOKUMENTU="WZ",
        NUMER=number,
        DATA=clarion(issue.day),
        WARTOSC_NETTO=sum((cents(one.quantity * one.line.net) for one in issue.lines), Decimal(0)),
        WARTOSC_BRUTTO=sum((cents(one.quantity * one.line.gross) for one in issue.lines), Decimal(0)),
    )


def _document(rows: Rows, draft: Draft, number: str) -> None:
    rows.add(
        "DOKUMENT_HANDLOWY",
        ID_DOKUMENTU_HANDLOWEGO=draft.id,
        ID_FIRMY=1,
        ID_MAGAZYNU=1,
        ID_TYPU=draft.kind,
        NUMER=number,
        DATA_WYSTAWIENIA=clarion(draft.day),
        DATA_SPRZEDAZY=clarion(draft.day),
        TERMIN_PLAT=clarion(draft.due),
        DATA_OST_ROZLICZENIA=clarion(max(day for day, _amount in draft.paid)) if draft.paid else 0,
        ID_KONTRAHENTA=draft.buyer.id,
        ID_PLATNIKA=draft.payer.id,
        KONTRAHENT_NAZWA=draft.buyer.name,
        PLATNIK_NAZWA=draft.payer.name,
        WARTOSC_NETTO=draft.net,
        WARTOSC_BRUTTO=draft.gross,
        SYM_WAL="PLN",
        RAZEM_ZAPLACONO=draft.gross - draft.remaining,
        POZOSTALO=draft.remaining,
        ROZLICZONY=int(draft.remaining == 0),
        FORMA_PLATNOSCI=draft.payment_form,
        ID_RACHUNKU=1,
        DOK_KOREKTY=int(draft.kind == CORRECTION),
        ID_DOK_ORYGINALNEGO=draft.corrects,
        ID_DOK_KORYGOWANEGO=draft.corrects,
    )


def _line(rows: Rows, one: DraftLine, issue: Issue | None, draft: Draft | None) -> None:
    """On its trade document, its warehouse document or both. Services and corrections have no warehouse document."""
    named = draft is not None and (issue is None or issue.on_both)
    day = issue.day if issue else draft.day if draft else None
    rows.add(
        "POZYCJA_DOKUMENTU_MAGAZYNOWEGO",
        ID_POZ_DOK_MAG=one.id,
        ID_DOK_MAGAZYNOWEGO=issue.id if issue else 0,
        ID_DOK_HANDLOWEGO=draft.id if draft and named else 0,
        ID_ARTYKULU=one.line.article.card,
        ILOSC=one.quantity,
        JEDNOSTKA=one.line.article.unit,
        PRZELICZNIK=one.line.article.unit_factor,
        CENA_NETTO=one.line.net,
        CENA_BRUTTO=one.line.gross,
        KOD_VAT="23",
        ZNACZNIK_CENY=one.line.marker,
        DATA=clarion(day) if day else 0,
        POZ_KOREKTY=int(one.corrects is not None),
        ID_POZ_ORYGINALNEJ=one.corrects,
        ID_POZ_ZAM=0 if one.corrects else one.line.id,
    )


def _settlement(rows: Rows, draft: Draft, number: str) -> int:
    settlement = rows.new_id()
    rows.add(
        "ROZRACHUNEK",
        ID_ROZRACHUNKU=settlement,
        ID_FIRMY=1,
        ID_KONTRAHENTA=draft.payer.id,
        TYP_DOK="h",
        ID_NAG_DOK_M=draft.id,
        NR_DOK=number,
        DATA_DOK=clarion(draft.day),
        TERMIN_PLATNOSCI=clarion(draft.due),
        KWOTA=draft.gross,
        POZOSTALO=draft.remaining,
        STRONA="WN",
        SYM_WALUTY="PLN",
        FORMA_PLATNOSCI=draft.payment_form,
        CZY_ROZLICZONY=2 if draft.remaining == 0 else 1 if draft.paid else 0,
        CZY_KOREKTA=int(draft.kind == CORRECTION),
    )
    return settlement


def _transfers(rows: Rows, transfers: dict[tuple[int, date], list[tuple[int, Decimal]]]) -> None:
    """What a payer paid on one day is one payment, also when it settles several documents."""
    for (payer, day), parts in sorted(transfers.items(), key=lambda item: (item[0][1], item[0][0])):
        payment = rows.new_id()
        rows.add(
            "ROZRACHUNEK",
            ID_ROZRACHUNKU=payment,
            ID_FIRMY=1,
            ID_KONTRAHENTA=payer,
            TYP_DOK="f",
            ID_NAG_DOK_M=None,
            NR_DOK=f"WB {payment}",
            DATA_DOK=clarion(day),
            TERMIN_PLATNOSCI=clarion(day),
            KWOTA=sum((amount for _settlement, amount in parts), Decimal(0)),
            POZOSTALO=0,
            STRONA="MA",
            SYM_WALUTY="PLN",
            FORMA_PLATNOSCI="przelew",
            CZY_ROZLICZONY=2,
            CZY_KOREKTA=0,
        )
        for settlement, amount in parts:
            rows.add(
                "ROZLICZENIE",
                ID_ROZLICZENIA=rows.new_id(),
                ID_ROZRACHUNKU=settlement,
                ID_ROZRACHUNKU_ZWIAZEK=payment,
                KWOTA=amount,
                DATA_ROZLICZENIA=clarion(day),
                STRONA="WN",
            )
