-- The order procedures of the implementer's guide. They refuse in every way that the real ones do: by a return code, by an
-- error, and one of them by ending the caller's transaction.
CREATE PROCEDURE dbo.[RM_DodajZamowienie]
    @id_firmy numeric(18, 0), @id_kontrahenta numeric(18, 0), @id_magazynu numeric(18, 0), @typ tinyint, @data int,
    @semafor numeric(18, 0), @trybrejestracji tinyint, @brutto_netto char(6)
AS
BEGIN
    SET NOCOUNT ON;
    -- As in the real program, an unknown user is not refused here: the document it makes stays locked for ever.
    INSERT INTO dbo.[ZAMOWIENIE] ([ID_FIRMY], [ID_MAGAZYNU], [ID_KONTRAHENTA], [KONTRAHENT_NAZWA], [ID_UZYTKOWNIKA], [TYP], [DATA],
        [DATA_REALIZACJI], [OBLICZANIE_WG_CEN], [NUMER], [FLAGA_STANU], [SEMAFOR], [TRYBREJESTRACJI])
    SELECT @id_firmy, @id_magazynu, @id_kontrahenta, k.[NAZWA], @semafor, @typ, @data, @data, @brutto_netto, '<auto>', 1, @semafor,
        @trybrejestracji
    FROM dbo.[KONTRAHENT] k WHERE k.[ID_KONTRAHENTA] = @id_kontrahenta;
    IF @@ROWCOUNT = 0 RETURN 1;
    -- Not SCOPE_IDENTITY(): a foreign trigger that draws an identity would give back its own here.
    SELECT @@IDENTITY;
    RETURN 0;
END;
GO
-- A new line for ID_POZYCJI_ZAMOWIENIA 0, else a change of that line. 2: the article is no card of the order's warehouse;
-- 3: the order has no such line.
CREATE PROCEDURE dbo.[RM_DodajPozycjeZamowienia]
    @ID_POZYCJI_ZAMOWIENIA numeric(18, 0), @ID_ZAMOWIENIA numeric(18, 0), @ID_ARTYKULU numeric(18, 0), @KOD_VAT char(3),
    @ZAMOWIONO decimal(16, 6), @ZREALIZOWANO decimal(16, 6), @ZAREZERWOWANO decimal(16, 6), @DO_REZERWACJI decimal(16, 6),
    @CENA_NETTO decimal(14, 4), @CENA_BRUTTO decimal(14, 4), @CENA_NETTO_WAL decimal(14, 4), @CENA_BRUTTO_WAL decimal(14, 4),
    @PRZELICZNIK decimal(16, 6), @JEDNOSTKA varchar(10), @NARZUT decimal(6, 2), @OPIS varchar(500), @ZNAK_NARZUTU tinyint,
    @trybrejestracji tinyint, @ID_DOSTAWY_REZ numeric(18, 0), @ID_WARIANTU_PRODUKTU numeric(18, 0), @ZNACZNIK_CENY char(1),
    @NR_SERII varchar(50), @TYP_TRANSKACJI_TRANSGRANICZNEJ varchar(30) = 'nie dotyczy'
