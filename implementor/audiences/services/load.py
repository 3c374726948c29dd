"""Saying how the load of a project is counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.audiences.load import Ramp
from implementor.audiences.models import LoadRule
from implementor.audiences.queries.impacts import load_rule_of
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

MOST_WEEKS, MOST_POINTS = 26, 500


def settle_load(session: Session, *, project_id: int, ramp: Ramp, by: Actor, at: datetime) -> LoadRule:
    """Count load like this from now on. Raises InvalidInput."""
    faults: dict[str, Phrase] = {}
    for name in ("weeks_before", "weeks_after"):
        if not 0 <= getattr(ramp, name) <= MOST_WEEKS:
            faults[name] = say("Give a number of weeks from 0 to 26.")
    if not 1 <= ramp.limit_points <= MOST_POINTS:
        faults["limit"] = say("Give a limit from 0.1 to 50.")
    if faults:
        raise InvalidInput(faults)
    rule = session.scalars(load_rule_of(project_id=project_id)).one_or_none()
    if rule is None:
        rule = LoadRule(project_id=project_id)
        session.add(rule)
    rule.weeks_before, rule.weeks_after, rule.limit_points = ramp.weeks_before, ramp.weeks_after, ramp.limit_points
    name_action(session, say("Said how load is counted"), verb="load_rule.settle", project_id=project_id)
    session.flush()
    return rule
