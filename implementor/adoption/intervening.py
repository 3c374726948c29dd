"""What can happen to help: written down with the figure of the day, changed, done, taken up again, measured.

What the history says of it names nobody, because more people read the history than may know who is helped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.adoption import help_queries, work_queries
from implementor.adoption.helping import effect_of, pairs_of, value_of
from implementor.adoption.intervention_models import Intervention
from implementor.adoption.meeting_mail import meeting_of, tell_of_change
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.governance.services.owners import owner_or_self, refuse_stranger
from implementor.governance.services.reasons import sentence
from implementor.history.services import name_action

SETTLES_AFTER = 7
"""Days after which help may show in the figures."""
MEASURED_FOR = 28
"""Days after which its effect is measured for the last time."""


class InterventionIsDone(Refusal):
    """There is nothing left to do about it."""


class InterventionIsOpen(Refusal):
    """It was not done yet."""


def write_intervention(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> Intervention:
    """Write down who is helped how; their figure of the newest day known is kept with it."""
    refuse_stranger(session, project_id, values.get("owner_id"))
    made = Intervention(project_id=project_id, opened_at=at, opened_by_id=by.user_id, **values)
    made.why = made.why or ""
    made.owner_id = made.owner_id or owner_or_self(session, project_id, by.user_id)
    _keep_figure(session, made)
    session.add(made)
    name_action(session, say("Wrote down help for somebody"), verb="intervention.write")
    session.flush()
    return made


def edit_intervention(
    session: Session, made: Intervention, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Describe it anew; another person or figure begins from its own value, and calendars follow another person.

    Raises InterventionIsDone.
    """
    if not made.is_open:
        raise InterventionIsDone(say("%(action)s is done. Take it up again to change it.", action=made.action))
    if "owner_id" in values and values["owner_id"] != made.owner_id:
        refuse_stranger(session, made.project_id, values["owner_id"])
    before = meeting_of(made)
    moved = any(name in values and values[name] != getattr(made, name) for name in ("person_id", "figure"))
    for name, value in values.items():
        setattr(made, name, value if name != "why" else value or "")
    if moved:
        _keep_figure(session, made)
    name_action(session, say("Changed help for somebody"), verb="intervention.edit")
    tell_of_change(session, made, before, by=by, at=at)


def finish_intervention(session: Session, made: Intervention, *, result: str, by: Actor, at: datetime) -> None:
    """Say what came of it. Raises InterventionIsDone, or InvalidInput without a word."""
    if not made.is_open:
        raise InterventionIsDone(say("%(action)s is done already.", action=made.action))
    made.result = sentence(result, field="result", missing=say("Say in a sentence what came of it."))
    made.done_at, made.done_by_id = at, by.user_id
    name_action(session, say("Finished help for somebody"), verb="intervention.finish")
    session.flush()


def resume_intervention(session: Session, made: Intervention, *, by: Actor, at: datetime) -> None:
    """It is to be done after all, and its effect is not known any more. Raises InterventionIsOpen."""
    if made.is_open:
        raise InterventionIsOpen(say("%(action)s is open.", action=made.action))
    made.result = made.done_at = made.done_by_id = None
    made.effect_on = made.effect_own = made.effect_others = made.effect_n = None
    name_action(session, say("Took help for somebody up again"), verb="intervention.resume")
    session.flush()


def measure_effects(session: Session, day: date) -> int:
    """Measure what help that is done has changed by a day, until four weeks after it; returns how many."""
    waiting = session.scalars(
        help_queries.to_measure(since=day - timedelta(days=MEASURED_FOR), until=day - timedelta(days=SETTLES_AFTER))
    ).all()
    now = {row.user_id: row for row in session.scalars(help_queries.everybody_on(day))} if waiting else {}
    for made in waiting:
        _measure(session, made, day, now)
    return len(waiting)


def _measure(session: Session, made: Intervention, day: date, now: Mapping[int, Any]) -> None:
    if made.day_then is None or made.value_then is None or made.person_id not in now:
        return
    own_now = value_of(now[made.person_id], made.figure)
    if own_now is None:
        return
    then = {row.user_id: row for row in session.scalars(help_queries.everybody_on(made.day_then))}
    helped = set(session.scalars(help_queries.helped_between(made.day_then, day)))
    others = [pair for user_id, pair in pairs_of(then, now, made.figure).items() if user_id not in helped]
    found = effect_of((made.value_then, own_now), others)
    made.effect_on, made.effect_own = day, found.own
    made.effect_others, made.effect_n = found.others, found.n


def _keep_figure(session: Session, made: Intervention) -> None:
    made.day_then = made.value_then = None
    newest = session.scalars(work_queries.newest_fact_day()).one_or_none()
    if newest is None:
        return
    row = session.scalars(help_queries.person_on(newest.day, made.person_id)).one_or_none()
    value = value_of(row, made.figure) if row is not None else None
    if value is not None:
        made.day_then, made.value_then = newest.day, value
