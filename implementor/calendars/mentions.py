"""The service levels that name a field or a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.calendars.models import SlaPolicy
from implementor.foundation.mentions import Mention, Subject, is_met
from implementor.foundation.words import say


def policies_naming(session: Session, subjects: Sequence[Subject]) -> Iterator[Mention]:
    """Service levels that hold for records with it: without it they hold for fewer, or for none."""
    found = select(SlaPolicy).where(SlaPolicy.record_kind.in_({one.kind for one in subjects}))
    for policy in session.scalars(found.order_by(SlaPolicy.id)):
        if not policy.is_archived and is_met(subjects, policy.record_kind, policy.conditions.items()):
            place = {"policy_id": policy.id}
            yield Mention(say("Service level"), policy.label, "calendars.edit_policy", place, blocks=True)
