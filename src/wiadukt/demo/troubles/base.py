"""Troubles with WAPRO's base: after an update of WAPRO, or after somebody worked on the base by hand."""

from __future__ import annotations

from psycopg.conninfo import make_conninfo

from wiadukt.demo.troubles.stage import Stage, Trouble

LOGIN = "wiadukt_lacznik"
_ALL_RIGHTS = f"""
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{LOGIN}') THEN CREATE ROLE {LOGIN} LOGIN; END IF; END $$;
GRANT USAGE ON SCHEMA dbo, wiadukt TO {LOGIN};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA dbo, wiadukt TO {LOGIN};
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA dbo, wiadukt TO {LOGIN};
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA dbo, wiadukt TO {LOGIN};
"""


def _drop_trigger(stage: Stage) -> None:
    stage.erp('DROP TRIGGER IF EXISTS wiadukt_update ON dbo."ARTYKUL"')


def _install_again(stage: Stage) -> None:
    stage.command("connector", "install")


def _rename_column(stage: Stage) -> None:
    stage.erp('ALTER TABLE dbo."ARTYKUL" RENAME COLUMN "KOD_KRESKOWY" TO "KOD_EAN"')


def _rename_back(stage: Stage) -> None:
    stage.erp('ALTER TABLE dbo."ARTYKUL" RENAME COLUMN "KOD_EAN" TO "KOD_KRESKOWY"')


def _take_right(stage: Stage) -> None:
    """The connector comes by a login of its own, as it does in a company, and lacks one right."""
    stage.erp(_ALL_RIGHTS)
    stage.erp(f'REVOKE SELECT ON dbo."CENA_ARTYKULU" FROM {LOGIN}')
    url = stage.databases["wapro"].replace("postgres@", f"{LOGIN}@", 1)
    make_conninfo(
        url
    )  # a named server's address may look otherwise: better an error here than a connector that is down
    stage.run_with("connector", WAPRO_DATABASE_URL=url)


def _give_right(stage: Stage) -> None:
    stage.erp(f'GRANT SELECT ON dbo."CENA_ARTYKULU" TO {LOGIN}')


TROUBLES = {
    "trigger_dropped": Trouble("an update of WAPRO dropped a trigger of ours", _drop_trigger, _install_again),
    "renamed_column": Trouble("a column of WAPRO's has another name", _rename_column, _rename_back),
    "missing_right": Trouble("the connector's login may not read a table", _take_right, _give_right),
}
