"""The configuration as it was: the rows of now, with everything that was done to them since taken back step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, inspect, select
from sqlalchemy.orm import Session

from implementor.configuration.past import configured
from implementor.history.encoding import encoded_values
from implementor.history.models import Action, Change

UNTOLD = frozenset({"born", "updated_at", "updated_by_id", "version", "index_state"})
"""What history does not keep, so that only the present value of it would be known."""
Values = Mapping[str, Any]
Rows = Mapping[tuple[str, int], Values]
"""(kind of row, id) -> its values by attribute, as history keeps them."""


@dataclass(frozen=True)
class Moment:
    """When: the end of a moment, or right after a piece of history where `action_id` says which."""

    at: datetime
    action_id: int | None = None

    @property
    def later(self) -> ColumnElement[bool]:
        """The condition on changes that came after it."""
        return Change.at > self.at if self.action_id is None else Change.action_id > self.action_id


@dataclass(frozen=True)
class Brought:
    """What last made a row what it was: when, who, and by which piece of history."""

    at: datetime
    who: str
    action_id: int


def changes_after(moment: Moment) -> Select[Change]:
    """Everything done to the configuration after a moment, the latest first."""
    of = Change.record_kind.in_(sorted(configured()))
    return select(Change).where(of, moment.later).order_by(Change.id.desc())


def last_actions_until(moment: Moment) -> Select[Any]:
    """Rows (record_kind, record_id, Action) of what was last done to each row of the configuration by a moment."""
    last = (
        select(Change.record_kind, Change.record_id, func.max(Change.action_id).label("action_id"))
        .where(Change.record_kind.in_(sorted(configured())), ~moment.later)
        .group_by(Change.record_kind, Change.record_id)
        .subquery()
    )
    return select(last.c.record_kind, last.c.record_id, Action).join(Action, Action.id == last.c.action_id)


def rows_now(session: Session) -> dict[tuple[str, int], dict[str, Any]]:
    """Every row of the configuration as it is, retired ones too."""
    found = {}
    for kind, model in configured().items():
        names = [one.key for one in inspect(model).column_attrs]
        for row in session.execute(select(*(getattr(model, name) for name in names))):
            values = dict(zip(names, row, strict=True))
            found[kind, values["id"]] = {"born": values["created_at"], **encoded_values(values)}
    return found


def rows_at(session: Session, moment: Moment) -> Rows:
    """Every row of the configuration as it was. Better words that a newer program ships are in no history."""
    rows = rows_now(session)
    for change in session.scalars(changes_after(moment)):
        which = (change.record_kind, change.record_id)
        if change.verb == "created":
            rows.pop(which, None)
        else:
            rows[which] = {**rows.get(which, {}), **(change.before or {})}
    # what the program brought in has no piece of history, only a moment at which it was there
    return {which: _plain(values) for which, values in rows.items() if _was_there(values, moment)}


def brought_by(session: Session, moment: Moment) -> Mapping[tuple[str, int], Brought]:
    """What last made each row what it was at a moment; nothing of rows that are as they were shipped."""
    found = session.execute(last_actions_until(moment))
    return {(kind, row_id): Brought(one.at, one.actor_name, one.id) for kind, row_id, one in found}


def _was_there(values: Values, moment: Moment) -> bool:
    born = values.get("born")
    return born is None or values.get("source") != "shipped" or born <= moment.at


def _plain(values: Values) -> Values:
    return {name: value for name, value in values.items() if name not in UNTOLD}
