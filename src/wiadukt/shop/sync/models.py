"""What WAPRO announced and what the shop still has to fetch.

An event only raises `asked`; a worker claims the object, fetches it, applies it and sets `applied` to the number it
claimed. An event that arrives meanwhile leaves `asked` ahead, so the object is fetched again.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.contract.base import Kind
from wiadukt.shop.forks.order.models import STATE_CHOICES
from wiadukt.shop.sync.silence import Silence

KIND_CHOICES = [
    (Kind.CUSTOMER.value, _("buyer")),
    (Kind.PRODUCT.value, _("product")),
    (Kind.ORDER.value, _("order")),
    (Kind.INVOICE.value, _("invoice")),
]


class InboxEvent(models.Model):
    """An event as it came; its id makes a repeat harmless."""

    event_id = models.CharField(primary_key=True, max_length=100)
    kind = models.CharField(max_length=10, choices=KIND_CHOICES)
    object_id = models.CharField(max_length=100)
    time = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now, db_index=True)


class InboxState(models.TextChoices):
    """Where an announced object stands."""

    WAITING = "waiting", _("waiting")
    APPLIED = "applied", _("applied")
    REJECTED = "rejected", _("rejected")


class InboxObject(models.Model):
    """One object of WAPRO's that was announced at least once."""

    kind = models.CharField(max_length=10, choices=KIND_CHOICES)
    object_id = models.CharField(max_length=100)
    asked = models.BigIntegerField(default=1)
    applied = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=InboxState.choices, default=InboxState.WAITING)
    quiet = models.BooleanField(default=False, help_text=_("Taken over: customers get no e-mail about it."))
    claim = models.UUIDField(null=True)
    claimed_asked = models.BigIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    last_error = models.TextField(blank=True)
    applied_digest = models.CharField(max_length=32, blank=True, help_text=_("Of the object as it was applied last."))
    last_event_id = models.CharField(max_length=100, blank=True)
    waits_for_customer = models.CharField(
        max_length=20, blank=True, help_text=_("Left out because this buyer has no organisation.")
    )
    changed_at = models.DateTimeField(default=timezone.now)
    waiting_since = models.DateTimeField(
        null=True, help_text=_("When WAPRO committed the oldest change that is not visible yet.")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="inbox_object_once")]
        indexes = [
            models.Index(fields=["kind", "next_attempt_at", "id"], condition=Q(state="waiting"), name="inbox_due"),
            models.Index(fields=["waits_for_customer"], condition=~Q(waits_for_customer=""), name="inbox_orphans"),
            models.Index(fields=["kind", "id"], condition=Q(state="rejected"), name="inbox_rejected"),
            models.Index(fields=["changed_at", "id"], name="inbox_by_change"),
        ]


class AppliedBatch(models.Model):
    """How long the changes of one batch took from WAPRO's commit until buyers see them; kept for a few days."""

    at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()
    spread = ArrayField(models.PositiveIntegerField())


class FailedBatch(models.Model):
    """Objects that could not be applied together though each could by itself; `cause`: what broke, and where."""

    kind = models.CharField(max_length=10, choices=KIND_CHOICES)
    size = models.PositiveIntegerField()
    cause = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now, db_index=True)


class ConnectorState(models.Model):
    """What the connector said of itself last; one row. `failing_since` is empty while it answers, else `failing_why`
    says why not. `clock_off_s`: how far its clock is before the shop's. `faults`: what its base does not give it.
    `queued`: changes in WAPRO's queue that the shop was not told of, the oldest `queued_since`; `refused`: those that
    the shop would not be told, the youngest `refused_for`.

    `taken_over_at`: when the flag day had asked for everything; until then nothing that comes is news to a customer.
    """

    version = models.CharField(max_length=40, blank=True)
    capture = models.CharField(max_length=10, blank=True)
    capture_missing = models.TextField(blank=True)
    gap_ended_at = models.DateTimeField(null=True)
    taken_over_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failing_why = models.CharField(max_length=12, choices=Silence.choices, blank=True, default="", db_default="")
    last_error = models.TextField(blank=True)
    clock_off_s = models.FloatField(default=0, db_default=0)
    faults = models.JSONField(default=list, db_default=[])
    queued = models.PositiveIntegerField(default=0, db_default=0)
    queued_since = models.DateTimeField(null=True)
    queue_error = models.TextField(blank=True, default="", db_default="")
    refused = models.PositiveIntegerField(default=0, db_default=0)
    refused_for = models.TextField(blank=True, default="", db_default="")


