"""A project with its change lead, audiences and people, reached through services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson, Audience, ChangeImpact
from implementor.audiences.services.people import list_person
from implementor.audiences.services.records import write_record
from implementor.foundation.permissions import Actor, Role
from implementor.history.services import noting
from implementor.web.database import writing_session
from tests.auth.builders import Person, add_people, reading
from tests.machinery.pages import Browser
from tests.projects.builders import add_project, browser_of
from tests.waves.builders import Rollout, add_wave, wave_in

PEOPLE = {"change": Role.CHANGE_LEAD, "lead": Role.PROJECT_LEAD, "sponsor": Role.SPONSOR, "member": Role.MEMBER,
          "viewer": Role.VIEWER}  # fmt: skip
AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
PLACE = "/projects/VEN/adoption"


@dataclass
class Affected:
    """A project and what is written down of the people whom it affects."""

    app: Flask
    project_id: int
    people: dict[str, Person]

    def by(self, who: str = "change") -> Actor:
        """One of the people with their role in the project."""
        return self.people[who].actor.with_roles([PEOPLE[who]])

    def browser(self, who: str = "change") -> Browser:
        """A browser in which this person is signed in."""
        return browser_of(self.app, self.people[who])

    @contextmanager
    def working(self, who: str = "change", at: datetime = AT) -> Iterator[Session]:
        """A committed transaction of this person at this moment."""
        with writing_session(self.app) as session, noting(session, by=self.by(who), at=at, project_id=self.project_id):
            yield session
            session.commit()

    def write(self, model: Any, **values: Any) -> int:
        """A record of any kind; returns its id."""
        with self.working() as session:
            made = write_record(session, model, project_id=self.project_id, values=values, by=self.by(), at=AT)
            return int(made.id)

    def audience(self, name: str = "Sales", *names: str, **values: Any) -> int:
        """An audience with people of these names."""
        audience_id = self.write(Audience, name=name, kind="group", **values)
        for one in names:
            self.list(
                audience_id, self.write(AffectedPerson, name=one, email=f"{one.split()[0].lower()}@there.example")
            )
        return audience_id

    def list(self, audience_id: int, person_id: int) -> None:
        """Put somebody into an audience."""
        with self.working() as session:
            audience, person = session.get_one(Audience, audience_id), session.get_one(AffectedPerson, person_id)
            list_person(session, audience, person, by=self.by(), at=AT)

    def wave(self, **values: Any) -> int:
        """A wave; returns its id."""
        here = self.rollout()
        number = add_wave(here, **values)
        with reading(self.app) as session:
            return wave_in(session, here, number).id

    def rollout(self) -> Rollout:
        """The same project for builders of stories and waves."""
        return Rollout(self.app, self.project_id, "VEN", self.people["lead"], self.people["member"],
                       self.people["viewer"])  # fmt: skip

    def impact(self, audience_id: int, wave_id: int | None, **aspects: Any) -> int:
        """What a wave changes for an audience."""
        given = {"name": "Quotes are written here", "audience_id": audience_id, "wave_id": wave_id, **aspects}
        return self.write(ChangeImpact, **given)


def affected(app: Flask) -> Affected:
    """A project VEN with a change lead, a lead, a sponsor, a member and a viewer."""
    people = dict(zip(PEOPLE, add_people(app, [(f"{who.title()} Ven", f"{who}@ven.example", ()) for who in PEOPLE]),
                      strict=True))  # fmt: skip
    project_id = add_project(app, people=[(role, people[name]) for name, role in PEOPLE.items()])
    return Affected(app, project_id, people)
