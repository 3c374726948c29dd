"""What can happen to a commitment: it is made, kept, broken for a reason, and open again after all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.commitments.catalogue import COMMITMENT
from implementor.crm.commitments.models import Commitment
from implementor.crm.records import services as records
from implementor.crm.records.concerning import complete_concern, pointing_at
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean_line
from implementor.foundation.words import say
from implementor.history.services import name_action

LONGEST_REASON = 500


class AlreadySettled(Refusal):
    """The commitment was kept or broken already."""


class StillOpen(Refusal):
    """The commitment was neither kept nor broken yet."""


def add_commitment(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Commitment:
    """A commitment to whoever the values name."""
    return promise(session, values, by=by, at=at)


def promise(
    session: Session, values: Mapping[str, Any], *, by: Actor, at: datetime, about: RecordRef | None = None
) -> Commitment:
    """A commitment to or about a record."""
    pointed = pointing_at(about) if about is not None else {}
    commitment: Commitment = records.new_record(session, COMMITMENT, values, by=by, at=at, **pointed)
    complete_concern(session, commitment, by)
    return commitment


def change_commitment(
    session: Session, commitment: Commitment, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Give a commitment other values."""
    records.change_record(session, COMMITMENT, commitment, values, by=by, at=at)
    complete_concern(session, commitment, by)


def restore_commitment(
    session: Session, commitment: Commitment, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Give a commitment earlier values by attribute."""
    for name, value in values.items():
        setattr(commitment, name, value)
    complete_concern(session, commitment, by)


def mark_kept(session: Session, commitment: Commitment, *, reason: str, by: Actor, at: datetime) -> None:
    """Note that a commitment was kept, with a word about it if there is one. Raises AlreadySettled."""
    _settle(session, commitment, reason, by)
    commitment.kept_at, commitment.kept_by_id = at, by.user_id
    name_action(session, say("Kept: %(title)s", title=commitment.promise), verb="commitment.keep")


def mark_broken(session: Session, commitment: Commitment, *, reason: str, by: Actor, at: datetime) -> None:
    """Note that a commitment was broken, and why. Raises AlreadySettled, and InvalidInput without a reason."""
    if not clean_line(reason):
        raise InvalidInput({"reason": say("Say why it was broken: the next one can be kept for it.")})
    _settle(session, commitment, reason, by)
    commitment.broken_at, commitment.broken_by_id = at, by.user_id
    name_action(session, say("Broken: %(title)s", title=commitment.promise), verb="commitment.break")


def reopen(session: Session, commitment: Commitment, *, by: Actor) -> None:
    """Note that a commitment binds us after all. Raises StillOpen."""
    records.refuse_beyond_reach(session, COMMITMENT, commitment, by)
    if commitment.is_open:
        raise StillOpen(say("“%(title)s” is still open.", title=commitment.promise))
    commitment.kept_at = commitment.broken_at = commitment.reason = None
    commitment.kept_by_id = commitment.broken_by_id = None
    name_action(session, say("Open again: %(title)s", title=commitment.promise), verb="commitment.reopen")


def _settle(session: Session, commitment: Commitment, reason: str, by: Actor) -> None:
    records.refuse_beyond_reach(session, COMMITMENT, commitment, by)
    if not commitment.is_open:
        raise AlreadySettled(say("“%(title)s” was kept or broken already.", title=commitment.promise))
    reason = clean_line(reason)
    if len(reason) > LONGEST_REASON:
        raise InvalidInput({"reason": say("Up to %(longest)s characters, please.", longest=LONGEST_REASON)})
    commitment.reason = reason or None
