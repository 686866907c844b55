-- WAPRO's alias types. Dates are Clarion integers: days since 1800-12-28; flags are small numbers, never bits.
CREATE TYPE dbo.T_ID_TYP FROM numeric(18, 0) NULL;
GO
CREATE TYPE dbo.T_ILOSC_TYP FROM decimal(16, 6) NULL;
GO
CREATE TYPE dbo.T_MONEY_TYP FROM decimal(14, 4) NULL;
GO
CREATE TYPE dbo.T_DATA_TYP FROM int NULL;
GO
CREATE TYPE dbo.T_CHECK_TYP FROM smallint NULL;
GO
CREATE FUNCTION dbo.RM_Func_ClarionDateToDateTime (@dzien int) RETURNS datetime AS
BEGIN
    RETURN CASE WHEN ISNULL(@dzien, 0) = 0 THEN NULL ELSE DATEADD(day, @dzien - 36163, '19000101') END;
END;
GO
