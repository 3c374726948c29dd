"""The scope log of a wave: every change of what it carries since its start, who made it, why, and in points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.stories.models import StoryFact
from implementor.waves.fact_queries import changes_since_start
from implementor.waves.models import Wave
from implementor.waves.scope_models import ScopeNote

LONGEST_REASON = 500
CAME, LEFT, ESTIMATED = "came", "left", "estimated"
DEEDS: dict[str, Phrase] = {CAME: say("came in"), LEFT: say("left"), ESTIMATED: say("estimated anew")}


@dataclass(frozen=True)
class ScopeChange:
    """One entry: `points` is by how much the scope grew, below zero where it shrank, None where nobody estimated."""

    fact_id: int
    deed: str
    number: int
    title: str
    points: Decimal | None
    at: datetime
    who: str | None
    reason: str | None


def scope_log(rows: Iterable[Any], wave: Wave) -> list[ScopeChange]:
    """Those rows as entries; what changed nothing in points stays in the log all the same."""
    return [_change(row, str(wave.id)) for row in rows]


def explain_change(session: Session, wave: Wave, fact_id: int, *, reason: str, by: Actor, at: datetime) -> ScopeNote:
    """Say why the scope changed, or say it anew. Raises NotFound for what is no change of this wave's scope."""
    if not wave.is_started or _change_of(session, wave, fact_id) is None:
        raise NotFound("scope_note")
    words = clean(reason).strip()
    if not words or len(words) > LONGEST_REASON:
        raise InvalidInput({"reason": say("Say in up to %(longest)s characters why.", longest=LONGEST_REASON)})
    note = session.scalars(select(ScopeNote).where(ScopeNote.fact_id == fact_id)).one_or_none()
    if note is None:
        note = ScopeNote(project_id=wave.project_id, wave_id=wave.id, fact_id=fact_id, reason=words)
        session.add(note)
    note.reason = words
    name_action(session, say("Said why the scope of %(wave)s changed", wave=wave.name), verb="wave.explain",
                project_id=wave.project_id)  # fmt: skip
    session.flush()
    return note


def _change_of(session: Session, wave: Wave, fact_id: int) -> Any:
    return session.execute(changes_since_start(wave).where(StoryFact.id == fact_id)).one_or_none()


def _change(row: Any, here: str) -> ScopeChange:
    deed = ESTIMATED if row.kind == "points" else CAME if row.after == here else LEFT
    points = None if row.points is None else Decimal(row.points)
    if deed == ESTIMATED:
        points = Decimal(row.after or 0) - Decimal(row.before or 0)
    elif deed == LEFT and points is not None:
        points = -points
    return ScopeChange(row.id, deed, row.number, row.title, points, row.at, row.who, row.reason)
