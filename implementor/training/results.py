"""What can happen to results: scores entered for a session, certificates that follow, and what participants think."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.training.completing import day_of, state_after
from implementor.training.evaluation_models import LONGEST_SAID
from implementor.training.models import COMPLETED, THERE, Course, Enrolment, SessionEvaluation, TrainingSession
from implementor.training.result_writing import next_certificate
from implementor.training.validity import valid_until

EVALUATION_DAYS = 7
"""How long participants say what they thought; only then it is shown, so that nobody watches answers come in."""


class WasNotThere(Refusal):
    """Only who was in the session says what it was like."""


class AnsweredAlready(Refusal):
    """One answer of each participant counts."""


class IsOver(Refusal):
    """The days for answers are over, or the session has not begun."""


@dataclass(frozen=True)
class Scores:
    """Points out of 100 before and after a course; None is not known."""

    before: int | None
    after: int | None


def enter_scores(
    session: Session, held: TrainingSession, given: Mapping[int, Scores], *, by: Actor, at: datetime
) -> int:
    """Give parts of a session (by id) their scores, and those who reach the mark a certificate; how many changed.

    Raises InvalidInput by `after_N` where somebody has a score at the end who was not there.
    """
    course = session.get_one(Course, held.course_id)
    rows = session.scalars(select(Enrolment).where(Enrolment.session_id == held.id, Enrolment.id.in_(list(given))))
    changed = [row for row in rows if Scores(row.score_before, row.score_after) != given[row.id]]
    faults = {
        f"after_{row.id}": say("Who was not there has no score at the end. Correct the attendance first.")
        for row in changed
        if given[row.id].after is not None and row.state not in THERE
    }
    if faults:
        raise InvalidInput(faults)
    if changed:
        name_action(session, say("Entered scores"), verb="training_session.scores", project_id=held.project_id)
    for row in changed:
        row.score_before, row.score_after = given[row.id].before, given[row.id].after
    settle(session, held, course, changed)
    return len(changed)


def settle(session: Session, held: TrainingSession, course: Course, rows: Sequence[Enrolment]) -> None:
    """Let state, day and certificate of these parts follow from presence, score and result.

    A number once given stays with its part, so that no other certificate ever bears it.
    """
    for row in rows:
        row.state = state_after(row.state, course.pass_mark, row.score_after, row.result)
        if row.state in THERE and row.trained_on is None:
            row.trained_on = day_of(held.starts_at, held.zone)
        is_done = row.state == COMPLETED and row.trained_on is not None
        row.valid_until = valid_until(row.trained_on, course.valid_months) if is_done and row.trained_on else None
        if is_done and row.certificate is None:
            row.certificate = next_certificate(session, row.project_id)
        session.flush()


def can_evaluate(held: TrainingSession, at: datetime) -> bool:
    """Whether participants can say what they thought at this moment."""
    return held.starts_at <= at < held.starts_at + timedelta(days=EVALUATION_DAYS)


def evaluate(session: Session, held: TrainingSession, part: Enrolment, *, stars: int, said: str, at: datetime) -> None:
    """Keep what a participant thought, apart from who it was and when. Raises a Refusal that says why not.

    Written past the history on purpose: a change with author and moment would lead to the answer.
    """
    if part.session_id != held.id or part.state not in THERE:
        raise WasNotThere(say("Only who was in the session says what it was like."))
    if not can_evaluate(held, at):
        raise IsOver(say("A session is rated within %(days)s days after it begins.", days=EVALUATION_DAYS))
    if not 1 <= stars <= 5:
        raise InvalidInput({"stars": say("Choose from 1 to 5.")})
    if len(said) > LONGEST_SAID:
        raise InvalidInput({"said": say("At most %(longest)s characters.", longest=LONGEST_SAID)})
    first = update(Enrolment.__table__).where(  # type: ignore[arg-type]
        Enrolment.__table__.c.id == part.id, Enrolment.__table__.c.has_evaluated.is_(False)
    )
    if session.execute(first.values(has_evaluated=True)).rowcount != 1:  # type: ignore[attr-defined]
        raise AnsweredAlready(say("You said what you thought already. One answer counts."))
    answer = SessionEvaluation(
        token=secrets.token_hex(16), project_id=held.project_id, session_id=held.id, stars=stars, said=said
    )
    session.add(answer)
