"""Jobs wake and order the work; what is to be done stands in the inbox and the outbox."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import close_old_connections, transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from wiadukt.contract.base import Kind
from wiadukt.runtime import trace
from wiadukt.shop import waking
from wiadukt.shop.accounts.models import User
from wiadukt.shop.addresses.change import REFETCH_TASK
from wiadukt.shop.invoices import reminders
from wiadukt.shop.ordering import notices
from wiadukt.shop.ordering.approval_mail import TELL_TASK, tell
from wiadukt.shop.ordering.confirmation import CONFIRM_TASK, confirm
from wiadukt.shop.organisations.invitations import INVITE_TASK, may_be_invited, send_invitation
from wiadukt.shop.organisations.models import Member
from wiadukt.shop.outbox.write import DELIVER_TASK
from wiadukt.shop.questions import mail as question_mail
from wiadukt.shop.questions.models import Post
from wiadukt.shop.questions.talk import MAIL_TASK
from wiadukt.shop.sellers.invitation import send_seller_invitation
from wiadukt.shop.sellers.people import INVITE_TASK as INVITE_SELLER_TASK
from wiadukt.shop.sync import client, deliver, fetch, inbox, prune, watch
from wiadukt.shop.sync.mass import work as mass
from wiadukt.shop.sync.reconcile import run as reconciliation

INBOX_TASK = "wiadukt.inbox"
RECONCILE_TASK = "wiadukt.reconcile"
MASS_TASK = "wiadukt.mass"


def clean(work: Callable[..., Any]) -> Callable[..., Any]:
    """Gives database connections back: a worker's threads live longer than a request. Each job is a trace."""

    @functools.wraps(work)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        close_old_connections()
        try:
            with trace.going_on(name=f"job {work.__name__}"):
                return work(*args, **kwargs)
        finally:
            close_old_connections()

    return wrapped


def wake_inbox() -> None:
    """Soon a worker fetches what was announced in this transaction."""
    waking.after_commit(INBOX_TASK)


def wake_reconciliation(run_id: int) -> None:
    """Soon a worker goes on with this comparison."""
    waking.once(RECONCILE_TASK, f"{RECONCILE_TASK}-{run_id}", run_id=run_id)


def wake_mass(run_id: int) -> None:
    """Soon a worker goes on with this deed on many."""
    waking.once(MASS_TASK, f"{MASS_TASK}-{run_id}", run_id=run_id)


@app.task(name=INBOX_TASK)
@clean
def run_inbox() -> None:
    fetch.run(client.connector())


@app.task(name=DELIVER_TASK)
@clean
def run_deliver() -> None:
    receivers = deliver.Receivers(client.connector(), client.production())
    deliver.run(receivers, call_another=functools.partial(waking.once, DELIVER_TASK))


@app.task(name=RECONCILE_TASK)
@clean
def run_reconciliation(run_id: int) -> None:
    reconciliation.work(run_id, client.connector())
    waking.once(INBOX_TASK)


@app.task(name=MASS_TASK)
@clean
def run_mass(run_id: int) -> None:
    is_left = mass.work(run_id)
    waking.once(INBOX_TASK)
    if is_left:
        wake_mass(run_id)


def _about(context: JobContext) -> str:
    """One job is one e-mail to each person, however often it is tried."""
    return f"job {context.job.id}"


@app.task(name=INVITE_TASK, retry=RetryStrategy(max_attempts=100, exponential_wait=2), pass_context=True)
@clean
def run_invite(context: JobContext, member_id: int) -> None:
    """Under the member's lock: of two jobs at one instant the second sees that the first has sent it."""
    with transaction.atomic():
        members = Member.objects.select_related("user", "organisation").select_for_update(of=("self",))
        member = members.filter(pk=member_id).first()
        if member is not None and may_be_invited(member):
            send_invitation(member, _about(context))


@app.task(name=TELL_TASK, retry=RetryStrategy(max_attempts=100, exponential_wait=2), pass_context=True)
@clean
def run_tell_approval(context: JobContext, order_id: int, event: str) -> None:
    tell(order_id, event, _about(context))


