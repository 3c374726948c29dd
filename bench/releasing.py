"""Bringing thirty settings live at once, for the bench: fields, words and needs, applied and rolled back."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bench.databases import Stock
from bench.figures import Figure, median, percentile
from implementor.auth.models import User
from implementor.configuration.first_use import bring_in_shipped, speeches
from implementor.configuration.snapshots import refresh
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor, Role
from implementor.history.services import noting
from implementor.projects.models import Project
from implementor.releases.item_services import add_item
from implementor.releases.release_models import ConfigRelease
from implementor.releases.release_return import roll_back
from implementor.releases.release_services import release_wave
from implementor.releases.setting_kinds import Wish
from implementor.stories.services import create_story
from implementor.waves.models import IMPLEMENTATION, Wave
from implementor.waves.scope import put_in_wave
from implementor.waves.services import create_wave
from implementor.web.database import writing_session

NAME, ROUNDS, OPERATIONS = "release", 6, 30
KINDS = ("line", "whole", "date", "choice", "yes_no")
Deed = Callable[[Session, Wave, Actor, datetime], object]


def release_figure(stock: Stock) -> Figure:
    """How long thirty settings take with their commit, and as its limit the way back; each goes before the next."""
    taken, back, statements = [], [], 0
    for number in range(ROUNDS):
        wave_id = _prepared(stock, number)
        milliseconds, statements = _timed(stock, wave_id, _go_live)
        taken.append(milliseconds)
        back.append(_timed(stock, wave_id, _go_back)[0])
    return Figure(
        NAME, stock.kind, stock.size, median(taken), percentile(taken, 95), 1000 / median(taken), statements, 0,
        median(back), median(taken) / median(back), 0.0, 0.0, 0.0,
    )  # fmt: skip


def _timed(stock: Stock, wave_id: int, deed: Deed) -> tuple[float, int]:
    """(milliseconds, statements) of a deed in a transaction of its own, with the commit."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    began = time.perf_counter()
    with _working(stock) as (session, by, at):
        deed(session, session.get_one(Wave, wave_id), by, at)
    event.remove(Engine, "before_cursor_execute", note)
    return (time.perf_counter() - began) * 1000, len(seen)


def _go_live(session: Session, wave: Wave, by: Actor, at: datetime) -> None:
    if release_wave(session, wave, speeches=speeches(), by=by, at=at) is None:
        raise RuntimeError("the wave carries no settings")


def _go_back(session: Session, wave: Wave, by: Actor, at: datetime) -> None:
    release = session.scalars(select(ConfigRelease).where(ConfigRelease.wave_id == wave.id)).one()
    roll_back(session, release, wave, reason="Measured.", signed=False, overwriting=False, by=by, at=at)


@contextmanager
def _working(stock: Stock) -> Iterator[tuple[Session, Actor, datetime]]:
    at = datetime.now(UTC)
    with writing_session(stock.app) as session:
        lead = session.scalars(select(User).where(User.email == stock.email)).one()
        by = Actor(lead.id, lead.name, lead.email, frozenset({Role.SIGNED_IN, Role.PROJECT_LEAD}))
        refresh(session)
        with noting(session, by=by, at=at):
            yield session, by, at
        session.commit()


def _prepared(stock: Stock, number: int) -> int:
    """A wave that is being built, with a validated story that carries the settings; its id."""
    with _working(stock) as (session, by, at):
        bring_in_shipped(session, at=at)
        refresh(session)
        project = session.scalars(select(Project).where(Project.key == stock.key)).one()
        wave = create_wave(session, project_id=project.id, values={"name": f"Release {number}"}, by=by, at=at)
        session.flush()
        wave.stage, wave.started_at = IMPLEMENTATION, at
        story = create_story(session, Scope(project.id, by), {"title": f"Settings {number}"}, by=by, at=at)
        session.flush()
        put_in_wave(session, wave, [story], by=by, at=at)
        for place in range(OPERATIONS):
            add_item(session, story, _wish(number, place), by=by, at=at)
        story.status = "validated"
        return wave.id


def _wish(number: int, place: int) -> Wish:
    """Half of them fields of one's own, then words of a list, then what must be filled in."""
    names = {"label_en": f"Setting {number}-{place}", "label_es": f"Ajuste {number}-{place}"}
    if place % 2:
        holds = KINDS[place // 2 % len(KINDS)]
        words = "Blue / Azul\nRed / Rojo" if holds == "choice" else ""
        field = {"kind": "account", "field_kind": holds, "words": words, "is_filterable": True, **names}
        return Wish("custom_field", "add", None, field)
    if place % 4:
        return Wish("choice_value", "add", None, {"list": "account.industry", "tone": "ok", **names})
    needed = {"kind": "account", "field": "website", "strength": "warn", "field_1": "type", "test_1": "is_set", **names}
    return Wish("required_rule", "add", None, needed)
