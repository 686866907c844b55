-- Numbers never come from MAX()+1: a counter row is raised under its own lock, which is held until the transaction ends.
-- In a format '#' stand for the counter (at least so many digits, never cut) and '$$' for the year's last two.
CREATE PROCEDURE dbo.nadaj_numer
    @firma numeric(18, 0), @magazyn numeric(18, 0), @dokument int, @typ numeric(18, 0), @data int, @wzor varchar(50),
    @numer varchar(30) OUTPUT, @autonumer int OUTPUT
AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @rok int = YEAR(dbo.RM_Func_ClarionDateToDateTime(@data));
    IF ISNULL(LTRIM(@wzor), '') = ''
        SELECT @wzor = [FORMAT] FROM dbo.[DEFINICJA_NUMERACJI]
        WHERE [ID_FIRMY] = @firma AND [DOKUMENT] = @dokument AND [ID_TYPU] = @typ AND [ID_ZASOBU] = @magazyn;
    IF ISNULL(LTRIM(@wzor), '') = ''
    BEGIN
        RAISERROR('Brak definicji numeracji dokumentu %d', 16, 1, @dokument);
        RETURN 1;
    END;
    INSERT INTO dbo.[NUMERACJA] ([ID_FIRMY], [ID_MAGAZYNU], [DOKUMENT], [TYP_DOKUMENTU], [OKRES], [LAST_ID])
    SELECT @firma, @magazyn, @dokument, @typ, @rok, 0
    WHERE NOT EXISTS (SELECT 1 FROM dbo.[NUMERACJA] WITH (UPDLOCK, HOLDLOCK)
        WHERE [ID_FIRMY] = @firma AND [ID_MAGAZYNU] = @magazyn AND [DOKUMENT] = @dokument AND [TYP_DOKUMENTU] = @typ AND [OKRES] = @rok);
    UPDATE dbo.[NUMERACJA] SET [LAST_ID] = [LAST_ID] + 1
    WHERE [ID_FIRMY] = @firma AND [ID_MAGAZYNU] = @magazyn AND [DOKUMENT] = @dokument AND [TYP_DOKUMENTU] = @typ AND [OKRES] = @rok;
    SELECT @autonumer = [LAST_ID] FROM dbo.[NUMERACJA]
    WHERE [ID_FIRMY] = @firma AND [ID_MAGAZYNU] = @magazyn AND [DOKUMENT] = @dokument AND [TYP_DOKUMENTU] = @typ AND [OKRES] = @rok;
    DECLARE @cyfry varchar(12) = CONVERT(varchar(12), @autonumer);
    DECLARE @pierwszy int = CHARINDEX('#', @wzor);
    DECLARE @ile int = LEN(@wzor) - LEN(REPLACE(@wzor, '#', ''));
    IF LEN(@cyfry) < @ile SET @cyfry = REPLICATE('0', @ile - LEN(@cyfry)) + @cyfry;
    SET @numer = REPLACE(STUFF(@wzor, @pierwszy, @ile, @cyfry), '$$', RIGHT(CONVERT(varchar(4), @rok), 2));
    RETURN 0;
END;
GO
CREATE PROCEDURE dbo.[JL_PobierzFormatNumeracji_Server]
    @id_firmy numeric(18, 0), @dokument int, @id_typu numeric(18, 0), @id_zasobu numeric(18, 0),
    @format_num varchar(50) OUTPUT, @okresnumeracji smallint OUTPUT, @parametr1 smallint OUTPUT, @parametr2 smallint OUTPUT
AS
BEGIN
    SET NOCOUNT ON;
    SELECT @format_num = [FORMAT], @okresnumeracji = [OKRESNUMERACJI], @parametr1 = [PARAMETR1], @parametr2 = [PARAMETR2]
    FROM dbo.[DEFINICJA_NUMERACJI]
    WHERE [ID_FIRMY] = @id_firmy AND [DOKUMENT] = @dokument AND [ID_TYPU] = @id_typu AND [ID_ZASOBU] = @id_zasobu;
    IF @@ROWCOUNT = 0 RETURN 1;
    RETURN 0;
END;
GO