AS
BEGIN
    SET NOCOUNT ON;
    IF NOT EXISTS (SELECT 1 FROM dbo.[ZAMOWIENIE] z JOIN dbo.[ARTYKUL] a ON a.[ID_MAGAZYNU] = z.[ID_MAGAZYNU]
        WHERE z.[ID_ZAMOWIENIA] = @ID_ZAMOWIENIA AND a.[ID_ARTYKULU] = @ID_ARTYKULU) RETURN 2;
    IF @ID_POZYCJI_ZAMOWIENIA > 0
    BEGIN
        UPDATE dbo.[POZYCJA_ZAMOWIENIA] SET [ID_ARTYKULU] = @ID_ARTYKULU, [KOD_VAT] = @KOD_VAT, [JEDNOSTKA] = @JEDNOSTKA,
            [PRZELICZNIK] = @PRZELICZNIK, [ZAMOWIONO] = @ZAMOWIONO, [DO_REZERWACJI] = @DO_REZERWACJI, [CENA_NETTO] = @CENA_NETTO,
            [CENA_BRUTTO] = @CENA_BRUTTO, [NARZUT] = @NARZUT, [ZNACZNIK_CENY] = @ZNACZNIK_CENY, [OPIS] = @OPIS
        WHERE [ID_POZYCJI_ZAMOWIENIA] = @ID_POZYCJI_ZAMOWIENIA AND [ID_ZAMOWIENIA] = @ID_ZAMOWIENIA;
        IF @@ROWCOUNT = 0 RETURN 3;
        RETURN 0;
    END;
    INSERT INTO dbo.[POZYCJA_ZAMOWIENIA] ([ID_ZAMOWIENIA], [ID_ARTYKULU], [KOD_VAT], [JEDNOSTKA], [PRZELICZNIK], [ZAMOWIONO],
        [ZREALIZOWANO], [ZAREZERWOWANO], [DO_REZERWACJI], [CENA_NETTO], [CENA_BRUTTO], [NARZUT], [ZNACZNIK_CENY], [OPIS], [TRYBREJESTRACJI])
    VALUES (@ID_ZAMOWIENIA, @ID_ARTYKULU, @KOD_VAT, @JEDNOSTKA, @PRZELICZNIK, @ZAMOWIONO, @ZREALIZOWANO, @ZAREZERWOWANO,
        @DO_REZERWACJI, @CENA_NETTO, @CENA_BRUTTO, @NARZUT, @ZNACZNIK_CENY, @OPIS, @trybrejestracji);
    RETURN 0;
END;
GO
CREATE PROCEDURE dbo.[RM_SumujZamowienie] @id_zamowienia numeric(18, 0) AS
BEGIN
    SET NOCOUNT ON;
    UPDATE dbo.[ZAMOWIENIE] SET
        [WARTOSC_NETTO] = ISNULL((SELECT SUM(ROUND(p.[ZAMOWIONO] * p.[CENA_NETTO], 2)) FROM dbo.[POZYCJA_ZAMOWIENIA] p
            WHERE p.[ID_ZAMOWIENIA] = @id_zamowienia), 0),
        [WARTOSC_BRUTTO] = ISNULL((SELECT SUM(ROUND(p.[ZAMOWIONO] * p.[CENA_BRUTTO], 2)) FROM dbo.[POZYCJA_ZAMOWIENIA] p
            WHERE p.[ID_ZAMOWIENIA] = @id_zamowienia), 0)
    WHERE [ID_ZAMOWIENIA] = @id_zamowienia;
    IF @@ROWCOUNT = 0 RETURN 1;
    RETURN 0;
END;
GO
-- A line with the catalogue's marker gets the price of the buyer's level; what was agreed by hand ('m') stays.
CREATE PROCEDURE dbo.[RM_KontrolaCenPozycjiZamowienia] @id_zamowienia numeric(18, 0), @id_uzytkownika numeric(18, 0) AS
BEGIN
    SET NOCOUNT ON;
    UPDATE p SET p.[CENA_NETTO] = c.[CENA_NETTO], p.[CENA_BRUTTO] = c.[CENA_BRUTTO]
    FROM dbo.[POZYCJA_ZAMOWIENIA] p
    JOIN dbo.[ZAMOWIENIE] z ON z.[ID_ZAMOWIENIA] = p.[ID_ZAMOWIENIA]
    JOIN dbo.[KONTRAHENT] k ON k.[ID_KONTRAHENTA] = z.[ID_KONTRAHENTA]
    LEFT JOIN dbo.[GRUPA_KONTRAHENTA] g ON g.[ID_GRUPY] = k.[ID_GRUPY]
    JOIN dbo.[ARTYKUL] a ON a.[ID_ARTYKULU] = p.[ID_ARTYKULU]
    JOIN dbo.[CENA_ARTYKULU] c ON c.[ID_ARTYKULU] = a.[ID_ARTYKULU] AND c.[ID_CENY] = ISNULL(g.[ID_CENY], a.[ID_CENY_DOM])
    WHERE p.[ID_ZAMOWIENIA] = @id_zamowienia AND p.[ZNACZNIK_CENY] = 'k'
        AND (c.[CENA_NETTO] <> p.[CENA_NETTO] OR c.[CENA_BRUTTO] <> p.[CENA_BRUTTO]);
    RETURN 0;
