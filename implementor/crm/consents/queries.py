"""Finding what contacts said, and who else is reached at the same address."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.crm.consents.models import Consent, ConsentWording
from implementor.crm.contacts.models import ContactEmail, ContactPhone
from implementor.foundation.asking import MOST_ASKED
from implementor.foundation.model import Rows
from implementor.foundation.statements import at_most, kept

Noter = aliased(User, name="consent_noter")


def consents_of(contact_id: int) -> Rows:
    """Everything a contact said, the latest first, with the words they were shown and who took it down."""
    return (
        select(
            *Consent.__table__.columns,
            Noter.name.label("noted_by"),
            ConsentWording.number.label("wording_number"),
            ConsentWording.language.label("wording_language"),
            ConsentWording.text.label("wording_text"),
        )
        .outerjoin(Noter, Noter.id == Consent.noted_by_id)
        .outerjoin(ConsentWording, ConsentWording.id == Consent.wording_id)
        .where(Consent.contact_id == contact_id)
        .order_by(Consent.captured_at.desc(), Consent.id.desc())
    )


@kept
def consents_on_page() -> Rows:
    """What positions are made of, for the page of the contact whose id is given as `record_id`."""
    columns = (Consent.id, Consent.purpose, Consent.channel, Consent.status, Consent.captured_at, Consent.expires_on)
    found = select(*columns).where(Consent.contact_id == bindparam("record_id"))
    return found.order_by(Consent.captured_at.desc(), Consent.id.desc()).limit(at_most(MOST_ASKED))


def said_by(contact_ids: Collection[int], purpose: str) -> Rows:
    """What contacts said about one purpose."""
    return select(Consent.contact_id, Consent.channel, Consent.status, Consent.captured_at, Consent.expires_on).where(
        Consent.contact_id.in_(list(contact_ids)), Consent.purpose == purpose
    )


def sharing_a_mailbox(contact_ids: Collection[int]) -> Rows:
    """Rows (contact_id, other_id) of contacts, archived ones too, that had a mail address which these have now."""
    mine, other = aliased(ContactEmail), aliased(ContactEmail)
    return (
        select(mine.contact_id, other.contact_id.label("other_id"))
        .join(other, other.address_key == mine.address_key)
        .where(mine.contact_id.in_(list(contact_ids)), mine.archived_at.is_(None), other.contact_id != mine.contact_id)
        .distinct()
    )


def mail_addresses(contact_ids: Collection[int]) -> Rows:
    """Rows (contact_id, is_closed), one for each mail address in use."""
    return select(ContactEmail.contact_id, ContactEmail.is_opted_out.label("is_closed")).where(
        ContactEmail.contact_id.in_(list(contact_ids)), ContactEmail.archived_at.is_(None)
    )


def telephones(contact_ids: Collection[int]) -> Rows:
    """Rows (contact_id, is_closed), one for each telephone in use."""
    return select(ContactPhone.contact_id, ContactPhone.do_not_call.label("is_closed")).where(
        ContactPhone.contact_id.in_(list(contact_ids)), ContactPhone.archived_at.is_(None)
    )


def wordings() -> Rows:
    """Every version of the words that people agree to, the latest of each purpose and language first."""
    return (
        select(*ConsentWording.__table__.columns, Noter.name.label("written_by"))
        .outerjoin(Noter, Noter.id == ConsentWording.written_by_id)
        .order_by(ConsentWording.purpose, ConsentWording.language, ConsentWording.number.desc())
    )


def latest_number(purpose: str, language: str) -> Select[int]:
    """The number of the latest version, if there is one."""
    found = select(ConsentWording.number).where(ConsentWording.purpose == purpose, ConsentWording.language == language)
    return found.order_by(ConsentWording.number.desc()).limit(1)
