"""What can happen to programmes and projects, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, update
from sqlalchemy.orm import Session

from implementor.calendars.countries import country_codes, currency_of, region_choices
from implementor.foundation.errors import InvalidInput
from implementor.foundation.events import publish
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.projects.beginnings import begin_with
from implementor.projects.events import ProjectCreated
from implementor.projects.models import KEY_SHAPE, Membership, Programme, Project, ProjectArea
from implementor.projects.queries import (
    area_links,
    areas_offered,
    people_by_id,
    programme_in_use,
    programme_named,
    project_named,
)

LONGEST_NAME = 120


@dataclass(frozen=True)
class NewProject:
    """What the wizard gathers; `programme_name` makes a new programme where `programme_id` is None."""

    key: str
    name: str
    purpose: str = ""
    programme_id: int | None = None
    programme_name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    country: str = ""
    region: str | None = None
    deployment: str = "hosted"
    method_key: str = "agile"
    area_ids: Collection[int] = ()
    people: Sequence[tuple[Role, int]] = field(default=())
    stories: Collection[str] = ()
    """Keys of what it begins with (`beginnings.offered`)."""


def create_project(session: Session, wanted: NewProject, *, by: Actor, at: datetime) -> Project:
    """Begin a project with its areas and people. Raises InvalidInput that names every field that is wrong."""
    key = usable_key(session, wanted.key)
    refuse_calendar(wanted.starts_on, wanted.ends_on, wanted.country, wanted.region)
    name_action(session, say("Created the project %(name)s", name=wanted.name), verb="project.create")
    project = Project(
        key=key,
        name=wanted.name,
        purpose=wanted.purpose,
        programme_id=_programme(session, wanted).id,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        country=wanted.country,
        region=wanted.region or None,
        deployment=wanted.deployment,
        method_key=wanted.method_key,
    )
    session.add(project)
    session.flush()
    set_areas(session, project, wanted.area_ids)
    _add_people(session, project, wanted.people)
    publish(session, ProjectCreated(project.id, project.method_key, project.method_version, by, at))
    session.flush()
    begin_with(session, project.id, wanted.stories, by=by, at=at)
    return project


def edit_project(
    session: Session,
    project: Project,
    values: Mapping[str, Any],
    area_ids: Collection[int] | None = None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Change what a project says of itself; its key and method stay. `area_ids` None leaves the areas alone."""
    wanted = {name: values.get(name, getattr(project, name)) for name in ("starts_on", "ends_on", "country", "region")}
    refuse_calendar(**wanted)
    _refuse_handing_on(project, values)
    for name, value in values.items():
        setattr(project, name, value or "" if name == "purpose" else value)
    if area_ids is not None:
        set_areas(session, project, area_ids)
    name_action(session, say("Changed the project"), verb="project.edit", project_id=project.id)
    session.flush()


def _refuse_handing_on(project: Project, values: Mapping[str, Any]) -> None:
    """Handing on says who keeps what, and taking back why, which no list and no form of settings asks."""
    status = values.get("status", project.status)
    if status != project.status and "handed_on" in (status, project.status):
        raise InvalidInput({"status": say("A project is handed on, and taken back, on its page “After the end”.")})


def archive_project(session: Session, project: Project, *, by: Actor, at: datetime) -> None:
    """Put a project away: it leaves the lists and cannot be changed until it is restored."""
    project.archived_at, project.archived_by_id = at, by.user_id
    name_action(session, say("Archived the project"), verb="project.archive", project_id=project.id)
    session.flush()


def restore_project(session: Session, project: Project, *, by: Actor, at: datetime) -> None:
    """Bring an archived project back."""
    project.archived_at, project.archived_by_id = None, None
    name_action(session, say("Restored the project"), verb="project.restore", project_id=project.id)
    session.flush()


def take_numbers(session: Session, *, project_id: int, of: str, count: int = 1) -> int:
    """The first of `count` numbers in a row that nothing else in the project will get; `of` names a counter.

    One UPDATE takes them, so that two who ask at once get different ones.
    """
    if session.autoflush:
        session.flush()  # the project may be as new as what is numbered
    taken = session.connection().execute(_taking(of), {"of_project": project_id, "count": count})
    return int(taken.scalar_one()) - count


