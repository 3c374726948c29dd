"""Converting a lead: it becomes an account, a contact and an opportunity, new or known, in one piece of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from implementor.crm.accounts.services import add_account, change_account
from implementor.crm.contacts.models import Contact, ContactAccount
from implementor.crm.contacts.part_services import AT_ACCOUNTS
from implementor.crm.contacts.queries import rows_of
from implementor.crm.contacts.services import add_contact, change_contact
from implementor.crm.leads import queries
from implementor.crm.leads.catalogue import LEAD
from implementor.crm.leads.field_map import TARGETS, blanks, values_for
from implementor.crm.leads.lifecycle import CONVERTED, SQL, follow
from implementor.crm.leads.models import Lead, LeadConversion
from implementor.crm.leads.opt_outs import carry_opt_outs
from implementor.crm.leads.relinking import give_whereabouts
from implementor.crm.leads.services import keep_fact, refuse_converted, refuse_merged, standing_of
from implementor.crm.opportunities.services import add_opportunity, change_opportunity
from implementor.crm.records import services as records
from implementor.crm.records.queries import record_of
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.encoding import encoded
from implementor.history.services import name_action

New = Literal["new"]
NEW_ONE: New = "new"
Chosen = int | New | None
"""A known record by id, a new one, or none."""
KINDS = ("account", "contact", "opportunity")
ADD: Mapping[str, Callable[..., Any]] = {
    "account": add_account, "contact": add_contact, "opportunity": add_opportunity,
}  # fmt: skip
CHANGE: Mapping[str, Callable[..., None]] = {
    "account": change_account, "contact": change_contact, "opportunity": change_opportunity,
}  # fmt: skip


class NotQualified(Refusal):
    """Only what sales qualified is converted."""


@dataclass(frozen=True)
class Becoming:
    """What a lead is to become; nothing is chosen for anybody. `deal` are values of a new opportunity, by field."""

    account: Chosen = None
    contact: Chosen = None
    opportunity: Chosen = None
    deal: Mapping[str, Any] = field(default_factory=dict)

    def of(self, kind: str) -> Chosen:
        """What was chosen for a kind."""
        chosen: Chosen = getattr(self, kind)
        return chosen


@dataclass
class Work:
    """What a conversion has done so far, by kind: the records, which of them are new, what was filled in."""

    session: Session
    lead: Lead
    by: Actor
    at: datetime
    records: dict[str, Any] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    filled: dict[str, dict[str, Any]] = field(default_factory=dict)
    relinked: dict[str, list[int]] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return Scope(None, self.by)

    def id_of(self, kind: str) -> int | None:
        """The id of the record of a kind that the lead becomes."""
        return self.records[kind].id if kind in self.records else None


def convert_lead(session: Session, lead: Lead, becoming: Becoming, *, by: Actor, at: datetime) -> LeadConversion:
    """Convert a lead; a lead that is converted already answers with what it became, so twice at once makes one set.

    Raises NotQualified, BeyondReach, and InvalidInput naming what was not chosen or cannot be used.
    """
    records.refuse_beyond_reach(session, LEAD, lead, by)
    lead = session.scalars(queries.locked(lead.id)).one()
    refuse_merged(lead)
    if lead.is_converted:
        return _earlier(session, lead)
    if lead.stage != SQL:
        reason = say("%(name)s is not sales qualified yet. Bring it there first, step by step.", name=lead.name)
        raise NotQualified(reason)
    if becoming.account is None and becoming.contact is None:
        raise InvalidInput({"contact": say("Choose a contact or an account: somebody must be there to sell to.")})
    name_action(session, say("Converted %(name)s", name=lead.name), verb="lead.convert")
    work = Work(session, lead, by, at)
    for kind in KINDS:
        _become(work, kind, becoming)
    if "contact" in work.records:
        carry_opt_outs(session, lead, work.records["contact"], by=by, at=at)
    work.relinked = give_whereabouts(session, lead, work.id_of("account"), work.id_of("contact"))
    return _finish(work)


def _earlier(session: Session, lead: Lead) -> LeadConversion:
    known = session.scalars(queries.conversion_of(lead.id)).one_or_none()
    if known is None:  # a file said that it was converted, elsewhere
        refuse_converted(lead)
    assert known is not None
    return known


def _become(work: Work, kind: str, becoming: Becoming) -> None:
    chosen = becoming.of(kind)
    if chosen is None:
        return
    if chosen == NEW_ONE:
        _make(work, kind, becoming.deal if kind == "opportunity" else {})
        return
    record = records.found_to_see(work.session, TARGETS[kind], chosen, work.by, field=kind)
    work.records[kind] = record
    if may_change(work.session, kind, record, work.by):
        _fill(work, kind, record)
    if kind == "contact" and "account" in work.records:
        _let_work_there(work, record)


def _make(work: Work, kind: str, given: Mapping[str, Any]) -> None:
    values = values_for(work.lead, kind) | dict(given)
    if kind == "account" and "name" not in values:
        raise InvalidInput({"account": say("The lead names no company. Choose a known account, or none.")})
    if kind == "contact" and "last_name" not in values:
        raise InvalidInput({"contact": say("The lead names no person. Choose a known contact, or none.")})
    if kind == "opportunity":
        values.setdefault("name", work.lead.company or work.lead.name)
    values |= {name: work.id_of(name) for name in _pointing(kind) if work.id_of(name) is not None}
    record = ADD[kind](work.session, work.scope, values, work.by, work.at)
    work.session.flush()
    work.records[kind], work.made[kind] = record, record.id


def _pointing(kind: str) -> tuple[str, ...]:
    """The fields of a record by which it names what else the lead becomes."""
    return {"account": (), "contact": ("account",), "opportunity": ("account", "contact")}[kind]


def _fill(work: Work, kind: str, record: Any) -> None:
    """Write what the record lacks, and nothing else."""
    values = blanks(work.lead, kind, record)
    for name in _pointing(kind):
        if work.id_of(name) is not None and getattr(record, f"{name}_id") is None:
            values[name] = work.id_of(name)
    if not values:
        return
    CHANGE[kind](work.session, record, values, work.by, work.at)
    entity = TARGETS[kind]
    work.filled[kind] = {
        name: encoded(getattr(record, entity.fields[name].attribute)) for name in values
    }  # fmt: skip


def _let_work_there(work: Work, contact: Contact) -> None:
    """A known contact of another account belongs to this one too."""
    account_id = work.id_of("account")
    rows = work.session.scalars(rows_of(ContactAccount, [contact.id])).all()
    if any(row.account_id == account_id for row in rows) or contact.account_id == account_id:
        return
    if not may_change(work.session, "contact", contact, work.by):
        return
    values = {"contact": contact.id, "account": account_id}
    row = AT_ACCOUNTS.add(work.session, work.scope, values, work.by, work.at)
    work.session.flush()
    work.made["contact_account"] = row.id


def may_change(session: Session, kind: str, record: Any, by: Actor) -> bool:
    """Whether the person may write into a known record; what belongs to others is only pointed at."""
    model = TARGETS[kind].model
    found = record_of(model, Scope(None, by), record.id, "edit").with_only_columns(model.id)
    return session.scalar(found) is not None


def _finish(work: Work) -> LeadConversion:
    """Keep what the lead became, with the versions that tell whether anybody touches it later."""
    session, lead = work.session, work.lead
    before = {f"{kind}_id": getattr(lead, f"{kind}_id") for kind in KINDS}
    for kind in work.records:
        setattr(lead, f"{kind}_id", work.id_of(kind))
    keep_fact(session, lead, follow(standing_of(session, lead), CONVERTED, work.at), by=work.by)
    session.flush()
    versions = {
        kind: [record_id, work.records[kind].version if kind in work.records else 1]
        for kind, record_id in work.made.items()
    }
    conversion = LeadConversion(
        lead_id=lead.id, at=work.at, by_id=work.by.user_id, made=versions, filled=work.filled, before=before,
        relinked=work.relinked,
        **{f"{kind}_id": work.id_of(kind) for kind in KINDS},
    )  # fmt: skip
    session.add(conversion)
    session.flush()
    return conversion
