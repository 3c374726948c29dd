"""Merges as entries of the timeline of the record that remained."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.duplicates import queries
from implementor.duplicates.models import MergeRecord
from implementor.duplicates.sameness import samenesses
from implementor.foundation.words import say
from implementor.history.timeline import Asked, Entry


def merges_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """What was merged into a record; kinds that are never merged cost nothing."""
    if asked.record.kind not in samenesses:
        return []
    statement = queries.merges_into(asked.record.kind, asked.record.id, before=asked.before, limit=asked.limit)
    return [_entry(merge, who) for merge, who in session.execute(statement)]


def _entry(merge: MergeRecord, who: str | None) -> Entry:
    return Entry(
        at=merge.at,
        key=f"merge-{merge.id}",
        who=who,
        icon="link",
        text=say("merged %(title)s into this record.", title=merge.loser_title),
        template="duplicates/_timeline_merge.html",
        data={"merge_id": merge.id, "parted_at": merge.unmerged_at},
    )
