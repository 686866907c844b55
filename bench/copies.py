"""Moving the same table by others' means: raw COPY through Python, the floor, and dlt's merge with pyarrow."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import psycopg

TABLE = "ARTYKUL"
COMPARED = (TABLE, "CENA_ARTYKULU")  # a product is its cards and their prices
# Domains by what they stand for: the target has WAPRO's columns and none of its types.
COLUMNS = b"""SELECT string_agg(format('%%I %%s', attname, CASE WHEN typtype = 'd'
    THEN format_type(typbasetype, typtypmod) ELSE format_type(atttypid, atttypmod) END), ', ' ORDER BY attnum)
    FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"""


def copied(source: str, target: str) -> float:
    """Seconds for COPY of what is compared out of WAPRO's tables through this process into ones of the same columns."""
    with psycopg.connect(source) as out, psycopg.connect(target) as into:
        for table in COMPARED:
            columns = out.execute(COLUMNS, [f'dbo."{table}"']).fetchone()
            into.execute(f'DROP TABLE IF EXISTS "{table}"; CREATE TABLE "{table}" ({columns[0]})'.encode())
        into.commit()
        started = time.monotonic()
        for table in COMPARED:
            with (
                out.cursor().copy(f'COPY dbo."{table}" TO STDOUT'.encode()) as reader,
                into.cursor().copy(f'COPY "{table}" FROM STDIN'.encode()) as writer,
            ):
                for block in reader:
                    writer.write(block)
        into.commit()
        return time.monotonic() - started


def merged(source: str, target: str, folder: Path, times: int = 2) -> float:
    """Seconds of the last of `times` merges: the first one makes the table, the next ones find every row there."""
    os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR", "DLT_DATA_DIR": str(folder)}
    import dlt
    from dlt.sources.sql_database import sql_table

    pipeline = dlt.pipeline(
        "bench",
        destination=dlt.destinations.postgres(credentials=_by_host(target)),
        dataset_name="merged",
        pipelines_dir=str(folder),
    )
    seconds = 0.0
    for _ in range(times):
        table = sql_table(
            credentials=_by_host(source).replace("postgresql://", "postgresql+psycopg://"), schema="dbo", table=TABLE,
            # In one piece: of each piece dlt guesses the columns' types anew, and fails where two guesses differ.
            backend="pyarrow", chunk_size=1_000_000,
        )  # fmt: skip
        table.apply_hints(write_disposition="merge", primary_key="ID_ARTYKULU")
        started = time.monotonic()
        pipeline.run(table)
        seconds = time.monotonic() - started
    return seconds


def _by_host(url: str) -> str:
    """dlt wants a host and a password, which our socket asks nobody for; its folder goes as a query."""
    name, _, query = url.partition("?")
    return f"{name.replace('postgres@/', 'postgres:unused@localhost/')}?{query}"


if __name__ == "__main__":
    print(merged(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
