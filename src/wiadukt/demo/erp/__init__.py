"""The stand-in for WAPRO Mag's database: its tables, columns, encodings and procedures, on PostgreSQL and SQL Server."""
