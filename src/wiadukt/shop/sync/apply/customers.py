"""A contractor of WAPRO -> an organisation with its people, delivery places and agreed prices."""

from __future__ import annotations

from typing import Any

from wiadukt.contract.address_change import CardPart
from wiadukt.contract.customer import Contact, Customer
from wiadukt.contract.customer import IndividualPrice as ErpPrice
from wiadukt.contract.facts import agreed_fact, categories_fact, thresholds_fact
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.organisations.invitations import invite_later
from wiadukt.shop.organisations.locks import lock_customers
from wiadukt.shop.organisations.models import (
    Branch,
    IndividualPrice,
    Member,
    Organisation,
    Role,
)
from wiadukt.shop.organisations.people import follow_access, give_login, keep_managed, refused_for_address
from wiadukt.shop.sellers.assign import follow_salesman
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.apply.agreements import AGREED_FIELDS, words_of_agreement
from wiadukt.shop.sync.apply.anonymise import anonymise
from wiadukt.shop.sync.apply.batch import Batch
from wiadukt.shop.sync.apply.both_sides import BothSides
from wiadukt.shop.sync.apply.open_money import follow_open_money
from wiadukt.shop.sync.apply.places import follow_places

KIND = "organisation"
DEFAULT_BRANCH = "Centrala"


def apply_customers(customers: list[Customer], missing: list[str], batch: Batch) -> None:
    """Makes, changes, opens and closes organisations. One that WAPRO lost or unflagged is closed, never deleted."""
    lock_customers([*(customer.id for customer in customers), *missing])
    known = {
        organisation.erp_id: organisation
        for organisation in Organisation.objects.filter(erp_id__in=[c.id for c in customers] + missing)
    }
    both = BothSides(known.values(), batch.read_at)
    for erp_id in missing:
        if erp_id in known:
            _save(known[erp_id], {"in_shop": False, "is_open": False}, batch.about(erp_id))
    for customer in sorted(customers, key=lambda customer: customer.id):
        if customer.id in known:
            _change(known[customer.id], customer, batch, both)
        elif customer.in_shop:
            _create(customer, batch, both)
    # An address that one company gave up may be what a person of another one was waiting for.
    for member in refused_for_address():
        give_login(member)
        invite_later(member)


def _is_open(customer: Customer) -> bool:
    return customer.in_shop and not customer.blocked and not customer.is_anonymised


def _create(customer: Customer, batch: Batch, both: BothSides) -> None:
    organisation = Organisation.objects.create(erp_id=customer.id, **_values(customer))
    Branch.objects.create(organisation=organisation, name=DEFAULT_BRANCH, is_default=True)
    record.save([record.change(KIND, organisation, record.CREATED, "", organisation.name, **batch.about(customer.id))])
    _follow_parts(organisation, customer, batch, both)
    inbox.ask_orphans_of(customer.id)


def _change(organisation: Organisation, customer: Customer, batch: Batch, both: BothSides) -> None:
    """What the buyer changed and WAPRO has not taken, or took after this snapshot, is left as he wrote it."""
    values = _values(customer)
    for part in CardPart:
        both.sort_out(organisation, part, values)
    _save(organisation, values, batch.about(customer.id))
    _follow_parts(organisation, customer, batch, both)
    if customer.is_anonymised:
        anonymise(organisation)


def _save(organisation: Organisation, values: dict[str, Any], about: dict[str, str]) -> None:
    changes = record.assign(KIND, organisation, values, **about)
    if changes:  # no more than that: the company's manager may be deciding something just now
        organisation.save(update_fields=[change.field for change in changes])
        record.save(changes)
    changed = {change.field for change in changes}
    if "is_open" in changed:
        follow_access(organisation)
    if "salesman_erp_id" in changed:
        follow_salesman(organisation, about)


def _values(customer: Customer) -> dict[str, Any]:
    terms = customer.terms
    return {
        "code": customer.code,
        "name": customer.name,
        "full_name": customer.full_name,
        "tax_id": customer.tax_id,
        "phone": customer.phone,
        "email": ", ".join(customer.emails)[:255],
        "street": customer.address.street,
        "postal_code": customer.address.postal_code,
        "city": customer.address.city,
        "country": customer.address.country or "PL",
        "correspondence_street": customer.correspondence_address.street,
        "correspondence_postal_code": customer.correspondence_address.postal_code,
        "correspondence_city": customer.correspondence_address.city,
        "correspondence_country": customer.correspondence_address.country or "PL",
        "in_shop": customer.in_shop,
        "is_blocked": customer.blocked,
        "is_open": _is_open(customer),
        "price_level": terms.price_level,
        "price_level_name": terms.price_level_name,
        "price_group": terms.group,
        "price_group_name": terms.group_name,
        "markup_percent": terms.markup_percent,
        "category_terms": categories_fact(terms.category_terms),
        "takes_promotions": terms.takes_promotions,
        "thresholds": thresholds_fact(terms.thresholds),
        "price_rule": terms.rule.as_text(),
        "discount_percent": terms.discount_percent,
        "payment_form": terms.payment_form,
        "payment_days": terms.payment_days,
        "credit_limit": terms.credit_limit,
        "overdue_days": terms.overdue_days,
        "overdue_action": terms.overdue_action.value,
        "currency": terms.currency or "PLN",
        "salesman_erp_id": terms.salesman.id if terms.salesman else "",
        "salesman_name": terms.salesman.name if terms.salesman else "",
        "salesman_phone": terms.salesman.phone if terms.salesman else "",
        "salesman_email": terms.salesman.email if terms.salesman else "",
    }


