"""How people read on the screen."""

from __future__ import annotations

from django import template

from wiadukt.shop.organisations.models import Member

register = template.Library()


@register.filter
def initials(member: Member) -> str:
    """Two letters for a face that nobody photographed."""
    names = [name for name in (member.first_name, member.last_name, member.email) if name]
    return "".join(name[0] for name in names[:2]).upper()
