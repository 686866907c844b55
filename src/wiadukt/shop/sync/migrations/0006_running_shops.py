from django.db import migrations
from django.utils import timezone


def note(apps, schema_editor):
    """A shop that has fetched anything had its flag day."""
    if apps.get_model("sync", "InboxObject").objects.exists():
        states = apps.get_model("sync", "ConnectorState").objects
        states.get_or_create(pk=1)
        states.filter(taken_over_at=None).update(taken_over_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("sync", "0005_taken_over")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
