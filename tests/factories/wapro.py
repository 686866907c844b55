"""The office at work on a WAPRO base: small deeds in WAPRO's own words, for tests of the connector."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from factories.bases import Harm, Line

from wiadukt.contract.order import PlacedOrder
from wiadukt.wapro.settings import Settings

TODAY = 82510  # 2026-11-23
SECRET = "whsec_dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHk="
TOKEN = "shop-token"


def settings_for(url: str, **changes: Any) -> Settings:
    return Settings(
        wapro_database_url=url,
        wapro_warehouses="1,2",
        connector_tokens=f"shop:{TOKEN}",
        **{"shop_events_url": "", "webhook_secrets": SECRET, **changes},
    )


@dataclass
class Office:
    """One connection of an office user. In autocommit, unless `working()` opens a transaction.

    Statements are understood by both servers: names in double quotes, `%s` for a value.
    """

    desk: Line
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def close(self) -> None:
        self.desk.close()

    @contextmanager
    def working(self) -> Iterator[None]:
        with self.desk.transaction():
            yield

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        return self.desk.rows(query, values)

    def value(self, query: str, *values: Any) -> Any:
        found = self.rows(query, *values)
        return next(iter(found[0].values())) if found else None

    def run(self, query: str, *values: Any) -> None:
        self.desk.run(query, values)

    def insert(self, table: str, **values: Any) -> int:
        """The id of the new row: the table's first column."""
        return self.desk.insert(table, values)

    def moment(self, seconds: float = 0) -> datetime:
        """The base's own time, so many seconds later."""
        return self.desk.now() + timedelta(seconds=seconds)

    def capture(self, table: str, what: Harm) -> None:
        self.desk.capture(table, what)

    def tracking(self, table: str, what: Literal["on", "off"]) -> None:
        self.desk.tracking(table, what)

    def procedure(self, name: str, parameter: str | None) -> None:
        """As another version of WAPRO has it: gone, or with this one parameter."""
        self.desk.procedure(name, parameter)

    def rename(self, table: str, column: str, name: str) -> None:
        """As another version of WAPRO calls the column."""
        self.desk.rename(table, column, name)

    def count(self, table: str) -> int:
        return self.value(f'SELECT count(*) FROM dbo."{table}"')

    def contractor(self, **values: Any) -> int:
        """A flagged wholesale contractor with terms of payment, unless `values` say otherwise."""
        number = next(self._numbers)
        return self.insert(
            "KONTRAHENT",
            **{
                "KOD_KONTRAHENTA": number,
                "NAZWA": f"Stolarnia {number}",
                "ID_GRUPY": 2,
                "DOSTEPNY_W_B2B": 1,
                "FORMA_PLATNOSCI": "przelew",
                "TERMIN_NALEZNOSCI": 14,
                **values,
            },
        )

    def place(self, contractor: int, **values: Any) -> int:
        return self.insert(
            "MIEJSCE_DOSTAWY", ID_KONTRAHENTA=contractor, **{"FIRMA": "Hala", "ODBIORCA": "", "TYP_ADRESU": 0, **values}
        )

    def article(self, index: str = "", *, wholesale: str = "", **values: Any) -> int:
        """A flagged card in warehouse 1 with stock 100; `wholesale` gives it a net price at level 2."""
        index = index or f"A-{next(self._numbers)}"
        card = self.insert(
            "ARTYKUL",
            **{
                "ID_MAGAZYNU": 1,
                "INDEKS_KATALOGOWY": index,
                "NAZWA": f"Artykuł {index}",
                "VAT_SPRZEDAZY": "23",
                "ID_JEDNOSTKI": 1,
                "STAN": 100,
                "DOSTEPNY_W_SKLEPIE_INTER": 1,
                **values,
            },
        )
        if wholesale:
            self.price(card, 2, wholesale)
        return card

    def price(self, card: int, level: int, net: str) -> int:
        gross = (Decimal(net) * Decimal("1.23")).quantize(Decimal("0.01"))
        return self.insert("CENA_ARTYKULU", ID_ARTYKULU=card, ID_CENY=level, CENA_NETTO=net, CENA_BRUTTO=gross)

    def order(self, contractor: int, **values: Any) -> int:
        """An order taken by phone, already approved."""
        number = next(self._numbers)
        return self.insert(
            "ZAMOWIENIE",
            **{
                "ID_FIRMY": 1,
                "ID_MAGAZYNU": 1,
                "ID_KONTRAHENTA": contractor,
                "NUMER": f"ZO {number:04}/26",
                "TYP": 1,
                "DATA": TODAY,
                "OBLICZANIE_WG_CEN": "Netto ",
                **values,
            },
        )

    def line(self, order: int, card: int, quantity: str = "1", net: str = "10", **values: Any) -> int:
        gross = Decimal(net) * Decimal("1.23")
        return self.insert(
            "POZYCJA_ZAMOWIENIA",
            ID_ZAMOWIENIA=order,
            ID_ARTYKULU=card,
            KOD_VAT="23",
            JEDNOSTKA="szt.",
            ZAMOWIONO=quantity,
            CENA_NETTO=net,
            CENA_BRUTTO=gross,
            **values,
        )

    def invoice(self, contractor: int, **values: Any) -> int:
        number = next(self._numbers)
        return self.insert(
            "DOKUMENT_HANDLOWY",
            **{
                "ID_FIRMY": 1,
                "ID_TYPU": 1,
                "NUMER": f"FS {number:04}/26",
                "DATA_WYSTAWIENIA": TODAY,
                "DATA_SPRZEDAZY": TODAY,
                "TERMIN_PLAT": TODAY + 14,
                "ID_KONTRAHENTA": contractor,
                "ID_PLATNIKA": contractor,
                **values,
            },
        )

    def invoice_line(self, card: int, quantity: str = "1", net: str = "10", **values: Any) -> int:
        """Of an invoice (`ID_DOK_HANDLOWEGO`) or of a WZ (`ID_DOK_MAGAZYNOWEGO`)."""
        return self.insert(
            "POZYCJA_DOKUMENTU_MAGAZYNOWEGO",
            ID_ARTYKULU=card,
            ILOSC=quantity,
            JEDNOSTKA="szt.",
            CENA_NETTO=net,
            CENA_BRUTTO=Decimal(net) * Decimal("1.23"),
            KOD_VAT="23",
            **values,
        )

    def delivery_note(self, invoice: int | None = None) -> int:
        return self.insert(
            "DOKUMENT_MAGAZYNOWY",
            ID_MAGAZYNU=1,
            ID_DOKUMENTU_HANDLOWEGO=invoice,
            ID_TYPU=2,
            RODZAJ_DOKUMENTU="WZ",
            DATA=TODAY,
        )

    def receivable(self, invoice: int, contractor: int, amount: str, **values: Any) -> int:
        return self.insert(
            "ROZRACHUNEK",
            **{
                "ID_FIRMY": 1,
                "ID_KONTRAHENTA": contractor,
                "TYP_DOK": "h",
                "ID_NAG_DOK_M": invoice,
                "DATA_DOK": TODAY,
                "KWOTA": amount,
                "POZOSTALO": amount,
                "STRONA": "WN",
                **values,
            },
        )

    def money(self, contractor: int, amount: str, left: str = "0", **values: Any) -> int:
        """A transfer of the contractor's, of which so much settles nothing yet."""
        return self.insert(
            "ROZRACHUNEK",
            **{
                "ID_FIRMY": 1,
                "ID_KONTRAHENTA": contractor,
                "TYP_DOK": "f",
                "NR_DOK": "WB 12/2026",
                "DATA_DOK": TODAY,
                "KWOTA": amount,
                "POZOSTALO": left,
                "STRONA": "MA",
                "FORMA_PLATNOSCI": "przelew",
                **values,
            },
        )

    def owed(self, contractor: int, amount: str, left: str, **values: Any) -> int:
        """What the contractor owes by no trade document: an opening balance, an interest note."""
        shared = {"TYP_DOK": "n", "NR_DOK": "NO 7/2026", "STRONA": "WN", "RODZAJ": "N", "FORMA_PLATNOSCI": None}
        return self.money(contractor, amount, left, **{**shared, "TERMIN_PLATNOSCI": TODAY + 7, **values})

    def pay(self, receivable: int, amount: str, day: int = TODAY, **values: Any) -> int:
        return self.insert(
            "ROZLICZENIE", ID_ROZRACHUNKU=receivable, KWOTA=amount, DATA_ROZLICZENIA=day, STRONA="MA", **values
        )

    def queue(self) -> list[tuple[str, str]]:
        """Waiting (kind, object id), in order of capture."""
        found = self.rows("SELECT rodzaj, id_obiektu FROM wiadukt.kolejka WHERE status = 'przyjety' ORDER BY id")
        return [(row["rodzaj"], row["id_obiektu"]) for row in found]

    def forget_queue(self) -> None:
        self.run("DELETE FROM wiadukt.kolejka")

    def announce(self, *object_ids: str, kind: str = "product") -> None:
        for object_id in object_ids:
            self.run("INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu) VALUES (%s, %s)", kind, object_id)


def placed(contractor: int, *lines: dict[str, Any], **fields: Any) -> PlacedOrder:
    """An order of the shop: lines of `product_id`, `quantity`, `price_net` and what else a line may have."""
    return PlacedOrder.model_validate(
        {
            "number": f"WD-{uuid.uuid4().int % 10**9}",
            "customer_id": str(contractor),
            "placed_at": datetime(2026, 11, 23, 12, 8, tzinfo=UTC),
            "wanted_on": date(2026, 12, 3),
            "lines": [
                {
                    "line_no": number,
                    "quantity": "2",
                    "price_net": "10.00",
                    "price_gross": "12.30",
                    **line,
                }
                for number, line in enumerate(lines, start=1)
            ],
            **fields,
        }
    )
