"""The shop: django-oscar and our apps on it."""
