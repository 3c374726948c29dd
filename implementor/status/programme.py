"""The report of a programme: how each of its projects stands now and what was last issued, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.choices import Choice
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.status import report_queries as queries
from implementor.status.composing import overrides_of_projects
from implementor.status.figures import health_of_projects
from implementor.status.health import SEVERITY, Dimension, colour_choice

HIDDEN = say("Money is shown to those who may see it.")


@dataclass(frozen=True)
class ProjectStanding:
    """A project in the report of its programme; `colours` by dimension, set by hand where somebody did so."""

    key: str
    name: str
    dimensions: Sequence[Dimension]
    colours: dict[str, str]
    worst: Dimension
    sentence: Phrase | str
    last: Any | None

    @property
    def colour(self) -> str:
        """The colour of the whole."""
        return self.colours[self.worst.key]

    @property
    def choice(self) -> Choice:
        """The same in words."""
        return colour_choice(self.colour)


def programme_standing(session: Session, programme_id: int, *, by: Actor, on: date) -> list[ProjectStanding]:
    """The projects of a programme that the reader may see, the worst first, in a fixed number of statements."""
    rows = session.execute(queries.projects_of_programme(by, programme_id=programme_id)).all()
    ids = [row.id for row in rows]
    if not ids:
        return []
    health = health_of_projects(session, ids, on=on)
    by_hand = overrides_of_projects(session, ids, on=on)
    last = {row.project_id: row for row in session.execute(queries.latest_reports(ids))}
    seen = _where_money_is_seen(session, ids, by)
    found = [
        _standing(row, health[row.id].dimensions, by_hand[row.id], last.get(row.id), sees_money=row.id in seen)
        for row in rows
    ]
    return sorted(found, key=lambda one: (-SEVERITY[one.colour], one.key))


def _standing(
    row: Any, dimensions: Sequence[Dimension], by_hand: dict[str, Any], last: Any, *, sees_money: bool
) -> ProjectStanding:
    colours = {
        one.key: by_hand[one.key].ColourOverride.colour if one.key in by_hand else one.colour for one in dimensions
    }
    worst = max(dimensions, key=lambda one: SEVERITY[colours[one.key]])
    sentence: Phrase | str = by_hand[worst.key].ColourOverride.reason if worst.key in by_hand else worst.sentence
    if worst.key == "money" and not sees_money:
        sentence = HIDDEN
    return ProjectStanding(row.key, row.name, dimensions, colours, worst, sentence, last)


def _where_money_is_seen(session: Session, ids: Sequence[int], by: Actor) -> set[int]:
    return set(session.scalars(queries.where_money_is_seen(by, ids)))
