"""WAPRO's tables, with the columns we use and no others; nobody outside this package sees these names.

Source: docs/wapro.md. Types are left to the database: numbers come as Decimal or int, codes padded.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import VARCHAR, BigInteger, DateTime, Integer, MetaData, Numeric, Sequence, String, Table, cast
from sqlalchemy.schema import Column
from sqlalchemy.sql.elements import BindParameter, ColumnElement
from sqlalchemy.types import TypeDecorator

metadata = MetaData(schema="dbo")

FROM_CUSTOMER = 1
"""ZAMOWIENIE.TYP of an order from a customer (ZO)."""
REALISED = "Z"
"""ZAMOWIENIE.STAN_REALIZ of a finished order."""
TRADE_DOCUMENT = "h"
"""ROZRACHUNEK.TYP_DOK of a trade document; its id is ID_NAG_DOK_M."""
CREDIT = "MA"
"""ROZRACHUNEK.STRONA of what the contractor paid."""
DEBIT = "WN"
"""ROZRACHUNEK.STRONA of what the contractor owes."""
IN_EDIT = ("", "<auto>")
"""NUMER of a document that is still being made."""
ASIDE = ("AKTYWNOSC_UZYTKOWNIKA", "MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN", "WIDOK_ARTYKUL")
"""What only the doctor looks into, where a base has it."""
OPTIONAL = {"KONTRAHENT": {"RODO_ZANONIMIZOWANY": 0}}
"""Columns that older versions of WAPRO don't have, and what their absence means."""


class Varchar(TypeDecorator[str]):
    """WAPRO's texts are varchar and a driver sends Python's as nvarchar, for which SQL Server converts the column of
    every row instead of the value. So the value is converted."""

    impl = String
    cache_ok = True

    def bind_expression(self, bindvalue: BindParameter[str]) -> ColumnElement[str]:
        return cast(bindvalue, VARCHAR(8000))


def _table(name: str, *, numbers: str = "", texts: str = "", amounts: str = "", into: MetaData = metadata) -> Table:
    columns: list[Column[Any]] = [Column(column, Integer) for column in numbers.split()]
    columns += [Column(column, Varchar) for column in texts.split()]
    columns += [Column(column, Numeric) for column in amounts.split()]
    return Table(name, into, *columns)


contractor = _table(
    "KONTRAHENT",
    numbers="ID_KONTRAHENTA ID_FIRMY KOD_KONTRAHENTA ID_GRUPY TERMIN_NALEZNOSCI ID_HANDLOWCA ZABLOKOWANY"
    " DOSTEPNY_W_B2B RODO_ZANONIMIZOWANY PODLEGA_PROMOCJI DNI_PO_TERMINIE BLOKOWANIE",
    texts="NAZWA NAZWA_PELNA NIP ULICA_LOKAL KOD_POCZTOWY MIEJSCOWOSC SYM_KRAJU ULICA_LOKAL_KOR KOD_POCZTOWY_KOR"
    " MIEJSCOWOSC_KOR SYM_KRAJU_KOR ADRES_EMAIL TELEFON_FIRMOWY FORMA_PLATNOSCI DOM_SYM_WAL",
    amounts="LIMIT_KUPIECKI DOMYSLNY_RABAT",
)
contractor_group = _table("GRUPA_KONTRAHENTA", numbers="ID_GRUPY ID_CENY", texts="NAZWA", amounts="NARZUT")
contact = _table(
    "KONTAKT",
    numbers="ID_KONTAKTU ID_KONTRAHENTA DOMYSLNY",
    texts="IMIE NAZWISKO STANOWISKO TEL TEL_KOM E_MAIL",
)
delivery_place = _table(
    "MIEJSCE_DOSTAWY",
    numbers="ID_MIEJSCA_DOSTAWY ID_KONTRAHENTA",
    texts="FIRMA ODBIORCA ULICA_LOKAL KOD_POCZTOWY MIEJSCOWOSC SYM_KRAJU TEL OPIS",
)
individual_price = _table(
    "CENNIK_KONTRAHENTA",
    numbers="ID_CENNIK_KONTRAHENTA ID_KONTRAHENTA ID_ARTYKULU ID_CENY TRYB SPRZEDAZ_ZAKUP",
    texts="SYM_WAL",
    amounts="CENA_NETTO CENA_BRUTTO UPUST",
)
group_price = _table(
    "CENNIK_INDYWIDUALNY",
    numbers="ID_GRUPY ID_ARTYKULU ID_CENY TRYB SPRZEDAZ_ZAKUP",
    texts="SYM_WAL",
    amounts="CENA_NETTO CENA_BRUTTO UPUST",
)
group_category = _table("CENA_GRUPY", numbers="ID_KATEGORII ID_GRUPY ID_CENY", amounts="NARZUT")
category_markup = _table("CENA_KATEGORII", numbers="ID_KATEGORII ID_CENY", amounts="DOMYSLNY_NARZUT")
threshold = _table("PROGI_RABATOWE", numbers="ID_FIRMY", amounts="PROG RABAT")
employee = _table(
    "PRACOWNIK",
    numbers="ID_PRACOWNIKA ID_FIRMY ID_UZYTKOWNIKA",
    texts="IMIE_1 NAZWISKO TELEFON POLE1 POLE2 POLE3 POLE4 POLE5 POLE6 POLE7 POLE8 POLE9 POLE10",
)
user = _table("UZYTKOWNIK", numbers="ID_UZYTKOWNIKA CZY_AKTYWNY ARCHIWALNY")

