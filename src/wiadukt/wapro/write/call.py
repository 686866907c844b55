"""Calling WAPRO's procedures by the names of their parameters.

Signatures differ between versions of WAPRO. What this base's procedure takes is read from the base; we give it what it
knows, and stop with a clear text when it wants something we don't know or lacks something we must give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from wiadukt.contract.errors import Misconfigured, Refused
from wiadukt.wapro.engine import is_sql_server

# Every procedure by which we write, with all the parameters we can give it.
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
NEWER = frozenset({"NR_SERII", "TYP_TRANSKACJI_TRANSGRANICZNEJ", "ID_RACHUNKU"})
"""Parameters that versions of 2019 don't have: left out where they are not known."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a procedure as the base tells it. `kind` is its SQL type, ready for a DECLARE."""

    name: str
    kind: str
    is_output: bool
    is_optional: bool


Signature = tuple[Parameter, ...]
_signatures: WeakKeyDictionary[Engine, dict[str, Signature]] = WeakKeyDictionary()


def call(conn: Connection, procedure: str, /, **values: Any) -> Mapping[str, Any]:
    """The procedure's OUTPUT values by name, its first result set's value as `wynik`, its return code as `rc`.

    Raises Refused when it refuses (then the caller's transaction must end), Misconfigured when it is not there or takes
    other parameters than we know.
    """
    answer: Mapping[str, Any] = _server(conn).execute(conn, *_ready(conn, procedure, values))
    _refuse_failure(procedure, answer["rc"])
    return answer


Call = tuple[str, Mapping[str, Any]]


def call_all(conn: Connection, calls: Sequence[Call]) -> None:
    """Procedures one after another, of which only success is of interest; in one round trip where the server can.

    Raises as `call` does. What stands behind a call that failed may have been done as well: the transaction must end.
    """
    ready = [_ready(conn, procedure, values) for procedure, values in calls]
    codes = _server(conn).execute_all(conn, ready)
    for (procedure, _values), code in zip(calls, codes, strict=True):
        _refuse_failure(procedure, code)


def _ready(conn: Connection, procedure: str, values: Mapping[str, Any]) -> tuple[str, Signature, dict[str, Any]]:
    """What this base's procedure is called with: those of our values that it knows."""
    if set(values) != set(PARAMETERS[procedure]):
        raise TypeError(f"{procedure}: {sorted(set(values) ^ set(PARAMETERS[procedure]))} don't match PARAMETERS")
    signature = _signature(conn, procedure)
    if not signature:
        raise _unknown(procedure, "is not in the base")
    trouble = mismatch(procedure, signature)
    if trouble:
        raise _unknown(procedure, trouble)
    known = {parameter.name.lower(): parameter.name for parameter in signature}
    return procedure, signature, {known[name.lower()]: value for name, value in values.items() if name.lower() in known}


def _refuse_failure(procedure: str, code: int) -> None:
    if code:
        raise Refused(
            "procedure_failed",
            f"Procedura {procedure} zwróciła kod {code}.",
            remedy="Sprawdź zamówienie w WAPRO i uruchom 'wiadukt doctor'.",
        )


def mismatch(procedure: str, signature: Signature) -> str:
    """Why we can't call a procedure of this signature, in words; empty when we can."""
    ours = {name.lower() for name in PARAMETERS[procedure]}
    inputs = {parameter.name.lower() for parameter in signature if not parameter.is_output}
    missing = [name for name in PARAMETERS[procedure] if name.lower() not in inputs and name not in NEWER]
    wanted = [p.name for p in signature if not (p.is_output or p.is_optional or p.name.lower() in ours)]
    parts = [f"lacks {', '.join(missing)}"] if missing else []
    parts += [f"wants also {', '.join(wanted)}"] if wanted else []
    return " ".join(parts)


def signatures(conn: Connection) -> dict[str, Signature]:
    """What each of our procedures takes on this base; one that is not there is left out."""
    found: dict[str, Signature] = _server(conn).signatures(conn, tuple(PARAMETERS))
    return found


def _signature(conn: Connection, procedure: str) -> Signature:
    """Read once for each engine, and again while it does not fit: WAPRO may have been updated meanwhile."""
    known = _signatures.setdefault(conn.engine, {})
    if procedure not in known or mismatch(procedure, known[procedure]):
        known.update(signatures(conn))
    return known.get(procedure, ())


def _server(conn: Connection) -> Any:
    from wiadukt.wapro.write import call_postgresql, call_sqlserver

    return call_sqlserver if is_sql_server(conn) else call_postgresql


def _unknown(procedure: str, trouble: str) -> Misconfigured:
    return Misconfigured(
        "WAPRO_DATABASE_URL",
        f"procedure {procedure} {trouble}.",
        remedy="This version of WAPRO is not known yet: run 'wiadukt doctor' and send us what it says.",
    )