@cache
def _taking(of: str) -> Any:
    """The statement that takes numbers, put together once; it runs under the write lock."""
    projects: Table = Project.__table__  # type: ignore[assignment]  # declared tables are tables
    counter = projects.c[f"next_{of}_number"]
    return (
        update(projects)
        .where(projects.c.id == bindparam("of_project"))
        .values({counter: counter + bindparam("count")})
        .returning(counter)
    )


def usable_key(session: Session, text: str) -> str:
    """The key in capitals. Raises InvalidInput when it has another shape or is taken, by an archived project too."""
    key = clean_line(text).upper()
    if not re.fullmatch(KEY_SHAPE, key):
        reason = say("The key must have 2 to 10 capitals or digits and begin with a letter, such as VEN.")
        raise InvalidInput({"key": reason})
    if session.scalar(project_named(key)) is not None:
        raise InvalidInput({"key": say("The key %(key)s is taken. Choose another one.", key=key)})
    return key


def refuse_programme(session: Session, programme_id: int | None, name: str) -> None:
    """Raise InvalidInput unless there is exactly one of: a programme in use, a name for a new one."""
    name = clean_line(name)
    reason: Phrase | None = None
    where = "programme_name"
    if programme_id is not None and name:
        reason = say("Choose a programme or name a new one, not both.")
    elif programme_id is None and not name:
        where, reason = "programme_id", say("Choose a programme or name a new one.")
    elif programme_id is not None:
        known = session.scalar(programme_in_use(programme_id=programme_id))
        where, reason = "programme_id", None if known else say("Choose a programme from the list.")
    elif len(name) > LONGEST_NAME:
        reason = say("The name may have %(longest)s characters.", longest=LONGEST_NAME)
    elif session.scalar(programme_named(name)) is not None:
        reason = say("There is a programme of that name. Choose it from the list.")
    if reason is not None:
        raise InvalidInput({where: reason})


def refuse_calendar(starts_on: date | None, ends_on: date | None, country: str | None, region: str | None) -> None:
    """Raise InvalidInput for dates in the wrong order, unknown countries and regions of other countries."""
    errors: dict[str, Phrase] = {}
    if starts_on and ends_on and ends_on < starts_on:
        errors["ends_on"] = say("The end must not come before the start.")
    if country not in country_codes():
        errors["country"] = say("Choose a country from the list.")
    elif region and region not in dict(region_choices(country)):
        errors["region"] = say("Choose a region of the country, or none.")
    if errors:
        raise InvalidInput(errors)


def set_areas(session: Session, project: Project, area_ids: Collection[int]) -> None:
    """Let the project be for exactly these areas. Raises InvalidInput for areas that are not offered."""
    links = {link.area_id: link for link in session.scalars(area_links(project_id=project.id))}
    offered = {row.id for row in session.execute(areas_offered(kept=links))}
    if not set(area_ids) <= offered:
        raise InvalidInput({"areas": say("Choose areas from the list.")})
    for area_id in sorted(set(area_ids) - set(links)):
        session.add(ProjectArea(project_id=project.id, area_id=area_id))
    for area_id in sorted(set(links) - set(area_ids)):
        session.delete(links[area_id])
    session.flush()


def _programme(session: Session, wanted: NewProject) -> Programme:
    refuse_programme(session, wanted.programme_id, wanted.programme_name)
    if wanted.programme_id is not None:
        return session.scalars(programme_in_use(programme_id=wanted.programme_id)).one()
    programme = Programme(
        name=clean_line(wanted.programme_name),
        country=wanted.country,
        region=wanted.region or None,
        currency=currency_of(wanted.country),
    )
    session.add(programme)
    session.flush()
    return programme


def _add_people(session: Session, project: Project, people: Iterable[tuple[Role, int]]) -> None:
    chosen = list(dict.fromkeys(people))
    known = {row.id for row in session.execute(people_by_id({user_id for _, user_id in chosen}))}
    if not {user_id for _, user_id in chosen} <= known:
        raise InvalidInput({"people": say("One of these people can no longer sign in. Take them out and try again.")})
    for role, user_id in chosen:
        session.add(Membership(project_id=project.id, user_id=user_id, role=str(role)))
    session.flush()
