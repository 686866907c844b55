from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("order", "0006_cancellation")]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["date_placed"], condition=models.Q(("erp_id", None)), name="order_without_document"
            ),
        ),
    ]
