"""What the doctor says, in the reader's language. Names of WAPRO's tables and of settings stay what they are."""

from __future__ import annotations

from pathlib import Path

from wiadukt.runtime.words import Words

said = Words("connector", Path(__file__).parents[1] / "locale")