END;
GO
CREATE PROCEDURE dbo.[RM_ZatwierdzZamowienie]
    @ID_ZAMOWIENIA numeric(18, 0), @ID_KONTRAHENTA numeric(18, 0), @ID_TYPU numeric(18, 0), @NUMER varchar(30), @NUM_FORMAT varchar(50),
    @NUM_OKRESNUMERACJI tinyint, @NUM_AUTO tinyint, @NUM_NIEZALEZNY tinyint, @AUTONUMER int, @ID_FIRMY numeric(18, 0),
    @ID_MAG numeric(18, 0), @DATA int, @DATA_REALIZACJI int, @ZALICZKA decimal(14, 4), @PRIORYTET tinyint, @AUTO_REZERWACJA tinyint,
    @NR_ZAM_KLIENTA varchar(30), @TYP tinyint, @ID_PRACOWNIKA numeric(18, 0), @PRZELICZNIK_WAL decimal(14, 8), @DATA_KURS_WAL int,
    @SYM_WAL char(3), @DOK_WAL tinyint, @FLAGA_STANU tinyint, @trybrejestracji tinyint, @RABAT_NARZUT decimal(6, 2), @ZNAK_RABATU tinyint,
    @UWAGI varchar(1000), @ID_RACHUNKU numeric(18, 0), @InformacjeDodatkowe varchar(1000), @OsobaZamawiajaca varchar(101),
    @Id_KONTAKTU numeric(18, 0), @FormaPlatnosci varchar(50), @DniPlatnosci int, @FakturaParagon smallint, @NumerPrzesylki varchar(50),
    @IdOperatoraPrzesylki numeric(18, 0)
AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @nowy_numer varchar(30), @nowy_autonumer int, @posiadacz numeric(18, 0), @rc int;
    -- An order approved before keeps its number; one that is not there uses none up.
    SELECT @nowy_numer = [NUMER], @nowy_autonumer = [AUTONUMER], @posiadacz = [SEMAFOR]
    FROM dbo.[ZAMOWIENIE] WITH (UPDLOCK) WHERE [ID_ZAMOWIENIA] = @ID_ZAMOWIENIA;
    IF @@ROWCOUNT = 0 RETURN 1;
    IF NOT EXISTS (SELECT 1 FROM dbo.[KONTRAHENT] WHERE [ID_KONTRAHENTA] = @ID_KONTRAHENTA)
    BEGIN
        -- Some of the real procedures end the caller's transaction by themselves and go on.
        IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;
        RETURN 5;
    END;
    DELETE FROM dbo.[POZYCJA_ZAMOWIENIA] WHERE [ID_ZAMOWIENIA] = @ID_ZAMOWIENIA AND [ZAMOWIONO] = 0;
    IF ISNULL(@nowy_numer, '') IN ('', '<auto>')
    BEGIN
        EXEC @rc = dbo.nadaj_numer @ID_FIRMY, @ID_MAG, 2, @ID_TYPU, @DATA, @NUM_FORMAT, @nowy_numer OUTPUT, @nowy_autonumer OUTPUT;
        IF @rc <> 0 RETURN 4;
    END;
    IF @AUTO_REZERWACJA = 1
    BEGIN
        -- The card counts in its stock unit.
        UPDATE a SET a.[ZAREZERWOWANO] = a.[ZAREZERWOWANO] + p.ile
        FROM dbo.[ARTYKUL] a JOIN (SELECT [ID_ARTYKULU], SUM([DO_REZERWACJI] * [PRZELICZNIK]) AS ile FROM dbo.[POZYCJA_ZAMOWIENIA]
            WHERE [ID_ZAMOWIENIA] = @ID_ZAMOWIENIA GROUP BY [ID_ARTYKULU]) p ON p.[ID_ARTYKULU] = a.[ID_ARTYKULU]
        WHERE p.ile > 0;
        UPDATE dbo.[POZYCJA_ZAMOWIENIA] SET [ZAREZERWOWANO] = [ZAREZERWOWANO] + [DO_REZERWACJI], [DO_REZERWACJI] = 0
        WHERE [ID_ZAMOWIENIA] = @ID_ZAMOWIENIA;
    END;
    DECLARE @istnieje int = CASE WHEN @posiadacz = 0 OR EXISTS (SELECT 1 FROM dbo.[UZYTKOWNIK] WHERE [ID_UZYTKOWNIKA] = @posiadacz)
        THEN 1 ELSE 0 END;
    UPDATE dbo.[ZAMOWIENIE] SET
        [NUMER] = @nowy_numer, [AUTONUMER] = @nowy_autonumer, [DATA_REALIZACJI] = @DATA_REALIZACJI, [ZALICZKA] = @ZALICZKA,
        [PRIORYTET] = @PRIORYTET, [AUTO_REZERWACJA] = @AUTO_REZERWACJA, [NR_ZAMOWIENIA_KLIENTA] = @NR_ZAM_KLIENTA,
        [ID_PRACOWNIKA] = @ID_PRACOWNIKA, [RABAT_NARZUT] = @RABAT_NARZUT, [UWAGI] = @UWAGI, [ID_RACHUNKU] = @ID_RACHUNKU,
        [INFORMACJE_DODATKOWE] = @InformacjeDodatkowe, [OSOBA_ZAMAWIAJACA] = @OsobaZamawiajaca, [ID_KONTAKTU] = @Id_KONTAKTU,
        [FORMA_PLATNOSCI] = @FormaPlatnosci, [DNI_PLATNOSCI] = @DniPlatnosci, [FAKTURA_DO_ZAMOWIENIA] = @FakturaParagon,
        [NUMER_PRZESYLKI] = NULLIF(@NumerPrzesylki, ''), [ID_OPERATORA_PRZESYLKI] = NULLIF(@IdOperatoraPrzesylki, 0),
        [FLAGA_STANU] = CASE WHEN @istnieje = 1 THEN 0 ELSE 1 END, [SEMAFOR] = CASE WHEN @istnieje = 1 THEN 0 ELSE [SEMAFOR] END
    WHERE [ID_ZAMOWIENIA] = @ID_ZAMOWIENIA;
    EXEC dbo.[RM_SumujZamowienie] @ID_ZAMOWIENIA;
    RETURN 0;
END;
GO
CREATE PROCEDURE dbo.[RM_UstawStanZamowien]
    @id_zamowienia numeric(18, 0), @id_sesji numeric(18, 0), @tryb_inf_realiz tinyint, @status_zam char(1)
AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @dotad char(1);
    SELECT @dotad = [STATUS_ZAM] FROM dbo.[ZAMOWIENIE] WITH (UPDLOCK) WHERE [ID_ZAMOWIENIA] = @id_zamowienia;
    IF @@ROWCOUNT = 0 RETURN 1;
    UPDATE dbo.[ZAMOWIENIE] SET [STATUS_ZAM] = @status_zam WHERE [ID_ZAMOWIENIA] = @id_zamowienia;
    INSERT INTO dbo.[MAG_REJESTR_ZMIAN_STATUSOW_ZAMOWIEN] ([ID_DOKUMENTU], [KOD_Z], [KOD_NA], [ID_UZYTKOWNIKA], [OPIS_UZYTKOWNIKA])
    SELECT @id_zamowienia, @dotad, @status_zam, @id_sesji, (SELECT [NAZWA] FROM dbo.[UZYTKOWNIK] WHERE [ID_UZYTKOWNIKA] = @id_sesji);
    RETURN 0;
END;
GO
CREATE PROCEDURE dbo.[RM_UsunBlokadeZamowienia] @ID_ZAMOWIENIA numeric(18, 0), @Tryb tinyint AS
BEGIN
    SET NOCOUNT ON;
    UPDATE dbo.[ZAMOWIENIE] SET [SEMAFOR] = 0, [FLAGA_STANU] = 0 WHERE [ID_ZAMOWIENIA] = @ID_ZAMOWIENIA;
    IF @@ROWCOUNT = 0 RETURN 1;
    RETURN 0;
END;
GO
