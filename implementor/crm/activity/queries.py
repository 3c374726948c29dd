"""Counting what people did, within what the reader sees, in a number of statements that rows do not change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, literal, select

from implementor.auth.models import Team, TeamMember, User
from implementor.crm.activity.counting import Period
from implementor.crm.interactions.models import Interaction
from implementor.crm.records.agenda import day_begins
from implementor.crm.records.queries import records_in_use
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.parting import Split
from implementor.foundation.permissions import Actor


def interactions_counted(period: Period, zone: ZoneInfo, actor: Actor) -> Rows:
    """Rows (owner_id, channel, week, count) of the period's interactions; days and weeks are those of the zone."""
    ends = [day_begins(last + timedelta(days=1), zone) for _first, last in period.weeks]
    found = records_in_use(Interaction, Scope(None, actor)).where(
        Interaction.at >= day_begins(period.first, zone), Interaction.at < ends[-1]
    )
    inner = found.with_only_columns(Interaction.owner_id, Interaction.channel, _week(ends).label("week")).subquery()
    columns = (inner.c.owner_id, inner.c.channel, inner.c.week)
    return select(*columns, func.count().label("count")).group_by(*columns)


def interactions_by(split: Split, period: Period, zone: ZoneInfo, actor: Actor) -> Rows:
    """Rows (value, channel, count) of the period's interactions by the values of a field."""
    first, end = day_begins(period.first, zone), day_begins(period.last + timedelta(days=1), zone)
    found = records_in_use(Interaction, Scope(None, actor)).where(Interaction.at >= first, Interaction.at < end)
    columns: Any = (split.column.label("value"), Interaction.channel)
    shown = split.join(found).with_only_columns(*columns, func.count(), maintain_column_froms=True)
    return shown.group_by(split.column, Interaction.channel)


def _week(ends: list[datetime]) -> ColumnElement[int]:
    """The number of the week that an interaction was in; a week ends where the reader's clock says."""
    earlier = [(Interaction.at < end, number) for number, end in enumerate(ends[:-1])]
    return case(*earlier, else_=len(ends) - 1) if earlier else literal(0)


def names_of(user_ids: Collection[int]) -> Rows:
    """Rows (id, name) of people."""
    return select(User.id, User.name).where(User.id.in_(list(user_ids)))


def teams_with_members() -> Rows:
    """Rows (id, name, user_id) of the teams in use and who is in them now, by name."""
    return (
        select(Team.id, Team.name, TeamMember.user_id)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(Team.archived_at.is_(None), TeamMember.left_at.is_(None))
        .order_by(Team.name_key, Team.id, TeamMember.user_id)
    )
