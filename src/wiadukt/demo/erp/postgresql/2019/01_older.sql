-- The same base as a version of 2019 had it: columns marked 2022+ in the facts are not there, lines take the first 21
-- parameters, and the approval 36, without ID_RACHUNKU.
ALTER TABLE dbo."KONTRAHENT" DROP COLUMN "RODO_ZANONIMIZOWANY";
ALTER TABLE dbo."MIEJSCE_DOSTAWY" DROP COLUMN "RODO_DATA";
ALTER TABLE dbo."ADRESY_KONTRAHENTA" DROP COLUMN "RODO_DATA";
ALTER TABLE dbo."ZAMOWIENIE" DROP COLUMN "DATA_UTWORZENIA_WIERSZA";
UPDATE dbo."WAPRODBSTATE" SET "PRGWER" = '8.60.0', "DBWER" = 24.1000;
ALTER FUNCTION dbo."RM_DodajPozycjeZamowienia" RENAME TO pozycja_nowsza;
ALTER FUNCTION dbo."RM_ZatwierdzZamowienie" RENAME TO zatwierdzenie_nowsze;
CREATE FUNCTION dbo."RM_DodajPozycjeZamowienia"(
    "ID_POZYCJI_ZAMOWIENIA" numeric, "ID_ZAMOWIENIA" numeric, "ID_ARTYKULU" numeric, "KOD_VAT" char(3), "ZAMOWIONO" numeric,
    "ZREALIZOWANO" numeric, "ZAREZERWOWANO" numeric, "DO_REZERWACJI" numeric, "CENA_NETTO" numeric, "CENA_BRUTTO" numeric,
    "CENA_NETTO_WAL" numeric, "CENA_BRUTTO_WAL" numeric, "PRZELICZNIK" numeric, "JEDNOSTKA" varchar, "NARZUT" numeric,
    "OPIS" varchar, "ZNAK_NARZUTU" integer, "trybrejestracji" integer, "ID_DOSTAWY_REZ" numeric, "ID_WARIANTU_PRODUKTU" numeric,
    "ZNACZNIK_CENY" char(1), OUT "rc" integer
) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
BEGIN
    "rc" := dbo.pozycja_nowsza(
        "ID_POZYCJI_ZAMOWIENIA" => "ID_POZYCJI_ZAMOWIENIA", "ID_ZAMOWIENIA" => "ID_ZAMOWIENIA", "ID_ARTYKULU" => "ID_ARTYKULU",
        "KOD_VAT" => "KOD_VAT", "ZAMOWIONO" => "ZAMOWIONO", "ZREALIZOWANO" => "ZREALIZOWANO", "ZAREZERWOWANO" => "ZAREZERWOWANO",
        "DO_REZERWACJI" => "DO_REZERWACJI", "CENA_NETTO" => "CENA_NETTO", "CENA_BRUTTO" => "CENA_BRUTTO",
        "CENA_NETTO_WAL" => "CENA_NETTO_WAL", "CENA_BRUTTO_WAL" => "CENA_BRUTTO_WAL", "PRZELICZNIK" => "PRZELICZNIK",
        "JEDNOSTKA" => "JEDNOSTKA", "NARZUT" => "NARZUT", "OPIS" => "OPIS", "ZNAK_NARZUTU" => "ZNAK_NARZUTU",
        "trybrejestracji" => "trybrejestracji", "ID_DOSTAWY_REZ" => "ID_DOSTAWY_REZ",
        "ID_WARIANTU_PRODUKTU" => "ID_WARIANTU_PRODUKTU", "ZNACZNIK_CENY" => "ZNACZNIK_CENY", "NR_SERII" => '');
END $$;
CREATE FUNCTION dbo."RM_ZatwierdzZamowienie"(
    "ID_ZAMOWIENIA" numeric, "ID_KONTRAHENTA" numeric, "ID_TYPU" numeric, "NUMER" varchar, "NUM_FORMAT" varchar,
    "NUM_OKRESNUMERACJI" integer, "NUM_AUTO" integer, "NUM_NIEZALEZNY" integer, "AUTONUMER" numeric, "ID_FIRMY" numeric,
    "ID_MAG" numeric, "DATA" integer, "DATA_REALIZACJI" integer, "ZALICZKA" numeric, "PRIORYTET" integer,
    "AUTO_REZERWACJA" integer, "NR_ZAM_KLIENTA" varchar, "TYP" integer, "ID_PRACOWNIKA" numeric, "PRZELICZNIK_WAL" numeric,
    "DATA_KURS_WAL" integer, "SYM_WAL" varchar, "DOK_WAL" integer, "FLAGA_STANU" integer, "trybrejestracji" integer,
    "RABAT_NARZUT" numeric, "ZNAK_RABATU" integer, "UWAGI" varchar, "InformacjeDodatkowe" varchar, "OsobaZamawiajaca" varchar,
    "Id_KONTAKTU" numeric, "FormaPlatnosci" varchar, "DniPlatnosci" integer, "FakturaParagon" integer, "NumerPrzesylki" varchar,
    "IdOperatoraPrzesylki" numeric, OUT "rc" integer
) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
BEGIN
    "rc" := dbo.zatwierdzenie_nowsze(
        "ID_ZAMOWIENIA" => "ID_ZAMOWIENIA", "ID_KONTRAHENTA" => "ID_KONTRAHENTA", "ID_TYPU" => "ID_TYPU", "NUMER" => "NUMER",
        "NUM_FORMAT" => "NUM_FORMAT", "NUM_OKRESNUMERACJI" => "NUM_OKRESNUMERACJI", "NUM_AUTO" => "NUM_AUTO",
        "NUM_NIEZALEZNY" => "NUM_NIEZALEZNY", "AUTONUMER" => "AUTONUMER", "ID_FIRMY" => "ID_FIRMY", "ID_MAG" => "ID_MAG",
        "DATA" => "DATA", "DATA_REALIZACJI" => "DATA_REALIZACJI", "ZALICZKA" => "ZALICZKA", "PRIORYTET" => "PRIORYTET",
        "AUTO_REZERWACJA" => "AUTO_REZERWACJA", "NR_ZAM_KLIENTA" => "NR_ZAM_KLIENTA", "TYP" => "TYP",
        "ID_PRACOWNIKA" => "ID_PRACOWNIKA", "PRZELICZNIK_WAL" => "PRZELICZNIK_WAL", "DATA_KURS_WAL" => "DATA_KURS_WAL",
        "SYM_WAL" => "SYM_WAL", "DOK_WAL" => "DOK_WAL", "FLAGA_STANU" => "FLAGA_STANU", "trybrejestracji" => "trybrejestracji",
        "RABAT_NARZUT" => "RABAT_NARZUT", "ZNAK_RABATU" => "ZNAK_RABATU", "UWAGI" => "UWAGI",
        "InformacjeDodatkowe" => "InformacjeDodatkowe", "OsobaZamawiajaca" => "OsobaZamawiajaca", "Id_KONTAKTU" => "Id_KONTAKTU",
        "FormaPlatnosci" => "FormaPlatnosci", "DniPlatnosci" => "DniPlatnosci", "FakturaParagon" => "FakturaParagon",
        "NumerPrzesylki" => "NumerPrzesylki", "IdOperatoraPrzesylki" => "IdOperatoraPrzesylki", "ID_RACHUNKU" => 1);
END $$;
