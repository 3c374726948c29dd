"""The world of the walks: three projects whose texts are recognised anywhere, and one live session per actor."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import Area, User, UserSession
from implementor.auth.services import people
from implementor.auth.sessions import open_session
from implementor.comments.models import Attachment, Comment
from implementor.comments.services import add_comment, attach_files
from implementor.comments.storage import FileStore
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import SYSTEM, Actor, Role
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.governance.services import raise_obstacle, resolve_obstacle
from implementor.history.models import Action
from implementor.history.services import noting
from implementor.jobs.services import enqueue
from implementor.lists.services import save_view
from implementor.notifications.services import send_mail
from implementor.projects.models import Membership, Project
from implementor.projects.services import archive_project
from implementor.stories import part_models as parts
from implementor.stories.models import Story, StoryDependency
from implementor.stories.part_catalogue import PARTS
from implementor.stories.part_services import add_dependency, add_part
from implementor.stories.services import create_story
from implementor.waves import services as waves
from implementor.waves.models import Wave
from implementor.waves.scope import put_in_wave
from implementor.web.database import writing_session
from tests.auth.builders import Person, add_person
from tests.projects.builders import add_project, take_from_project
from tests.security.world_calendars import add_calendars
from tests.security.world_committees import add_programme_committee
from tests.security.world_company import add_areas_and_teams
from tests.security.world_configuration import add_configuration
from tests.security.world_crm import add_crm
from tests.security.world_duplicates import add_duplicates
from tests.security.world_imports import add_imports, add_outside_imports
from tests.security.world_portfolio import add_pack, add_waiting
from tests.security.world_rollout import OF_ROLLOUT

ACTORS = (
    "anonymous", "viewer", "member", "project_lead", "pmo", "admin", "stranger", "removed", "seller", "crm_admin",
    "deactivated",
)  # fmt: skip
OWN, FOREIGN, WATCHED, CRM = "VEN", "COL", "BOG", "CRM"
"""The project the actors are in; the stranger's; one that VEN's lead may only look at; records outside projects."""
WORD = "quokka"
"""A word in every text, so that a search for it finds whatever the searcher may see."""
EXTRA = {OWN: 0, FOREIGN: 10, WATCHED: 20}
"""Records more than in the project before, so that each has numbers that the others have not."""


def canary(key: str) -> str:
    """What stands in every text of a project and in no other."""
    return f"canary{key.lower()}"


@dataclass
class Place:
    """What a project of the world holds, by id and by number."""

    key: str
    project_id: int
    ids: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, name: str) -> int:
        if name not in self.__dict__.get("ids", ()):  # while it is read from a file there are none yet
            raise AttributeError(name)
        return self.ids[name]


@dataclass
class World:
    """Everything a walk needs to know about the stored data; plain values, so that a copied database fits it."""

    places: dict[str, Place] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    crm: dict[str, int] = field(default_factory=dict)


def build_world(app: Flask) -> World:
    """Fill the empty database through services."""
    world = World()
    _add_people(app, world)
    _add_company(app, world)
    lead = world.people["project_lead"]
    for key in (OWN, FOREIGN, WATCHED):
        world.places[key] = _add_place(app, world, key, world.people["stranger"] if key != OWN else lead)
    take_from_project(app, world.places[OWN].project_id, world.people["removed"], world.people["pmo"])
    with working(app) as session:
        user = session.get_one(User, world.people["deactivated"].id)
        people.disable_user(session, user, by=SYSTEM, at=datetime.now(UTC))
    for name, person in world.people.items():
        world.tokens[name] = _open_session(app, person)
    _add_rest(app, world, lead)
    _add_archived(app, world, lead)
    return world


@contextmanager
def working(app: Flask, by: Actor = SYSTEM, project_id: int | None = None) -> Iterator[Session]:
    """A committed transaction of this person at this moment."""
    with writing_session(app) as session:
        with noting(session, by=by, at=datetime.now(UTC), project_id=project_id):
            yield session
        session.commit()


def _add_people(app: Flask, world: World) -> None:
    roles = {"pmo": [Role.PMO], "admin": [Role.ADMIN], "seller": [Role.CRM_USER], "crm_admin": [Role.CRM_ADMIN]}
    for name in ACTORS[1:]:
        email = f"{name}@example.com"
        world.people[name] = add_person(app, f"{name.title()} Person", *roles.get(name, []), email=email)


def _add_company(app: Flask, world: World) -> None:
    add_areas_and_teams(app, world.ids, world.people["member"])
    add_calendars(app, world.ids)
    add_configuration(app, world.ids)
    world.crm = add_crm(app, world.ids, world.people["seller"], f"{canary(CRM)} {WORD}")
    add_duplicates(app, world.ids, world.people["seller"], f"{canary(CRM)} {WORD}")
    add_outside_imports(app, world.ids, world.people["crm_admin"], f"{canary(CRM)} {WORD}")


def _open_session(app: Flask, person: Person) -> str:
    with writing_session(app) as session:
        user = session.get_one(User, person.id)
        token = open_session(
            session, user, at=datetime.now(UTC), remembered=False, user_agent="walk", block="127.0.0.1"
        )
        session.commit()
        return token


def _add_place(app: Flask, world: World, key: str, lead: Person) -> Place:
    held = [(Role.PROJECT_LEAD, lead)]
    if key == OWN:
        held += [(Role(name), world.people[name]) for name in ("viewer", "member")]
        held += [(Role.MEMBER, world.people[name]) for name in ("removed", "deactivated")]
    if key == WATCHED:
        held.append((Role.VIEWER, world.people["project_lead"]))
    text = f"{canary(key)} {WORD}"
    project_id = add_project(
        app, key, people=held, name=f"Rollout {text}", purpose=f"Purpose {text}", programme_name=f"Programme {text}"
    )
    place = Place(key, project_id, {**world.crm, "saved_report": world.ids["kept_report"]})
    by = lead.actor.with_roles([Role.PROJECT_LEAD])
    for fill in (_add_stories, _add_parts, _add_waves, _add_governance, _add_talk, *OF_ROLLOUT):
        with working(app, by, project_id) as session:
            fill(session, app, place, text, by)
    with working(app, by, project_id) as session:
        add_imports(session, app, place, text, by, datetime.now(UTC))
    return place


def _add_stories(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    moment = datetime.now(UTC)
    for index in range(6 + EXTRA[place.key]):
        values = {"title": f"Story {index} {text}", "description": f"About {text}", "points": "3", "tags": [text]}
        story = add(session, create_story(session, Scope(place.project_id, by), values, by=by, at=moment))
        session.flush()
        if index < 6:
            place.ids |= {f"story{index}": story.id, f"story{index}_number": story.number}
    place.ids |= {"last_story": story.id, "last_story_number": story.number}
    first, second = (session.get_one(Story, place.ids[name]) for name in ("story0", "story1"))
    add_dependency(session, first, second, kind="blocks", by=by, at=moment)
    session.flush()
    place.ids["link"] = session.scalars(
        select(StoryDependency.id).where(StoryDependency.project_id == place.project_id)
    ).one()


PART_VALUES: dict[str, dict[str, Any]] = {
    "criterion": {"text": "Holds {text}", "phase": "release"}, "task": {"title": "Do {text}"},
    "user_test": {"title": "Try {text}"}, "open_matter": {"question": "Why {text}"}, "area_review": {},
    "story_effort": {"profile": "Analyst {text}", "hours": "3"},
}  # fmt: skip


def _add_parts(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    moment, story = datetime.now(UTC), session.get_one(Story, place.ids["story0"])
    area_id = session.scalars(select(Area.id).where(Area.name == "Sales")).one()
    for kind, entity in PARTS.items():
        values = {name: value.format(text=text) for name, value in PART_VALUES[kind].items()}
        if kind == "area_review":
            values = {"area": area_id}
        add_part(session, story, entity, values, by=by, at=moment)
        session.flush()
        made = select(entity.model.id).where(entity.model.project_id == place.project_id)
        place.ids[kind] = session.scalars(made).one()
    milestone = parts.Milestone(
        project_id=place.project_id, title=f"Milestone {text}", origin="own", promised_on=date(2026, 1, 9)
    )
    session.add(milestone)
    session.flush()
    place.ids["milestone"] = milestone.id


def _add_waves(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    moment = datetime.now(UTC)
    names = ["planning", "building", "adopting", *(f"more {index}" for index in range(EXTRA[place.key]))]
    made: dict[str, Wave] = {}
    for name in names:
        values = {"name": f"Wave {name} {text}", "goal": f"Goal {text}", "starts_on": date(2026, 3, 2)}
        made[name] = waves.create_wave(session, project_id=place.project_id, values=values, by=by, at=moment)
        session.flush()
        place.ids |= {name: made[name].id, f"{name}_number": made[name].number}
    place.ids |= {"last_wave": made[names[-1]].id, "last_wave_number": made[names[-1]].number}
    for name, story in (("planning", "story0"), ("building", "story1"), ("adopting", "story2")):
        put_in_wave(session, made[name], [session.get_one(Story, place.ids[story])], by=by, at=moment)
    waves.start_wave(session, made["building"], by=by, at=moment)
    waves.start_wave(session, made["adopting"], by=by, at=moment)
    waves.close_wave(session, made["adopting"], {place.ids["story2"]: "backlog"}, by=by, at=moment)


def _add_governance(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    moment = datetime.now(UTC)
    for name in ["open", "resolved", *(f"more {index}" for index in range(EXTRA[place.key]))]:
        values = {"title": f"Obstacle {text}", "kind": "policy", "severity": "low", "description": text}
        obstacle = raise_obstacle(session, project_id=place.project_id, values=values, by=by, at=moment)
        session.flush()
        place.ids |= {f"obstacle_{name}": obstacle.id, f"obstacle_{name}_number": obstacle.number}
        if name == "resolved":
            resolve_obstacle(session, obstacle, resolution=f"Solved {text}", by=by, at=moment)
    place.ids["last_obstacle_number"] = obstacle.number


def _add_talk(session: Session, app: Flask, place: Place, text: str, by: Actor) -> None:
    moment, about = datetime.now(UTC), RecordRef("story", place.ids["story0"])
    add_comment(session, about=about, project_id=place.project_id, body=f"Said {text}", by=by, at=moment)
    store = FileStore(app.extensions["implementor_settings"].var_dir / "files")
    file = store.put(f"{canary(place.key)}.txt", io.BytesIO(text.encode()))
    attach_files(session, about=about, project_id=place.project_id, files=[file], by=by, at=moment)
    view = save_view(
        session, kind="story", project_id=place.project_id, name=f"View {text}"[:60], address="sort=title",
        shared=True, by=by, at=moment,
    )  # fmt: skip
    job = enqueue(
        session, "lists.change_selection", arguments={}, by=by, at=moment + timedelta(days=300),
        title=say("Change %(what)s", what=text), project_id=place.project_id,
    )  # fmt: skip
    session.flush()
    for name, model in (("comment", Comment), ("attachment", Attachment)):
        found: Any = select(model.id).where(model.project_id == place.project_id)
        place.ids[name] = session.scalars(found).one()
    members = select(Membership.id).where(Membership.project_id == place.project_id).order_by(Membership.id)
    place.ids |= {"view": view.id, "job": job.id, "membership": session.scalars(members).all()[-1]}


def _add_rest(app: Flask, world: World, lead: Person) -> None:
    for place in world.places.values():
        newest = select(Action.id).where(Action.project_id == place.project_id).order_by(Action.id.desc())
        with working(app) as session:
            place.ids["action"] = session.scalars(newest).first() or 0
    with working(app) as session:
        subject = say("Mail about nothing")
        mail = send_mail(session, lead.email, subject, ["Text"], language="en", at=datetime.now(UTC))
        mail.given_up_at = datetime.now(UTC)
        session.flush()
        world.ids["message"] = mail.id
        own = select(Project.programme_id).where(Project.key == OWN)
        world.ids["programme"] = session.scalars(own).one()
    add_programme_committee(app, world, world.places[OWN])
    add_waiting(app, world.ids, world.places[FOREIGN].project_id, world.places.values())
    add_pack(app, world.ids, world.places[OWN].project_id)
    _open_session(app, lead)
    with working(app) as session:
        latest = select(UserSession.id).where(UserSession.user_id == lead.id).order_by(UserSession.id.desc())
        world.ids["session"] = session.scalars(latest).first() or 0


def _add_archived(app: Flask, world: World, lead: Person) -> None:
    held = [(Role.PROJECT_LEAD, lead), *((Role(name), world.people[name]) for name in ("viewer", "member"))]
    place = Place("ARC", add_project(app, "ARC", people=held))
    with working(app) as session:
        archive_project(session, session.get_one(Project, place.project_id), by=SYSTEM, at=datetime.now(UTC))
    world.places["ARC"] = place


def add(session: Session, made: Any) -> Any:
    """What a service made, with its id."""
    session.add(made)
    session.flush()
    return made
