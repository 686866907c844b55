"""Numbered SQL, applied in the order of its names by `wiadukt.production.migrate`."""
