"""Who can log in: people known by their e-mail address, buyers' and the seller's alike."""

from __future__ import annotations

from oscar.apps.customer.abstract_models import AbstractUser


class User(AbstractUser):
    """A login. Which company's documents it sees is said by `organisations.Member`, never here."""
