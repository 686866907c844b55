"""The clock of health: traffic is counted every minute, neighbours are looked at more often."""

from __future__ import annotations

from procrastinate.contrib.django import app

from wiadukt.shop.health import traffic, watch
from wiadukt.shop.sync import client
from wiadukt.shop.sync.jobs import clean


@app.periodic(cron="* * * * *")
@app.task(name="wiadukt.traffic", queueing_lock="wiadukt.traffic", pass_context=False)
@clean
def count_traffic(timestamp: int) -> None:
    traffic.count()


@app.periodic(cron="* * * * * */15")
@app.task(name="wiadukt.neighbours", queueing_lock="wiadukt.neighbours", pass_context=False)
@clean
def look_at_neighbours(timestamp: int) -> None:
    watch.look(client.connector(), client.production())
