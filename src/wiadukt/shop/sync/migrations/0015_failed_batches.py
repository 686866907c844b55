from django.db import migrations, models
import django.utils.timezone


class Migration(migrations.Migration):

    dependencies = [
        ('sync', '0014_order_statuses'),
    ]

    operations = [
        migrations.CreateModel(
            name='FailedBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('customer', 'buyer'), ('product', 'product'), ('order', 'order'), ('invoice', 'invoice')], max_length=10)),
                ('size', models.PositiveIntegerField()),
                ('cause', models.CharField(max_length=200)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
    ]
