"""Finding leads, the facts of their way, what they became, and records that may be the same people and companies."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from implementor.auth.models import User
from implementor.calendars.models import BusinessCalendar
from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact, ContactEmail, ContactPhone
from implementor.crm.leads.lifecycle import MQL
from implementor.crm.leads.models import Lead, LeadConversion, LeadEvent
from implementor.crm.opportunities.models import OPEN, Opportunity
from implementor.crm.records.queries import records_in_use, within
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef

MOST_CANDIDATES = 20


def lead_to_change(lead_id: int, scope: Scope) -> Select[Lead]:
    """A lead in use that the actor sees."""
    found: Select[Lead] = records_in_use(Lead, scope)
    return found.where(Lead.id == lead_id)


def locked(lead_id: int) -> Select[Lead]:
    """A lead that nobody else changes until the transaction ends, as it is stored now."""
    return select(Lead).where(Lead.id == lead_id).with_for_update().execution_options(populate_existing=True)


# --- its way ----------------------------------------------------------------------------------------------------------


def stages_seen(lead_id: int, cycle: int) -> Select[str]:
    """The stages that a lead has been in during a cycle."""
    return select(LeadEvent.to_stage).where(
        LeadEvent.lead_id == lead_id, LeadEvent.cycle == cycle, LeadEvent.undone_at.is_(None)
    )


def stages_seen_of(lead_ids: Collection[int]) -> Rows:
    """Rows (lead_id, cycle, stage) of the stages that leads have been in."""
    return select(LeadEvent.lead_id, LeadEvent.cycle, LeadEvent.to_stage).where(
        LeadEvent.lead_id.in_(list(lead_ids)), LeadEvent.undone_at.is_(None)
    )


def last_event(lead_id: int) -> Select[LeadEvent]:
    """The newest fact of a lead's way that stands."""
    newest = select(LeadEvent).where(LeadEvent.lead_id == lead_id, LeadEvent.undone_at.is_(None))
    return newest.order_by(LeadEvent.id.desc()).limit(1)


def events_of(lead_id: int) -> Rows:
    """Rows (event, who) of a lead's way, oldest first."""
    found = select(LeadEvent, User.name.label("who")).outerjoin(User, User.id == LeadEvent.by_id)
    return found.where(LeadEvent.lead_id == lead_id, LeadEvent.undone_at.is_(None)).order_by(LeadEvent.id)


def events_of_subject(condition: ColumnElement[bool], actor: Actor, *, before: datetime | None, limit: int) -> Rows:
    """The latest facts of leads that a condition finds: (event, lead_id, name, who)."""
    found = (
        select(LeadEvent, Lead.name, User.name.label("who"))
        .join(Lead, Lead.id == LeadEvent.lead_id)
        .outerjoin(User, User.id == LeadEvent.by_id)
        .where(
            condition,
            Lead.archived_at.is_(None),
            Lead.merged_into_id.is_(None),
            within(Lead, actor),
            LeadEvent.undone_at.is_(None),
        )
        .order_by(LeadEvent.at.desc(), LeadEvent.id.desc())
        .limit(limit)
    )
    return found if before is None else found.where(LeadEvent.at < before)


def conversion_of(lead_id: int) -> Select[LeadConversion]:
    """What a lead became, if that was not taken back."""
    return select(LeadConversion).where(LeadConversion.lead_id == lead_id, LeadConversion.undone_at.is_(None))


def pointers_of(lead_id: int) -> Rows:
    """One row (about_kind, about_id, account_id, contact_id, opportunity_id, email_key, phone_key, company_key,
    name_key, stage)."""
    return select(
        Lead.about_kind, Lead.about_id, Lead.account_id, Lead.contact_id, Lead.opportunity_id, Lead.email_key,
        Lead.phone_key, Lead.company_key, Lead.name_key, Lead.stage, Lead.cycle,
    ).where(Lead.id == lead_id)  # fmt: skip


def waiting(actor: Actor) -> Rows:
    """Rows (id, name, company, mql_at, stage_since, who) of leads that marketing qualified and sales has not accepted,
    those that wait longest first."""
    found = records_in_use(Lead, Scope(None, actor)).outerjoin(User, User.id == Lead.owner_id)
    return (
        found.where(Lead.stage == MQL)
        .with_only_columns(Lead.id, Lead.name, Lead.company, Lead.stage_since, User.name.label("who"))
        .order_by(Lead.stage_since, Lead.id)
    )


