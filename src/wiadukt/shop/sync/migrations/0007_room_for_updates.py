from django.db import migrations

# Every change of WAPRO's updates these rows. Room left on their pages lets PostgreSQL put the new version beside the old
# one, and what no index holds then touches no index.
TABLES = ("catalogue_product", "partner_stockrecord", "sync_inboxobject")


class Migration(migrations.Migration):
    dependencies = [
        ("sync", "0006_running_shops"),
        ("catalogue", "0003_slug_without_index"),
        ("partner", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} SET (fillfactor = 70)", reverse_sql=f"ALTER TABLE {table} RESET (fillfactor)"
        )
        for table in TABLES
    ]
