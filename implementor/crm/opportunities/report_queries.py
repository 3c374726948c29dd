"""How the figures of forecast and funnel are found: grouped by the database, within what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Subquery, case, cast, extract, func, select, true

from implementor.auth.models import Team, TeamMember, User
from implementor.crm.opportunities.models import OPEN, WON, Opportunity
from implementor.crm.opportunities.stage_facts import stage_facts
from implementor.crm.opportunities.standing import standing
from implementor.crm.records.queries import records_in_use
from implementor.foundation.fields import Scope
from implementor.foundation.live import present
from implementor.foundation.model import Column, Rows

EVERY = true()
"""The condition that narrows nothing."""
OWNER: Column = Opportunity.owner_id


def open_sums(*, scope: Scope, pipeline_id: int | None, only: ColumnElement[bool] = EVERY, who: Column = OWNER) -> Rows:
    """Rows (year, month, who, stage_id, currency, ratio, count, amount) of open opportunities that are alike.

    `only` narrows them, `who` is what they are parted by.
    """
    found = records_in_use(Opportunity, scope).where(Opportunity.status == OPEN, only)
    alike = _alike(_of_pipeline(found, pipeline_id), who)
    keys = (*_month(alike), alike.c.who, alike.c.stage_id, alike.c.currency, alike.c.ratio)
    return select(*keys, _sum(alike.c.records), func.sum(alike.c.amount).label("amount")).group_by(*keys)


def won_sums(
    *, scope: Scope, pipeline_id: int | None, first: date, last: date, only: ColumnElement[bool] = EVERY,
    who: Column = OWNER,
) -> Rows:  # fmt: skip
    """Rows (year, month, who, currency, count, amount) of won opportunities by frozen amounts.

    What came in without a rate has its own amount and currency.
    """
    won = records_in_use(Opportunity, scope).where(
        Opportunity.status == WON, Opportunity.close_on >= first, Opportunity.close_on <= last, only
    )
    alike = _alike(_of_pipeline(won, pipeline_id), who)
    is_frozen = alike.c.base_currency.is_not(None)
    currency = case((is_frozen, alike.c.base_currency), else_=alike.c.currency).label("currency")
    amount = case((is_frozen, alike.c.base_amount), else_=alike.c.amount)
    keys = (*_month(alike), alike.c.who, currency)
    return select(*keys, _sum(alike.c.records), func.sum(amount).label("amount")).group_by(*keys)


def _alike(found: Rows, who: Column) -> Subquery:
    """Opportunities of one day, owner or other part, stage, currency and probability, in the order of their index.

    Of a million there are a few thousand of these, so that months are made of few rows.
    """
    here = standing()
    keys: tuple[Any, ...] = (
        Opportunity.close_on, who.label("who"), here.stage_id.label("stage_id"), Opportunity.currency,
        here.probability_ratio.label("ratio"), Opportunity.base_currency,
    )  # fmt: skip
    sums = (func.sum(column).label(column.key) for column in (Opportunity.amount, Opportunity.base_amount))
    return found.with_only_columns(*keys, func.count().label("records"), *sums).group_by(*keys).subquery("alike")


def _month(alike: Subquery) -> tuple[ColumnElement[int], ColumnElement[int]]:
    return extract("year", alike.c.close_on).label("year"), extract("month", alike.c.close_on).label("month")


def _sum(records: ColumnElement[int]) -> ColumnElement[int]:
    """How many there are, as a whole number on every database."""
    return cast(func.sum(records), Integer).label("records")


def _of_pipeline(found: Rows, pipeline_id: int | None) -> Rows:
    return found if pipeline_id is None else found.where(Opportunity.pipeline_id == pipeline_id)


def names_of_owners() -> Rows:
    """Rows (id, name) of everybody who ever could own a record."""
    return select(User.id, User.name)


def teams_of_people() -> Rows:
    """Rows (user id, team id, team name): who is in which team now, whoever joined first coming first."""
    return (
        select(TeamMember.user_id, Team.id.label("team_id"), Team.name)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.left_at.is_(None))
        .order_by(TeamMember.joined_at, TeamMember.team_id)
    )


def furthest_places(
    *, scope: Scope, pipeline_id: int, places: dict[int, int], begun: tuple[datetime, datetime],
    only: ColumnElement[bool] = EVERY,
) -> Rows:  # fmt: skip
    """Rows (place, count): how far those that began in a time ever came; -1 for none of these places."""
    facts = stage_facts()
    place = func.max(case(*((facts.to_stage_id == id_, at) for id_, at in places.items()), else_=-1))
    each = (
        records_in_use(Opportunity, scope)
        .join(facts, facts.opportunity_id == Opportunity.id)
        .where(
            Opportunity.pipeline_id == pipeline_id,
            Opportunity.began_at >= begun[0],
            Opportunity.began_at < begun[1],
            only,
        )
        .with_only_columns(Opportunity.id, place.label("place"))
        .group_by(Opportunity.id)
        .subquery("furthest")
    )
    return select(each.c.place, func.count().label("records")).group_by(each.c.place)


def entered_stages(
    *, scope: Scope, stage_ids: Sequence[int], time: tuple[datetime, datetime], only: ColumnElement[bool] = EVERY
) -> Rows:
    """Rows (stage id, how many opportunities came into it in a time); one that came twice counts once."""
    facts = stage_facts()
    return (
        select(facts.to_stage_id, func.count(facts.opportunity_id.distinct()))
        .where(
            facts.to_stage_id.in_(stage_ids),
            facts.at >= time[0],
            facts.at < time[1],
            _is_seen(facts, scope, only),
        )
        .group_by(facts.to_stage_id)
    )


def left_stages(
    *, scope: Scope, stage_ids: Sequence[int], time: tuple[datetime, datetime], only: ColumnElement[bool] = EVERY
) -> Rows:
    """Rows (stage id, how many moves led out of it in a time, the seconds spent there together)."""
    facts = stage_facts()
    return (
        select(facts.from_stage_id, func.count(), func.sum(facts.seconds))
        .where(
            facts.from_stage_id.in_(stage_ids),
            facts.at >= time[0],
            facts.at < time[1],
            _is_seen(facts, scope, only),
        )
        .group_by(facts.from_stage_id)
    )


def _is_seen(facts: Any, scope: Scope, only: ColumnElement[bool] = EVERY) -> ColumnElement[bool]:
    seen = records_in_use(Opportunity, scope).where(Opportunity.id == facts.opportunity_id, only)
    return seen.with_only_columns(Opportunity.id).exists()


def lost_from(*, scope: Scope, stage_ids: Sequence[int], time: tuple[datetime, datetime]) -> Rows:
    """Rows (stage id, how many opportunities went from it to a stage of the lost in a time)."""
    facts = stage_facts()
    lost = [stage.id for one in present().pipelines for stage in one.stages if stage.kind == "lost"]
    return (
        select(facts.from_stage_id, func.count(facts.opportunity_id.distinct()))
        .where(
            facts.from_stage_id.in_(stage_ids),
            facts.to_stage_id.in_(lost),
            facts.at >= time[0],
            facts.at < time[1],
            _is_seen(facts, scope),
        )
        .group_by(facts.from_stage_id)
    )