article = _table(
    "ARTYKUL",
    numbers="ID_ARTYKULU ID_MAGAZYNU ID_KATEGORII ID_KATEGORII_TREE ID_JEDNOSTKI ID_JEDNOSTKI_SPRZ ID_CENY_DOM"
    " PODLEGA_RABATOWANIU PROMOCJA_OD PROMOCJA_DO DOSTEPNY_W_SKLEPIE_INTER ZABLOKOWANY",
    texts="INDEKS_KATALOGOWY INDEKS_HANDLOWY NAZWA NAZWA_CALA OPIS KOD_KRESKOWY VAT_SPRZEDAZY WYLACZ_CENY_IND",
    amounts="STAN ZAREZERWOWANO ILOSC_EDYTOWANA CENA_PROMOCJI_N CENA_PROMOCJI_B PROMOCJA_PROCENT PROMOCJA_RABAT",
)
unit = _table("JEDNOSTKA", numbers="ID_JEDNOSTKI PODZIELNA", texts="SKROT", amounts="PRZELICZNIK")
category = _table("KATEGORIA_ARTYKULU_TREE", numbers="ID_KATEGORII_TREE POZIOM", texts="NAZWA KOD_TREE")
vat_rate = _table("STAWKA_VAT", texts="KOD_VAT", amounts="STAWKA")
price_level = _table("CENA", numbers="ID_CENY", texts="NAZWA")
article_price = _table(
    "CENA_ARTYKULU", numbers="ID_ARTYKULU ID_CENY", texts="SYM_WAL", amounts="CENA_NETTO CENA_BRUTTO"
)

order = _table(
    "ZAMOWIENIE",
    numbers="ID_ZAMOWIENIA ID_FIRMY ID_MAGAZYNU ID_KONTRAHENTA TYP DATA DATA_REALIZACJI ID_OPERATORA_PRZESYLKI",
    texts="NUMER NR_ZAMOWIENIA_KLIENTA STAN_REALIZ STATUS_ZAM SYM_WAL FORMA_PLATNOSCI UWAGI NUMER_PRZESYLKI",
    amounts="WARTOSC_NETTO WARTOSC_BRUTTO WARTOSC_NETTO_WAL WARTOSC_BRUTTO_WAL",
)
order_line = _table(
    "POZYCJA_ZAMOWIENIA",
    numbers="ID_POZYCJI_ZAMOWIENIA ID_ZAMOWIENIA ID_ARTYKULU",
    texts="KOD_VAT JEDNOSTKA",
    amounts="ZAMOWIONO ZREALIZOWANO CENA_NETTO CENA_BRUTTO CENA_NETTO_WAL CENA_BRUTTO_WAL",
)
delivery = _table(
    "DOSTAWA",
    numbers="ID_DOSTAWY ID_MIEJSCA_DOSTAWY ID_DOK_MAGAZYNOWEGO ID_ZAMOWIENIA ID_FORMY_DOSTAWY ODEBRANO DATA_ODBIORU",
)
carrier = _table("MAG_OPERATOR_PRZESYLKI", numbers="ID_OPERATORA_PRZESYLKI", texts="NAZWA URL_SLEDZENIE")
status = _table("MAG_SLOWNIK_STATUSOW_DOKUMENTOW", numbers="ID_STATUSU", texts="OPIS_STATUSU KOD_STATUSU")
warehouse_document_type = _table("TYP_DOKUMENTU_MAGAZYNOWEGO", numbers="ID_TYPU ID_FIRMY", texts="SYGNATURA")
warehouse = _table("MAGAZYN", numbers="ID_MAGAZYNU ID_FIRMY")
payment_form = _table("FORMA_PLATNOSCI", numbers="ID_FIRMY DNI_NALEZNOSCI AKTYWNA", texts="NAZWA")
delivery_form = _table("FORMA_DOSTAWY", numbers="ID_FORMY_DOSTAWY ID_FIRMY", texts="NAZWA")
bank_account = _table("RACHUNEK_FIRMY", numbers="ID_RACHUNKU ID_FIRMY AKTYWNY", texts="NUMER_RACHUNKU SYM_WALUTY")

