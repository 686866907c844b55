-- The same base as a version of 2019 had it: columns marked 2022+ in the facts are not there, lines take the first 21
-- parameters, and the approval 36, without ID_RACHUNKU.
ALTER TABLE dbo.[KONTRAHENT] DROP CONSTRAINT [DF_KONTRAHENT_RODO];
GO
ALTER TABLE dbo.[KONTRAHENT] DROP COLUMN [RODO_ZANONIMIZOWANY];
GO
ALTER TABLE dbo.[MIEJSCE_DOSTAWY] DROP COLUMN [RODO_DATA];
GO
ALTER TABLE dbo.[ADRESY_KONTRAHENTA] DROP COLUMN [RODO_DATA];
GO
ALTER TABLE dbo.[ZAMOWIENIE] DROP CONSTRAINT [DF_ZAMOWIENIE_UTWORZENIE];
GO
ALTER TABLE dbo.[ZAMOWIENIE] DROP COLUMN [DATA_UTWORZENIA_WIERSZA];
GO
UPDATE dbo.[WAPRODBSTATE] SET [PRGWER] = '8.60.0', [DBWER] = 24.1000;
GO
EXEC sp_rename 'dbo.RM_DodajPozycjeZamowienia', 'pozycja_nowsza', 'OBJECT';
GO
EXEC sp_rename 'dbo.RM_ZatwierdzZamowienie', 'zatwierdzenie_nowsze', 'OBJECT';
GO
CREATE PROCEDURE dbo.[RM_DodajPozycjeZamowienia]
    @ID_POZYCJI_ZAMOWIENIA numeric(18, 0), @ID_ZAMOWIENIA numeric(18, 0), @ID_ARTYKULU numeric(18, 0), @KOD_VAT char(3),
    @ZAMOWIONO decimal(16, 6), @ZREALIZOWANO decimal(16, 6), @ZAREZERWOWANO decimal(16, 6), @DO_REZERWACJI decimal(16, 6),
    @CENA_NETTO decimal(14, 4), @CENA_BRUTTO decimal(14, 4), @CENA_NETTO_WAL decimal(14, 4), @CENA_BRUTTO_WAL decimal(14, 4),
    @PRZELICZNIK decimal(16, 6), @JEDNOSTKA varchar(10), @NARZUT decimal(6, 2), @OPIS varchar(500), @ZNAK_NARZUTU tinyint,
    @trybrejestracji tinyint, @ID_DOSTAWY_REZ numeric(18, 0), @ID_WARIANTU_PRODUKTU numeric(18, 0), @ZNACZNIK_CENY char(1)
AS
BEGIN
    DECLARE @rc int;
    EXEC @rc = dbo.pozycja_nowsza
        @ID_POZYCJI_ZAMOWIENIA = @ID_POZYCJI_ZAMOWIENIA, @ID_ZAMOWIENIA = @ID_ZAMOWIENIA, @ID_ARTYKULU = @ID_ARTYKULU,
        @KOD_VAT = @KOD_VAT, @ZAMOWIONO = @ZAMOWIONO, @ZREALIZOWANO = @ZREALIZOWANO, @ZAREZERWOWANO = @ZAREZERWOWANO,
        @DO_REZERWACJI = @DO_REZERWACJI, @CENA_NETTO = @CENA_NETTO, @CENA_BRUTTO = @CENA_BRUTTO,
        @CENA_NETTO_WAL = @CENA_NETTO_WAL, @CENA_BRUTTO_WAL = @CENA_BRUTTO_WAL, @PRZELICZNIK = @PRZELICZNIK,
        @JEDNOSTKA = @JEDNOSTKA, @NARZUT = @NARZUT, @OPIS = @OPIS, @ZNAK_NARZUTU = @ZNAK_NARZUTU,
        @trybrejestracji = @trybrejestracji, @ID_DOSTAWY_REZ = @ID_DOSTAWY_REZ, @ID_WARIANTU_PRODUKTU = @ID_WARIANTU_PRODUKTU,
        @ZNACZNIK_CENY = @ZNACZNIK_CENY, @NR_SERII = '';
    RETURN @rc;
