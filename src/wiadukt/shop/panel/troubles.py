"""People and companies who can't log in, each with the reason and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.organisations.models import Member, MemberProblem, Organisation
from wiadukt.shop.sellers import access

PAGE_SIZE = 50


@dataclass(frozen=True)
class Trouble:
    """`where` finds the people (or companies) concerned."""

    word: Promise
    remedy: Promise
    where: Q
    may_invite: bool = False


def people_troubles() -> dict[str, Trouble]:
    """Every reason that a person named in WAPRO has no working login, and what deserves a look."""
    late = timezone.now() - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    open_company = Q(organisation__is_open=True, in_erp=True, is_active=True)
    return {
        "no_email": Trouble(
            _("no e-mail address"),
            _("Write one address on the contact's card in WAPRO: the invitation goes out by itself."),
            open_company & Q(problem=MemberProblem.NO_EMAIL),
        ),
        "email_taken": Trouble(
            _("the address is another login's"),
            _("One address is one login: give this contact an address of his own in WAPRO."),
            open_company & Q(problem=MemberProblem.EMAIL_TAKEN),
        ),
        "several": Trouble(
            _("several addresses in one field"),
            _("The first one is the login. Make a contact of its own in WAPRO for each other person."),
            open_company & ~Q(other_emails=""),
        ),
        "held": Trouble(
            _("taken over, not invited yet"),
            _("Send the invitation when the company is to start."),
            open_company & Q(invitation_held=True, invited_at=None, user__is_active=True),
            may_invite=True,
        ),
        "expired": Trouble(
            _("the invitation has expired"),
            _("Send another one: its link works for a week."),
            open_company & Q(invited_at__lt=late, user__is_active=True, user__last_login=None),
            may_invite=True,
        ),
        "removed": Trouble(
            _("no longer among WAPRO's contacts"),
            _("The login is off and the history stays. Add the contact in WAPRO again to let the person in."),
            Q(organisation__is_open=True, in_erp=False, organisation__is_anonymised=False) & ~Q(erp_contact_id=""),
        ),
    }


def company_troubles() -> dict[str, Trouble]:
    """Why a company that was in the shop is closed, or none of its people can log in."""
    able = Member.objects.filter(organisation=OuterRef("pk"), user__is_active=True)
    return {
        "nobody": Trouble(
            _("nobody of the company can log in"),
            _("Add a contact with an e-mail to the contractor's card in WAPRO: the invitation goes out by itself."),
            Q(is_open=True) & ~Q(Exists(able)),
        ),
        "anonymised": Trouble(
            _("personal data removed"),
            _("Nothing to do: logins are gone for good, documents stay without personal data."),
            Q(is_anonymised=True),
        ),
        "blocked": Trouble(
            _("blocked in WAPRO"),
            _("Unblock the contractor's card in WAPRO: the logins come back by themselves."),
            Q(is_blocked=True, in_shop=True, is_anonymised=False),
        ),
        "unflagged": Trouble(
            _("no longer chosen for the shop"),
            _("Give the contractor the shop's flag in WAPRO again: the logins come back by themselves."),
            Q(in_shop=False, is_anonymised=False),
        ),
    }


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """One kind of trouble at a time; the tabs say how many there are of each."""
    people, companies = people_troubles(), company_troubles()
    buyers, members = access.whole_organisations_of(request.user), access.members_of(request.user)
    counts = {code: members.filter(one.where).count() for code, one in people.items()}
    counts |= {code: buyers.filter(one.where).count() for code, one in companies.items()}
    asked = request.GET.get("what", "")
    if asked not in counts:
        asked = next((code for code, n in counts.items() if n), "no_email")
    found: QuerySet = Organisation.objects.none()
    if asked in people:
        found = members.filter(people[asked].where).select_related("organisation", "user")
        found = found.order_by("organisation__name", F("last_name"), "pk")
    else:
        found = buyers.filter(companies[asked].where).order_by("name")
    trouble = (people | companies)[asked]
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "tabs": [(code, one.word, counts[code]) for code, one in (people | companies).items()],
        "asked": asked,
        "trouble": trouble,
        "is_person": asked in people,
    }
    return render(request, "panel/troubles.html", context)
