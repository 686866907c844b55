-- The program's own prices. Its real order of precedence is not public: this one is what Wiadukt takes for the usual.
-- Prices keep the decimals they were written with, a grosz at least; a half goes away from zero.
CREATE FUNCTION dbo.miejsca (@cena decimal(14, 4)) RETURNS int AS
BEGIN
    RETURN CASE WHEN ROUND(@cena, 2) = @cena THEN 2 WHEN ROUND(@cena, 3) = @cena THEN 3 ELSE 4 END;
END;
GO
CREATE FUNCTION dbo.[JL_Func_ObliczBrutto] (@netto decimal(14, 4), @vat char(3)) RETURNS decimal(14, 4) AS
BEGIN
    RETURN ROUND(@netto * (100 + ISNULL((SELECT [STAWKA] FROM dbo.[STAWKA_VAT] WHERE [KOD_VAT] = @vat), 0)) * 0.01, dbo.miejsca(@netto));
END;
GO
-- A price raised by so many percent, or lowered by a negative number; gross follows from net by VAT.
CREATE PROCEDURE dbo.zmien_cene @netto decimal(14, 4) OUTPUT, @brutto decimal(14, 4) OUTPUT, @procent decimal(6, 2), @vat char(3) AS
BEGIN
    SET NOCOUNT ON;
    IF ISNULL(@procent, 0) = 0 OR @netto IS NULL RETURN 0;
    DECLARE @stawka decimal(5, 2) = 0, @miejsca int = dbo.miejsca(@brutto);
    SELECT @stawka = [STAWKA] FROM dbo.[STAWKA_VAT] WHERE [KOD_VAT] = @vat;
    SET @netto = ROUND(@netto * (100 + @procent) * 0.01, dbo.miejsca(@netto));
    SET @brutto = ROUND(@netto * (100 + @stawka) * 0.01, @miejsca);
    RETURN 0;
END;
GO
-- The price of a card at a level, with the markup of the buyer's group; nothing in another currency.
CREATE PROCEDURE dbo.cena_poziomu
    @artykul numeric(18, 0), @poziom numeric(18, 0), @narzut decimal(6, 2), @vat char(3),
    @netto decimal(14, 4) OUTPUT, @brutto decimal(14, 4) OUTPUT
AS
BEGIN
    SET NOCOUNT ON;
    SELECT @netto = NULL, @brutto = NULL;
    SELECT @netto = [CENA_NETTO], @brutto = [CENA_BRUTTO] FROM dbo.[CENA_ARTYKULU]
    WHERE [ID_ARTYKULU] = @artykul AND [ID_CENY] = @poziom AND ISNULL(NULLIF([SYM_WAL], ''), 'PLN') = 'PLN';
    EXEC dbo.zmien_cene @netto OUTPUT, @brutto OUTPUT, @narzut, @vat;
    RETURN 0;
END;
GO
-- What a card costs a contractor on a day: his price list, else his group's, else the promotion, else his level less his
-- discount. Nothing where the list has a price in another currency. @prog: a threshold of the order's value lowers it.
CREATE PROCEDURE dbo.ustal_cene
    @artykul numeric(18, 0), @kontrahent numeric(18, 0), @dzien int,
    @netto decimal(14, 4) OUTPUT, @brutto decimal(14, 4) OUTPUT, @prog tinyint OUTPUT
AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @grupa numeric(18, 0), @rabat decimal(6, 2), @podlega smallint, @poziom numeric(18, 0), @narzut decimal(6, 2), @vat char(3),
        @bez_ind varchar(10), @od int, @do int, @prom_n decimal(14, 4), @prom_b decimal(14, 4), @prom_rabat decimal(6, 2), @rabatowany smallint,
        @tryb smallint, @upust decimal(6, 2), @wal char(3), @cennik_n decimal(14, 4), @cennik_b decimal(14, 4), @z_poziomu numeric(18, 0), @kolej int = 1;
    SELECT @netto = NULL, @brutto = NULL, @prog = 0;
    SELECT @grupa = [ID_GRUPY], @rabat = [DOMYSLNY_RABAT], @podlega = [PODLEGA_PROMOCJI] FROM dbo.[KONTRAHENT]
    WHERE [ID_KONTRAHENTA] = @kontrahent;
    SELECT @vat = a.[VAT_SPRZEDAZY], @bez_ind = UPPER(LTRIM(RTRIM(ISNULL(a.[WYLACZ_CENY_IND], '')))), @od = ISNULL(NULLIF(a.[PROMOCJA_OD], 0), @dzien),
        @do = ISNULL(NULLIF(a.[PROMOCJA_DO], 0), @dzien), @prom_n = a.[CENA_PROMOCJI_N], @prom_b = a.[CENA_PROMOCJI_B],
        @prom_rabat = a.[PROMOCJA_RABAT], @rabatowany = a.[PODLEGA_RABATOWANIU],
        @poziom = COALESCE(NULLIF(kg.[ID_CENY], 0), NULLIF(g.[ID_CENY], 0), a.[ID_CENY_DOM]), @narzut = COALESCE(kg.[NARZUT], g.[NARZUT], 0)
    FROM dbo.[ARTYKUL] AS a LEFT JOIN dbo.[GRUPA_KONTRAHENTA] AS g ON g.[ID_GRUPY] = @grupa
    LEFT JOIN dbo.[CENA_GRUPY] AS kg ON kg.[ID_GRUPY] = g.[ID_GRUPY] AND kg.[ID_KATEGORII] = a.[ID_KATEGORII]
    WHERE a.[ID_ARTYKULU] = @artykul;
    IF @bez_ind IN ('1', 'T', 'TAK') SET @kolej = 3;
    WHILE @kolej <= 2
    BEGIN
        SET @tryb = NULL;
        IF @kolej = 1
            SELECT TOP (1) @tryb = [TRYB], @upust = [UPUST], @wal = [SYM_WAL], @cennik_n = [CENA_NETTO], @cennik_b = [CENA_BRUTTO], @z_poziomu = [ID_CENY]
            FROM dbo.[CENNIK_KONTRAHENTA]
            WHERE [ID_KONTRAHENTA] = @kontrahent AND [ID_ARTYKULU] = @artykul AND [TRYB] IN (1, 2) AND [SPRZEDAZ_ZAKUP] = 0
            ORDER BY [ID_CENNIK_KONTRAHENTA];
        ELSE
            SELECT TOP (1) @tryb = [TRYB], @upust = [UPUST], @wal = [SYM_WAL], @cennik_n = [CENA_NETTO], @cennik_b = [CENA_BRUTTO], @z_poziomu = [ID_CENY]
            FROM dbo.[CENNIK_INDYWIDUALNY]
            WHERE [ID_GRUPY] = @grupa AND [ID_ARTYKULU] = @artykul AND [TRYB] IN (1, 2) AND [SPRZEDAZ_ZAKUP] = 0
            ORDER BY [CENA_NETTO], [UPUST];
        IF @tryb = 1
        BEGIN
            IF ISNULL(NULLIF(@wal, ''), 'PLN') = 'PLN'
                SELECT @netto = @cennik_n, @brutto = ISNULL(NULLIF(@cennik_b, 0), dbo.[JL_Func_ObliczBrutto](@cennik_n, @vat));
            RETURN 0;
        END;
        IF @tryb = 2
        BEGIN
            SELECT @z_poziomu = ISNULL(NULLIF(@z_poziomu, 0), @poziom), @upust = -@upust;
            EXEC dbo.cena_poziomu @artykul, @z_poziomu, @narzut, @vat, @netto OUTPUT, @brutto OUTPUT;
            IF @netto IS NOT NULL
            BEGIN
                EXEC dbo.zmien_cene @netto OUTPUT, @brutto OUTPUT, @upust, @vat;
                RETURN 0;
            END;
        END;
        SET @kolej = @kolej + 1;
    END;
    EXEC dbo.cena_poziomu @artykul, @poziom, @narzut, @vat, @netto OUTPUT, @brutto OUTPUT;
    IF @podlega <> 0 AND @od <= @dzien AND @do >= @dzien
    BEGIN
        IF @prom_n > 0
        BEGIN
            SELECT @netto = @prom_n, @brutto = ISNULL(NULLIF(@prom_b, 0), dbo.[JL_Func_ObliczBrutto](@prom_n, @vat));
            RETURN 0;
        END;
        IF @prom_rabat <> 0 AND @netto IS NOT NULL
        BEGIN
            SET @prom_rabat = -@prom_rabat;
            EXEC dbo.zmien_cene @netto OUTPUT, @brutto OUTPUT, @prom_rabat, @vat;
            RETURN 0;
        END;
    END;
    IF @rabatowany <> 0
    BEGIN
        EXEC dbo.zmien_cene @netto OUTPUT, @brutto OUTPUT, @rabat, @vat;
        SET @prog = 1;
    END;
    RETURN 0;
