"""Keeps Python's garbage collector from walking again and again through what a process keeps for ever."""

from __future__ import annotations

import gc


def settle() -> None:
    """To be called once all is loaded and before work begins.

    A full collection goes through every object there is, some 200 ms with Django's and our modules loaded: every tenth
    page or so took that much longer. What is there now stays out of its sight; what comes later is collected as before.
    """
    gc.collect()
    gc.freeze()
