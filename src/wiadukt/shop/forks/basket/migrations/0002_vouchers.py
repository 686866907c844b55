from django.db import migrations, models


class Migration(migrations.Migration):
    # A step of its own: Oscar's vouchers need orders, and orders need baskets.
    dependencies = [
        ("basket", "0001_initial"),
        ("voucher", "0010_auto_20210224_0712"),
    ]

    operations = [
        migrations.AddField(
            "basket", "vouchers", models.ManyToManyField(blank=True, to="voucher.voucher", verbose_name="Vouchers")
        ),
    ]
