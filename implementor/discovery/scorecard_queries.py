"""How scorecards and the people of the areas they are given to are found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Select, Text, cast, exists, func, literal, select
from sqlalchemy.orm import aliased

from implementor.auth.models import Area, Team, TeamMember, User
from implementor.discovery.models import Objective, ObjectiveMetric
from implementor.discovery.scorecard_models import ScorecardAcknowledgement, ScorecardArea, ScorecardEdition
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.metrics.models import Metric
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to

MOST_METRICS, MOST_EDITIONS = 300, 60


def metrics_of_scorecard(*, project_id: int) -> Rows:
    """Rows (Metric, is_goal) in use; `is_goal` is whether it judges one of the goals of every CRM."""
    goals = (
        select(ObjectiveMetric.metric_id)
        .join(Objective, Objective.id == ObjectiveMetric.objective_id)
        .where(
            ObjectiveMetric.project_id == project_id, Objective.given_key.is_not(None), Objective.archived_at.is_(None)
        )
    )
    is_goal = Metric.id.in_(goals)
    return (
        select(Metric, is_goal.label("is_goal"))
        .where(Metric.project_id == project_id, Metric.archived_at.is_(None))
        .order_by(Metric.name_key, Metric.id)
        .limit(MOST_METRICS)
    )


def editions_of_project(*, project_id: int) -> Rows:
    """Rows (ScorecardEdition, publisher), the latest first."""
    return (
        select(ScorecardEdition, User.name.label("publisher"))
        .outerjoin(User, User.id == ScorecardEdition.published_by_id)
        .where(ScorecardEdition.project_id == project_id)
        .order_by(ScorecardEdition.number.desc())
        .limit(MOST_EDITIONS)
    )


def edition_numbered(*, project_id: int, number: int) -> Rows:
    """The row (ScorecardEdition, publisher) of that number."""
    return editions_of_project(project_id=project_id).where(ScorecardEdition.number == number)


def last_number(*, project_id: int) -> Rows:
    """The number of the project's last edition."""
    return select(func.max(ScorecardEdition.number)).where(ScorecardEdition.project_id == project_id)


def editions_to_remind_of(*, before: datetime) -> Select[ScorecardEdition]:
    """The newest editions of projects in use, published before a moment, that some area took no note of."""
    noted = select(ScorecardAcknowledgement.id).where(
        ScorecardAcknowledgement.edition_id == ScorecardArea.edition_id,
        ScorecardAcknowledgement.area_id == ScorecardArea.area_id,
    )
    newer = aliased(ScorecardEdition)
    return (
        select(ScorecardEdition)
        .join(Project, Project.id == ScorecardEdition.project_id)
        .where(
            Project.archived_at.is_(None),
            ScorecardEdition.published_at < before,
            ScorecardEdition.reminded_at.is_(None),
            exists().where(ScorecardArea.edition_id == ScorecardEdition.id, ~noted.exists()),
            ~exists().where(newer.project_id == ScorecardEdition.project_id, newer.number > ScorecardEdition.number),
        )
        .order_by(ScorecardEdition.id)
    )


def titles_of_editions(actor: Actor, ids: Iterable[int]) -> Rows:
    """Editions of these ids that somebody sees as rows (id, title, project_key, number)."""
    return (
        select(
            ScorecardEdition.id, cast(ScorecardEdition.number, Text).label("title"), Project.key.label("project_key"),
            ScorecardEdition.number.label("number"),
        )
        .join(Project, Project.id == ScorecardEdition.project_id)
        .where(ScorecardEdition.id.in_(list(ids)), is_visible_to(actor))
    )  # fmt: skip


def areas_of_edition(*, edition_id: int) -> Rows:
    """Rows (id, name) of the areas it was given to, by name."""
    return (
        select(Area.id, Area.name)
        .join(ScorecardArea, ScorecardArea.area_id == Area.id)
        .where(ScorecardArea.edition_id == edition_id)
        .order_by(Area.name_key, Area.id)
    )


def people_of_areas(ids: Collection[int]) -> Rows:
    """Rows (area_id, id, name, is_head) of who heads an area or is in one of its teams now, and can sign in."""
    heads = select(Area.id.label("area_id"), Area.head_id.label("user_id"), literal(1).label("heads"))
    heads = heads.where(Area.id.in_(list(ids)), Area.head_id.is_not(None))
    members = (
        select(Team.area_id, TeamMember.user_id, literal(0))
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(Team.area_id.in_(list(ids)), Team.archived_at.is_(None), TeamMember.left_at.is_(None))
    )
    everybody = heads.union_all(members).subquery()
    return (
        select(everybody.c.area_id, User.id, User.name, func.max(everybody.c.heads).label("is_head"))
        .join(User, User.id == everybody.c.user_id)
        .where(User.disabled_at.is_(None))
        .group_by(everybody.c.area_id, User.id, User.name, User.name_key)
        .order_by(func.max(everybody.c.heads).desc(), User.name_key, User.id)
    )


def acknowledgements_of(*, edition_id: int) -> Select[ScorecardAcknowledgement]:
    """Who took note of an edition, in the order of time."""
    found = select(ScorecardAcknowledgement).where(ScorecardAcknowledgement.edition_id == edition_id)
    return found.order_by(ScorecardAcknowledgement.id)