trade_document = _table(
    "DOKUMENT_HANDLOWY",
    numbers="ID_DOKUMENTU_HANDLOWEGO ID_FIRMY ID_TYPU DATA_WYSTAWIENIA DATA_SPRZEDAZY TERMIN_PLAT ID_KONTRAHENTA"
    " ID_PLATNIKA DOK_KOREKTY ID_DOK_ORYGINALNEGO ID_DOK_KORYGOWANEGO ID_FZAL_ORG ID_RACHUNKU",
    texts="NUMER SYM_WAL FORMA_PLATNOSCI",
    amounts="WARTOSC_NETTO WARTOSC_BRUTTO ZALICZKA RAZEM_ZAPLACONO POZOSTALO WARTOSC_NETTO_WAL WARTOSC_BRUTTO_WAL"
    " RAZEM_ZAPLACONO_WAL POZOSTALO_WAL SUMA_ODSETEK",
)
trade_document_type = _table("TYP_DOKUMENTU_HANDLOWEGO", numbers="ID_TYPU ID_FIRMY", texts="SYGNATURA")
warehouse_document = _table("DOKUMENT_MAGAZYNOWY", numbers="ID_DOK_MAGAZYNOWEGO ID_DOKUMENTU_HANDLOWEGO")
document_line = _table(
    "POZYCJA_DOKUMENTU_MAGAZYNOWEGO",
    numbers="ID_POZ_DOK_MAG ID_DOK_MAGAZYNOWEGO ID_DOK_HANDLOWEGO ID_ARTYKULU ID_POZ_ZAM ID_POZ_ZAM_ZAL"
    " ID_POZ_ORYGINALNEJ ID_POZ_KORYGOWANEJ",
    texts="JEDNOSTKA KOD_VAT",
    amounts="ILOSC CENA_NETTO CENA_BRUTTO CENA_NETTO_WAL CENA_BRUTTO_WAL",
)
settlement = _table(
    "ROZRACHUNEK",
    numbers="ID_ROZRACHUNKU ID_FIRMY ID_KONTRAHENTA ID_NAG_DOK_M ID_ZAMOWIENIA DATA_DOK TERMIN_PLATNOSCI CZY_KOREKTA"
    " CZY_KOMPENSATA",
    texts="TYP_DOK NR_DOK STRONA RODZAJ SYM_WALUTY FORMA_PLATNOSCI",
    amounts="KWOTA KWOTA_W POZOSTALO POZOSTALO_W SUMA_ODSETEK",
)
settled_part = _table(
    "ROZLICZENIE",
    numbers="ID_ROZLICZENIA ID_ROZRACHUNKU ID_ROZRACHUNKU_ZWIAZEK DATA_ROZLICZENIA",
    amounts="KWOTA KWOTA_W",
)
version = _table("WAPRODBSTATE", texts="PRGNAZWA PRGWER", amounts="DBWER")

