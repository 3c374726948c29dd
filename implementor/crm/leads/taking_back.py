"""Taking a conversion back while nobody has touched what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select, true
from sqlalchemy.orm import Session

from implementor.crm.contacts.models import ContactAccount
from implementor.crm.leads import queries
from implementor.crm.leads.catalogue import LEAD
from implementor.crm.leads.converting import CHANGE, KINDS
from implementor.crm.leads.field_map import TARGETS
from implementor.crm.leads.models import Lead, LeadConversion
from implementor.crm.leads.relinking import forget_whereabouts
from implementor.crm.leads.services import take_back_fact
from implementor.crm.records import services as records
from implementor.crm.records.references import references_to
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.encoding import encoded
from implementor.history.services import name_action

MOMENTS = ("created_at", "at", "noted_at")
"""Columns that say when a row came to be."""


class NotConverted(Refusal):
    """There is no conversion to take back."""


class TouchedSince(Refusal):
    """Somebody has worked with what the lead became."""


def take_back_conversion(session: Session, lead: Lead, *, by: Actor, at: datetime) -> LeadConversion:
    """Put away what the conversion made, empty what it filled in, and let the lead be sales qualified again.

    What people refused stays refused. Raises NotConverted, BeyondReach, and TouchedSince saying what was touched.
    """
    records.refuse_beyond_reach(session, LEAD, lead, by)
    lead = session.scalars(queries.locked(lead.id)).one()
    conversion = session.scalars(queries.conversion_of(lead.id)).one_or_none()
    if conversion is None:
        raise NotConverted(say("%(name)s was not converted here, so there is nothing to take back.", name=lead.name))
    name_action(session, say("Took the conversion of %(name)s back", name=lead.name), verb="lead.take_back")
    touched = touched_since(session, conversion)
    if touched is not None:
        raise TouchedSince(
            say("%(title)s was worked with since, so the conversion stays. Change it there.", title=touched)
        )
    for kind in reversed(KINDS):
        _undo_kind(session, conversion, kind, by, at)
    _leave_account(session, conversion, by, at)
    forget_whereabouts(session, conversion)
    _back_to_sales(session, lead, conversion, by, at)
    return conversion


def touched_since(session: Session, conversion: LeadConversion) -> str | None:
    """The title of a record that was changed, or that something points at since; None while nothing was touched."""
    for kind, (record_id, version) in conversion.made.items():
        if kind not in TARGETS:
            continue
        record = session.get_one(TARGETS[kind].model, record_id)
        if record.version != version or _is_pointed_at(session, conversion, kind, record_id):
            return str(record.name)
    for kind, values in conversion.filled.items():
        record = session.get_one(TARGETS[kind].model, getattr(conversion, f"{kind}_id"))
        fields = TARGETS[kind].fields
        if any(encoded(getattr(record, fields[name].attribute)) != value for name, value in values.items()):
            return str(record.name)
    return None


def _is_pointed_at(session: Session, conversion: LeadConversion, kind: str, record_id: int) -> bool:
    """Whether any row names the record that did not come with the conversion itself."""
    return any(
        session.scalar(select(1).select_from(table).where(points, _is_later(table, conversion)).limit(1)) is not None
        for table, points in references_to(TARGETS[kind].model, record_id)
    )


def _is_later(table: Table, conversion: LeadConversion) -> ColumnElement[bool]:
    if table is Lead.__table__:
        return table.c.id != conversion.lead_id
    if table is LeadConversion.__table__:
        return table.c.lead_id != conversion.lead_id
    if table.name in conversion.relinked:
        return table.c.id.not_in(conversion.relinked[table.name])
    moment: Column[Any] | None = next((table.c[name] for name in MOMENTS if name in table.c), None)
    return true() if moment is None else moment != conversion.at


def _undo_kind(session: Session, conversion: LeadConversion, kind: str, by: Actor, at: datetime) -> None:
    if kind in conversion.made:
        record = session.get_one(TARGETS[kind].model, conversion.made[kind][0])
        record.archived_at, record.archived_by_id = at, by.user_id
    elif kind in conversion.filled:
        record = session.get_one(TARGETS[kind].model, getattr(conversion, f"{kind}_id"))
        names = [name for name in conversion.filled[kind] if name != "currency"]
        CHANGE[kind](session, record, dict.fromkeys(names), by, at)


def _leave_account(session: Session, conversion: LeadConversion, by: Actor, at: datetime) -> None:
    if "contact_account" in conversion.made:
        row = session.get_one(ContactAccount, conversion.made["contact_account"][0])
        row.archived_at, row.archived_by_id = at, by.user_id


def _back_to_sales(session: Session, lead: Lead, conversion: LeadConversion, by: Actor, at: datetime) -> None:
    last = session.scalars(queries.last_event(lead.id)).one()
    take_back_fact(session, lead, last, at=at)
    for name, value in conversion.before.items():
        setattr(lead, name, value)
    conversion.undone_at, conversion.undone_by_id = at, by.user_id
