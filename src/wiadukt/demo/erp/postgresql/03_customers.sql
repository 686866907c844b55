CREATE TABLE dbo."GRUPA_KONTRAHENTA" (
    "ID_GRUPY" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_FIRMY" dbo.t_id_typ NOT NULL, "ID_CENY" dbo.t_id_typ,
    "NARZUT" numeric(6, 2) NOT NULL DEFAULT 0, "NAZWA" varchar(50) NOT NULL, "DOMYSLNA" dbo.t_check_typ NOT NULL DEFAULT 0
);
CREATE TABLE dbo."KONTRAHENT" (
    "ID_KONTRAHENTA" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_FIRMY" dbo.t_id_typ NOT NULL DEFAULT 1,
    "KOD_KONTRAHENTA" integer NOT NULL, "KLUCZ" varchar(200) NOT NULL DEFAULT '',
    "NAZWA" varchar(50) NOT NULL, "NAZWA_PELNA" varchar(200) NOT NULL DEFAULT '', "NIP" varchar(30), "NIPL" varchar(30), "REGON" varchar(20),
    "ULICA_LOKAL" varchar(50), "KOD_POCZTOWY" varchar(20), "MIEJSCOWOSC" varchar(50), "WOJEWODZTWO" varchar(30), "POWIAT" varchar(50), "SYM_KRAJU" char(3),
    "ULICA_LOKAL_KOR" varchar(50), "KOD_POCZTOWY_KOR" varchar(20), "MIEJSCOWOSC_KOR" varchar(50), "SYM_KRAJU_KOR" char(3),
    "ADRES_EMAIL" varchar(255), "TELEFON_FIRMOWY" varchar(20), "ADRES_WWW" varchar(50),
    "ID_GRUPY" dbo.t_id_typ, "ID_KLASYFIKACJI" dbo.t_id_typ, "FORMA_PLATNOSCI" varchar(50), "TERMIN_NALEZNOSCI" integer NOT NULL DEFAULT 0,
    "LIMIT_KUPIECKI" dbo.t_money_typ NOT NULL DEFAULT 0, "DOMYSLNY_RABAT" numeric(6, 2) NOT NULL DEFAULT 0,
    "ID_HANDLOWCA" dbo.t_id_typ, "ID_PLATNIKA" dbo.t_id_typ, "DOM_SYM_WAL" char(3), "ID_MIEJSCA_DOSTAWY_DOM" dbo.t_id_typ,
    "ODBIORCA" smallint NOT NULL DEFAULT 1, "DOSTAWCA" smallint NOT NULL DEFAULT 0, "ZABLOKOWANY" dbo.t_check_typ NOT NULL DEFAULT 0,
    "PODLEGA_PROMOCJI" dbo.t_check_typ NOT NULL DEFAULT 1, "DNI_PO_TERMINIE" integer NOT NULL DEFAULT 0, "BLOKOWANIE" smallint NOT NULL DEFAULT 0,
    "DOSTEPNY_W_B2B" smallint NOT NULL DEFAULT 0, "UTWORZONY_W_SYSTEMIE_ZEWNETRZNYM" smallint NOT NULL DEFAULT 0,
    "WYROZNIK" varchar(50), "RODO_ZANONIMIZOWANY" dbo.t_check_typ NOT NULL DEFAULT 0, "RODO_DATA" dbo.t_data_typ,
    "POLE1" varchar(100), "POLE2" varchar(100), "POLE3" varchar(100), "UWAGI" varchar(500), "OSTRZEZENIE" varchar(500),
    "KTO_WPISAL" varchar(50), "KTO_POPRAWIL" varchar(50), "SEMAFOR" dbo.t_id_typ NOT NULL DEFAULT 0, "FLAGA_STANU" smallint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX "KONTRAHENT_KOD" ON dbo."KONTRAHENT" ("ID_FIRMY", "KOD_KONTRAHENTA");
CREATE INDEX "KONTRAHENT_NIP" ON dbo."KONTRAHENT" ("ID_FIRMY", "NIP");
CREATE TABLE dbo."KONTAKT" (
    "ID_KONTAKTU" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_KONTRAHENTA" dbo.t_id_typ NOT NULL,
    "IMIE" varchar(50), "NAZWISKO" varchar(50), "TYTUL" varchar(20), "STANOWISKO" varchar(50), "TEL" varchar(50), "TEL_KOM" varchar(50),
    "E_MAIL" varchar(255), "E_MAIL_DW" varchar(255), "UWAGI" varchar(200), "DOMYSLNY" smallint NOT NULL DEFAULT 0, "RODO_DATA" dbo.t_data_typ
);
CREATE INDEX "KONTAKT_KONTRAHENT" ON dbo."KONTAKT" ("ID_KONTRAHENTA");
CREATE TABLE dbo."MIEJSCE_DOSTAWY" (
    "ID_MIEJSCA_DOSTAWY" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_KONTRAHENTA" dbo.t_id_typ NOT NULL,
    "FIRMA" varchar(100) NOT NULL, "ODBIORCA" varchar(50) NOT NULL, "ULICA_LOKAL" varchar(50), "KOD_POCZTOWY" varchar(20),
    "MIEJSCOWOSC" varchar(50), "SYM_KRAJU" char(3), "TEL" varchar(20), "OPIS" varchar(500),
    "TYP_ADRESU" integer NOT NULL, "RODO_DATA" dbo.t_data_typ
);
CREATE INDEX "MIEJSCE_DOSTAWY_KONTRAHENT" ON dbo."MIEJSCE_DOSTAWY" ("ID_KONTRAHENTA");
CREATE TABLE dbo."ADRESY_KONTRAHENTA" (
    "ID_ADRESY_KONTRAHENTA" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_KONTRAHENTA" dbo.t_id_typ NOT NULL,
    "DATA_OD" dbo.t_data_typ NOT NULL, "NAZWA_PELNA" varchar(200), "ULICA_LOKAL" varchar(50), "KOD_POCZTOWY" varchar(20),
    "MIEJSCOWOSC" varchar(50), "WOJEWODZTWO" varchar(30), "POWIAT" varchar(50), "SYM_KRAJU" char(3), "NIP" varchar(30),
    "RODO_DATA" dbo.t_data_typ,
    UNIQUE ("ID_KONTRAHENTA", "DATA_OD")
);
