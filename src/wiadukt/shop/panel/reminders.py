"""When buyers are reminded of invoices, and whom it reached."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.invoices.models import Reminder, ReminderPlan
from wiadukt.shop.invoices.reminders import REMIND_TASK, coming
from wiadukt.shop.sellers.access import supervisors_only
from wiadukt.shop.waking import once

FARTHEST = 120


class PlanForm(forms.ModelForm):
    class Meta:
        model = ReminderPlan
        fields = ("is_on", "days")

    def clean_days(self) -> str:
        """Written back in order, each once."""
        try:
            days = ReminderPlan(days=self.cleaned_data["days"]).offsets
        except ValueError as error:
            raise forms.ValidationError(_("Write whole numbers between commas, as -3, 1, 7.")) from error
        if not days or len(days) > 8 or max(map(abs, days)) > FARTHEST:
            raise forms.ValidationError(_("Write one to eight days, none farther than 120 from the due date."))
        return ", ".join(map(str, days))


@supervisors_only
def plan(request: HttpRequest) -> HttpResponse:
    """A schedule that is switched on, or changed, says nothing of the days before: only what comes from now on."""
    current = ReminderPlan.current()
    form = PlanForm(request.POST or None, instance=current)
    if request.method == "POST" and form.is_valid():
        if form.has_changed():
            form.instance.since = timezone.localdate()
        form.save()
        messages.success(request, _("Saved."))
        return redirect("panel:reminders")
    told = Reminder.objects.select_related("invoice__organisation")[:50]
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "plan": ReminderPlan.current(), "told": told, "coming": coming()}
    return render(request, "panel/reminders.html", context, status=status)


@supervisors_only
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """What is due by now goes at once instead of within the hour; a second press sends nothing again."""
    once(REMIND_TASK, timestamp=0)
    messages.success(request, _("What is due goes now; it shows below in a moment."))
    return redirect("panel:reminders")
