"""The shop's base as it was, after a test whose transactions were real.

Django truncates every table and makes content types and permissions anew, which takes about a second. To delete what
a test has written takes milliseconds.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

KEPT = ("django_migrations", "django_content_type", "auth_permission", "django_site")
"""What there is in every base, and is made anew by nobody."""

EMPTY = """
DO $$
DECLARE one text;
BEGIN
    SET LOCAL session_replication_role = replica;  -- no foreign key and no trigger minds
    SET LOCAL lock_timeout = '30s';  -- whoever still holds a row is an error, and no reason to wait for ever
    FOR one IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL ({kept})
    LOOP
        EXECUTE 'DELETE FROM ' || one;
    END LOOP;
END $$
"""


def empty(*_test: Any) -> None:
    kept = ", ".join(f"'{name}'" for name in KEPT)
    with connection.cursor() as cursor:
        cursor.execute(EMPTY.format(kept=f"ARRAY[{kept}]"))
