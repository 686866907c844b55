CREATE TABLE dbo."JEDNOSTKA" (
    "ID_JEDNOSTKI" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_ARTYKULU" dbo.t_id_typ, "ID_FIRMY" dbo.t_id_typ NOT NULL,
    "NAZWA" varchar(20) NOT NULL, "SKROT" varchar(10) NOT NULL, "PRZELICZNIK" numeric(16, 6) NOT NULL DEFAULT 1,
    "PODZIELNA" dbo.t_check_typ NOT NULL DEFAULT 0, "ARCHIWALNA" dbo.t_check_typ NOT NULL DEFAULT 0
);
CREATE TABLE dbo."KATEGORIA_ARTYKULU" (
    "ID_KATEGORII" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_MAGAZYNU" dbo.t_id_typ NOT NULL,
    "NAZWA" varchar(50) NOT NULL, "KOD_VAT" char(3), "ID_DOMYSLNEJ_CENY" dbo.t_id_typ
);
CREATE TABLE dbo."KATEGORIA_ARTYKULU_TREE" (
    "ID_KATEGORII_TREE" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_FIRMY" dbo.t_id_typ NOT NULL,
    "ID_MAGAZYNU" dbo.t_id_typ, "NAZWA" varchar(50) NOT NULL, "KOD_TREE" varchar(30) NOT NULL, "POZIOM" smallint NOT NULL
);
CREATE TABLE dbo."ARTYKUL" (
    "ID_ARTYKULU" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_MAGAZYNU" dbo.t_id_typ NOT NULL,
    "ID_KATEGORII" dbo.t_id_typ, "ID_KATEGORII_TREE" dbo.t_id_typ, "INDEKS_KATALOGOWY" varchar(20) NOT NULL,
    "INDEKS_HANDLOWY" varchar(20) NOT NULL DEFAULT '', "INDEKS_PRODUCENTA" varchar(50), "KOD_KRESKOWY" varchar(20),
    "GUID_ARTYKUL" uuid NOT NULL DEFAULT gen_random_uuid(), "NAZWA" varchar(40) NOT NULL, "NAZWA2" varchar(40), "NAZWA_CALA" varchar(100),
    "OPIS" varchar(1000), "UWAGI" varchar(1000), "PRODUCENT" varchar(50), "RODZAJ" varchar(10) NOT NULL DEFAULT 'Towar',
    "STAN" dbo.t_ilosc_typ NOT NULL DEFAULT 0, "ZAREZERWOWANO" dbo.t_ilosc_typ NOT NULL DEFAULT 0,
    "ILOSC_EDYTOWANA" dbo.t_ilosc_typ NOT NULL DEFAULT 0, "ZAMOWIONO" dbo.t_ilosc_typ NOT NULL DEFAULT 0,
    "DO_ODBIORCOW" dbo.t_ilosc_typ NOT NULL DEFAULT 0, "STAN_MINIMALNY" dbo.t_ilosc_typ NOT NULL DEFAULT 0,
    "VAT_SPRZEDAZY" char(3) NOT NULL, "VAT_ZAKUPU" char(3), "ID_JEDNOSTKI" dbo.t_id_typ NOT NULL, "ID_JEDNOSTKI_SPRZ" dbo.t_id_typ,
    "ID_CENY_DOM" dbo.t_id_typ, "CENA_ZAKUPU_NETTO" dbo.t_money_typ, "CENA_ZAKUPU_BRUTTO" dbo.t_money_typ,
    "CENA_PROMOCJI_N" dbo.t_money_typ, "CENA_PROMOCJI_B" dbo.t_money_typ, "PROMOCJA_OD" dbo.t_data_typ, "PROMOCJA_DO" dbo.t_data_typ,
    "PROMOCJA_PROCENT" numeric(6, 2) NOT NULL DEFAULT 0, "PROMOCJA_RABAT" numeric(6, 2) NOT NULL DEFAULT 0, "WYLACZ_CENY_IND" varchar(10),
    "PODLEGA_RABATOWANIU" dbo.t_check_typ NOT NULL DEFAULT 1, "DOSTEPNY_W_SKLEPIE_INTER" dbo.t_check_typ NOT NULL DEFAULT 0,
    "AKTYWNY_DLA_SYS_ZEW" dbo.t_check_typ NOT NULL DEFAULT 1, "ZABLOKOWANY" dbo.t_check_typ NOT NULL DEFAULT 0,
    "WAGA" numeric(20, 3), "JED_WAGI" varchar(5), "KOD_CN" varchar(10), "POLE1" varchar(100), "POLE2" varchar(100), "POLE3" varchar(100),
    "WYROZNIK" varchar(50), "SEMAFOR" dbo.t_id_typ NOT NULL DEFAULT 0, "FLAGA_STANU" smallint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX "AK_ARTYKUL_IDMAG_IKAT_ARTYKUL" ON dbo."ARTYKUL" ("ID_MAGAZYNU", "INDEKS_KATALOGOWY");
CREATE INDEX "ARTYKUL_INDEKS" ON dbo."ARTYKUL" ("INDEKS_KATALOGOWY");
CREATE TABLE dbo."CENA" (
    "ID_CENY" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_FIRMY" dbo.t_id_typ NOT NULL,
    "NAZWA" varchar(50) NOT NULL, "OPIS" varchar(100), "KOLEJNOSC" integer NOT NULL DEFAULT 0
);
CREATE TABLE dbo."CENA_ARTYKULU" (
    "ID_CENA_ARTYKULU" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_ARTYKULU" dbo.t_id_typ NOT NULL,
    "ID_CENY" dbo.t_id_typ NOT NULL, "CENA_NETTO" dbo.t_money_typ NOT NULL, "CENA_BRUTTO" dbo.t_money_typ NOT NULL,
    "SYM_WAL" char(3), "PRZELICZNIK_WAL" numeric(14, 8) NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX "CENA_ARTYKULU_SKLEP" ON dbo."CENA_ARTYKULU" ("ID_ARTYKULU", "ID_CENY");
CREATE TABLE dbo."CENNIK_KONTRAHENTA" (
    "ID_CENNIK_KONTRAHENTA" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_KONTRAHENTA" dbo.t_id_typ NOT NULL,
    "ID_ARTYKULU" dbo.t_id_typ NOT NULL, "ID_CENY" dbo.t_id_typ, "INDEKS" varchar(20), "NAZWA_ARTYKULU" varchar(100),
    "TRYB" smallint NOT NULL DEFAULT 1, "SYM_WAL" char(3), "CENA_NETTO" dbo.t_money_typ NOT NULL, "CENA_BRUTTO" dbo.t_money_typ NOT NULL,
    "UPUST" numeric(6, 2) NOT NULL DEFAULT 0, "SPRZEDAZ_ZAKUP" smallint NOT NULL DEFAULT 0
);
CREATE INDEX "CENNIK_KONTRAHENTA_KONTRAHENT" ON dbo."CENNIK_KONTRAHENTA" ("ID_KONTRAHENTA");
CREATE TABLE dbo."CENNIK_INDYWIDUALNY" (
    "ID_CENNIK_INDYWIDUALNY" numeric(18, 0) DEFAULT nextval('dbo.nowe_id') PRIMARY KEY, "ID_GRUPY" dbo.t_id_typ NOT NULL,
    "ID_ARTYKULU" dbo.t_id_typ NOT NULL, "ID_CENY" dbo.t_id_typ, "INDEKS" varchar(20), "NAZWA_ARTYKULU" varchar(100),
    "TRYB" smallint NOT NULL DEFAULT 1, "SYM_WAL" char(3), "CENA_NETTO" dbo.t_money_typ NOT NULL DEFAULT 0,
    "CENA_BRUTTO" dbo.t_money_typ NOT NULL DEFAULT 0, "UPUST" numeric(6, 2) NOT NULL DEFAULT 0, "SPRZEDAZ_ZAKUP" smallint NOT NULL DEFAULT 0
);
CREATE INDEX "CENNIK_INDYWIDUALNY_ARTYKUL" ON dbo."CENNIK_INDYWIDUALNY" ("ID_ARTYKULU");
CREATE TABLE dbo."CENA_GRUPY" (
    "ID_KATEGORII" dbo.t_id_typ NOT NULL, "ID_GRUPY" dbo.t_id_typ NOT NULL, "ID_CENY" dbo.t_id_typ, "NARZUT" numeric(6, 2),
    PRIMARY KEY ("ID_KATEGORII", "ID_GRUPY")
);
CREATE TABLE dbo."CENA_KATEGORII" (
    "ID_KATEGORII" dbo.t_id_typ NOT NULL, "ID_CENY" dbo.t_id_typ NOT NULL, "DOMYSLNY_NARZUT" numeric(6, 2), PRIMARY KEY ("ID_KATEGORII", "ID_CENY")
);
-- The program's own view: prices are those of the card's default level, the unit is the sale's.
CREATE VIEW dbo."WIDOK_ARTYKUL" AS
SELECT a."ID_ARTYKULU" AS "IdArtykulu", a."ID_MAGAZYNU" AS "idMagazynu", a."NAZWA" AS "Nazwa1", a."INDEKS_KATALOGOWY" AS "NrKatalogowy",
    a."STAN" - a."ZAREZERWOWANO" - a."ILOSC_EDYTOWANA" AS "IloscDostepna", j."SKROT" AS "JednostkaSprzedazy", a."PRODUCENT" AS "Producent",
    c."CENA_NETTO" AS "CenaNettoSprzedazyDomyslna", c."CENA_BRUTTO" AS "CenaBruttoSprzedazyDomyslna", a."CENA_ZAKUPU_NETTO" AS "CenaNettoZakupu"
FROM dbo."ARTYKUL" a
LEFT JOIN dbo."JEDNOSTKA" j ON j."ID_JEDNOSTKI" = coalesce(nullif(a."ID_JEDNOSTKI_SPRZ", 0), a."ID_JEDNOSTKI")
LEFT JOIN dbo."CENA_ARTYKULU" c ON c."ID_ARTYKULU" = a."ID_ARTYKULU" AND c."ID_CENY" = a."ID_CENY_DOM";

INSERT INTO dbo."CENA" ("ID_CENY", "ID_FIRMY", "NAZWA", "KOLEJNOSC") VALUES (1, 1, 'Detaliczna', 1), (2, 1, 'Hurtowa', 2), (3, 1, 'Partner', 3);
INSERT INTO dbo."GRUPA_KONTRAHENTA" ("ID_GRUPY", "ID_FIRMY", "ID_CENY", "NAZWA", "DOMYSLNA") VALUES
(1, 1, 1, 'Detaliczna', 0), (2, 1, 2, 'Hurtowa', 1), (3, 1, 3, 'Partner', 0);
INSERT INTO dbo."JEDNOSTKA" ("ID_JEDNOSTKI", "ID_FIRMY", "NAZWA", "SKROT", "PODZIELNA") VALUES
(1, 1, 'sztuka', 'szt.', 0), (2, 1, 'komplet', 'kpl.', 0), (3, 1, 'metr bieżący', 'mb', 1), (4, 1, 'opakowanie', 'op.', 0);
