"""Wiadukt joins WAPRO Mag, an ERP, with a B2B e-shop and with production."""

__version__ = "0.1.0"
