"""What became of a buyer's wish to cancel his order."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cancellation(models.TextChoices):
    NONE = "", _("not asked for")
    ASKED = "asked", _("asked for")
    DONE = "done", _("cancelled")
    REFUSED = "refused", _("too late")
