"""The office's pages; each post is one transaction and a redirect."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from wiadukt.demo.office import (
    address_book,
    cards,
    customers,
    goods,
    invoice_routes,
    invoices,
    mailbox,
    orders,
    terms_routes,
)
from wiadukt.demo.office.base import Connection, OfficeError, transaction
from wiadukt.demo.office.terms import number as _number

TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")


def create_app() -> FastAPI:
    """The office on WAPRO_DATABASE_URL, with the mail server on OFFICE_SMTP_PORT (0: none)."""
    url, folder = os.environ["WAPRO_DATABASE_URL"], Path(os.environ.get("OFFICE_MAIL_DIR", ".mail"))
    port = int(os.environ.get("OFFICE_SMTP_PORT", "0"))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        smtp = mailbox.server(folder, port) if port else None
        if smtp:
            smtp.start()
        yield
        if smtp:
            smtp.stop()

    app = FastAPI(title="WAPRO (demo) office", lifespan=lifespan, openapi_url=None)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    TEMPLATES.env.globals["shop_url"] = os.environ.get("SHOP_PUBLIC_URL", "http://127.0.0.1:8000")
    TEMPLATES.env.filters["num"] = lambda value: f"{Decimal(value).normalize():f}" if value is not None else "–"
    TEMPLATES.env.filters["money"] = lambda value: f"{Decimal(value):,.2f}".replace(",", " ").replace(".", ",")
    _lists(app, url, folder)
    _customer_routes(app, url)
    _address_book_routes(app, url)
    _goods_routes(app, url)
    terms_routes.add(app, url, _act, _page)
    _order_routes(app, url)
    invoice_routes.add(app, url, _act, _page)
    return app


def _act(url: str, work: Callable[[Connection], Any], back: str, done: str, *, to: str = "") -> Response:
    """Does the work and goes back, or on `to` what came of it; what was refused is said back there, nothing is saved."""
    try:
        with transaction(url) as connection:
            result = work(connection)
    except OfficeError as error:
        return RedirectResponse(f"{back}?error={quote(str(error))}", 303)
    return RedirectResponse(f"{to.format(result) or back}?done={quote(done)}", 303)


def _page(request: Request, name: str, **context: Any) -> HTMLResponse:
    return TEMPLATES.TemplateResponse(request, f"{name}.html", context)


def _lists(app: FastAPI, url: str, folder: Path) -> None:
    pages: dict[str, Callable[[Connection, str], Any]] = {
        "customers": customers.listed,
        "goods": goods.listed,
        "orders": orders.listed,
        "invoices": invoices.listed,
    }

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        with transaction(url) as connection:
            connection.execute("SELECT 1")
        return {"status": "ok"}

    @app.get("/")
    def home() -> Response:
        return RedirectResponse("/customers")

    def add(name: str, listed: Callable[[Connection, str], Any]) -> None:
        @app.get(f"/{name}", name=name)
        def page(request: Request, q: str = "") -> HTMLResponse:
            with transaction(url) as connection:
                return _page(request, name, found=listed(connection, q), q=q)

    for name, listed in pages.items():
        add(name, listed)

    @app.get("/mailbox")
    def mails(request: Request, q: str = "") -> HTMLResponse:
        return _page(request, "mailbox", found=mailbox.listed(folder, q), q=q)

    @app.get("/mailbox/{name}")
    def mail(request: Request, name: str) -> HTMLResponse:
        message = mailbox.read(folder, name)
        html = message.get_body(preferencelist=("html",))
        return _page(
            request, "mail", mail=message, text=mailbox.text_of(message), html=html.get_content() if html else ""
        )


def _customer_routes(app: FastAPI, url: str) -> None:
    @app.get("/customers/{customer_id}")
    def card(request: Request, customer_id: int) -> HTMLResponse:
        with transaction(url) as connection:
            return _page(request, "customer", **customers.card(connection, customer_id))

    @app.post("/customers/{customer_id}/flag")
    def flag(customer_id: int, on: int = Form()) -> Response:
        done = "Udostępniono w sklepie." if on else "Wycofano ze sklepu."
        return _act(url, lambda c: customers.set_flag(c, customer_id, bool(on)), f"/customers/{customer_id}", done)

    @app.post("/customers/{customer_id}/block")
    def block(customer_id: int, on: int = Form()) -> Response:
        return _act(
            url, lambda c: customers.set_blocked(c, customer_id, bool(on)), f"/customers/{customer_id}", "Zapisano."
        )

    @app.post("/customers/{customer_id}/open")
    def open_card(customer_id: int, on: int = Form()) -> Response:
        done = "Karta jest otwarta do edycji: zmiany ze sklepu czekają." if on else "Karta jest zamknięta."
        return _act(url, lambda c: customers.set_open(c, customer_id, bool(on)), f"/customers/{customer_id}", done)

    @app.post("/customers/{customer_id}/anonymise")
    def anonymise(customer_id: int) -> Response:
        done = "Dane osobowe usunięto."
        return _act(url, lambda c: customers.anonymise(c, customer_id), f"/customers/{customer_id}", done)

    @app.post("/customers/{customer_id}")
    async def save(request: Request, customer_id: int) -> Response:
        form = {field: str(value) for field, value in (await request.form()).items()}

        def work(connection: Connection) -> None:
            customers.save(connection, customer_id, form, _number(form.get("discount", "0"), "Rabat"))

        return _act(url, work, f"/customers/{customer_id}", "Zapisano.")


def _address_book_routes(app: FastAPI, url: str) -> None:
    """Posts to /customers/1/contacts/new, /customers/1/places/7; `remove` in the form takes the row out."""

    @app.post("/customers/{customer_id}/{name}/{key}")
    async def change(request: Request, customer_id: int, name: Literal["contacts", "places"], key: str) -> Response:
        book, back = address_book.BOOKS[name], f"/customers/{customer_id}"
        form = {field: str(value) for field, value in (await request.form()).items()}
        if "remove" in form:
            return _act(url, lambda c: address_book.remove(c, book, customer_id, int(key)), back, "Usunięto.")
        row = None if key == "new" else int(key)
        return _act(url, lambda c: address_book.save(c, book, customer_id, row, form), back, "Zapisano.")


def _goods_routes(app: FastAPI, url: str) -> None:
    @app.get("/goods/{index}")
    def card(request: Request, index: str) -> HTMLResponse:
        with transaction(url) as connection:
            return _page(request, "good", **goods.card(connection, index))

    @app.post("/goods/{index}/flag")
    def flag(index: str, on: int = Form()) -> Response:
        done = "Udostępniono w sklepie." if on else "Wycofano ze sklepu."
        return _act(url, lambda c: goods.set_flag(c, index, bool(on)), f"/goods/{index}", done)

    @app.post("/goods/{index}/block")
    def block(index: str, on: int = Form()) -> Response:
        return _act(url, lambda c: goods.set_blocked(c, index, bool(on)), f"/goods/{index}", "Zapisano.")

    @app.post("/goods/{index}")
    async def save(request: Request, index: str) -> Response:
        form = await request.form()

        def work(connection: Connection) -> None:
            numbers = {key: _number(str(value), key) for key, value in form.items() if key[:5] in ("stock", "price")}
            stock = {int(key[6:]): value for key, value in numbers.items() if key.startswith("stock")}
            prices = {int(key[6:]): value for key, value in numbers.items() if key.startswith("price")}
            goods.save(connection, index, name=str(form["name"]), stock=stock, prices=prices)

        return _act(url, work, f"/goods/{index}", "Zapisano.")


def _order_routes(app: FastAPI, url: str) -> None:
    @app.get("/orders/{order_id}")
    def card(request: Request, order_id: int) -> HTMLResponse:
        with transaction(url) as connection:
            shown = orders.card(connection, order_id)
            payers = cards.payers(connection, int(shown["order"]["ID_KONTRAHENTA"]))
            advances = invoices.advances_of(connection, [order_id])
            return _page(request, "order", **shown, payers=payers, advances=advances)

    @app.post("/orders/{order_id}/status")
    def status(order_id: int, letter: str = Form(" ")) -> Response:
        return _act(url, lambda c: orders.set_status(c, order_id, letter), f"/orders/{order_id}", "Ustawiono status.")

    @app.post("/orders/{order_id}/lines")
    async def lines(request: Request, order_id: int) -> Response:
        form = {key: str(value) for key, value in (await request.form()).items()}
        wanted = {
            int(key[4:]): (value, form.get(f"net_{key[4:]}", ""))
            for key, value in form.items()
            if key.startswith("qty_")
        }
        return _act(
            url, lambda c: orders.change_lines(c, order_id, wanted), f"/orders/{order_id}", "Zmieniono pozycje."
        )

    @app.post("/orders/{order_id}/ship")
    def ship(order_id: int, parcel: str = Form(""), carrier: int = Form()) -> Response:
        back = f"/orders/{order_id}"
        return _act(url, lambda c: orders.ship(c, order_id, parcel, carrier), back, "Oznaczono jako wysłane.")

    @app.post("/orders/{order_id}/receive")
    def receive(order_id: int) -> Response:
        return _act(url, lambda c: orders.receive(c, order_id), f"/orders/{order_id}", "Oznaczono jako odebrane.")
