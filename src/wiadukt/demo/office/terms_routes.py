"""The addresses of terms of trade."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from wiadukt.demo.office import goods, terms
from wiadukt.demo.office.base import Connection, transaction

Act = Callable[[str, Callable[[Connection], Any], str, str], Response]


def add(app: FastAPI, url: str, act: Act, page: Callable[..., HTMLResponse]) -> None:
    """Forms post to these; what was refused is said on the page they came from and nothing is saved."""

    async def fields(request: Request) -> dict[str, str]:
        return {name: str(value) for name, value in (await request.form()).items()}

    @app.post("/terms/customer/{customer_id}")
    async def save(request: Request, customer_id: int) -> Response:
        form = await fields(request)
        return act(url, lambda c: terms.save(c, customer_id, form), f"/customers/{customer_id}", "Zapisano warunki.")

    @app.post("/terms/customer/{customer_id}/prices")
    async def price(request: Request, customer_id: int) -> Response:
        form, back = await fields(request), f"/customers/{customer_id}"
        if "remove" in form:
            return act(url, lambda c: terms.remove_price(c, customer_id, int(form["remove"])), back, "Usunięto cenę.")
        return act(url, lambda c: terms.add_price(c, customer_id, form), back, "Dodano cenę.")

    @app.post("/terms/goods/{index}")
    async def promotion(request: Request, index: str) -> Response:
        form = await fields(request)
        return act(url, lambda c: terms.promote(c, index, form), f"/goods/{index}", "Zapisano promocję.")

    @app.get("/terms")
    def shown(request: Request) -> HTMLResponse:
        with transaction(url) as connection:
            found = {"thresholds": terms.thresholds(connection), "groups": terms.groups(connection)}
            return page(request, "terms", levels=goods.LEVELS, **found)

    @app.post("/terms/thresholds")
    async def thresholds(request: Request) -> Response:
        form = await request.form()
        values, percents = map(str, form.getlist("value")), map(str, form.getlist("percent"))
        pairs = list(values), list(percents)
        return act(url, lambda c: terms.save_thresholds(c, *pairs), "/terms", "Zapisano progi.")

    @app.post("/terms/groups/{group_id}")
    async def group(request: Request, group_id: int) -> Response:
        form = await fields(request)
        return act(url, lambda c: terms.save_group(c, group_id, form), "/terms", "Zapisano grupę.")
