"""What agreement of fields counts for a kind: set by administrators and releases, then everything is searched."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.duplicates import queries
from implementor.duplicates.models import DuplicateWeighing
from implementor.duplicates.sameness import Sameness, sameness_of
from implementor.duplicates.services.pairs import ask_again
from implementor.duplicates.weighed import roles_of, weighing_of
from implementor.duplicates.weights import MOST_PERCENT, POSSIBLE, SURE, Weighing, is_own, usual_factor
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

MOST_POINTS = 500


def checked_weighing(declared: Sameness, wanted: Weighing) -> Weighing:
    """A weighing that can be used, without what it need not say. Raises InvalidInput, by role or threshold."""
    errors: dict[str, Phrase] = {}
    factors = {role: percent for role, percent in wanted.factors.items() if percent != usual_factor(role)}
    for role, percent in factors.items():
        if role not in roles_of(declared) or not 0 <= percent <= MOST_PERCENT:
            errors[role] = say("Write 0 to %(most)s per cent.", most=MOST_PERCENT)
    if not 0 < wanted.possible <= MOST_POINTS:
        errors["possible"] = say("Write 1 to %(most)s points.", most=MOST_POINTS)
    elif not wanted.possible <= wanted.sure <= MOST_POINTS:
        errors["sure"] = say("Write at least as many points as for a candidate, at most %(most)s.", most=MOST_POINTS)
    if errors:
        raise InvalidInput(errors)
    return Weighing(factors, wanted.possible, wanted.sure)


def set_weighing(session: Session, declared: Sameness, wanted: Weighing, *, by: Actor, at: datetime) -> bool:
    """Weigh records of a kind otherwise and ask for a search of all; False where that is no change.

    Raises InvalidInput.
    """
    wanted = checked_weighing(declared, wanted)
    if wanted == weighing_of(session, declared.kind):
        return False
    row = session.scalars(queries.weighing_of_kind(declared.kind)).one_or_none()
    what = declared.entity.label_plural
    name_action(session, say("Changed how duplicates of %(what)s are found", what=what), verb="duplicate.weigh")
    factors = {**_of_withdrawn(row, declared), **wanted.factors}
    values: dict[str, Any] = {"factors": factors, "possible": wanted.possible, "sure": wanted.sure}
    if row is None:  # as it was, so that the change itself can be taken back
        row = DuplicateWeighing(kind=declared.kind, factors={}, possible=POSSIBLE, sure=SURE)
        session.add(row)
        session.flush()
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    ask_again(session, declared, by=by, at=at)
    return True


def _of_withdrawn(row: DuplicateWeighing | None, declared: Sameness) -> dict[str, int]:
    """What withdrawn fields of one's own counted, which they do again when they return."""
    known = roles_of(declared)
    kept = row.factors.items() if row is not None else ()
    return {role: percent for role, percent in kept if is_own(role) and role not in known}


def restore_weighing(
    session: Session, row: DuplicateWeighing, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Weigh as before, as an undo does, and search again."""
    kept = {name: values.get(name, getattr(row, name)) for name in ("factors", "possible", "sure")}
    declared = sameness_of(row.kind)
    known = roles_of(declared)
    kept["factors"] = {role: percent for role, percent in kept["factors"].items() if not is_own(role) or role in known}
    set_weighing(session, declared, Weighing(**kept), by=by, at=at)
