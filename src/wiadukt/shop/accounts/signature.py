"""Who did it, as the history names him: the person himself, or one of the seller's people in his name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

STAFF, BUYER = "staff", "buyer"


def signature(user: Any) -> dict[str, str]:
    """`origin` and `author` for a row of history.

    `user.acting_staff` is set by the middleware while one of the seller's people acts in this person's name.
    """
    staff = getattr(user, "acting_staff", None)
    if staff is not None:
        author = _("%(staff)s for %(person)s") % {"staff": staff.email, "person": user.email}
        return {"origin": STAFF, "author": author[:254]}
    return {"origin": STAFF if user.is_staff else BUYER, "author": user.email}
