"""How scenarios and their changes are found."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.planning.scenario_models import Scenario, ScenarioChange
from implementor.stories.models import Story

SHOWN = 100


def scenarios_of(*, project_id: int) -> Rows:
    """The scenarios of a project in use, the open ones first: (Scenario, changes, author, decided_by)."""
    author, decider = aliased(User), aliased(User)
    count = select(func.count()).where(ScenarioChange.scenario_id == Scenario.id).correlate(Scenario).scalar_subquery()
    return (
        select(Scenario, count.label("changes"), author.name.label("author"), decider.name.label("decided_by"))
        .outerjoin(author, author.id == Scenario.created_by_id)
        .outerjoin(decider, decider.id == Scenario.decided_by_id)
        .where(Scenario.project_id == project_id, Scenario.archived_at.is_(None))
        .order_by(Scenario.outcome.is_not(None), Scenario.id.desc())
        .limit(SHOWN)
    )


def scenario_of(*, project_id: int, scenario_id: int) -> Select[Scenario]:
    """One scenario of a project, put away or not."""
    return select(Scenario).where(Scenario.project_id == project_id, Scenario.id == scenario_id)


def changes_of(*, scenario_ids: Collection[int]) -> Select[ScenarioChange]:
    """What scenarios change, in the order it was written down."""
    return (
        select(ScenarioChange)
        .where(ScenarioChange.scenario_id.in_(list(scenario_ids)))
        .order_by(ScenarioChange.scenario_id, ScenarioChange.id)
    )


def stories_named(*, project_id: int, ids: Collection[int]) -> Rows:
    """Stories by id to name them: rows (id, number, title)."""
    return select(Story.id, Story.number, Story.title).where(Story.project_id == project_id, Story.id.in_(list(ids)))


def change_of(*, scenario_id: int, change_id: int) -> Select[ScenarioChange]:
    """One change of a scenario."""
    return select(ScenarioChange).where(ScenarioChange.scenario_id == scenario_id, ScenarioChange.id == change_id)
