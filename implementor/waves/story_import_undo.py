"""Takes imported stories back: puts away what was made, gives back what was changed, leaves what people touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, inspect, select
from sqlalchemy.orm import Session

from implementor.comments.models import Comment
from implementor.exchange.kinds import Undone
from implementor.exchange.models import ImportedRow
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.encoding import decoded_values
from implementor.stories.models import Criterion, Story, StoryFact, Task
from implementor.waves.models import Wave, WaveStory

MODELS: dict[str, Any] = {"story": Story, "wave": Wave, "comment": Comment, "criterion": Criterion, "task": Task}
CHANGED_SINCE = say("It was changed since.")


def undo(session: Session, facts: Sequence[ImportedRow], by: Actor, at: datetime) -> Undone:
    """Take back what these facts of one run say, the latest of each record standing for all of them."""
    undone = Undone()
    for kind in ("comment", "criterion", "task", "story", "wave"):
        own = [fact for fact in facts if fact.kind == kind]
        if own:
            _undo_kind(session, kind, own, by, at, undone)
            session.flush()
    return undone


def _undo_kind(
    session: Session, kind: str, facts: Sequence[ImportedRow], by: Actor, at: datetime, undone: Undone
) -> None:
    model = MODELS[kind]
    ids = {fact.record_id for fact in facts}
    records = {one.id: one for one in session.scalars(select(model).where(model.id.in_(ids)))}
    whole = _facts_of_records(session, facts[0].run_id, kind, ids)
    places = _places(session, ids) if kind == "story" else {}
    talked = _talked_about(session, ids) if kind == "story" else set()
    held = _holding(session, ids) if kind == "wave" else set()
    seen = {fact.id for fact in facts}
    for record_id, story_facts in whole.items():
        record = records.get(record_id)
        if story_facts[0].id not in seen or record is None:
            continue  # an earlier batch of this undo came to it already
        made = any(fact.verb == "created" for fact in story_facts)
        reason = _reason_to_keep(record, story_facts[0], made=made, talked=talked, held=held)
        if reason is not None:
            undone.kept.append((_title(record), reason))
        elif made:
            undone.restored += _put_away(session, record, places.get(record_id), by, at)
        else:
            undone.restored += _give_back(session, record, story_facts, places.get(record_id), by, at)


def _facts_of_records(session: Session, run_id: int, kind: str, ids: Iterable[int]) -> dict[int, list[ImportedRow]]:
    """All facts of the run about these records, the latest first."""
    found: dict[int, list[ImportedRow]] = defaultdict(list)
    statement = select(ImportedRow).where(
        ImportedRow.run_id == run_id, ImportedRow.kind == kind, ImportedRow.record_id.in_(list(ids))
    )
    for fact in session.scalars(statement.order_by(ImportedRow.id.desc())):
        found[fact.record_id].append(fact)
    return found


def _reason_to_keep(record: Any, last: ImportedRow, *, made: bool, talked: set[int], held: set[int]) -> Phrase | None:
    if record.archived_at is not None and made:
        return None  # put away already: by somebody, or by an attempt of this undo that was interrupted
    if record.version != last.version:
        return CHANGED_SINCE
    if made and last.kind == "story" and record.id in talked:
        return say("People have commented on it since.")
    if made and last.kind == "wave" and (record.id in held or record.started_at is not None):
        return say("Stories are in it, or it has started.")
    return None


def _put_away(session: Session, record: Any, place: WaveStory | None, by: Actor, at: datetime) -> int:
    if place is not None:
        _move(session, place, None, by, at)
    if record.archived_at is not None:
        return 0
    record.archived_at, record.archived_by_id = at, by.user_id
    return 1


def _give_back(
    session: Session, record: Any, facts: Sequence[ImportedRow], place: WaveStory | None, by: Actor, at: datetime
) -> int:
    before: dict[str, Any] = {}
    for fact in facts:  # the earliest comes last and wins
        before |= fact.before or {}
    if "wave_id" in before:
        wave_id = before.pop("wave_id")
        if place is not None:
            _move(session, place, wave_id, by, at)
        elif wave_id is not None:
            session.add(WaveStory(project_id=record.project_id, story_id=record.id, wave_id=wave_id))
        if not before:
            return 1
    for name, value in decoded_values(inspect(type(record)), before).items():
        setattr(record, name, value)
    return bool(before)


def _move(session: Session, place: WaveStory, wave_id: int | None, by: Actor, at: datetime) -> None:
    """Out of a wave, or back into the one before; the listeners of waves keep the facts of changes."""
    if wave_id is not None:
        place.wave_id = wave_id
        return
    session.execute(delete(WaveStory).where(WaveStory.id == place.id))
    session.execute(insert(StoryFact), [{
        "project_id": place.project_id, "story_id": place.story_id, "kind": "wave", "before": str(place.wave_id),
        "after": None, "at": at, "by_id": by.user_id, "sourced": False,
    }])  # fmt: skip
    session.expunge(place)


def _places(session: Session, ids: Iterable[int]) -> dict[int, WaveStory]:
    found = session.scalars(select(WaveStory).where(WaveStory.story_id.in_(list(ids))))
    return {place.story_id: place for place in found}


def _talked_about(session: Session, ids: Iterable[int]) -> set[int]:
    """Stories under which people of this installation wrote."""
    statement = select(Comment.about_id).where(
        Comment.about_kind == "story",
        Comment.about_id.in_(list(ids)),
        Comment.external_key.is_(None),
        Comment.archived_at.is_(None),
    )
    return set(session.scalars(statement))


def _holding(session: Session, ids: Iterable[int]) -> set[int]:
    """Waves that hold stories."""
    return set(session.scalars(select(WaveStory.wave_id).where(WaveStory.wave_id.in_(list(ids)))))


def _title(record: Any) -> str:
    return str(
        getattr(record, "title", None)
        or getattr(record, "name", None)
        or getattr(record, "body", "")
        or getattr(record, "text", "")
    )[:80]
