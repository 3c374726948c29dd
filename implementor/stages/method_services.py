"""Changing a method of the installation: a draft is begun from the newest version, edited, published; projects move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.permissions import PROJECT_ROLES, Actor
from implementor.foundation.text import clean_line
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.projects.models import Project
from implementor.stages.checks import checks
from implementor.stages.gate_queries import draft_of, last_own_number
from implementor.stages.method_store import FIRST_OWN, method_of_version, newest_method
from implementor.stages.methods import (
    LONGEST_WAIVER,
    Item,
    Method,
    StageOfMethod,
    data_of,
    faults_of,
    with_item,
    with_stage,
    without_item,
)
from implementor.stages.models import MethodVersion
from implementor.stages.queries import stages_of_project

LONGEST_NAME = 200
LONGEST_PURPOSE = 1000
ROLES = tuple(str(role) for role in PROJECT_ROLES)


class NotComplete(Refusal):
    """The draft lacks something that a method needs."""


class NothingNewer(Refusal):
    """The project has the newest version of its method."""


def begin_draft(session: Session, key: str, *, by: Actor, at: datetime) -> MethodVersion:
    """Begin a version from the newest one, or go on with the one that was begun. NotFound for unknown methods."""
    known = session.scalars(draft_of(key=key)).one_or_none()
    if known is not None:
        return known
    newest = newest_method(session, key)
    if newest is None:
        raise NotFound("method")
    number = max(FIRST_OWN, (session.scalar(last_own_number(key=key)) or 0) + 1)
    draft = MethodVersion(key=key, number=number, content=data_of(replace(newest, version=number)))
    session.add(draft)
    name_action(session, say("Began a version of the method %(method)s", method=newest.label), verb="method.draft")
    session.flush()
    return draft


def change_limits(
    session: Session, draft: MethodVersion, *, red_below: int, green_from: int, longest_waiver: int, by: Actor
) -> None:
    """Say from which readiness (per cent) a gate is no longer red, from which green, and the most days of a waiver."""
    errors: dict[str, Any] = {}
    if not 0 <= red_below <= green_from <= 100:
        errors["green_from"] = say("Both are per cents, and green does not begin below red's end.")
    if not 1 <= longest_waiver <= LONGEST_WAIVER:
        errors["longest_waiver"] = say("Enter a number of days from 1 to %(most)s.", most=LONGEST_WAIVER)
    if errors:
        raise InvalidInput(errors)
    limits: dict[str, Any] = {"red_below": red_below, "green_from": green_from, "longest_waiver": longest_waiver}
    _keep(session, draft, replace(method_of_version(draft), **limits))


def change_stage(session: Session, draft: MethodVersion, key: str, values: Mapping[str, Any], *, by: Actor) -> None:
    """Give a stage other texts and signatures: `names`, `purposes` by language, `signatures` as roles."""
    method, stage = stage_of_draft(draft, key)
    errors = _text_errors(values["names"], "name", LONGEST_NAME)
    errors |= _text_errors(values["purposes"], "purpose", LONGEST_PURPOSE)
    if not set(values["signatures"]) <= set(ROLES):
        errors["signatures"] = say("Choose roles of a project.")
    if errors:
        raise InvalidInput(errors)
    _keep(session, draft, with_stage(method, replace(stage, **{**values, "signatures": tuple(values["signatures"])})))


def put_item(session: Session, draft: MethodVersion, key: str, item: Item, *, by: Actor) -> None:
    """Add a line to the gate of a stage, or change the one of that key."""
    method, stage = stage_of_draft(draft, key)
    errors = _text_errors(item.names, "name", LONGEST_NAME)
    if item.role not in ROLES:
        errors["role"] = say("Choose one of the eight roles of a project.")
    if item.check and (item.check not in checks or stage.scope not in checks[item.check].places):
        errors["check"] = say("Choose a check that fits the stage, or none.")
    if not 0 <= item.minimum <= 100:
        errors["minimum"] = say("Enter a per cent from 0 to 100.")
    if not 1 <= item.weight <= 100:
        errors["weight"] = say("Enter a whole number from 1 to 100.")
    if errors:
        raise InvalidInput(errors)
    _keep(session, draft, with_stage(method, with_item(stage, item)))


def remove_item(session: Session, draft: MethodVersion, key: str, item_key: str, *, by: Actor) -> None:
    """Take a line out of the draft; versions that are published keep it."""
    method, stage = stage_of_draft(draft, key)
    if item_key not in {item.key for item in stage.items}:
        raise NotFound("line")
    _keep(session, draft, with_stage(method, without_item(stage, item_key)))


def publish(session: Session, draft: MethodVersion, *, by: Actor, at: datetime) -> None:
    """Let projects use the version. Raises NotComplete naming what it lacks; from now on it never changes."""
    faults = faults_of(method_of_version(draft), checks=list(checks), roles=ROLES)
    if faults:
        raise NotComplete(say("This version cannot be used yet: look at %(parts)s.", parts=", ".join(faults)))
    draft.published_at, draft.published_by_id = at, by.user_id
    method = method_of_version(draft)
    name_action(
        session,
        say("Published version %(number)s of %(method)s", number=draft.number, method=method.label),
        verb="method.publish",
    )
    session.flush()


def move_project(session: Session, project: Project, *, by: Actor, at: datetime) -> Method:
    """Move a project to the newest version: ticks and signatures stay, by the keys of lines. Raises NothingNewer."""
    newest = newest_method(session, project.method_key)
    if newest is None or newest.version == project.method_version:
        raise NothingNewer(say("The project has the newest version of its method."))
    project.method_version = newest.version
    for stage in session.scalars(stages_of_project(project_id=project.id)):
        of_method = newest.stage(stage.key)
        if of_method is not None:
            stage.names, stage.purposes = dict(of_method.names), dict(of_method.purposes)
            stage.goes_live, stage.passes = of_method.goes_live, of_method.passes
    name_action(
        session,
        say("Moved to version %(number)s of %(method)s", number=newest.version, method=newest.label),
        verb="method.move",
        project_id=project.id,
    )
    session.flush()
    return newest


def stage_of_draft(draft: MethodVersion, key: str) -> tuple[Method, StageOfMethod]:
    """The draft as a method with the stage of that key. Raises NotFound."""
    method = method_of_version(draft)
    stage = method.stage(key)
    if stage is None:
        raise NotFound("stage")
    return method, stage


def free_key(stage: StageOfMethod, name: str) -> str:
    """A key for a new line, after its English name, that no line of the stage has."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower()).split()
    base = "-".join(words)[:40] or "line"
    taken = {item.key for item in stage.items}
    return next(key for key in (base, *(f"{base}-{number}" for number in range(2, 1000))) if key not in taken)


def _text_errors(texts: Mapping[str, str], field: str, longest: int) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    for language in ("en", "es"):
        text = clean_line(texts.get(language) or "")
        if not text:
            errors[f"{field}_{language}"] = say("Enter the words in both languages.")
        elif len(text) > longest:
            errors[f"{field}_{language}"] = say("The words may have %(longest)s characters.", longest=longest)
    return errors


def _keep(session: Session, draft: MethodVersion, method: Method) -> None:
    if draft.published_at is not None:
        raise NotFound("draft")
    draft.content = data_of(method)
    name_action(session, say("Changed a version of the method %(method)s", method=method.label), verb="method.change")
    session.flush()
