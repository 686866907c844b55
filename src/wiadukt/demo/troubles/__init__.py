"""Fifteen troubles that the overview of the control panel must tell apart, each with the way to stage and to mend it.

`wiadukt demo trouble NAME` stages one in the running demo, `--mend` mends it; `make troubles` goes through all of them
and sees what the panel says. What an administrator does about each: docs/troubles.md.
"""

from __future__ import annotations

from wiadukt.demo.troubles import base, connector, flow, orders
from wiadukt.demo.troubles.stage import Trouble

TROUBLES: dict[str, Trouble] = connector.TROUBLES | base.TROUBLES | orders.TROUBLES | flow.TROUBLES
