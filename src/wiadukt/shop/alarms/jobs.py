"""The clock of alarms: every minute a look, and whatever waits is sent."""

from __future__ import annotations

from procrastinate.contrib.django import app

from wiadukt.shop.alarms import heartbeat, prune, sending
from wiadukt.shop.alarms import look as looking
from wiadukt.shop.alarms.messages import SEND_TASK
from wiadukt.shop.sync.jobs import clean


@app.periodic(cron="* * * * *")
@app.task(name="wiadukt.alarms", queueing_lock="wiadukt.alarms", pass_context=False)
@clean
def run_alarms(timestamp: int) -> None:
    looking.look()
    sending.send_due()
    heartbeat.beat()


@app.periodic(cron="50 4 * * *")
@app.task(name="wiadukt.prune_alarms", queueing_lock="wiadukt.prune_alarms", pass_context=False)
@clean
def run_prune(timestamp: int) -> None:
    prune.prune()


@app.task(name=SEND_TASK)
@clean
def run_send_alarms() -> None:
    sending.send_due()
