"""How much of the stock's unit a unit of sale holds."""

from django.db import migrations, models

import wiadukt.shop.quantities


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0008_portions'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='contents_quantity',
            field=wiadukt.shop.quantities.QuantityColumn(blank=True, decimal_places=6, max_digits=16, null=True, verbose_name='one unit holds'),
        ),
        migrations.AddField(
            model_name='product',
            name='contents_unit',
            field=models.CharField(blank=True, max_length=20, verbose_name='unit of the stock'),
        ),
    ]
