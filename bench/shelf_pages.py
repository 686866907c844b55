"""Pages of goods in a process that is asked for them line by line, so that two shops can be asked in turns."""

from __future__ import annotations

import json
import random
import sys
import time
from typing import Any

ROUNDS, WARM, COUNTED = 60, 3, 8


def serve(browser: Any, pages: dict[str, list[str]]) -> None:
    """Says what kinds of pages there are; then for each line that names one asks for the next of its addresses and says
    how many milliseconds it took and, the first times, how many queries. No address comes twice: what is warm is the
    process."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    print(json.dumps(list(pages)), flush=True)
    turns = dict.fromkeys(pages, 0)
    coming = {name: iter(addresses) for name, addresses in pages.items()}
    for line in sys.stdin:
        name = line.strip()
        if not name:
            break
        address = next(coming[name])
        start = time.perf_counter()
        _get(browser, address)
        took = (time.perf_counter() - start) * 1000
        asked = 0
        if (turn := turns[name]) < COUNTED:
            with CaptureQueriesContext(connection) as queries:
                _get(browser, address)
            asked = len(queries)
        turns[name] = turn + 1
        print(json.dumps([took, asked]), flush=True)


def _get(browser: Any, address: str) -> None:
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)


def pages_of(goods: int, search: str, product: Any, category: Any) -> dict[str, list[str]]:
    """Addresses of each kind. `product` and `category` say the address of the n-th one; `search` is where words go."""
    from bench.shelf_goods import CATEGORIES, title

    chance, rounds = random.Random(7), range(ROUNDS + WARM)
    numbers = [chance.randrange(goods) for _ in rounds]
    last = max(1, min(40, goods // 24))
    return {
        "listing": [f"/catalogue/?page={chance.randint(1, last)}" for _ in rounds],
        "category": [category(n % CATEGORIES) for n in rounds],
        "search, one product": [f"{search}?q={title(n).split()[-1]}" for n in numbers],
        "search, many products": [f"{search}?q={title(n).split()[0]}" for n in numbers],
        "product's page": [product(n) for n in numbers],
    }