# What we write on WAPRO's own tables, with what we look at for it. Apart from what is read and watched above: capture
# must not take a card's lock for a change of it.
written = MetaData(schema="dbo")
_ADDRESS = "ULICA_LOKAL KOD_POCZTOWY MIEJSCOWOSC SYM_KRAJU"
card = _table(
    "KONTRAHENT",
    numbers="ID_KONTRAHENTA SEMAFOR",
    texts=f"{_ADDRESS} ULICA_LOKAL_KOR KOD_POCZTOWY_KOR MIEJSCOWOSC_KOR SYM_KRAJU_KOR TELEFON_FIRMOWY"
    " NAZWA_PELNA NIP WOJEWODZTWO POWIAT KTO_POPRAWIL",
    into=written,
)
place = _table(
    "MIEJSCE_DOSTAWY",
    numbers="ID_MIEJSCA_DOSTAWY ID_KONTRAHENTA TYP_ADRESU RODO_DATA",
    texts=f"FIRMA ODBIORCA {_ADDRESS} TEL OPIS",
    into=written,
)
address_history = _table(
    "ADRESY_KONTRAHENTA",
    numbers="ID_KONTRAHENTA DATA_OD RODO_DATA",
    texts=f"NAZWA_PELNA {_ADDRESS} WOJEWODZTWO POWIAT NIP",
    into=written,
)
order_lock = _table("ZAMOWIENIE", numbers="ID_ZAMOWIENIA SEMAFOR", into=written)
NOT_EVERYWHERE = frozenset({"RODO_DATA", "WOJEWODZTWO", "POWIAT", "KTO_POPRAWIL", "NIP", "NAZWA_PELNA"})
"""Of these columns, what a version may lack: it is left out then."""

# Our own room in WAPRO's base, made by `wiadukt connector install`.
OURS = "wiadukt"


def _ours(name: str, *columns: Column[Any]) -> Table:
    return Table(name, metadata, *columns, schema=OURS)


queue_ids = Sequence("kolejka_id", schema=OURS)
queue = _ours(
    "kolejka",
    Column("id", BigInteger),
    Column("rodzaj", Varchar),
    Column("id_obiektu", Varchar),
    Column("status", Varchar),
    Column("proby", Integer),
    Column("nastepna_proba", DateTime(timezone=True)),
    Column("ostatni_blad", Varchar),
    Column("utworzono", DateTime(timezone=True)),
    Column("wyslano", DateTime(timezone=True)),
    Column("zajete_do", DateTime(timezone=True)),
    Column("zajete_przez", Varchar),
    Column("zdarzenie", BigInteger),
)
gap = _ours(
    "luka",
    Column("id", BigInteger),
    Column("zauwazono", DateTime(timezone=True)),
    Column("zakonczono", DateTime(timezone=True)),
)
swept = _ours("zamiatanie", Column("rodzaj", Varchar), Column("id_obiektu", Varchar), Column("skrot", Varchar))
bookmark = _ours(
    "sledzenie",
    Column("tabela", Varchar),
    Column("od_wersji", BigInteger),
    Column("wersja", BigInteger),
    Column("nasze", Integer),
)
owner = _ours(
    "wlasciciel",
    Column("tabela", Varchar),
    Column("klucz", Varchar),
    Column("id_obiektu", Varchar),
    Column("pamietane", Varchar),
)
order_map = _ours(
    "zamowienie_mapa", Column("numer", Varchar), Column("id_zamowienia", Numeric), Column("skrot", Varchar)
)
address_told = _ours(
    "adres_powiedziany",
    Column("klucz", Varchar),
    Column("id_wiersza", Numeric),
    Column("rewizja", BigInteger),
    Column("skrot", Varchar),
    Column("odpowiedz", Varchar),
    Column("zapisano", DateTime(timezone=True)),
)
status_meaning = _ours(
    "znaczenie_statusu",
    Column("litera", Varchar),
    Column("stan", Varchar),
    Column("zapisano", DateTime(timezone=True)),
)
production_progress = _ours(
    "postep_produkcji",
    Column("numer", Varchar),
    Column("rewizja", Integer),
    Column("stan", Varchar),
    Column("procent", Numeric),
    Column("zgloszono", DateTime(timezone=True)),
    Column("pozycje", Varchar),
)
