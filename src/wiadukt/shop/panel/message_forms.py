"""What a person fills in to say a message otherwise, or to drop it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from wiadukt.contract.address_change import AddressChange, DeliveryPlaceChange
from wiadukt.contract.base import ContractModel
from wiadukt.contract.job_order import WorkRequest
from wiadukt.contract.order import CancellationRequest, PlacedOrder, Reinstatement
from wiadukt.shop.addresses.waiting import ADDRESS_CHANGED, PLACE_CHANGED
from wiadukt.shop.ordering.messages import CANCELLED, PLACED, WORK_CANCELLED, WORK_REINSTATED, WORK_REQUESTED
from wiadukt.shop.outbox import mend
from wiadukt.shop.outbox.invalid import in_words
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.panel.payload import as_json, leaves

CONTRACT: dict[str, type[ContractModel]] = {
    PLACED: PlacedOrder,
    WORK_REQUESTED: WorkRequest,
    CANCELLED: CancellationRequest,
    WORK_CANCELLED: CancellationRequest,
    WORK_REINSTATED: Reinstatement,
    ADDRESS_CHANGED: AddressChange,
    PLACE_CHANGED: DeliveryPlaceChange,
}


class EditForm(forms.Form):
    """The message's text; `payload` holds it in the contract's words once it is valid.

    `seen` says from which text the person started, so that two who edit at once don't overwrite one another.
    """

    text = forms.CharField(label=gettext_lazy("Text of the message"), widget=forms.Textarea(attrs={"rows": 18}))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)
    payload: dict[str, Any]

    def __init__(self, found: OutboundMessage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.initial |= {
            "text": as_json(found.payload),
            "seen": mend.fingerprint(found.payload),
        }
        self.fields["text"].widget.attrs |= {"spellcheck": "false", "class": "mono"}

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        contract = CONTRACT.get(self.found.kind)
        if contract is None:
            raise forms.ValidationError(_("Nobody takes messages of this kind: discard it."))
        try:
            said = contract.model_validate_json(text)
        except ValidationError as error:
            raise forms.ValidationError(in_words(error)) from error
        if _key_of(said) != self.found.key:
            raise forms.ValidationError(_("The number can't change: it is %(key)s.") % {"key": self.found.key})
        self.payload = said.model_dump(mode="json")
        if any("\0" in value for _path, value in leaves(self.payload)):
            raise forms.ValidationError(_("The sign \\u0000 can't be kept: take it out."))
        return text


def _key_of(said: ContractModel) -> str | None:
    """The key under which this text is said."""
    if isinstance(said, AddressChange):
        return f"{said.customer_id} {said.part}"
    names = ("number", "order_number", "key")
    return next((str(getattr(said, name)) for name in names if hasattr(said, name)), None)


class DiscardForm(forms.Form):
    """Why nobody will be told."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)
