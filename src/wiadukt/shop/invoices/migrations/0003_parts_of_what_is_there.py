"""Parts of the invoices that are there already; the next comparison tells what WAPRO says more about them."""

from decimal import Decimal

from django.db import migrations

from wiadukt.contract.shares import fitted, split


def share_out(apps, schema_editor):
    Invoice, Share = apps.get_model("invoices", "Invoice"), apps.get_model("invoices", "InvoiceShare")
    Organisation = apps.get_model("organisations", "Organisation")
    payers = dict(Organisation.objects.values_list("pk", "erp_id"))
    for invoice in Invoice.objects.prefetch_related("lines").iterator(chunk_size=500):
        net, gross = {}, {}
        for line in invoice.lines.all():
            net[line.erp_order_id] = net.get(line.erp_order_id, Decimal(0)) + line.net
            gross[line.erp_order_id] = gross.get(line.erp_order_id, Decimal(0)) + line.gross
        nets = fitted(net or {"": Decimal(0)}, invoice.total_net)
        grosses = fitted(gross or {"": Decimal(0)}, invoice.total_gross)
        left = split(invoice.remaining, grosses)
        Share.objects.bulk_create(
            Share(invoice=invoice, erp_order_id=key, net=nets[key], gross=grosses[key], remaining=left[key])
            for key in sorted(grosses)
        )
        # Nobody is reminded of what was there before reminders were.
        Invoice.objects.filter(pk=invoice.pk).update(
            is_history=True, customer_erp_id=payers.get(invoice.organisation_id, "")
        )


class Migration(migrations.Migration):

    dependencies = [("invoices", "0002_parts_and_settlements"), ("organisations", "0007_places_and_addresses")]

    operations = [migrations.RunPython(share_out, migrations.RunPython.noop)]
