CREATE TABLE dbo."WAPRODBSTATE" ("PRGKOD" smallint NOT NULL, "PRGNAZWA" varchar(50), "PRGWER" varchar(20), "DBWER" numeric(14, 4));
CREATE TABLE dbo."FIRMA" (
    "ID_FIRMY" dbo.t_id_typ PRIMARY KEY, "NAZWA" varchar(50) NOT NULL, "NAZWA_PELNA" varchar(100),
    "NIP" varchar(30), "REGON" varchar(20), "AKTYWNA" dbo.t_check_typ NOT NULL DEFAULT 1
);
CREATE TABLE dbo."MAGAZYN" (
    "ID_MAGAZYNU" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_FIRMY" dbo.t_id_typ NOT NULL,
    "NAZWA" varchar(50) NOT NULL, "SYMBOL" varchar(10) NOT NULL, "WYROZNIK_SYNCHRONIZACJI" varchar(20)
);
CREATE TABLE dbo."UZYTKOWNIK" (
    "ID_UZYTKOWNIKA" dbo.t_id_typ PRIMARY KEY, "IDENTYFIKATOR" varchar(20) NOT NULL, "NAZWA" varchar(50),
    "CZY_AKTYWNY" dbo.t_check_typ NOT NULL DEFAULT 1, "ARCHIWALNY" dbo.t_check_typ NOT NULL DEFAULT 0, "LOGIN_TIME" timestamp
);
CREATE TABLE dbo."PRACOWNIK" (
    "ID_PRACOWNIKA" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_FIRMY" dbo.t_id_typ NOT NULL,
    "ID_UZYTKOWNIKA" dbo.t_id_typ, "IMIE_1" varchar(50), "NAZWISKO" varchar(50),
    "TELEFON" varchar(20), "ARCHIWUM" dbo.t_check_typ NOT NULL DEFAULT 0,
    "POLE1" varchar(100), "POLE2" varchar(100), "POLE3" varchar(100), "POLE4" varchar(100), "POLE5" varchar(100), "POLE6" varchar(100), "POLE7" varchar(100), "POLE8" varchar(100), "POLE9" varchar(100), "POLE10" varchar(100)
);
CREATE TABLE dbo."RACHUNEK_FIRMY" (
    "ID_RACHUNKU" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_FIRMY" dbo.t_id_typ NOT NULL,
    "NUMER_RACHUNKU" varchar(40), "SYM_WALUTY" char(3), "AKTYWNY" dbo.t_check_typ NOT NULL DEFAULT 1
);
CREATE TABLE dbo."KRAJE" ("SYM_KRAJU" char(3) PRIMARY KEY, "NAZWA" varchar(50));
CREATE TABLE dbo."STAWKA_VAT" (
    "KOD_VAT" char(3) PRIMARY KEY, "NAZWA" varchar(30), "STAWKA" numeric(5, 2) NOT NULL, "AKTYWNY" dbo.t_check_typ NOT NULL DEFAULT 1
);
CREATE TABLE dbo."PROGI_RABATOWE" (
    "ID_FIRMY" dbo.t_id_typ NOT NULL, "PROG" dbo.t_money_typ NOT NULL, "RABAT" numeric(6, 2) NOT NULL, PRIMARY KEY ("ID_FIRMY", "PROG")
);
CREATE TABLE dbo."FORMA_PLATNOSCI" (
    "ID_FORMY" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "NAZWA" varchar(50) NOT NULL,
    "DNI_NALEZNOSCI" integer NOT NULL DEFAULT 0, "DNI_ZOBOWIAZAN" integer NOT NULL DEFAULT 0,
    "KOD" varchar(3), "AKTYWNA" dbo.t_check_typ NOT NULL DEFAULT 1, "ID_FIRMY" dbo.t_id_typ NOT NULL
);
CREATE TABLE dbo."FORMA_DOSTAWY" (
    "ID_FORMY_DOSTAWY" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_FIRMY" dbo.t_id_typ NOT NULL,
    "NAZWA" varchar(100) NOT NULL, "TYP_DOSTAWY" varchar(10), "SYSTEMOWA" dbo.t_check_typ NOT NULL DEFAULT 0
);
CREATE TABLE dbo."MAG_OPERATOR_PRZESYLKI" (
    "ID_OPERATORA_PRZESYLKI" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY,
    "ID_OPERATORA_AUKCJE" integer, "NAZWA" varchar(100) NOT NULL, "URL_SLEDZENIE" varchar(500)
);
CREATE TABLE dbo."MAG_SLOWNIK_STATUSOW_DOKUMENTOW" (
    "ID_STATUSU" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "OPIS_STATUSU" varchar(50) NOT NULL,
    "KOD_STATUSU" char(1) NOT NULL, "TYP_DOKUMENTU" char(1) NOT NULL DEFAULT 'Z',
    "SYSTEMOWY" dbo.t_check_typ NOT NULL DEFAULT 0, "AUTOMATYCZNY" dbo.t_check_typ NOT NULL DEFAULT 0,
    "AKTYWNY" dbo.t_check_typ NOT NULL DEFAULT 1
);
CREATE TABLE dbo."TYP_DOKUMENTU_MAGAZYNOWEGO" (
    "ID_TYPU" dbo.t_id_typ PRIMARY KEY, "SYGNATURA" char(3) NOT NULL, "ID_FIRMY" dbo.t_id_typ NOT NULL, "NAZWA" varchar(50) NOT NULL
);
CREATE TABLE dbo."TYP_DOKUMENTU_HANDLOWEGO" (
    "ID_TYPU" dbo.t_id_typ PRIMARY KEY, "SYGNATURA" varchar(5) NOT NULL, "ID_FIRMY" dbo.t_id_typ NOT NULL,
    "NAZWA" varchar(50) NOT NULL, "TYP_DOKUMENTU" char(2), "AKTYWNY" dbo.t_check_typ NOT NULL DEFAULT 1
);
CREATE TABLE dbo."DEFINICJA_NUMERACJI" (
    "ID_FIRMY" dbo.t_id_typ NOT NULL, "DOKUMENT" smallint NOT NULL, "ID_TYPU" dbo.t_id_typ NOT NULL, "ID_ZASOBU" dbo.t_id_typ NOT NULL,
    "FORMAT" varchar(50) NOT NULL, "OKRESNUMERACJI" smallint NOT NULL DEFAULT 1,
    "PARAMETR1" smallint NOT NULL DEFAULT 1, "PARAMETR2" smallint NOT NULL DEFAULT 0,
    PRIMARY KEY ("ID_FIRMY", "DOKUMENT", "ID_TYPU", "ID_ZASOBU")
);
CREATE TABLE dbo."NUMERACJA" (
    "ID_FIRMY" dbo.t_id_typ NOT NULL, "ID_MAGAZYNU" dbo.t_id_typ NOT NULL, "DOKUMENT" smallint NOT NULL,
    "TYP_DOKUMENTU" dbo.t_id_typ NOT NULL, "OKRES" integer NOT NULL, "LAST_ID" integer NOT NULL DEFAULT 0,
    PRIMARY KEY ("ID_FIRMY", "ID_MAGAZYNU", "DOKUMENT", "TYP_DOKUMENTU", "OKRES")
);

