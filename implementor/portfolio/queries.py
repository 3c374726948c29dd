"""What the pages over all projects read, each for every project that the reader may see at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import joinedload

from implementor.finance.queries.lines import shows_money_to
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.history.models import Action
from implementor.projects.models import Programme, Project
from implementor.projects.place import sees_every_project
from implementor.projects.queries import is_visible_to
from implementor.stages.models import Gate
from implementor.stories.models import Milestone
from implementor.waves.models import FINISHED, Wave


def seen_by(actor: Actor) -> Select[int]:
    """Ids of the projects in use that the actor may see."""
    return select(Project.id).where(is_visible_to(actor), Project.archived_at.is_(None))


def projects_seen(actor: Actor) -> Rows:
    """Rows (id, key, name, programme_id, status, ends_on, method_key, method_version) of those projects, by key."""
    columns = (Project.id, Project.key, Project.name, Project.programme_id, Project.status, Project.ends_on)
    return (
        select(*columns, Project.method_key, Project.method_version)
        .where(is_visible_to(actor), Project.archived_at.is_(None))
        .order_by(Project.key)
    )


def money_seen_by(actor: Actor) -> Select[int]:
    """Ids of those of the projects whose money the actor may see."""
    return seen_by(actor).where(shows_money_to(actor))


def gates_seen(actor: Actor) -> Rows:
    """Rows (project_id, name, state, review_on) of every gate of those projects that was ever touched."""
    return select(Gate.project_id, Gate.name, Gate.state, Gate.review_on).where(Gate.project_id.in_(seen_by(actor)))


def waves_seen(actor: Actor) -> Rows:
    """Rows (project_id, number, starts_on, ends_on) of their waves that are not finished, in their order."""
    return (
        select(Wave.project_id, Wave.number, Wave.starts_on, Wave.ends_on)
        .where(Wave.project_id.in_(seen_by(actor)), Wave.archived_at.is_(None), Wave.stage != FINISHED)
        .order_by(Wave.project_id, Wave.rank, Wave.id)
    )


def milestones_seen(actor: Actor) -> Rows:
    """Rows (project_id, title, promised_on, forecast_on) of milestones of those projects that were not reached yet."""
    return (
        select(Milestone.project_id, Milestone.title, Milestone.promised_on, Milestone.forecast_on)
        .where(
            Milestone.project_id.in_(seen_by(actor)), Milestone.archived_at.is_(None), Milestone.reached_on.is_(None),
            Milestone.promised_on.is_not(None),
        )
        .order_by(Milestone.promised_on, Milestone.id)
    )  # fmt: skip


def late_milestones() -> ScalarSelect[Any]:
    """For a statement over Project: how many of its milestones are forecast for later than was promised."""
    return (
        select(func.count())
        .select_from(Milestone)
        .where(
            Milestone.project_id == Project.id, Milestone.archived_at.is_(None), Milestone.reached_on.is_(None),
            Milestone.forecast_on > Milestone.promised_on,
        )
        .correlate(Project)
        .scalar_subquery()
    )  # fmt: skip


def last_moved() -> ScalarSelect[Any]:
    """For a statement over Project: when anything was last done in it."""
    return (
        select(Action.at)
        .where(Action.project_id == Project.id)
        .order_by(Action.id.desc())
        .limit(1)
        .correlate(Project)
        .scalar_subquery()
    )


def programmes_seen(actor: Actor) -> Select[Programme]:
    """The programmes in use of projects that the actor may see, for the PMO all, with their sponsors, by name."""
    found = select(Programme).where(Programme.archived_at.is_(None))
    if not sees_every_project(actor):
        mine = select(Project.programme_id).where(is_visible_to(actor), Project.archived_at.is_(None))
        found = found.where(Programme.id.in_(mine))
    return found.options(joinedload(Programme.sponsor)).order_by(Programme.name_key, Programme.id)
