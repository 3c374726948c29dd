"""Two hundred projects in four programmes beside the measured one, with waves, promises and risks, for the bench."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor, Role
from implementor.governance.place import Here
from implementor.governance.services import open_risk
from implementor.lists.sheets import sheet_of
from implementor.projects.models import Project
from implementor.projects.services import NewProject, create_project
from implementor.waves.services import create_wave

PROJECTS, PROGRAMMES, RISKS = 200, 4, 25
WAVES = 20
"""Waves of each project of the first programme, whose roadmap is measured: fifty projects."""
FIRST = "P000"
"""The key of the first of them, whose gates are measured."""


def add_portfolio(session: Session, key: str, actors: Mapping[str, Actor], at: datetime) -> None:
    """The lead of the measured project leads them all; that one gets risks for its map."""
    by = actors["lead"]
    programmes: dict[int, int] = {}
    for number in range(PROJECTS):
        place = number % PROGRAMMES
        project = _project(session, number, programmes.get(place), by, at)
        programmes[place] = project.programme_id
    measured = session.scalars(select(Project.id).where(Project.key == key)).one()
    for number in range(RISKS):
        open_risk(
            session, Here(measured), title=f"Risk {number}", category="data", probability=1 + number % 5,
            impact=1 + number // 5, by=by, at=at,
        )  # fmt: skip


def _project(session: Session, number: int, programme_id: int | None, by: Actor, at: datetime) -> Project:
    today = at.date()
    wanted = NewProject(
        key=f"P{number:03}", name=f"Rollout {number}", purpose="One of many.", programme_id=programme_id,
        programme_name="" if programme_id else f"Programme {number % PROGRAMMES}", starts_on=today,
        ends_on=today + timedelta(days=200), country="ES", method_key="agile",
        people=[(Role.PROJECT_LEAD, by.user_id or 0)],
    )  # fmt: skip
    project = create_project(session, wanted, by=by, at=at)
    for wave in range(1 if number % PROGRAMMES else WAVES):
        begins = today + timedelta(days=number % 30 + 14 * wave)
        days: dict[str, Any] = {"starts_on": begins, "ends_on": begins + timedelta(days=30)}
        create_wave(session, project_id=project.id, values={"name": f"Wave {wave + 1}", **days}, by=by, at=at)
    promised = {"promised_on": today + timedelta(days=40), "forecast_on": today + timedelta(days=30 + number % 30)}
    create = sheet_of("milestone").create
    assert create is not None  # the page of milestones has its button
    values = {"title": "Interface", "origin": "own", **promised}
    create(session, Scope(project.id, by.with_roles([Role.PROJECT_LEAD])), values, by, at)
    if number % 7 == 0:
        open_risk(
            session, Here(project.id), title="Data is late", category="data", probability=5, impact=5, by=by, at=at
        )  # fmt: skip
    return project
