"""`python -m bench.board URL 10000`: the planner's board and plan with so many open job orders, in one process.

Prints the worst 95th percentile of a part that an open screen fetches, in milliseconds as the browser waits for it;
then each page, and what a planner feels in Chromium where that is installed: elements, a change of a colleague until it
is seen, a card dropped on another day until the plan shows it there.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from sqlalchemy import insert, text

from bench.table import at
from wiadukt.production.main import create_app
from wiadukt.production.migrate import migrate
from wiadukt.production.settings import Settings
from wiadukt.production.store import engine_of, job_order, work_request

ROUNDS, DRAGS, LINES = 40, 12, 4
CENTRES = ("cutting", "edging", "drilling", "lacquering")
FLOOR = "\n".join(f'[[work_centre]]\nid = "{one}"\nname = "{one.capitalize()}"' for one in CENTRES)
PAGES = ("/", "/plan", "/terminal")
PARTS = ("/board", "/plan/part")


def main() -> None:
    url, jobs = sys.argv[1], int(sys.argv[2])
    migrate(url)
    fill(url, jobs)
    with serving(url) as address:
        told, worst = [], 0.0
        with httpx.Client(base_url=address, trust_env=False) as client:
            for path in (*PARTS, *PAGES):
                took, size = _timed(client, path)
                told.append(f"{path} {at(took, 0.5):.0f} ms, {at(took, 0.95):.0f} ms, {size / 1000:.0f} kB")
                worst = max(worst, at(took, 0.95)) if path in PARTS else worst
        told += _felt(address, url)
    print(f"{worst:.0f}", "; ".join(told))


def fill(url: str, jobs: int) -> None:
    """Open job orders of four lines an order: on some days before today, and on the four weeks after it."""
    today = date.today()
    orders = [
        {
            "order_number": f"WD-{100000 + n}",
            "customer_name": f"Stolarnia {n % 40}",
            "due_on": today + timedelta(days=n % 33 - 5),
            "content": {},
        }
        for n in range(-(-jobs // LINES))
    ]
    lines = [
        {
            "id": f"{orders[n // LINES]['order_number']}-{n % LINES + 1}",
            "order_number": orders[n // LINES]["order_number"],
            "position": n % LINES + 1,
            "product_id": "FR-DAB-716-396",
            "description": "Front lakierowany dąb 716×396",
            "quantity": 4 + n % 20,
            "unit": "szt.",
            "parameters": [{"id": "width_mm", "value": "396"}, {"id": "decor", "value": "dąb"}],
            "state": ("Waiting", "Waiting", "Waiting", "Held", "Running")[n % 5],
            "work_centre": CENTRES[n % 4],
        }
        for n in range(jobs)
    ]
    engine = engine_of(url)
    with engine.begin() as connection:
        connection.execute(insert(work_request), orders)
        connection.execute(insert(job_order), lines)
        connection.execute(text("ANALYZE"))
    engine.dispose()


@contextmanager
def serving(url: str) -> Iterator[str]:
    """Production as it runs, on a thread; its address."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "machines.toml"
        file.write_text(FLOOR)
        settings = Settings(database_url=url, machines_file=file, connector_url="http://127.0.0.1:9")
        sock = socket.socket()
        sock.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="critical", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def _timed(client: httpx.Client, path: str) -> tuple[list[float], int]:
    took, size = [], 0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        answer = client.get(path)
        took.append((time.perf_counter() - started) * 1000)
        answer.raise_for_status()
        size = len(answer.content)
    return sorted(took), size


def _felt(address: str, url: str) -> list[str]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return ["Chromium not measured: playwright is not installed"]
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        return ["Chromium not measured: it is not installed"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(address + "/plan")
        page.wait_for_timeout(1500)
        elements = page.evaluate("document.querySelectorAll('*').length")
        dropped = sorted(_dropped(page) for _ in range(DRAGS))
        seen = sorted(_seen(page, url) for _ in range(DRAGS))
        browser.close()
    return [
        f"plan in Chromium {elements} elements",
        f"a card dropped until the plan shows it {at(dropped, 0.5):.0f} ms, {at(dropped, 0.95):.0f} ms",
        f"another's change until it is seen {at(seen, 0.5):.0f} ms, {at(seen, 0.95):.0f} ms",
    ]


DROP = """() => new Promise((done) => {
  const card = document.querySelector("[data-day] .card[draggable=true]");
  const days = [...card.closest(".week").querySelectorAll("[data-day]")];
  const target = days[(days.indexOf(card.closest("[data-day]")) + 1) % days.length];
  const id = card.dataset.job, day = target.dataset.day, centre = target.dataset.centre;
  const data = new DataTransfer(), started = performance.now();
  const send = (type, where) => where.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
  send("dragstart", card); send("dragover", target); send("drop", target); send("dragend", card);
  const look = () => {
    const there = document.querySelector(`[data-day="${day}"][data-centre="${centre}"] [data-job="${CSS.escape(id)}"]`);
    if (there && there !== card) requestAnimationFrame(() => done(performance.now() - started));
    else setTimeout(look, 4);
  };
  look();
})"""  # noqa: E501


def _dropped(page: Any) -> float:
    """Until the server's plan has replaced the card that was let go; the card itself is there at once."""
    return float(page.evaluate(DROP))


def _seen(page: Any, url: str) -> float:
    """From the commit in the base until the browser has put the new count in its place."""
    engine = engine_of(url)
    job_id, before = page.evaluate(
        "() => { const card = document.querySelector('[data-day] .card[draggable=true]');"
        " return [card.dataset.job, card.querySelector('b').textContent]; }"
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE job_order SET good = good + 1 WHERE id = :id"), {"id": job_id})
    started = time.perf_counter()
    page.wait_for_function(
        "([id, before]) => document.querySelector(`[data-job='${id}'] b`)?.textContent !== before",
        arg=[job_id, before],
        polling=5,
    )
    engine.dispose()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
