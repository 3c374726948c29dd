"""Reading rules, periods, standings, corrections and awards."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from implementor.auth.models import Area, Team, User
from implementor.foundation.model import Rows
from implementor.incentives.models import (
    Incentive,
    IncentiveAward,
    IncentiveCorrection,
    IncentiveNaming,
    IncentivePeriod,
    IncentiveRule,
    IncentiveStanding,
)
from implementor.projects.models import Project

# --- what is written down ---------------------------------------------------------------------------------------------


def rules_of(*, project_id: int, incentive_id: int) -> Select[IncentiveRule]:
    """The rules of an incentive that are in use, in the order in which they were written."""
    found = select(IncentiveRule).where(
        IncentiveRule.project_id == project_id, IncentiveRule.incentive_id == incentive_id,
        IncentiveRule.archived_at.is_(None),
    )  # fmt: skip
    return found.order_by(IncentiveRule.id)


def periods_of(*, project_id: int, incentive_id: int) -> Select[IncentivePeriod]:
    """The periods of an incentive in use, the newest first."""
    found = select(IncentivePeriod).where(
        IncentivePeriod.project_id == project_id, IncentivePeriod.incentive_id == incentive_id,
        IncentivePeriod.archived_at.is_(None),
    )  # fmt: skip
    return found.order_by(IncentivePeriod.starts_on.desc(), IncentivePeriod.id.desc())


def periods_to_count(on: date) -> Select[IncentivePeriod]:
    """The periods that have begun and are not closed, of projects and incentives in use."""
    return (
        select(IncentivePeriod)
        .join(Incentive, Incentive.id == IncentivePeriod.incentive_id)
        .join(Project, Project.id == IncentivePeriod.project_id)
        .where(
            IncentivePeriod.closed_at.is_(None), IncentivePeriod.starts_on <= on, IncentivePeriod.archived_at.is_(None),
            Incentive.archived_at.is_(None), Project.archived_at.is_(None),
        )
        .options(joinedload(IncentivePeriod.incentive))
        .order_by(IncentivePeriod.id)
    )  # fmt: skip


def newest_count(period_ids: Collection[int]) -> Select[datetime]:
    """When one of these periods was counted last."""
    return select(func.min(IncentiveStanding.counted_at)).where(IncentiveStanding.period_id.in_(list(period_ids)))


# --- standings --------------------------------------------------------------------------------------------------------


def corrected() -> Any:
    """The points of corrections of a standing, as a column of it."""
    return (
        select(func.coalesce(func.sum(IncentiveCorrection.points), 0))
        .where(
            IncentiveCorrection.period_id == IncentiveStanding.period_id,
            IncentiveCorrection.user_id == IncentiveStanding.user_id,
        )
        .correlate(IncentiveStanding)
        .scalar_subquery()
    )


def standings_of(period_id: int) -> Rows:
    """Rows (IncentiveStanding, name, corrected) of a period, most points first."""
    more = corrected()
    return (
        select(IncentiveStanding, User.name, more.label("corrected"))
        .join(User, User.id == IncentiveStanding.user_id)
        .where(IncentiveStanding.period_id == period_id)
        .order_by((IncentiveStanding.points + more).desc(), User.name_key, User.id)
    )


def people_in(period_id: int) -> Select[int]:
    """The ids of those who take part in a period."""
    return select(IncentiveStanding.user_id).where(IncentiveStanding.period_id == period_id)


def locked(period_id: int) -> Select[IncentivePeriod]:
    """A period with its incentive, for one piece of work at a time: others wait until it is done."""
    return (
        select(IncentivePeriod)
        .where(IncentivePeriod.id == period_id)
        .options(joinedload(IncentivePeriod.incentive, innerjoin=True))
        .with_for_update(of=IncentivePeriod)
        .execution_options(populate_existing=True)
    )


def points_in(period_id: int) -> Rows:
    """Rows (team_id, points, counted_at) of everybody in a period, corrections counted in."""
    points = (IncentiveStanding.points + corrected()).label("points")
    found = select(IncentiveStanding.team_id, points, IncentiveStanding.counted_at)
    return found.where(IncentiveStanding.period_id == period_id)


def names_in(period_id: int) -> Rows:
    """Rows (id, name) of everybody in a period."""
    found = select(User.id, User.name).join(IncentiveStanding, IncentiveStanding.user_id == User.id)
    return found.where(IncentiveStanding.period_id == period_id).order_by(User.name_key, User.id)


def standing_in(period_id: int, user_id: int) -> Select[IncentiveStanding]:
    """What somebody earned in a period."""
    return select(IncentiveStanding).where(
        IncentiveStanding.period_id == period_id, IncentiveStanding.user_id == user_id
    )


def standings_with(user_id: int) -> Rows:
    """Rows (IncentivePeriod, Incentive, IncentiveStanding, corrected, agreed_at) of somebody, the newest first."""
    return (
        select(IncentivePeriod, Incentive, IncentiveStanding, corrected().label("corrected"), IncentiveNaming.agreed_at)
        .join(Incentive, Incentive.id == IncentivePeriod.incentive_id)
        .join(IncentiveStanding, IncentiveStanding.period_id == IncentivePeriod.id)
        .outerjoin(
            IncentiveNaming, and_(IncentiveNaming.incentive_id == Incentive.id, IncentiveNaming.user_id == user_id)
        )
        .where(
            IncentiveStanding.user_id == user_id, IncentivePeriod.archived_at.is_(None), Incentive.archived_at.is_(None)
        )
        .order_by(IncentivePeriod.starts_on.desc(), IncentivePeriod.id.desc())
        .limit(12)
    )  # fmt: skip


def standings_of_own_people(user_id: int) -> Rows:
    """Rows (IncentivePeriod, name, team, points) of the people whom somebody answers for, the newest periods first."""
    points = (IncentiveStanding.points + corrected()).label("points")
    return (
        select(IncentivePeriod, User.name, Team.name.label("team"), points)
        .join(IncentiveStanding, IncentiveStanding.period_id == IncentivePeriod.id)
        .join(User, User.id == IncentiveStanding.user_id)
        .join(Team, Team.id == IncentiveStanding.team_id)
        .outerjoin(Area, Area.id == Team.area_id)
        .where(
            or_(Team.manager_id == user_id, Area.head_id == user_id), IncentivePeriod.archived_at.is_(None),
            Team.archived_at.is_(None),
        )
        .order_by(IncentivePeriod.starts_on.desc(), IncentivePeriod.id, Team.name_key, User.name_key, User.id)
        .limit(500)
    )  # fmt: skip


def corrections_of(period_id: int) -> Rows:
    """Rows (IncentiveCorrection, name, author) of a period, in order."""
    author = aliased(User, name="correction_author")
    return (
        select(IncentiveCorrection, User.name, author.name.label("author"))
        .join(User, User.id == IncentiveCorrection.user_id)
        .outerjoin(author, author.id == IncentiveCorrection.by_id)
        .where(IncentiveCorrection.period_id == period_id)
        .order_by(IncentiveCorrection.id)
    )


def awards_of(period_ids: Collection[int]) -> Rows:
    """Rows (IncentiveAward, name, team, agreed_at) of periods in the order in which they were given."""
    return (
        select(IncentiveAward, User.name, Team.name.label("team"), IncentiveNaming.agreed_at)
        .join(IncentivePeriod, IncentivePeriod.id == IncentiveAward.period_id)
        .outerjoin(User, User.id == IncentiveAward.user_id)
        .outerjoin(Team, Team.id == IncentiveAward.team_id)
        .outerjoin(
            IncentiveNaming,
            and_(
                IncentiveNaming.incentive_id == IncentivePeriod.incentive_id,
                IncentiveNaming.user_id == IncentiveAward.user_id,
            ),
        )
        .where(IncentiveAward.period_id.in_(list(period_ids)))
        .order_by(IncentiveAward.id)
    )


def named_among(period_id: int) -> Select[int]:
    """How many of those who take part in a period agreed to be named."""
    return (
        select(func.count())
        .select_from(IncentiveStanding)
        .join(IncentivePeriod, IncentivePeriod.id == IncentiveStanding.period_id)
        .join(
            IncentiveNaming,
            and_(
                IncentiveNaming.incentive_id == IncentivePeriod.incentive_id,
                IncentiveNaming.user_id == IncentiveStanding.user_id,
            ),
        )
        .where(IncentiveStanding.period_id == period_id)
    )


def naming_of(incentive_id: int, user_id: int) -> Select[IncentiveNaming]:
    """That somebody agreed to be named."""
    return select(IncentiveNaming).where(
        IncentiveNaming.incentive_id == incentive_id, IncentiveNaming.user_id == user_id
    )


def takes_part_in(incentive_id: int, user_id: int) -> Select[int]:
    """The periods of an incentive in which somebody stands."""
    return (
        select(IncentivePeriod.id)
        .join(IncentiveStanding, IncentiveStanding.period_id == IncentivePeriod.id)
        .where(IncentivePeriod.incentive_id == incentive_id, IncentiveStanding.user_id == user_id)
    )


def team_names(team_ids: Collection[int]) -> Rows:
    """Rows (id, name) of teams."""
    return select(Team.id, Team.name).where(Team.id.in_(list(team_ids))).order_by(Team.name_key, Team.id)
