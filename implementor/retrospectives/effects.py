"""What became of the actions of a retrospective: done or not by their records, hit or missed by their metrics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.fields import Choice
from implementor.foundation.words import say
from implementor.metrics.queries import readings_of_metrics
from implementor.metrics.standing import ON_TARGET, Goal, Reading, standing
from implementor.retrospectives.models import RetroAction
from implementor.retrospectives.queries.retrospectives import actions_of
from implementor.stories.statuses import FINISHED

HIT, MISSED, PENDING, NOT_MEASURED = "hit", "missed", "pending", "not_measured"
STATES = (Choice("done", say("Done"), "ok"), Choice("open", say("Not done"), "risk"))
EFFECTS = (
    Choice(HIT, say("Effect reached"), "ok"),
    Choice(MISSED, say("Effect missed"), "off"),
    Choice(PENDING, say("Effect not due yet"), "review"),
    Choice(NOT_MEASURED, say("Not measured since"), "neutral"),
)
STATE_OF, EFFECT_OF = {one.key: one for one in STATES}, {one.key: one for one in EFFECTS}


@dataclass(frozen=True)
class Outcome:
    """One action with what came of it; `effect` is None where no effect on a metric was expected."""

    row: Any
    state: Choice
    effect: Choice | None
    latest: Reading | None = None

    @property
    def action(self) -> RetroAction:
        """The action itself."""
        found: RetroAction = self.row.RetroAction
        return found


def effect_of(action: RetroAction, readings: Sequence[Reading], *, on: date) -> tuple[str, Reading | None]:
    """Whether the metric reached what was expected, as metrics judge it, and the reading that says so.

    Only what was measured since the action was agreed on counts, and until the day it is judged on.
    """
    if action.judged_on is None or action.target is None:
        return NOT_MEASURED, None
    begun = action.created_at.date()
    known = [one for one in readings if begun <= one.day <= action.judged_on]
    goal = Goal(action.direction, None, None, action.target, None, action.judged_on, Decimal(0))
    found = standing(goal, known, on=action.judged_on)
    if on < action.judged_on:
        return PENDING, found.latest
    if found.latest is None:
        return NOT_MEASURED, None
    return (HIT if found.state == ON_TARGET else MISSED), found.latest


def outcomes_of(session: Session, *, project_id: int, retrospective_id: int, on: date) -> list[Outcome]:
    """What became of every action of a retrospective on a day, in two statements."""
    rows = session.execute(actions_of(project_id=project_id, retrospective_id=retrospective_id)).all()
    readings = _readings(session, project_id, [row.RetroAction.metric_id for row in rows])
    return [_outcome(row, readings, on) for row in rows]


def _outcome(row: Any, readings: Mapping[int, list[Reading]], on: date) -> Outcome:
    action: RetroAction = row.RetroAction
    is_done = row.item_done_at is not None or row.story_status in FINISHED
    state = STATE_OF["done" if is_done else "open"]
    if action.metric_id is None:
        return Outcome(row, state, None)
    effect, latest = effect_of(action, readings.get(action.metric_id, []), on=on)
    return Outcome(row, state, EFFECT_OF[effect], latest)


def _readings(session: Session, project_id: int, ids: Iterable[int | None]) -> dict[int, list[Reading]]:
    wanted = sorted({one for one in ids if one is not None})
    found: dict[int, list[Reading]] = {}
    if wanted:
        for row in session.execute(readings_of_metrics(project_id=project_id, metric_ids=wanted)):
            found.setdefault(row.metric_id, []).append(Reading(row.measured_on, row.value))
    return found