END;
GO
CREATE PROCEDURE dbo.[RM_UstawCenyAktualne] @id_zamowienia numeric(18, 0), @id_sesji numeric(18, 0), @uzycie int, @id_kontr numeric(18, 0) AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @firma numeric(18, 0), @dzien int, @pozycja numeric(18, 0) = 0, @artykul numeric(18, 0), @vat char(3), @rabat decimal(6, 2) = 0,
        @netto decimal(14, 4), @brutto decimal(14, 4), @prog tinyint, @obieg int = 1, @rc int;
    SELECT @firma = [ID_FIRMY], @dzien = [DATA] FROM dbo.[ZAMOWIENIE] WHERE [ID_ZAMOWIENIA] = @id_zamowienia;
    WHILE @obieg <= 2
    BEGIN
        SELECT @pozycja = MIN([ID_POZYCJI_ZAMOWIENIA]) FROM dbo.[POZYCJA_ZAMOWIENIA] WHERE [ID_ZAMOWIENIA] = @id_zamowienia;
        WHILE @pozycja IS NOT NULL
        BEGIN
            SELECT @artykul = p.[ID_ARTYKULU], @vat = a.[VAT_SPRZEDAZY] FROM dbo.[POZYCJA_ZAMOWIENIA] AS p
            JOIN dbo.[ARTYKUL] AS a ON a.[ID_ARTYKULU] = p.[ID_ARTYKULU] WHERE p.[ID_POZYCJI_ZAMOWIENIA] = @pozycja;
            EXEC dbo.ustal_cene @artykul, @id_kontr, @dzien, @netto OUTPUT, @brutto OUTPUT, @prog OUTPUT;
            IF @prog = 1 EXEC dbo.zmien_cene @netto OUTPUT, @brutto OUTPUT, @rabat, @vat;
            UPDATE dbo.[POZYCJA_ZAMOWIENIA] SET [CENA_NETTO] = ISNULL(@netto, 0), [CENA_BRUTTO] = ISNULL(@brutto, 0)
            WHERE [ID_POZYCJI_ZAMOWIENIA] = @pozycja;
            SELECT @pozycja = MIN([ID_POZYCJI_ZAMOWIENIA]) FROM dbo.[POZYCJA_ZAMOWIENIA]
            WHERE [ID_ZAMOWIENIA] = @id_zamowienia AND [ID_POZYCJI_ZAMOWIENIA] > @pozycja;
        END;
        -- The best threshold that the order's net value reaches; the second round counts with it.
        SELECT @rabat = -ISNULL(MAX([RABAT]), 0) FROM dbo.[PROGI_RABATOWE] WHERE [ID_FIRMY] = @firma AND [PROG] <=
            (SELECT SUM(ROUND([ZAMOWIONO] * [CENA_NETTO], 2)) FROM dbo.[POZYCJA_ZAMOWIENIA] WHERE [ID_ZAMOWIENIA] = @id_zamowienia);
        SET @obieg = CASE WHEN @obieg = 1 AND @rabat <> 0 THEN 2 ELSE 3 END;
    END;
    EXEC @rc = dbo.[RM_SumujZamowienie] @id_zamowienia;
    RETURN @rc;
END;
GO