END;
GO
CREATE PROCEDURE dbo.[RM_ZatwierdzZamowienie]
    @ID_ZAMOWIENIA numeric(18, 0), @ID_KONTRAHENTA numeric(18, 0), @ID_TYPU numeric(18, 0), @NUMER varchar(30),
    @NUM_FORMAT varchar(50), @NUM_OKRESNUMERACJI tinyint, @NUM_AUTO tinyint, @NUM_NIEZALEZNY tinyint, @AUTONUMER int,
    @ID_FIRMY numeric(18, 0), @ID_MAG numeric(18, 0), @DATA int, @DATA_REALIZACJI int, @ZALICZKA decimal(14, 4),
    @PRIORYTET tinyint, @AUTO_REZERWACJA tinyint, @NR_ZAM_KLIENTA varchar(30), @TYP tinyint, @ID_PRACOWNIKA numeric(18, 0),
    @PRZELICZNIK_WAL decimal(14, 8), @DATA_KURS_WAL int, @SYM_WAL char(3), @DOK_WAL tinyint, @FLAGA_STANU tinyint,
    @trybrejestracji tinyint, @RABAT_NARZUT decimal(6, 2), @ZNAK_RABATU tinyint, @UWAGI varchar(1000),
    @InformacjeDodatkowe varchar(1000), @OsobaZamawiajaca varchar(101), @Id_KONTAKTU numeric(18, 0), @FormaPlatnosci varchar(50),
    @DniPlatnosci int, @FakturaParagon smallint, @NumerPrzesylki varchar(50), @IdOperatoraPrzesylki numeric(18, 0)
AS
BEGIN
    DECLARE @rc int;
    EXEC @rc = dbo.zatwierdzenie_nowsze
        @ID_ZAMOWIENIA = @ID_ZAMOWIENIA, @ID_KONTRAHENTA = @ID_KONTRAHENTA, @ID_TYPU = @ID_TYPU, @NUMER = @NUMER,
        @NUM_FORMAT = @NUM_FORMAT, @NUM_OKRESNUMERACJI = @NUM_OKRESNUMERACJI, @NUM_AUTO = @NUM_AUTO,
        @NUM_NIEZALEZNY = @NUM_NIEZALEZNY, @AUTONUMER = @AUTONUMER, @ID_FIRMY = @ID_FIRMY, @ID_MAG = @ID_MAG, @DATA = @DATA,
        @DATA_REALIZACJI = @DATA_REALIZACJI, @ZALICZKA = @ZALICZKA, @PRIORYTET = @PRIORYTET, @AUTO_REZERWACJA = @AUTO_REZERWACJA,
        @NR_ZAM_KLIENTA = @NR_ZAM_KLIENTA, @TYP = @TYP, @ID_PRACOWNIKA = @ID_PRACOWNIKA, @PRZELICZNIK_WAL = @PRZELICZNIK_WAL,
        @DATA_KURS_WAL = @DATA_KURS_WAL, @SYM_WAL = @SYM_WAL, @DOK_WAL = @DOK_WAL, @FLAGA_STANU = @FLAGA_STANU,
        @trybrejestracji = @trybrejestracji, @RABAT_NARZUT = @RABAT_NARZUT, @ZNAK_RABATU = @ZNAK_RABATU, @UWAGI = @UWAGI,
        @InformacjeDodatkowe = @InformacjeDodatkowe, @OsobaZamawiajaca = @OsobaZamawiajaca, @Id_KONTAKTU = @Id_KONTAKTU,
        @FormaPlatnosci = @FormaPlatnosci, @DniPlatnosci = @DniPlatnosci, @FakturaParagon = @FakturaParagon,
        @NumerPrzesylki = @NumerPrzesylki, @IdOperatoraPrzesylki = @IdOperatoraPrzesylki, @ID_RACHUNKU = 1;
    RETURN @rc;
END;
GO