@app.task(name=CONFIRM_TASK, pass_context=True, retry=RetryStrategy(max_attempts=100, exponential_wait=2))
@clean
def run_confirm(context: JobContext, order_id: int) -> None:
    confirm(order_id, about=_about(context))


@app.task(name=REFETCH_TASK)
@clean
def run_refetch(erp_id: str) -> None:
    inbox.ask({(Kind.CUSTOMER, erp_id): ""})
    fetch.run(client.connector())


@app.task(name=INVITE_SELLER_TASK, retry=RetryStrategy(max_attempts=100, exponential_wait=2), pass_context=True)
@clean
def run_invite_seller(context: JobContext, user_id: int) -> None:
    user = User.objects.filter(pk=user_id, is_active=True, is_staff=True).first()
    if user is not None:
        send_seller_invitation(user, _about(context))


@app.task(name=MAIL_TASK, retry=RetryStrategy(max_attempts=100, exponential_wait=2))
@clean
def run_question_mail(post_id: int, user_id: int) -> None:
    post = Post.objects.select_related("question__organisation", "user").filter(pk=post_id).first()
    listener = User.objects.filter(pk=user_id, is_active=True).first()
    if post is not None and listener is not None:
        question_mail.send(post, listener.email)


@app.periodic(cron="* * * * * */5")
@app.task(name="wiadukt.tick", queueing_lock="wiadukt.tick", pass_context=False)
@clean
def tick(timestamp: int) -> None:
    """The clock: whatever is due and was not woken, and jobs whose worker died."""
    waking.once(INBOX_TASK)
    waking.once(DELIVER_TASK)
    reconciliation.plan()
    for run_id in reconciliation.unfinished():
        wake_reconciliation(run_id)
    for run_id in mass.unfinished():
        wake_mass(run_id)


@app.periodic(cron="* * * * * */15")
@app.task(name="wiadukt.watch", queueing_lock="wiadukt.watch", pass_context=False)
@clean
def watch_connector(timestamp: int) -> None:
    """Does the connector answer, and did it miss anything: then everything is compared."""
    run = watch.look(client.connector())
    if run is not None:
        wake_reconciliation(run.pk)


@app.periodic(cron="10 8-17 * * *")
@app.task(name=reminders.REMIND_TASK, queueing_lock=reminders.REMIND_TASK, pass_context=False)
@clean
def run_remind(timestamp: int) -> None:
    """In office hours; what a mail server refused is tried again in an hour."""
    reminders.remind()


@app.periodic(cron="* * * * *")
@app.task(name="wiadukt.order_news", queueing_lock="wiadukt.order_news", pass_context=False)
@clean
def run_order_news(timestamp: int) -> None:
    """For who wants it at once; what a mail server refused is tried again in a minute."""
    notices.send_due()


@app.periodic(cron="20,50 5-8 * * *")
@app.task(name="wiadukt.order_digest", queueing_lock="wiadukt.order_digest", pass_context=False)
@clean
def run_order_digest(timestamp: int) -> None:
    """Every morning for who wants one e-mail a day. What comes later that morning waits until the next."""
    notices.send_due(digest=True)


@app.periodic(cron="40 4 * * *")
@app.task(name="wiadukt.prune", queueing_lock="wiadukt.prune", pass_context=False)
@clean
def run_prune(timestamp: int) -> None:
    prune.prune()


@app.periodic(cron="* * * * * */10")
@app.task(name="wiadukt.rescue", queueing_lock="wiadukt.rescue", pass_context=False)
async def rescue(timestamp: int) -> None:
    """Jobs of workers that died are run again; each of ours may be.

    One whose successor waits already (queued under the same lock while nobody was there to rescue it) goes instead: it
    can't wait a second time, and as long as it stands it keeps its successor from starting.
    """
    for job in await app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=3 * settings.ENVIRONMENT.shop_worker_heartbeat_s
    ):
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
