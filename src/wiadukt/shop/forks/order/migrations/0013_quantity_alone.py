"""A quantity is a decimal: what was ordered of a line is no number of its own any more."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('order', '0012_changed_orders'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='line',
            name='ordered',
        ),
    ]
