"""What becomes of each field of a lead when it is converted: one table, read by the conversion and by its preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.contacts.catalogue import CONTACT
from implementor.crm.leads.catalogue import LEAD
from implementor.crm.leads.models import Lead
from implementor.crm.leads.own_map import fits, own_map
from implementor.crm.opportunities.catalogue import OPPORTUNITY
from implementor.foundation.fields import Entity

TARGETS: Mapping[str, Entity] = {"account": ACCOUNT, "contact": CONTACT, "opportunity": OPPORTUNITY}
MAP: Mapping[str, tuple[str, ...]] = {
    "company": ("account.name",),
    "first_name": ("contact.first_name",),
    "last_name": ("contact.last_name",),
    "job_title": ("contact.job_title",),
    "industry": ("account.industry",),
    "language": ("contact.language",),
    "source": ("opportunity.source",),
    "need": ("opportunity.description",),
    "potential": ("opportunity.amount",),
    "currency": ("opportunity.currency",),
    "description": ("contact.description",),
    "email": ("contact.email",),
    "phone": ("contact.phone",),
    "website": ("account.website",),
    "street": ("account.street", "contact.street"),
    "postcode": ("account.postcode", "contact.postcode"),
    "city": ("account.city", "contact.city"),
    "region": ("account.region", "contact.region"),
    "country": ("account.country", "contact.country"),
    "owner": ("account.owner", "contact.owner", "opportunity.owner"),
}
"""Field of the lead -> the fields of what it becomes that take its value, where they are blank."""
STAYS = frozenset({
    "name", "campaign", "urgency", "score", "account", "contact", "opportunity", "stage", "stage_since", "began_at",
    "mql_at", "sal_at", "sql_at", "converted_at", "entered", "reached", "handed_over", "about",
    "created_at", "updated_at",
})  # fmt: skip
"""What is about the lead and its way, and is read there."""
BY_CONSENT = frozenset({"opted_out", "do_not_call"})
"""What people asked for; it is carried over by rules of its own (`opt_outs`), never weakened."""
ADDRESS = frozenset({"street", "postcode", "city", "region", "country"})


@dataclass(frozen=True)
class Carried:
    """One value on its way: the field of the lead, the kind and field it goes to, and the value as it is stored."""

    source: str
    kind: str
    field: str
    attribute: str
    value: Any


def carried(lead: Lead) -> list[Carried]:
    """Every value of a lead that goes somewhere, in the order of the lead's fields."""
    found, mapped = [], whole_map()
    for source in (name for name in LEAD.fields if name in mapped):
        value = getattr(lead, LEAD.fields[source].attribute)
        for target in mapped[source] if value not in (None, "") else ():
            kind, _dot, name = target.partition(".")
            field = TARGETS[kind].fields[name]
            if fits(field, value):
                found.append(Carried(source, kind, name, field.attribute, value))
    return found


def whole_map() -> Mapping[str, tuple[str, ...]]:
    """The map with the fields of one's own that are live."""
    return {**MAP, **own_map(LEAD, TARGETS)}


def values_for(lead: Lead, kind: str) -> dict[str, Any]:
    """The values of a new record of a kind, by field name."""
    values = {one.field: one.value for one in carried(lead) if one.kind == kind}
    if kind == "contact" and "last_name" not in values and "first_name" in values:
        values["last_name"] = values.pop("first_name")  # one name alone is the one that a contact must have
    if kind == "opportunity" and "amount" not in values:
        values.pop("currency", None)
    return values


def blanks(lead: Lead, kind: str, record: Any) -> dict[str, Any]:
    """What an existing record lacks and the lead knows, by field name. An address is taken whole or not at all."""
    values = values_for(lead, kind)
    values.pop("owner", None)
    if any(getattr(record, name, None) for name in ADDRESS):
        values = {name: value for name, value in values.items() if name not in ADDRESS}
    if kind == "contact" and record.last_name != values.get("last_name"):
        values.pop("first_name", None)  # it belongs to another last name
    if kind == "opportunity" and record.amount is not None:
        values.pop("currency", None)
    return {
        name: value
        for name, value in values.items()
        if getattr(record, TARGETS[kind].fields[name].attribute) in (None, "")
    }


def unmapped() -> list[str]:
    """Fields of a lead that nobody decided about, such as those a release has added: the preview names them.

    What upper packages only show of it, such as the campaign it came from, is theirs to carry over.
    """
    decided = {*whole_map(), *STAYS, *BY_CONSENT}
    return [name for name, one in LEAD.fields.items() if one.editable and name not in decided]
