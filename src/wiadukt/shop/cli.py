"""`wiadukt shop`: run the shop and set it up."""

from __future__ import annotations

import asyncio
import json
import os
import time
from typing import Annotated

import typer

from wiadukt.runtime.management import Listen

app = typer.Typer(no_args_is_help=True)


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wiadukt.shop.settings")
    django.setup()


@app.command()
def web(host: str = "127.0.0.1", port: int = 8000, management: Listen = "") -> None:
    """The storefront, the dashboard and the inbox for WAPRO's events."""
    from wiadukt.runtime import log, spans
    from wiadukt.runtime.serve import serve

    log.configure(process="shop")
    spans.configure(process="shop")
    _django()
    from django.urls import get_resolver

    from wiadukt.shop.alarms import watchdog
    from wiadukt.shop.asgi import application
    from wiadukt.shop.sync import observe

    _ = get_resolver().url_patterns  # every view is loaded now, and not by the first visitor
    watchdog.start()
    serve(application, observe.web(), listen=management, host=host, port=port, lifespan=False)


@app.command()
def worker(management: Listen = "") -> None:
    """Runs the jobs: fetches what WAPRO announced, delivers the outbox, sends e-mails. Start as many as you like."""
    from wiadukt.runtime import heap, log, spans

    log.configure(process="shop-worker")
    spans.configure(process="shop-worker")
    _django()
    from django.conf import settings
    from procrastinate.contrib.django import app as jobs

    from wiadukt.shop.sync import observe

    running = jobs.with_connector(jobs.connector.get_worker_connector())
    environment = settings.ENVIRONMENT
    heap.settle()
    with observe.worker().serving(management):
        asyncio.run(_run(running, environment.shop_worker_concurrency, environment.shop_worker_heartbeat_s))


async def _run(jobs: object, concurrency: int, heartbeat_s: float) -> None:
    async with jobs.open_async():
        await jobs.run_worker_async(
            concurrency=concurrency,
            fetch_job_polling_interval=1.0,
            delete_jobs="successful",
            shutdown_graceful_timeout=5,
            update_heartbeat_interval=heartbeat_s,
            stalled_worker_timeout=3 * heartbeat_s,
        )


@app.command()
def openapi() -> None:
    """The OpenAPI document of what programs may say to the shop."""
    from wiadukt.shop.sync.openapi import document

    typer.echo(json.dumps(document(), indent=1, sort_keys=True, ensure_ascii=False))


@app.command()
def migrate() -> None:
    """Makes or changes the shop's tables; repeatable."""
    _django()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


@app.command()
def staff(
    email: str,
    password: Annotated[str, typer.Option(prompt=True, hide_input=True)],
    goods: Annotated[bool, typer.Option("--goods", help="Looks after goods and buyers; is no administrator.")] = False,
) -> None:
    """Makes or changes a login of the seller's people: an administrator, or with --goods one who is none."""
    _django()
    from wiadukt.shop.accounts.rights import make_staff

    make_staff(email, password, administrator=not goods)


@app.command()
def forget_phone(email: str) -> None:
    """Takes the second factor off a login whose phone and recovery codes are lost; its sessions end."""
    _django()
    from wiadukt.shop.accounts.models import User
    from wiadukt.shop.accounts.second_factor import forget

    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise typer.BadParameter(f"No login has the address {email}.", param_hint="email")
    forget(user)
    typer.echo(f"{user.email} logs in without a code, and sets up a new phone where one is required.")


@app.command()
def takeover(
    wait: Annotated[bool, typer.Option("--wait", help="Return when everything is applied.")] = False,
) -> None:
    """The flag day: asks for everything the shop should have, and sends no e-mail about any of it."""
    _django()
    from wiadukt.shop.sync import client
    from wiadukt.shop.sync import takeover as flag_day

    asked = flag_day.ask_for_everything(client.connector())
    each = ", ".join(f"{kind} {count}" for kind, count in asked.items())
    typer.echo(f"asked for {sum(asked.values())} objects: {each}")
    while wait and (left := flag_day.waiting()):
        typer.echo(f"{left} to go")
        time.sleep(0.5)


@app.command()
def reconcile(
    kind: Annotated[str, typer.Option(help="customer, product, order or invoice; all of them without it.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report what differs and repair nothing.")] = False,
) -> None:
    """Compares with WAPRO now and shows what differs; exit code 1 when something does."""
    _django()
    from wiadukt.contract.base import Kind
    from wiadukt.contract.errors import WiaduktError
    from wiadukt.shop.sync import client
    from wiadukt.shop.sync.jobs import wake_inbox
    from wiadukt.shop.sync.reconcile import run as reconciliation

    if kind and kind not in list(Kind):
        raise typer.BadParameter(f"'{kind}' is none of {', '.join(Kind)}.", param_hint="--kind")
    try:
        client.connector().bucket_digests(Kind.CUSTOMER, 0, 0)
    except WiaduktError as error:
        typer.echo(f"WAPRO's connector: {error}", err=True)
        raise typer.Exit(2) from None
    run = reconciliation.start((Kind(kind),) if kind else reconciliation.ORDER, only_reports=dry_run, asked_by="cli")
    reconciliation.work(run.pk, client.connector())
    wake_inbox()
    run.refresh_from_db()
    for drift in run.drifts.all():
        values = f"{drift.field}: {drift.shop_value!r} -> {drift.erp_value!r}" if drift.field else ""
        typer.echo(f"{drift.kind} {drift.object_id} {drift.problem} {values} ({drift.cause} {drift.detail})")
    typer.echo(f"compared {run.compared}, on the way {run.on_the_way}, differing {run.drifted}, {run.state}")
    raise typer.Exit(1 if run.drifted or run.state != "finished" else 0)


@app.command()
def settings() -> None:
    """Every setting with its default and what it means."""
    from wiadukt.shop.settings.environment import Environment

    for name, field in Environment.model_fields.items():
        default = "required" if field.is_required() else repr(field.default)
        typer.echo(f"{name.upper():<28} {default:<32} {field.description}")
