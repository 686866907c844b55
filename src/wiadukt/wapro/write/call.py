"""Calling WAPRO's procedures by the names of their parameters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, text

from wiadukt.contract.errors import Refused

# Every procedure by which we write, with all the parameters we give it; `doctor` compares them with the base.
PARAMETERS: dict[str, tuple[str, ...]] = {
    name: tuple(parameters.split())
    for name, parameters in {
        "RM_DodajZamowienie": "id_firmy id_kontrahenta id_magazynu typ data semafor trybrejestracji brutto_netto",
        "RM_DodajPozycjeZamowienia": (
            "ID_POZYCJI_ZAMOWIENIA ID_ZAMOWIENIA ID_ARTYKULU KOD_VAT ZAMOWIONO ZREALIZOWANO ZAREZERWOWANO DO_REZERWACJI"
            " CENA_NETTO CENA_BRUTTO CENA_NETTO_WAL CENA_BRUTTO_WAL PRZELICZNIK JEDNOSTKA NARZUT OPIS ZNAK_NARZUTU"
            " trybrejestracji ID_DOSTAWY_REZ ID_WARIANTU_PRODUKTU ZNACZNIK_CENY NR_SERII TYP_TRANSKACJI_TRANSGRANICZNEJ"
        ),
        "RM_SumujZamowienie": "id_zamowienia",
        "RM_KontrolaCenPozycjiZamowienia": "id_zamowienia id_uzytkownika",
        "JL_PobierzFormatNumeracji_Server": "id_firmy dokument id_typu id_zasobu",
        "RM_ZatwierdzZamowienie": (
            "ID_ZAMOWIENIA ID_KONTRAHENTA ID_TYPU NUMER NUM_FORMAT NUM_OKRESNUMERACJI NUM_AUTO NUM_NIEZALEZNY AUTONUMER"
            " ID_FIRMY ID_MAG DATA DATA_REALIZACJI ZALICZKA PRIORYTET AUTO_REZERWACJA NR_ZAM_KLIENTA TYP ID_PRACOWNIKA"
            " PRZELICZNIK_WAL DATA_KURS_WAL SYM_WAL DOK_WAL FLAGA_STANU trybrejestracji RABAT_NARZUT ZNAK_RABATU UWAGI"
            " ID_RACHUNKU InformacjeDodatkowe OsobaZamawiajaca Id_KONTAKTU FormaPlatnosci DniPlatnosci FakturaParagon"
            " NumerPrzesylki IdOperatoraPrzesylki"
        ),
        "RM_UstawStanZamowien": "id_zamowienia id_sesji tryb_inf_realiz status_zam",
    }.items()
}


def call(conn: Connection, procedure: str, /, **values: Any) -> RowMapping:
    """The procedure's OUTPUT values and its return code `rc`. Raises Refused when the code is not 0."""
    if set(values) != set(PARAMETERS[procedure]):
        raise TypeError(f"{procedure}: {sorted(set(values) ^ set(PARAMETERS[procedure]))} don't match PARAMETERS")
    named = ", ".join(f'"{name}" => :{name}' for name in values)
    row = conn.execute(text(f'SELECT * FROM dbo."{procedure}"({named})'), values).mappings().one()
    if row["rc"]:
        raise Refused(
            "procedure_failed",
            f"Procedura {procedure} zwróciła kod {row['rc']}.",
            remedy="Sprawdź zamówienie w WAPRO i uruchom 'wiadukt doctor'.",
        )
    return row