class ErpStatus(models.Model):
    """A letter of WAPRO's dictionary of order statuses, as the connector told it last. `state` is empty when nobody
    said what it means; `is_fixed`: the connector's settings say it."""

    letter = models.CharField(primary_key=True, max_length=1)
    label = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=15, choices=STATE_CHOICES, blank=True)
    is_fixed = models.BooleanField(default=False)

    class Meta:
        ordering = ["letter"]


class RunState(models.TextChoices):
    """Where a comparison of everything stands."""

    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped")


class Reconciliation(models.Model):
    """One comparison of everything (or of one kind) with WAPRO. `kind` and `next_bucket` say where it goes on."""

    kinds = models.JSONField()
    kind = models.CharField(max_length=10, choices=KIND_CHOICES)
    next_bucket = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    only_reports = models.BooleanField(default=False, help_text=_("Finds what differs and repairs nothing."))
    planned_for = models.DateTimeField(null=True, unique=True, help_text=_("Empty: asked for by a person."))
    asked_by = models.CharField(max_length=254, blank=True)
    compared = models.PositiveIntegerField(default=0)
    on_the_way = models.PositiveIntegerField(default=0)
    drifted = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    # A shop of the version before may still write while the tables are changed already.
    worked_s = models.FloatField(default=0, db_default=0, help_text=_("Without pauses and without waiting for WAPRO."))

    class Meta:
        ordering = ["-started_at"]


class Problem(models.TextChoices):
    """How an object differs."""

    MISSING = "missing", _("not in the shop")
    DIFFERENT = "different", _("different")
    SUPERFLUOUS = "superfluous", _("not in WAPRO")
    NOT_IN_ERP = "not_in_erp", _("the order has not come to WAPRO")


class Cause(models.TextChoices):
    """Why, as far as the traces tell."""

    EVENT_LOST = "event_lost", _("WAPRO's event got lost on the way")
    NOT_CAPTURED = "not_captured", _("WAPRO did not announce the change")
    NOT_SENT = "not_sent", _("the event waits in WAPRO's queue")
    REFUSED_EVENT = "refused_event", _("the shop refused the event")
    REFUSED_BY_SHOP = "refused_by_shop", _("the shop could not apply it")
    CHANGED_BY_HAND = "changed_by_hand", _("changed by hand in the shop")
    REFUSED_BY_ERP = "refused_by_erp", _("WAPRO refused the order")
    DISCARDED = "discarded", _("a person discarded the message")
    UNKNOWN = "unknown", _("unknown")


class Drift(models.Model):
    """One field (or the whole object, when `field` is empty) that differed at a comparison."""

    run = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="drifts")
    kind = models.CharField(max_length=10, choices=KIND_CHOICES)
    object_id = models.CharField(max_length=100)
    problem = models.CharField(max_length=12, choices=Problem.choices)
    field = models.CharField(max_length=120, blank=True)
    shop_value = models.TextField(blank=True)
    erp_value = models.TextField(blank=True)
    cause = models.CharField(max_length=20, choices=Cause.choices, default=Cause.UNKNOWN)
    detail = models.TextField(blank=True)
    repair_asked = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "kind", "object_id"], name="drift_of_run")]


class MassDeed(models.TextChoices):
    """What is done to many messages or objects at once."""

    SEND_AGAIN = "send_again", _("messages sent again")
    MAP_FORM = "map_form", _("form mapped, messages sent again")
    FETCH_AGAIN = "fetch_again", _("rejected objects fetched again")
    ANNOUNCE = "announce", _("rejected changes in WAPRO's queue announced again")
    REPLAY_IN = "replay_in", _("past changes of WAPRO fetched once more")
    REPLAY_OUT = "replay_out", _("delivered messages said once more")


class MassRun(models.Model):
    """One deed on everything that matches `asked`, some at a time. `total` is what a person saw before he began.

    `bookmark` says behind which row it goes on; it moves in the transaction of the deed, so whoever is killed loses
    nothing and does nothing twice. It works with the rights that its author has at that moment.
    """

    deed = models.CharField(max_length=12, choices=MassDeed.choices)
    asked = models.JSONField()
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    total = models.PositiveIntegerField()
    seen = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    bookmark = models.JSONField(null=True)
    last_error = models.TextField(blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], condition=Q(state="running"), name="mass_run_running")]
