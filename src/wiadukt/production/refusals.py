"""Every reasoned refusal of production in one catalogue: code, HTTP status, cause and remedy for people.

Sentences are English msgids; they are put into the reader's language where they leave us (`in_language`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    "split_quantity": (
        422,
        _("So many pieces can't be split off: %(left)s are still to be made."),
        _("Enter a number greater than 0 and smaller than that."),
    ),
    "work_centre_not_here": (
        422,
        _("There is no work centre %(centre)s."),
        _("Choose one from the list; work centres are listed in the file that PRODUCTION_MACHINES names."),
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
    "at_machine": (
        409,
        _("Job %(job)s is at machine %(machine)s, which counts by itself."),
        _("Take the job back from the machine first, then count here."),
    ),
    "machine_not_here": (
        422,
        _("There is no machine %(machine)s."),
        _("Choose one from the list; machines are listed in the file that PRODUCTION_MACHINES names."),
    ),
    "job_is_over": (
        409,
        _("Job %(job)s is %(state)s, so no machine can make it."),
        _("Choose a job that is still to be made."),
    ),
    "no_job_control": (
        502,
        _("The machine at %(machine)s has no job control by ISA-95 (OPC 10031-4, version 2)."),
        _("Check the address; a machine of the first version (2021) needs a newer program from its maker."),
    ),
    "machine_has_begun": (
        409,
        _("The machine has begun job %(job)s, so it can't be changed there any more."),
        _("Withdraw it from the machine first, or make the change as a new job."),
    ),
    "machine_unknown_job": (
        409,
        _("The machine does not know job %(job)s (%(command)s)."),
        _("Send the job to the machine again: somebody may have cleared its list."),
    ),
    "machine_invalid_state": (
        409,
        _("The machine does not take %(command)s for job %(job)s in the state it is in."),
        _("Look at the machine's own screen; it may have ended or aborted the job."),
    ),
    "machine_unable": (
        409,
        _("The machine can't take job %(job)s: its list may be full, or the job is not for it."),
        _("Wait until it has cleared a job, or give the job to another machine."),
    ),
    "machine_refuses": (
        409,
        _("The machine refuses %(command)s for job %(job)s (status %(status)s)."),
        _("Look the status up in the machine's manual, or give the job to another machine."),
    ),
    "machine_cannot": (
        409,
        _("This machine can't do that with job %(job)s: %(command)s."),
        _("Do it at the machine itself."),
    ),
    "machine_aborted": (
        409,
        _("Job %(job)s was aborted at the machine."),
        _("Ask at the machine why; then send it again, or make the rest here."),
    ),
    "machine_lost_job": (
        409,
        _("The machine no longer knows job %(job)s: it was started anew, or somebody cleared its list."),
        _("See at the machine what was made; then send the job again, or count it here."),
    ),
    "machine_unreachable": (
        503,
        _("The machine does not answer (%(cause)s)."),
        _("The job goes on by itself when it does. Is it switched on and in the network?"),
    ),
    "sftp_other_server": (
        502,
        _("%(server)s shows another key than the one we know: it may be another computer in its place."),
        _("Ask who changed the server; when the new key is its own, put it into host_keys of the file of machines."),
    ),
    "sftp_no_entry": (
        502,
        _("%(server)s does not let us in."),
        _("Check user, password_file and key_file in the file of machines, and the rights at the server."),
    ),
    "machine_defect": (
        500,
        _("Something is wrong on our side of the machine: %(cause)s"),
        _("Tell the administrator; production's log has the details."),
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

    @classmethod
    def kept(cls, reason: dict[str, Any]) -> Refusal:
        """One that was kept as its code and values; a code that is no longer known is shown as it is."""
        code = reason["code"] if reason["code"] in CATALOGUE else "machine_defect"
        return cls(code, **{"cause": reason["code"], **reason["values"]})

    def in_language(self, translate: Callable[[str], str]) -> Refused:
        """The same refusal with its sentences, and the names of states in them, in another language."""
        values = {name: translate(value) if name == "state" else value for name, value in self.values.items()}
        cause, remedy = translate(self._cause) % values, translate(self._remedy) % values
        return Refused(self.code, cause, remedy=remedy, field=self.field, object_id=self.object_id)