def usual_calendar() -> Select[BusinessCalendar]:
    """The calendar that hand-overs are counted by: the one that has been in use for longest."""
    return select(BusinessCalendar).where(BusinessCalendar.archived_at.is_(None)).order_by(BusinessCalendar.id).limit(1)


def leads_about(ref: RecordRef, actor: Actor) -> Rows:
    """Rows (id, name, stage) of the leads that came out of a record, the newest first."""
    found = records_in_use(Lead, Scope(None, actor)).where(Lead.about_kind == ref.kind, Lead.about_id == ref.id)
    return found.with_only_columns(Lead.id, Lead.name, Lead.stage).order_by(Lead.id.desc())


# --- who it may be ----------------------------------------------------------------------------------------------------


def accounts_like(company_key: str | None, website: str | None, actor: Actor) -> Rows:
    """Rows (id, name, city, name_key, website) of accounts with exactly this name or website."""
    ways = [Account.name_key == company_key] if company_key else []
    ways += [Account.website == website] if website else []
    found = records_in_use(Account, Scope(None, actor)).where(or_(*ways) if ways else Account.id.is_(None))
    columns = (Account.id, Account.name, Account.city, Account.name_key, Account.website)
    return found.with_only_columns(*columns).order_by(Account.id).limit(MOST_CANDIDATES)


def contacts_like(name_key: str | None, email_key: str | None, phone_key: str | None, actor: Actor) -> Rows:
    """Rows (id, name, email, account, account_id, name_key, by_email, by_phone) of contacts with exactly this name,
    one of these mail addresses or numbers."""
    email = select(ContactEmail.contact_id).where(ContactEmail.address_key == email_key, _in_use(ContactEmail))
    phone = select(ContactPhone.contact_id).where(ContactPhone.number_key == phone_key, _in_use(ContactPhone))
    ways = [Contact.name_key == name_key] if name_key else []
    ways += [Contact.id.in_(email)] if email_key else []
    ways += [Contact.id.in_(phone)] if phone_key else []
    account = select(Account.name).where(Account.id == Contact.account_id, within(Account, actor)).scalar_subquery()
    found = records_in_use(Contact, Scope(None, actor)).where(or_(*ways) if ways else Contact.id.is_(None))
    columns = (
        Contact.id, Contact.name, Contact.email, account.label("account"), Contact.account_id, Contact.name_key,
        Contact.id.in_(email).label("by_email"), Contact.id.in_(phone).label("by_phone"),
    )  # fmt: skip
    return found.with_only_columns(*columns).order_by(Contact.id).limit(MOST_CANDIDATES)


def _in_use(model: type[ContactEmail | ContactPhone]) -> ColumnElement[bool]:
    return model.archived_at.is_(None)


def leads_like(lead_id: int, email_key: str | None, phone_key: str | None, actor: Actor) -> Rows:
    """Rows (id, name, company, stage) of other leads with this mail address or number."""
    ways = [Lead.email_key == email_key] if email_key else []
    ways += [Lead.phone_key == phone_key] if phone_key else []
    found = records_in_use(Lead, Scope(None, actor)).where(or_(*ways) if ways else Lead.id.is_(None))
    found = found.where(Lead.id != lead_id).order_by(Lead.id).limit(MOST_CANDIDATES)
    return found.with_only_columns(Lead.id, Lead.name, Lead.company, Lead.stage)


def open_sales(account_id: int, actor: Actor) -> Rows:
    """Rows (id, name) of the open opportunities of an account."""
    found = records_in_use(Opportunity, Scope(None, actor))
    found = found.where(Opportunity.account_id == account_id, Opportunity.status == OPEN)
    return found.with_only_columns(Opportunity.id, Opportunity.name).order_by(Opportunity.id).limit(MOST_CANDIDATES)


def asked_for_nothing(address_key: str) -> Select[int]:
    """How many contacts, archived ones too, asked for no advertising at this mail address."""
    found = select(func.count()).select_from(ContactEmail)
    return found.where(ContactEmail.address_key == address_key, ContactEmail.is_opted_out)


def asked_not_to_be_called(number_key: str) -> Select[int]:
    """How many contacts, archived ones too, asked not to be called on this number."""
    found = select(func.count()).select_from(ContactPhone)
    return found.where(ContactPhone.number_key == number_key, ContactPhone.do_not_call)


def rows_at(model: type[ContactEmail | ContactPhone], contact_id: int, key: str) -> Rows:
    """The address or number of a contact with this key, if the contact has it."""
    column = ContactEmail.address_key if model is ContactEmail else ContactPhone.number_key
    return select(model).where(model.contact_id == contact_id, column == key, model.archived_at.is_(None))
