from django.db import migrations


class Migration(migrations.Migration):
    """Order numbers come from a sequence: they are idempotency keys and must never repeat."""

    dependencies = [("order", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE wiadukt_order_number START 100001", "DROP SEQUENCE wiadukt_order_number"
        )
    ]
