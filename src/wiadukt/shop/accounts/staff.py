"""The seller's people only; which buyers each of them sees is said by `sellers.access`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import user_passes_test
from django.core.exceptions import PermissionDenied


def only(may: Callable[[Any], bool]) -> Callable[..., Any]:
    """A decorator for views: a stranger is led to the door, somebody else is refused."""

    def test(user: Any) -> bool:
        if not may(user):
            raise PermissionDenied
        return True

    return user_passes_test(test)


def may_see(user: Any, *_where: Any, **_how: Any) -> bool:
    """For Oscar's menu of the dashboard."""
    return bool(user.is_staff)


def may_see_intake(user: Any, *_where: Any, **_how: Any) -> bool:
    """Administrators and people who look after goods."""
    return bool(user.is_staff and user.has_perm("catalogue.change_product"))


staff_only = only(may_see)
goods_only = only(may_see_intake)
administrators_only = only(lambda user: user.is_staff and user.is_superuser)
