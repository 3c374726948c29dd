"""What can happen to a scorecard: an edition is given to areas, and the people of these areas take note of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from implementor.discovery import scorecard_queries as queries
from implementor.discovery.scorecard import frozen, scorecard
from implementor.discovery.scorecard_models import ScorecardAcknowledgement, ScorecardArea, ScorecardEdition
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.projects.queries import areas_offered, people_of_project

LONGEST_NOTE = 2000


class NotOfArea(Refusal):
    """Only the head and the people of an area take note for it, each once."""


@dataclass(frozen=True)
class Reader:
    """Somebody of an area: when they took note, and whether they can open the project at all."""

    user_id: int
    name: str
    is_head: bool
    is_inside: bool
    at: datetime | None


@dataclass(frozen=True)
class AreaReaders:
    """An area with its people; it has taken note once any of them did."""

    area_id: int
    name: str
    readers: tuple[Reader, ...]

    @property
    def has_taken_note(self) -> bool:
        return any(one.at is not None for one in self.readers)


def publish_scorecard(
    session: Session, *, project_id: int, area_ids: Collection[int], note: str, on: date, by: Actor, at: datetime
) -> ScorecardEdition:
    """Freeze the metrics as they stand on a day and give them to areas. Raises InvalidInput without any of either."""
    known = {row.id for row in session.execute(areas_offered())}
    chosen = [area_id for area_id in dict.fromkeys(area_ids) if area_id in known]
    text = clean(note).strip()
    lines = scorecard(session, project_id=project_id, on=on)
    errors = {}
    if not chosen:
        errors["areas"] = say("Choose at least one area.")
    if not lines:
        errors["areas"] = say("There is no metric to publish yet.")
    if len(text) > LONGEST_NOTE:
        errors["note"] = say("Up to %(longest)s characters, please.", longest=LONGEST_NOTE)
    if errors:
        raise InvalidInput(errors)
    number = (session.scalar(queries.last_number(project_id=project_id)) or 0) + 1
    name_action(
        session, say("Published the scorecard, edition %(number)s", number=number), verb="scorecard.publish",
        project_id=project_id,
    )  # fmt: skip
    edition = ScorecardEdition(
        project_id=project_id, number=number, on=on, note=text, published_at=at, published_by_id=by.user_id,
        figures=[frozen(figure, is_goal) for figure, is_goal in lines],
    )  # fmt: skip
    session.add(edition)
    session.flush()
    session.add_all(ScorecardArea(edition_id=edition.id, area_id=one, project_id=project_id) for one in chosen)
    session.flush()
    return edition


def acknowledge(session: Session, edition: ScorecardEdition, *, by: Actor, at: datetime) -> int:
    """Take note for every area of the edition that the person is of; answers for how many. Raises NotOfArea."""
    mine = [
        area.area_id
        for area in readers_of(session, edition)
        if any(one.user_id == by.user_id and one.at is None for one in area.readers)
    ]
    if not mine:
        raise NotOfArea(say("Only the head and the people of an area it was given to take note of it, each once."))
    name_action(
        session, say("Took note of the scorecard, edition %(number)s", number=edition.number),
        verb="scorecard.acknowledge", project_id=edition.project_id,
    )  # fmt: skip
    session.add_all(
        ScorecardAcknowledgement(
            project_id=edition.project_id, edition_id=edition.id, area_id=area_id, user_id=by.user_id, at=at
        )
        for area_id in mine
    )
    session.flush()
    return len(mine)


def readers_of(session: Session, edition: ScorecardEdition) -> list[AreaReaders]:
    """The areas of an edition with their people, in four statements."""
    areas = session.execute(queries.areas_of_edition(edition_id=edition.id)).all()
    inside = {row.id for row in session.execute(people_of_project(project_id=edition.project_id))}
    noted = {(one.area_id, one.user_id): one.at for one in session.scalars(
        queries.acknowledgements_of(edition_id=edition.id))}  # fmt: skip
    people = session.execute(queries.people_of_areas([area.id for area in areas])).all()
    return [
        AreaReaders(
            area.id, area.name,
            tuple(
                Reader(row.id, row.name, bool(row.is_head), row.id in inside, noted.get((area.id, row.id)))
                for row in people
                if row.area_id == area.id
            ),
        )
        for area in areas
    ]  # fmt: skip
