"""The kept mappings of imports that fill a field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.exchange.models import RememberedMapping
from implementor.foundation.mentions import Mention, Subject, is_met
from implementor.foundation.words import say


def mappings_naming(session: Session, subjects: Sequence[Subject]) -> Iterator[Mention]:
    """Mappings that fill it from a column; the column would be left out. They name no words."""
    found = select(RememberedMapping).where(RememberedMapping.kind.in_({one.kind for one in subjects}))
    for one in session.scalars(found.order_by(RememberedMapping.id)):
        if is_met(subjects, one.kind, ((str(name), ()) for name in one.mapping.values())):
            columns = say("%(count)s columns, last used on %(day)s", count=len(one.mapping), day=one.at.date())
            yield Mention(say("Mapping of imports"), columns, project_id=one.project_id or None)