def _follow_parts(organisation: Organisation, customer: Customer, batch: Batch, both: BothSides) -> None:
    _follow_contacts(organisation, customer, batch)
    follow_places(organisation, customer, batch, both)
    _follow_prices(organisation, customer, batch)
    follow_open_money(organisation, customer, batch.about(customer.id))


def _follow_contacts(organisation: Organisation, customer: Customer, batch: Batch) -> None:
    """Contacts become members; the default one (or the first) of those new to a company without a manager is that.

    Logins come last, when every address of the company is known: two of its people may have swapped theirs.
    """
    people = list(organisation.members.select_related("user"))
    members = {member.erp_contact_id: member for member in people}
    invited = {member.email: member for member in people if member.email and not member.erp_contact_id}
    contacts = sorted(customer.contacts, key=lambda contact: (not contact.is_default, contact.id))
    changes, present = [], []
    named = {contact.id for contact in contacts} | {""}  # the last are people whom the company added in the shop
    managed = any(m.role == Role.MANAGER and m.is_active and m.erp_contact_id in named for m in people)
    for contact in contacts:
        member = _who_is(contact, members, invited)
        if member is None:
            held = customer.id in batch.quiet
            member = _new_member(organisation, contact, Role.BUYER if managed else Role.MANAGER, held=held)
            managed = True
            changes.append(record.change(KIND, organisation, "member", "", str(member), **batch.about(customer.id)))
        else:
            found = record.assign(KIND, member, {"erp_contact_id": contact.id, **_contact_values(contact)})
            if found:
                member.save(update_fields=[c.field for c in found])
                changes += [
                    record.change(KIND, organisation, f"member.{c.field}", c.old, c.new, **batch.about(customer.id))
                    for c in found
                ]
        present.append(member)
    changes += _close_removed(organisation, [m for key, m in members.items() if key], batch.about(customer.id))
    record.save(changes)
    for member in present:
        give_login(member)
        invite_later(member)
    record.save(keep_managed(organisation, **batch.about(customer.id)))


def _who_is(contact: Contact, members: dict[str, Member], invited: dict[str, Member]) -> Member | None:
    """The person of this card; takes him out of what was given.

    Whom the company invited in the shop under the card's address becomes the card, with his login, role and branches;
    a row that this card had and that never got a login gives way to him.
    """
    known = members.pop(contact.id, None)
    address = contact.emails[0].lower() if contact.emails else ""
    if address not in invited or (known is not None and known.user_id is not None):
        return known
    if known is not None:
        known.delete()
    return invited.pop(address)


def _close_removed(organisation: Organisation, members: list[Member], about: dict[str, str]) -> list[Any]:
    changes = []
    for member in members:
        if member.in_erp:
            member.in_erp = False
            member.save(update_fields=["in_erp"])
            changes.append(record.change(KIND, organisation, "member", str(member), "", **about))
    if changes:
        follow_access(organisation)
    return changes


def _new_member(organisation: Organisation, contact: Contact, role: Role, *, held: bool) -> Member:
    member = Member.objects.create(
        organisation=organisation,
        erp_contact_id=contact.id,
        role=role,
        invitation_held=held,
        **_contact_values(contact),
    )
    member.branches.add(organisation.branches.get(is_default=True))
    return member


def _contact_values(contact: Contact) -> dict[str, Any]:
    return {
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "position": contact.position,
        "email": contact.emails[0].lower() if contact.emails else "",
        "other_emails": ", ".join(contact.emails[1:])[:255],
        "phone": contact.phone,
        "in_erp": True,
    }


def _follow_prices(organisation: Organisation, customer: Customer, batch: Batch) -> None:
    wanted = {price.product_id: price for price in customer.terms.individual_prices}
    known = {price.product_index: price for price in organisation.individual_prices.all()}
    gone = [known[index] for index in known.keys() - wanted.keys()]
    organisation.individual_prices.filter(pk__in=[row.pk for row in gone]).delete()
    changes = [_price_change(organisation, row.product_index, row, None, customer, batch) for row in gone]
    for index, price in wanted.items():
        row = known.get(index)
        if row is None or agreed_fact(row) != agreed_fact(price):
            changes.append(_price_change(organisation, index, row, price, customer, batch))
            row = row or IndividualPrice(organisation=organisation, product_index=index)
            for name in AGREED_FIELDS:
                setattr(row, name, getattr(price, name))
            row.save()
    record.save(changes)


def _price_change(
    organisation: Organisation,
    index: str,
    old: IndividualPrice | None,
    new: ErpPrice | None,
    customer: Customer,
    batch: Batch,
) -> Change:
    """The net price or the discount; what has no row had no agreed price."""
    before, after = words_of_agreement(old), words_of_agreement(new)
    return record.change(KIND, organisation, f"agreed_price.{index}"[:60], before, after, **batch.about(customer.id))
