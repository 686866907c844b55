"""Who can log in: people known by their e-mail address, buyers' and the seller's alike."""

from __future__ import annotations

from django.db import models
from django.utils.crypto import salted_hmac
from oscar.apps.customer.abstract_models import AbstractUser


class User(AbstractUser):
    """A login. Which company's documents it sees is said by `organisations.Member`, never here.

    `sessions_ended` counts how often all sessions were ended: it is part of what a session is checked against, so that
    one of before does not come back to life when the login is switched on again.
    """

    sessions_ended = models.PositiveIntegerField(default=0)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        of_password = super()._get_session_auth_hash(secret)
        if not self.sessions_ended:
            return of_password
        return salted_hmac("sessions_ended", f"{of_password} {self.sessions_ended}", algorithm="sha256").hexdigest()

    def end_sessions(self) -> None:
        """The next request of every open session is a stranger's. Does not save."""
        self.sessions_ended += 1
