"""Stories with their parts in a project with people, reached through services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor, Role
from implementor.history.models import Action
from implementor.history.services import noting, undo_action
from implementor.stories import part_services, services
from implementor.stories.models import Story, StoryFact, StoryTag
from implementor.stories.part_catalogue import PARTS
from implementor.web.database import writing_session
from tests.auth.builders import Person, add_people, reading
from tests.machinery.pages import Browser
from tests.projects.builders import add_project, browser_of

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Backlog:
    """A project with a lead, a member, a sponsor and a viewer, and what tests do in it."""

    app: Flask
    project_id: int
    key: str
    lead: Person
    people: dict[Role, Person]

    @property
    def by(self) -> Actor:
        """The lead at work in the project."""
        return self.lead.actor.with_roles([Role.PROJECT_LEAD])

    @property
    def scope(self) -> Scope:
        """The project as its lead sees it."""
        return Scope(self.project_id, self.by)

    @contextmanager
    def working(self, at: datetime = START) -> Iterator[Session]:
        """A committed transaction of the lead: one action."""
        with writing_session(self.app) as session:
            with noting(session, by=self.by, at=at, project_id=self.project_id):
                yield session
            session.commit()

    def story(self, title: str = "See open quotes", **values: Any) -> int:
        """A story at the end of the backlog; returns its number."""
        status = values.pop("status", "idea")
        with self.working() as session:
            story = services.create_story(session, self.scope, {"title": title, **values}, by=self.by, at=START)
            story.status = status
            return story.number

    def ready_story(self, title: str = "See open quotes", **values: Any) -> int:
        """A story that meets the usual definition of ready."""
        number = self.story(title, **{"value": 40, "points": "5", **values})
        self.part(number, "criterion", text="Every quote is there")
        return number

    def part(self, number: int, kind: str, **values: Any) -> int:
        """A part of a story's page; returns its id."""
        with self.working() as session:
            part = part_services.add_part(session, self.one(session, number), PARTS[kind], values, by=self.by, at=START)
            session.flush()
            part_id: int = part.id
            return part_id

    def one(self, session: Session, number: int = 1) -> Story:
        """The story of that number, in a session."""
        found = select(Story).where(Story.project_id == self.project_id, Story.number == number)
        return session.scalars(found).one()

    def stored(self, number: int = 1) -> Story:
        """The story of that number as it is stored."""
        with reading(self.app) as session:
            return self.one(session, number)

    def order(self) -> list[int]:
        """The numbers of the stories in use, in the hand-made order."""
        found = select(Story.number).where(Story.project_id == self.project_id, Story.archived_at.is_(None))
        with reading(self.app) as session:
            return list(session.scalars(found.order_by(Story.rank, Story.id)))

    def facts(self, number: int, kind: str) -> list[tuple[str | None, str | None]]:
        """What the facts of a story say, oldest first: (before, after)."""
        found = select(StoryFact).join(Story, Story.id == StoryFact.story_id)
        found = found.where(Story.project_id == self.project_id, Story.number == number, StoryFact.kind == kind)
        with reading(self.app) as session:
            return [(fact.before, fact.after) for fact in session.scalars(found.order_by(StoryFact.id))]

    def tags(self, number: int = 1) -> set[str]:
        """The keys by which a story's tags are found."""
        found = select(StoryTag.tag_key).join(Story, Story.id == StoryTag.story_id).where(Story.number == number)
        with reading(self.app) as session:
            return set(session.scalars(found.where(Story.project_id == self.project_id)))

    def undo(self) -> None:
        """Take the last action back."""
        with self.working() as session:
            last = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
            undo_action(session, last, by=self.by, at=START)

    def browser(self, role: Role = Role.PROJECT_LEAD) -> Browser:
        """A browser in which the person of that role is signed in."""
        return browser_of(self.app, self.people[role])

    def url(self, rest: str = "") -> str:
        """An address in the project."""
        return f"/projects/{self.key}{rest}"


def backlog(app: Flask, key: str = "VEN") -> Backlog:
    """A project without stories."""
    roles = (Role.PROJECT_LEAD, Role.MEMBER, Role.SPONSOR, Role.VIEWER)
    wanted = [(f"{role.value} {key}", f"{role.value}@{key}.example.com", ()) for role in roles]
    people = dict(zip(roles, add_people(app, wanted), strict=True))
    project_id = add_project(app, key, people=list(people.items()))
    return Backlog(app, project_id, key, people[Role.PROJECT_LEAD], people)
