"""The addresses of invoices, corrections and payments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, Response

from wiadukt.demo.office import cards, corrections, invoices, payments
from wiadukt.demo.office.base import Connection, OfficeError, transaction
from wiadukt.demo.office.documents import ADVANCE, BASE_CURRENCY, RECEIPT, SALE, FinalShape, How
from wiadukt.demo.office.terms import number

Act = Callable[..., Response]
Page = Callable[..., HTMLResponse]


def add(app: FastAPI, url: str, act: Act, page: Page) -> None:
    """Forms post to these; what was refused is said on the page they came from and nothing is saved."""
    _issuing(app, url, act, page)
    _one(app, url, act, page)
    _settling(app, url, act)
    _account(app, url, act, page)


def how_of(form: Mapping[str, Any], kind: int = SALE) -> How:
    """How the form says that the document is made; raises OfficeError with the field at fault."""
    currency = str(form.get("currency", BASE_CURRENCY)).strip().upper() or BASE_CURRENCY
    rate = number(str(form.get("rate") or "1"), "Kurs")
    if rate <= 0 or len(currency) != 3:
        raise OfficeError("Waluta i kurs: wpisz trzy litery i kurs większy od zera.")
    final = str(form.get("final", ""))
    return How(
        days=int(number(str(form.get("days", "14")), "Termin")),
        kind=RECEIPT if form.get("kind") == "receipt" else kind,
        payer=int(str(form.get("payer") or 0)) or None,
        currency=currency,
        rate=rate if currency != BASE_CURRENCY else Decimal(1),
        transport=number(str(form.get("transport") or "0"), "Transport"),
        final=final if final in get_args(FinalShape) else "",  # type: ignore[arg-type]
    )


def _issuing(app: FastAPI, url: str, act: Act, page: Page) -> None:
    @app.post("/orders/{order_id}/invoice")
    async def invoice(request: Request, order_id: int) -> Response:
        """A document, or with `kind` delivery only the WZ."""
        form = await request.form()
        only_goods = form.get("kind") == "delivery"

        def work(connection: Connection) -> None:
            wanted = {
                Decimal(key[4:]): number(str(value), "Ilość") for key, value in form.items() if key.startswith("qty_")
            }
            if only_goods:
                invoices.deliver(connection, [order_id], wanted)
            else:
                how = how_of(form)
                invoices.issue(connection, [order_id], wanted, how.days, how)

        return act(url, work, f"/orders/{order_id}", "Wydano towar." if only_goods else "Wystawiono fakturę.")

    @app.post("/orders/{order_id}/advance")
    async def advance(request: Request, order_id: int) -> Response:
        form = await request.form()

        def work(connection: Connection) -> int:
            percent = number(str(form.get("percent", "")), "Procent")
            return invoices.issue_advance(connection, order_id, percent, how_of(form, ADVANCE))

        return act(url, work, f"/orders/{order_id}", "Wystawiono fakturę zaliczkową.")

    @app.get("/invoices/new/{customer_id}")
    def new(request: Request, customer_id: int) -> HTMLResponse:
        with transaction(url) as connection:
            found, notes = invoices.open_orders(connection, customer_id), invoices.open_notes(connection, customer_id)
            payers = cards.payers(connection, customer_id)
        return page(request, "invoice_new", found=found, notes=notes, payers=payers, customer_id=customer_id)

    @app.post("/invoices/new/{customer_id}")
    async def make(request: Request, customer_id: int) -> Response:
        form = await request.form()
        orders, notes = ([int(str(value)) for value in form.getlist(name)] for name in ("order", "note"))

        def work(connection: Connection) -> int:
            if bool(orders) == bool(notes):
                raise OfficeError("Zamówienia albo WZ: zaznacz przynajmniej jedno, z jednej z list.")
            how = how_of(form)
            if notes:
                return invoices.issue_for_notes(connection, notes, how.days, how)
            return invoices.issue_for_orders(connection, orders, how.days, how)

        return act(url, work, f"/invoices/new/{customer_id}", "Wystawiono fakturę.", to="/invoices/{}")


def _one(app: FastAPI, url: str, act: Act, page: Page) -> None:
    @app.get("/invoices/{invoice_id}")
    def card(request: Request, invoice_id: int) -> HTMLResponse:
        with transaction(url) as connection:
            return page(request, "invoice", **cards.invoice_card(connection, invoice_id))

    @app.post("/invoices/{invoice_id}/correct")
    async def correct(request: Request, invoice_id: int) -> Response:
        """To the quantities of the form, or with `zero` to nothing."""
        form = await request.form()

        def work(connection: Connection) -> int:
            if "zero" in form:
                return corrections.to_zero(connection, [invoice_id])
            fields = ((key, value) for key, value in form.items() if key.startswith("line_"))
            wanted = {int(key[5:]): number(str(value), "Ilość po korekcie") for key, value in fields}
            return corrections.correct(connection, wanted)

        return act(url, work, f"/invoices/{invoice_id}", "Wystawiono korektę.", to="/invoices/{}")

    @app.post("/invoices/{invoice_id}/due")
    def due(invoice_id: int, day: date = Form()) -> Response:
        return act(url, lambda c: invoices.set_due(c, invoice_id, day), f"/invoices/{invoice_id}", "Zapisano termin.")

    @app.post("/invoices/{invoice_id}/interest")
    def interest(invoice_id: int, amount: str = Form()) -> Response:
        def work(connection: Connection) -> None:
            payments.set_interest(connection, invoice_id, number(amount, "Odsetki"))

        return act(url, work, f"/invoices/{invoice_id}", "Zapisano odsetki.")


def _settling(app: FastAPI, url: str, act: Act) -> None:
    @app.post("/invoices/{invoice_id}/pay")
    def pay(invoice_id: int, amount: str = Form(), form: str = Form("przelew"), surplus: str = Form("")) -> Response:
        def work(connection: Connection) -> None:
            where: Any = surplus if surplus in get_args(payments.Surplus) else None
            payments.pay(connection, invoice_id, number(amount, "Kwota"), form=form, surplus=where)

        return act(url, work, f"/invoices/{invoice_id}", "Zarejestrowano wpłatę.")

    @app.post("/invoices/{invoice_id}/assign")
    def assign(invoice_id: int, payment: int = Form()) -> Response:
        done = "Rozliczono wpłatę."
        return act(url, lambda c: payments.settle(c, payment, invoice_id), f"/invoices/{invoice_id}", done)

    @app.post("/invoices/{invoice_id}/set-off")
    def set_off(invoice_id: int, correction: int = Form()) -> Response:
        done = "Skompensowano z korektą."
        return act(url, lambda c: payments.set_off(c, invoice_id, correction), f"/invoices/{invoice_id}", done)

    @app.post("/invoices/{invoice_id}/take-back")
    def take_back(invoice_id: int, part: int = Form()) -> Response:
        return act(url, lambda c: payments.take_back(c, part), f"/invoices/{invoice_id}", "Cofnięto rozliczenie.")


def _account(app: FastAPI, url: str, act: Act, page: Page) -> None:
    @app.get("/accounts/{payer_id}")
    def account(request: Request, payer_id: int) -> HTMLResponse:
        with transaction(url) as connection:
            return page(request, "account", **cards.account_card(connection, payer_id))

    @app.post("/accounts/{payer_id}/money")
    def money(
        payer_id: int, amount: str = Form(), form: str = Form("przelew"), currency: str = Form(BASE_CURRENCY)
    ) -> Response:
        def work(connection: Connection) -> None:
            value, symbol = number(amount, "Kwota"), currency.strip().upper() or BASE_CURRENCY
            payments.receive(connection, payer_id, value, form=form, currency=symbol)

        return act(url, work, f"/accounts/{payer_id}", "Zarejestrowano wpłatę bez przypisania.")

    @app.post("/accounts/{payer_id}/charge")
    def charge(payer_id: int, amount: str = Form(), document: str = Form(""), days: str = Form("14")) -> Response:
        def work(connection: Connection) -> None:
            value, due = number(amount, "Kwota"), int(number(days, "Termin"))
            payments.charge(connection, payer_id, value, document=document, days=due)

        return act(url, work, f"/accounts/{payer_id}", "Zapisano należność.")

    @app.post("/accounts/{payer_id}/discharge")
    def discharge(payer_id: int, debt: int = Form()) -> Response:
        return act(url, lambda c: payments.discharge(c, debt), f"/accounts/{payer_id}", "Rozliczono należność.")

    @app.post("/accounts/{payer_id}/return")
    def give_back(payer_id: int, payment: int = Form()) -> Response:
        return act(url, lambda c: payments.return_money(c, payment), f"/accounts/{payer_id}", "Zwrócono wpłatę.")

    @app.post("/accounts/{payer_id}/correct")
    async def correct(request: Request, payer_id: int) -> Response:
        """A collective correction, to zero."""
        chosen = [int(str(value)) for value in (await request.form()).getlist("invoice")]
        done = "Wystawiono korektę zbiorczą."
        back = f"/accounts/{payer_id}"
        return act(url, lambda c: corrections.to_zero(c, chosen), back, done, to="/invoices/{}")
