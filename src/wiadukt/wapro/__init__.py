"""Beside the ERP: the anti-corruption layer, the only room with Polish table names."""
