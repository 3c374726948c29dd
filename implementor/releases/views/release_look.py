"""What pages of a release show of a step in words, of drift, and of what was edited outside of any wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from implementor.configuration.past import edits_by_hand
from implementor.foundation.choices import Choice
from implementor.foundation.words import say
from implementor.history.models import Action
from implementor.releases.item_kinds import Operation
from implementor.releases.release_models import ConfigRelease
from implementor.releases.release_notes import compared, differences, sentence_of
from implementor.releases.release_plan import Said, Step, Verdict
from implementor.waves.models import Wave

CLEAN = Choice("clean", say("Ready"), "ok")
UNTRIED = Choice("untried", say("Not tried"), "neutral")
OPEN = Choice("open", say("To be settled"), "off")
DRIFT = Choice("drift", say("Changed since"), "risk")
IDLE = Choice("idle", say("Nothing left to do"), "neutral")
DROPPED = Choice("dropped", say("Left out"), "neutral")


@dataclass(frozen=True)
class Look:
    """One step as pages show it."""

    step: Step
    sentence: str
    lines: Sequence[str]
    state: Choice
    said: Sequence[Said]
    moves: int


def look_of(verdict: Verdict, step: Step) -> Look:
    """A step in words with the state it is in."""
    return Look(
        step, sentence_of(step), differences(step), _state(verdict, step), verdict.of(step),
        verdict.moves.get(step.item.id, 0),
    )  # fmt: skip


def _state(verdict: Verdict, step: Step) -> Choice:
    if step.is_dropped:
        return DROPPED
    if step.waits_for_choice:
        return DRIFT
    if not verdict.is_clean(step):
        return OPEN
    if step.is_idle:
        return IDLE
    return UNTRIED if verdict.run is None or step.item.id not in verdict.moves else CLEAN


def drift_told(step: Step) -> tuple[Sequence[tuple[str, str, str]], Sequence[tuple[str, str, str]]] | None:
    """(what others changed since, what the item would make of that) in words; None where nothing drifted."""
    drift = step.drift
    if drift is None or step.kind is None:
        return None
    kind, uid = step.operation.kind, step.operation.uid
    since = compared(step, Operation(kind, "change", uid, drift.base, drift.live))
    wished = compared(step, Operation(kind, "change", uid, drift.live, drift.wished))
    return since, wished


def edits_since(session: Session, wave: Wave, releases: Sequence[ConfigRelease]) -> Sequence[Action]:
    """What administrators changed outside of any wave since the last release of this one, else since it started."""
    since = releases[0].applied_at if releases else wave.started_at or wave.created_at
    return session.scalars(edits_by_hand(since=since)).all()
