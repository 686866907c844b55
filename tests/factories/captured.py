"""One row of each table that capture watches, and what the office does with it."""

from __future__ import annotations

from factories.wapro import Office

from wiadukt.wapro.capture.watched import WATCHED

Cast = dict[str, str | int]


def make_cast(office: Office) -> Cast:
    """One of each thing, not announced yet."""
    salesman = office.value('SELECT min("ID_PRACOWNIKA") FROM dbo."PRACOWNIK"')
    buyer, other = office.contractor(ID_HANDLOWCA=salesman), office.contractor()
    card, other_card = office.article("FR-1", wholesale="10"), office.article("FR-2")
    order, other_order = office.order(buyer), office.order(buyer)
    invoice, other_invoice = office.invoice(buyer), office.invoice(buyer)
    note = office.delivery_note(invoice)
    place = office.place(buyer)
    debt = office.receivable(invoice, buyer, "100")
    found = {
        "KONTRAHENT": buyer,
        "KONTAKT": office.insert("KONTAKT", ID_KONTRAHENTA=buyer, IMIE="Jan"),
        "MIEJSCE_DOSTAWY": place,
        "CENNIK_KONTRAHENTA": office.insert(
            "CENNIK_KONTRAHENTA", ID_KONTRAHENTA=buyer, ID_ARTYKULU=card, CENA_NETTO=1, CENA_BRUTTO=1
        ),
        "GRUPA_KONTRAHENTA": 2,
        "CENA_GRUPY": office.insert("CENA_GRUPY", ID_KATEGORII=1, ID_GRUPY=2, ID_CENY=2, NARZUT=0),
        "PROGI_RABATOWE": office.insert("PROGI_RABATOWE", ID_FIRMY=1, PROG=1000, RABAT=3),
        "PRACOWNIK": salesman,
        "CENNIK_INDYWIDUALNY": office.insert("CENNIK_INDYWIDUALNY", ID_GRUPY=2, ID_ARTYKULU=card, CENA_NETTO=1),
        "ARTYKUL": card,
        "CENA_ARTYKULU": office.value('SELECT "ID_CENA_ARTYKULU" FROM dbo."CENA_ARTYKULU"'),
        "ZAMOWIENIE": order,
        "POZYCJA_ZAMOWIENIA": office.line(order, card),
        "DOSTAWA": office.insert("DOSTAWA", ID_ZAMOWIENIA=order, ID_MIEJSCA_DOSTAWY=place),
        "DOKUMENT_HANDLOWY": invoice,
        "POZYCJA_DOKUMENTU_MAGAZYNOWEGO": office.invoice_line(card, ID_DOK_MAGAZYNOWEGO=note),
        "DOKUMENT_MAGAZYNOWY": note,
        "ROZRACHUNEK": debt,
        "ROZLICZENIE": office.pay(debt, "10"),
    }
    others = {"customer": other, "order": other_order, "invoice": other_invoice, "card": other_card}
    office.forget_queue()
    return found | others


# Table: a column that the shop sees, with another value.
CHANGES = {
    "KONTRAHENT": ("NAZWA", "Inna"),
    "KONTAKT": ("E_MAIL", "a@b.example"),
    "MIEJSCE_DOSTAWY": ("MIEJSCOWOSC", "Pniewy"),
    "CENNIK_KONTRAHENTA": ("CENA_NETTO", 2),
    "GRUPA_KONTRAHENTA": ("NARZUT", 3),
    "CENA_GRUPY": ("NARZUT", 4),
    "PROGI_RABATOWE": ("RABAT", 5),
    "PRACOWNIK": ("TELEFON", "601 000 000"),
    "CENNIK_INDYWIDUALNY": ("CENA_NETTO", 2),
    "ARTYKUL": ("STAN", 7),
    "CENA_ARTYKULU": ("CENA_NETTO", 11),
    "ZAMOWIENIE": ("STATUS_ZAM", "P"),
    "POZYCJA_ZAMOWIENIA": ("ZREALIZOWANO", 1),
    "DOSTAWA": ("ID_MIEJSCA_DOSTAWY", 5),
    "DOKUMENT_HANDLOWY": ("POZOSTALO", 5),
    "POZYCJA_DOKUMENTU_MAGAZYNOWEGO": ("ILOSC", 5),
    "DOKUMENT_MAGAZYNOWY": ("ID_DOKUMENTU_HANDLOWEGO", None),
    "ROZRACHUNEK": ("TYP_DOK", "F"),
    "ROZLICZENIE": ("KWOTA", 11),
}


def key_of(office: Office, table: str) -> str:
    query = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND ordinal_position = 1"
    return office.value(query, table)


def subject(table: str, cast: Cast) -> tuple[str, str]:
    kind = next(watched.kind for watched in WATCHED if watched.name == table)
    owner = {"customer": "KONTRAHENT", "order": "ZAMOWIENIE", "invoice": "DOKUMENT_HANDLOWY"}
    return kind, "FR-1" if kind == "product" else str(cast[owner[kind]])


# Table: a column that says whose a row is, whose it was, and whose it becomes.
MOVES = {
    "KONTAKT": ("ID_KONTRAHENTA", "customer", "customer"),
    "MIEJSCE_DOSTAWY": ("ID_KONTRAHENTA", "customer", "customer"),
    "POZYCJA_ZAMOWIENIA": ("ID_ZAMOWIENIA", "order", "order"),
    "DOKUMENT_MAGAZYNOWY": ("ID_DOKUMENTU_HANDLOWEGO", "invoice", "invoice"),
    "ROZRACHUNEK": ("ID_NAG_DOK_M", "invoice", "invoice"),
}
