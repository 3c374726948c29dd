"""When two contacts become one, the no of either stands, whichever of them said it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.consents import queries
from implementor.crm.consents.models import CHANNELS, Consent
from implementor.crm.consents.standing import WITHDRAWN, standing_on
from implementor.duplicates.events import RecordsMerged
from implementor.foundation.events import listens_to
from implementor.foundation.words import say


@listens_to(RecordsMerged)
def keep_the_more_restrictive(session: Session, merged: RecordsMerged) -> None:
    """Take down a withdrawal where one of the two had said no and the later yes of the other would cover it."""
    if merged.kind != "contact":
        return
    moved = set(merged.moved.get("consent.contact_id", ()))
    said: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(queries.consents_of(merged.survivor_id)):
        said[row.purpose].append(row)
    for purpose, rows in said.items():
        for channel in _covered(rows, moved, merged):
            # a word that came in with a later moment would cover it again
            at = max(merged.at, *(row.captured_at for row in rows))
            session.add(_withdrawal(merged, purpose, channel, at))


def _covered(rows: list[Any], moved: set[int], merged: RecordsMerged) -> Iterable[str]:
    """The channels on which a no would be lost."""
    day = merged.at.date()
    one, other = [row for row in rows if row.id in moved], [row for row in rows if row.id not in moved]
    for channel in CHANNELS:
        was_no = any(standing_on(each, channel, day).is_opt_out for each in (one, other))
        if was_no and standing_on(rows, channel, day).may_contact:
            yield channel


def _withdrawal(merged: RecordsMerged, purpose: str, channel: str, at: datetime) -> Consent:
    return Consent(
        contact_id=merged.survivor_id,
        purpose=purpose,
        channel=channel,
        status=WITHDRAWN,
        capture="other",
        source=str(say("Two contacts became one, and one of them had said no.")),
        captured_at=at,
        noted_at=merged.at,
        noted_by_id=merged.by.user_id,
    )
