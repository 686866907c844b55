"""Keeps Python's garbage collector from walking again and again through what a process keeps for ever."""

from __future__ import annotations

import gc

YOUNG = 10_000
"""Objects made since the last walk that begin another. A page makes some thousands, and nearly all of them go by
themselves: with Python's 700 each page paid for several walks, and each tenth or so for one through all of them."""


def settle() -> None:
    """To be called once all is loaded and before work begins.

    A full collection goes through every object there is, some 200 ms with Django's and our modules loaded: every tenth
    page or so took that much longer. What is there now stays out of its sight; what comes later is collected as before,
    only less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
