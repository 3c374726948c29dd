"""A rollout with people, stories and waves, reached through services, for tests of waves and of what stands on them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor, Role
from implementor.history.services import noting
from implementor.stories.models import Criterion, Story, StoryFact
from implementor.stories.services import create_story
from implementor.waves import services
from implementor.waves.models import Wave
from implementor.waves.scope import put_in_wave
from implementor.web.database import writing_session
from tests.auth.builders import Person, add_people, reading
from tests.machinery.pages import Browser
from tests.projects.builders import add_project, browser_of

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Rollout:
    """A project with its lead, a team member and a viewer."""

    app: Flask
    project_id: int
    key: str
    lead: Person
    member: Person
    viewer: Person

    @contextmanager
    def working(self, by: Person | None = None, at: datetime = START) -> Iterator[Session]:
        """A committed transaction of this person (the lead) at this moment."""
        actor = self.actor(by)
        with writing_session(self.app) as session, noting(session, by=actor, at=at, project_id=self.project_id):
            yield session
            session.commit()

    def actor(self, person: Person | None = None) -> Actor:
        """A person with the role held here."""
        roles = {self.lead.id: Role.PROJECT_LEAD, self.member.id: Role.MEMBER, self.viewer.id: Role.VIEWER}
        chosen = person or self.lead
        return chosen.actor.with_roles([roles[chosen.id]])

    def scope(self) -> Scope:
        """The project as lists see it, for the lead."""
        return Scope(self.project_id, self.actor())

    def browser(self, person: Person | None = None) -> Browser:
        """A browser in which the person (the lead) is signed in."""
        return browser_of(self.app, person or self.lead)

    def url(self, rest: str = "") -> str:
        """An address in the project."""
        return f"/projects/{self.key}{rest}"


def rollout(app: Flask, key: str = "VEN") -> Rollout:
    """A project with three people in it."""
    lead, member, viewer = add_people(
        app, [(f"{name} {key}", f"{name}@{key}.example.com".lower(), ()) for name in ("Ana", "Miguel", "Vera")]
    )
    people = [(Role.PROJECT_LEAD, lead), (Role.MEMBER, member), (Role.VIEWER, viewer)]
    return Rollout(app, add_project(app, key, people=people), key, lead, member, viewer)


def add_story(
    here: Rollout,
    title: str = "See open quotes",
    *,
    status: str = "ready",
    points: Any = "5",
    met: int = 1,
    criteria: int = 1,
    at: datetime = START,
    **values: Any,
) -> int:
    """A story that meets the definition of ready, with `met` of its `criteria` met; returns its id."""
    with here.working(at=at) as session:
        story = create_story(
            session, here.scope(), {"title": title, "value": 40, "points": points, **values}, by=here.actor(), at=at
        )
        session.flush()
        for place in range(criteria):
            met_at = at if place < met else None
            session.add(Criterion(project_id=here.project_id, story_id=story.id, text=f"Holds {place}", met_at=met_at))
        story.status = status
        session.flush()
        return story.id


def add_wave(
    here: Rollout, name: str = "Sales core", story_ids: Sequence[int] = (), *, at: datetime = START, **values: Any
) -> int:
    """A wave with these stories; returns its number."""
    with here.working(at=at) as session:
        wanted = {"name": name, "starts_on": date(2026, 3, 2), "ends_on": date(2026, 4, 10), **values}
        wave = services.create_wave(session, project_id=here.project_id, values=wanted, by=here.actor(), at=at)
        put_in_wave(session, wave, stories_of(session, story_ids), by=here.actor(), at=at)
        return wave.number


def stories_of(session: Session, ids: Sequence[int]) -> list[Story]:
    """Stories of these ids, in this order."""
    return [session.get_one(Story, story_id) for story_id in ids]


def wave_in(session: Session, here: Rollout, number: int = 1) -> Wave:
    """The wave of that number."""
    return session.scalars(select(Wave).where(Wave.project_id == here.project_id, Wave.number == number)).one()


def story_now(here: Rollout, story_id: int) -> Story:
    """The stored story."""
    with reading(here.app) as session:
        return session.get_one(Story, story_id)


def wave_now(here: Rollout, number: int = 1) -> Wave:
    """The stored wave."""
    with reading(here.app) as session:
        return wave_in(session, here, number)


def facts_of(here: Rollout, story_id: int, kind: str) -> list[tuple[str | None, str | None]]:
    """What a story's facts of one kind say, oldest first: (before, after)."""
    statement = select(StoryFact).where(StoryFact.story_id == story_id, StoryFact.kind == kind).order_by(StoryFact.id)
    with reading(here.app) as session:
        return [(fact.before, fact.after) for fact in session.scalars(statement)]


def points(text: str) -> Decimal:
    """Points as they are stored."""
    return Decimal(text)
