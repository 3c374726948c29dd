"""Finding commitments, always within what the reader sees."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.crm.accounts.models import Account
from implementor.crm.commitments.models import Commitment
from implementor.crm.contacts.models import Contact
from implementor.crm.records.concerning import concerns
from implementor.crm.records.queries import readable, within
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.statements import at_most, kept

Owner = aliased(User, name="whose_promise")


def commitments(actor: Actor) -> Rows:
    """Commitments with the names of who keeps them and to whom, those due first."""
    return (
        select(
            *readable(Commitment, actor, Commitment.__table__.columns),
            Owner.name.label("who"),
            Account.name.label("account"),
            Contact.name.label("contact"),
        )
        .select_from(Commitment)
        .outerjoin(Owner, Owner.id == Commitment.owner_id)
        .outerjoin(Account, and_(Account.id == Commitment.account_id, within(Account, actor)))
        .outerjoin(Contact, and_(Contact.id == Commitment.contact_id, within(Contact, actor)))
        .where(Commitment.archived_at.is_(None), within(Commitment, actor))
        .order_by(Commitment.due_on, Commitment.id)
    )


def open_commitments(actor: Actor) -> Rows:
    """Commitments that still bind us."""
    return commitments(actor).where(Commitment.kept_at.is_(None), Commitment.broken_at.is_(None))


def commitments_of(ref: RecordRef, actor: Actor) -> Rows:
    """The open commitments to or about a record."""
    return open_commitments(actor).where(concerns(Commitment, ref))


@kept
def next_commitments(kind: str, actor: Actor, most: int) -> Rows:
    """The first of `commitments_of` a record of a kind, asked with `record_id`."""
    return commitments_of(RecordRef(kind, bindparam("record_id")), actor).limit(at_most(most))  # type: ignore[arg-type]


def settled_of(ref: RecordRef, actor: Actor) -> Rows:
    """The commitments to or about a record that were kept or broken, and by whom."""
    return (
        select(
            Commitment.id,
            Commitment.promise,
            Commitment.reason,
            Commitment.kept_at,
            Commitment.broken_at,
            Owner.name.label("settled_by"),
        )
        .outerjoin(Owner, Owner.id == func.coalesce(Commitment.kept_by_id, Commitment.broken_by_id))
        .where(
            concerns(Commitment, ref),
            Commitment.archived_at.is_(None),
            within(Commitment, actor),
            or_(Commitment.kept_at.is_not(None), Commitment.broken_at.is_not(None)),
        )
    )


def pointers_of(commitment_id: int) -> Rows:
    """What a commitment is about, and where it stands, for its own page."""
    return select(*Commitment.__table__.columns).where(Commitment.id == commitment_id)
