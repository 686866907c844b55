"""What WAPRO had in fractions was kept rounded up beside them."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('order', '0010_fractions'),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE order_line SET quantity = ordered WHERE quantity <> ordered", migrations.RunSQL.noop
        ),
    ]
