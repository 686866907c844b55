"""Every reasoned refusal of production in one catalogue: code, HTTP status, cause and remedy for people.

Sentences are English msgids; they are put into the reader's language where they leave us (`in_language`).
"""

from __future__ import annotations

from collections.abc import Callable

from wiadukt.contract.errors import Refused


def _(msgid: str) -> str:
    """Marks a sentence for the catalogue of messages."""
    return msgid


CATALOGUE: dict[str, tuple[int, str, str]] = {
    "unauthorised": (
        401,
        _("The token is missing or is not known here."),
        _("Put the caller's name:token pair into PRODUCTION_TOKENS and the same token at the caller."),
    ),
    "invalid_request": (
        422,
        _("The request does not fit the contract: %(what)s"),
        _("Mend the named field and send the request again."),
    ),
    "not_found": (404, _("There is nothing at this address."), _("Go back to the board and choose from there.")),
    "order_number_mismatch": (
        422,
        _("The address names order %(path)s, the request names %(body)s."),
        _("Send the request to the address of its own order."),
    ),
    "job_id_repeated": (
        422,
        _("Job order %(job)s stands in the request more than once."),
        _("Give every line of the order its own job order number."),
    ),
    "job_id_taken": (
        409,
        _("Job order %(job)s belongs to order %(order)s already."),
        _("Give the job order another number."),
    ),
    "request_differs": (
        409,
        _("Order %(order)s is here with different content, and work on it has begun."),
        _("Agree the change with production; place what is to be added as a new order."),
    ),
    "order_not_here": (
        404,
        _("Production has no order %(order)s."),
        _("Check the number, or wait a moment: the order may still be on its way from the shop."),
    ),
    "job_not_here": (
        404,
        _("There is no job %(job)s."),
        _("Scan the code again, or choose the job from the list."),
    ),
    "step_forbidden": (
        409,
        _("Job %(job)s is %(state)s: this step is not allowed now."),
        _("Use one of the buttons that are active."),
    ),
    "not_running": (
        409,
        _("Job %(job)s is %(state)s, so pieces can't be counted."),
        _("Press Start first, then count."),
    ),
    "over_plan": (
        409,
        _("%(good)s good pieces would be more than the %(planned)s planned."),
        _("Check the count. If the extra pieces are real, write why and confirm."),
    ),
    "short_of_plan": (
        409,
        _("Only %(good)s of %(planned)s good pieces are counted."),
        _("Count the rest, or write why the job ends short and confirm."),
    ),
    "quantity_invalid": (
        422,
        _("The number of pieces must be greater than 0."),
        _("Enter a number such as 1 or 2.5."),
    ),
    "token_missing": (
        422,
        _("The form came without its token."),
        _("Open the job again and repeat the step."),
    ),
    "token_reused": (
        409,
        _("This form was used already for another step."),
        _("Open the job again and repeat the step."),
    ),
    "foreign_site": (
        403,
        _("The form was sent from another site."),
        _("Open the terminal here and repeat the step."),
    ),
    "database_unreachable": (
        503,
        _("Production's database does not answer."),
        _("Wait a moment and try again; if it lasts, tell the administrator."),
    ),
}

NEEDS_NOTE = frozenset({"over_plan", "short_of_plan"})
"""These refusals give way when the same step comes with a note."""


class Refusal(Refused):
    """A refusal from the catalogue; `values` fill its sentences."""

    def __init__(self, code: str, *, field: str = "", object_id: str = "", **values: object) -> None:
        self.status, self._cause, self._remedy = CATALOGUE[code]
        self.values = values
        super().__init__(code, self._cause % values, remedy=self._remedy % values, field=field, object_id=object_id)

    def in_language(self, translate: Callable[[str], str]) -> Refused:
        """The same refusal with its sentences, and the names of states in them, in another language."""
        values = {name: translate(value) if name == "state" else value for name, value in self.values.items()}
        cause, remedy = translate(self._cause) % values, translate(self._remedy) % values
        return Refused(self.code, cause, remedy=remedy, field=self.field, object_id=self.object_id)