INSERT INTO dbo."WAPRODBSTATE" VALUES (1, 'WAPRO Mag (demo)', '8.91.0', 26.8704);
INSERT INTO dbo."FIRMA" VALUES (1, 'Fronty Wiadukt', 'Fronty Wiadukt sp. z o.o.', '7792369887', '301567890', 1);
INSERT INTO dbo."MAGAZYN" ("ID_MAGAZYNU", "ID_FIRMY", "NAZWA", "SYMBOL")
VALUES (1, 1, 'Magazyn główny', 'MG'), (2, 1, 'Hala fronty', 'HF'), (3, 1, 'Reklamacje', 'REK');
INSERT INTO dbo."UZYTKOWNIK" ("ID_UZYTKOWNIKA", "IDENTYFIKATOR", "NAZWA") VALUES
(3000001, 'wiadukt', 'Integracja Wiadukt'), (3000002, 'kzielinska', 'Katarzyna Zielińska'),
(3000003, 'mkaczmarek', 'Michał Kaczmarek'), (3000004, 'apawlak', 'Agnieszka Pawlak');
INSERT INTO dbo."PRACOWNIK" ("ID_PRACOWNIKA", "ID_FIRMY", "ID_UZYTKOWNIKA", "IMIE_1", "NAZWISKO", "TELEFON") VALUES
(1, 1, 3000002, 'Katarzyna', 'Zielińska', '601 220 341'), (2, 1, 3000003, 'Michał', 'Kaczmarek', '602 118 774'),
(3, 1, 3000004, 'Agnieszka', 'Pawlak', '603 955 120');
INSERT INTO dbo."RACHUNEK_FIRMY" ("ID_RACHUNKU", "ID_FIRMY", "NUMER_RACHUNKU", "SYM_WALUTY")
VALUES (1, 1, '61 1090 1014 0000 0712 1981 2874', 'PLN');
INSERT INTO dbo."KRAJE" VALUES ('PL', 'Polska'), ('DE', 'Niemcy'), ('CZ', 'Czechy');
INSERT INTO dbo."STAWKA_VAT" ("KOD_VAT", "NAZWA", "STAWKA") VALUES ('23', '23%', 23), ('8', '8%', 8), ('0', '0%', 0), ('zw', 'zwolniony', 0);
INSERT INTO dbo."FORMA_PLATNOSCI" ("NAZWA", "DNI_NALEZNOSCI", "KOD", "ID_FIRMY") VALUES
('gotówka', 0, 'G', 1), ('przelew', 14, 'P', 1), ('pobranie', 0, 'O', 1), ('przedpłata', 0, 'Z', 1);
INSERT INTO dbo."FORMA_DOSTAWY" ("ID_FORMY_DOSTAWY", "ID_FIRMY", "NAZWA", "SYSTEMOWA") VALUES
(1, 1, 'Transport własny', 1), (2, 1, 'Kurier', 0), (3, 1, 'Odbiór osobisty', 0);
INSERT INTO dbo."MAG_OPERATOR_PRZESYLKI" ("ID_OPERATORA_PRZESYLKI", "NAZWA", "URL_SLEDZENIE") VALUES
(1, 'Raben', 'https://myraben.example/track?nr='), (2, 'DPD', 'https://tracktrace.dpd.example/?q='), (3, 'Transport własny', NULL);
INSERT INTO dbo."MAG_SLOWNIK_STATUSOW_DOKUMENTOW" ("OPIS_STATUSU", "KOD_STATUSU") VALUES
('przyjęte do realizacji', 'V'), ('w produkcji', 'P'), ('gotowe do wysyłki', 'G'), ('spakowane', 'K'), ('wysłane', 'W'), ('anulowane', 'A');
INSERT INTO dbo."TYP_DOKUMENTU_MAGAZYNOWEGO" VALUES (12, 'ZO ', 1, 'Zamówienie od odbiorcy'), (2, 'WZ ', 1, 'Wydanie zewnętrzne');
INSERT INTO dbo."TYP_DOKUMENTU_HANDLOWEGO" ("ID_TYPU", "SYGNATURA", "ID_FIRMY", "NAZWA", "TYP_DOKUMENTU") VALUES
(1, 'FS', 1, 'Faktura sprzedaży', 's'), (3, 'KFS', 1, 'Korekta faktury sprzedaży', 's'), (7, 'FZL', 1, 'Faktura zaliczkowa', 's'),
(9, 'PA', 1, 'Paragon', 's');
INSERT INTO dbo."DEFINICJA_NUMERACJI" ("ID_FIRMY", "DOKUMENT", "ID_TYPU", "ID_ZASOBU", "FORMAT") VALUES
(1, 2, 12, 1, 'ZO ####/$$'), (1, 2, 12, 2, 'ZO HF ####/$$'), (1, 4, 1, 1, 'FS ####/$$'), (1, 4, 3, 1, 'KFS ####/$$'),
(1, 4, 7, 1, 'FZL ####/$$'), (1, 4, 9, 1, 'PA ####/$$'), (1, 3, 2, 1, 'WZ ####/$$');
