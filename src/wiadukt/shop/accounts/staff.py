"""The seller's people only."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import user_passes_test
from django.core.exceptions import PermissionDenied


def _is_staff(user: Any) -> bool:
    if not user.is_staff:
        raise PermissionDenied
    return True


staff_only = user_passes_test(_is_staff)


def may_see(user: Any, *_where: Any, **_how: Any) -> bool:
    """For Oscar's menu of the dashboard."""
    return bool(user.is_staff)
