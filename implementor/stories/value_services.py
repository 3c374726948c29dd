"""What can happen to the value a story promised: it is judged by its metrics, and the sponsor lets a target be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.local_days import local_day
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.governance.services import record_decision
from implementor.history.services import name_action
from implementor.metrics.models import Metric
from implementor.metrics.reaching import is_over, is_reached
from implementor.projects.models import Project
from implementor.stages.gate_finding import method_of_project
from implementor.stages.gate_services import a_reason
from implementor.stories.models import Criterion, Story, StoryVerdict, TargetWaiver
from implementor.stories.statuses import RELEASED
from implementor.stories.value import Promise, outcome_of
from implementor.stories.value_queries import value_promised, waivers_of_criteria


class CannotLetBe(Refusal):
    """The target is not waived: only a value target that is missed can be, by the sponsor."""


def judge_stories(session: Session, stories: Iterable[Story], *, by: Actor, at: datetime) -> Counter[str]:
    """Give live stories the status that their value metrics say today; answers how many got each that is new to them.

    Stories that are not live are left alone. The figures that decided are kept with each change.
    """
    changed: Counter[str] = Counter()
    for story, rows, outcome in verdicts(session, stories, on=day_of(at)):
        story.status = outcome
        changed[outcome] += 1
        session.add(
            StoryVerdict(
                project_id=story.project_id, story_id=story.id, outcome=outcome, at=at, by_id=by.user_id,
                figures=[_figure(row, promise_of(row, on=day_of(at))) for row in rows],
            )
        )  # fmt: skip
    session.flush()
    return changed


def verdicts(session: Session, stories: Iterable[Story], *, on: date) -> list[tuple[Story, list[Any], str]]:
    """The released stories whose status is not what their metrics say that day: rows of `value_promised`, and it."""
    released = [story for story in stories if story.status in RELEASED]
    judged = [
        (story, rows, outcome_of([promise_of(row, on=on) for row in rows]))
        for story, rows in _promised(session, released)
    ]
    return [found for found in judged if found[2] != found[0].status]


def promise_of(row: Any, *, on: date) -> Promise:
    """A row of `value_promised` as the rule sees it on a day."""
    waiver: TargetWaiver | None = row.TargetWaiver
    return Promise(is_reached(row.Metric), is_over(row.Metric, on), waiver is not None and waiver.is_in_force(on))


def day_of(at: datetime) -> date:
    """The day that a moment is for whoever reads."""
    return local_day(at)


def waive_target(
    session: Session, project: Project, story: Story, criterion: Criterion, *, reason: str, expires_on: date | None,
    by: Actor, at: datetime,
) -> TargetWaiver:  # fmt: skip
    """Let a target be until a day (that day included); it becomes a Decision, and the story counts as missed.

    Raises CannotLetBe, and InvalidInput without a reason or a day that the method allows.
    """
    metric = _refuse_waiver(session, criterion, by)
    said = a_reason(reason, say("Say why the project may go on below the target."))
    longest = method_of_project(session, project).longest_waiver
    if expires_on is None or expires_on < day_of(at):
        raise InvalidInput({"expires_on": say("Say until which day it is let be; today is the earliest.")})
    if (expires_on - day_of(at)).days > longest:
        raise InvalidInput({"expires_on": say("In this method a waiver lasts at most %(days)s days.", days=longest)})
    values = {"story": story.title, "metric": metric.name}
    name_action(
        session, say("Waived the target of %(metric)s for %(story)s", **values), verb="target.waive",
        project_id=story.project_id,
    )  # fmt: skip
    _withdraw(session, criterion, by, at)
    decision = record_decision(
        session, project, question=str(say("%(story)s: let the target of %(metric)s be?", **values)),
        outcome=str(say("Waived.")), reason=said, by=by, at=at, affects=[RecordRef("story", story.id)], due=expires_on,
    )  # fmt: skip
    waiver = TargetWaiver(
        project_id=story.project_id, criterion_id=criterion.id, reason=said, expires_on=expires_on, waived_at=at,
        waived_by_id=by.user_id or 0, decision_id=decision.id,
    )  # fmt: skip
    session.add(waiver)
    session.flush()
    judge_stories(session, [story], by=by, at=at)
    return waiver


def withdraw_target_waiver(session: Session, story: Story, criterion: Criterion, *, by: Actor, at: datetime) -> None:
    """Let a target count as it is again. Raises NotFound where nothing was waived."""
    if Role.SPONSOR not in by.roles:
        raise CannotLetBe(say("Only the sponsor can waive a target."))
    name_action(
        session, say("Withdrew the waiver of a target of %(story)s", story=story.title), verb="target.unwaive",
        project_id=story.project_id,
    )  # fmt: skip
    if not _withdraw(session, criterion, by, at):
        raise NotFound("waiver")
    judge_stories(session, [story], by=by, at=at)


def _promised(session: Session, stories: Sequence[Story]) -> list[tuple[Story, list[Any]]]:
    """Each story with the rows of its value criteria, in one statement."""
    if not stories:
        return []
    session.flush()
    rows: dict[int, list[Any]] = defaultdict(list)
    ids = [story.id for story in stories]
    for row in session.execute(value_promised(project_id=stories[0].project_id, story_ids=ids)):
        rows[row.story_id].append(row)
    return [(story, rows[story.id]) for story in stories]


def _figure(row: Any, promise: Promise) -> dict[str, Any]:
    metric: Metric = row.Metric
    said = {
        "value": metric.latest, "measured_on": metric.latest_on, "target": metric.target, "top": metric.target_top,
        "due_on": metric.due_on,
    }  # fmt: skip
    texts = {name: None if value is None else _text(value) for name, value in said.items()}
    known = {"metric": metric.id, "name": metric.name, "reached": promise.is_reached, "waived": promise.is_waived}
    return {**known, **texts}


def _text(value: Decimal | date) -> str:
    """A number without the zeros that storage adds, a day as ISO writes it."""
    return str(value) if isinstance(value, date) else format(value.normalize(), "f")


def _refuse_waiver(session: Session, criterion: Criterion, by: Actor) -> Metric:
    if Role.SPONSOR not in by.roles or by.user_id is None:
        raise CannotLetBe(say("Only the sponsor can waive a target."))
    if criterion.phase != "value" or criterion.metric_id is None:
        raise CannotLetBe(say("Only a target that a metric judges in Adoption can be waived."))
    metric = session.get_one(Metric, criterion.metric_id)
    if is_reached(metric):
        raise CannotLetBe(say("%(metric)s has reached its target; there is nothing to waive.", metric=metric.name))
    return metric


def _withdraw(session: Session, criterion: Criterion, by: Actor, at: datetime) -> bool:
    """Take back what is waived of a criterion; the index allows one waiver in force."""
    found = [row.TargetWaiver for row in session.execute(waivers_of_criteria(ids=[criterion.id]))]
    for waiver in found:
        waiver.withdrawn_at, waiver.withdrawn_by_id = at, by.user_id
    session.flush()
    return bool(found)
