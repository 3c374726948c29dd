"""Finding opportunities, their way through the stages and their lines."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select

from implementor.auth.models import User
from implementor.crm.opportunities.models import OPEN, DecisionMaker, LineItem, Opportunity, StageEvent
from implementor.crm.opportunities.stage_facts import stage_facts
from implementor.crm.opportunities.standing import standing
from implementor.crm.records.queries import record_of, records_in_use, within
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor


def opportunity_to_change(opportunity_id: int, scope: Scope) -> Select[Opportunity]:
    """An opportunity in use that the actor sees."""
    found: Select[Opportunity] = records_in_use(Opportunity, scope)
    return found.where(Opportunity.id == opportunity_id)


def may_change(opportunity_id: int, scope: Scope) -> Rows:
    """The id of an opportunity, if the actor may change it."""
    return record_of(Opportunity, scope, opportunity_id, "edit").with_only_columns(Opportunity.id)


def moves_of(opportunity_id: int) -> Rows:
    """Rows (stage left, seconds there) of every move of an opportunity, oldest first."""
    facts = stage_facts()
    return (
        select(facts.from_stage_id, facts.seconds)
        .where(facts.opportunity_id == opportunity_id, facts.from_stage_id.is_not(None))
        .order_by(facts.at, facts.id)
    )


def last_event(opportunity_id: int) -> Select[StageEvent]:
    """The newest fact of an opportunity's way."""
    newest = select(StageEvent).where(StageEvent.opportunity_id == opportunity_id)
    return newest.order_by(StageEvent.at.desc(), StageEvent.id.desc()).limit(1)


def last_open_event(opportunity_id: int) -> Select[StageEvent]:
    """The newest fact of coming into an open stage, where a closed opportunity goes back to."""
    newest = select(StageEvent).where(StageEvent.opportunity_id == opportunity_id, StageEvent.status == OPEN)
    return newest.order_by(StageEvent.at.desc(), StageEvent.id.desc()).limit(1)


def lines_of(opportunity_id: int) -> Select[LineItem]:
    """The lines of an opportunity in use, in order."""
    found = select(LineItem).where(LineItem.opportunity_id == opportunity_id, LineItem.archived_at.is_(None))
    return found.order_by(LineItem.position, LineItem.id)


def sum_of_lines(opportunity_id: int) -> Select[int, int]:
    """One row (how many lines, their sum in minor units)."""
    return select(func.count(), func.coalesce(func.sum(LineItem.total_amount), 0)).where(
        LineItem.opportunity_id == opportunity_id, LineItem.archived_at.is_(None)
    )


def decision_maker(opportunity_id: int, contact_id: int) -> Select[int]:
    """The id of the row that names a contact among an opportunity's decision makers."""
    return select(DecisionMaker.id).where(
        DecisionMaker.opportunity_id == opportunity_id,
        DecisionMaker.contact_id == contact_id,
        DecisionMaker.archived_at.is_(None),
    )


def open_in_stages(stage_ids: list[int]) -> Select[int, int]:
    """Rows (stage id, how many open opportunities stand in it)."""
    stage_id = standing().stage_id
    return (
        select(stage_id, func.count())
        .where(stage_id.in_(stage_ids), Opportunity.status == OPEN, Opportunity.archived_at.is_(None))
        .group_by(stage_id)
    )


def standing_in(stage_id: int) -> Select[int]:
    """The ids of the open opportunities of a stage."""
    here = (standing().stage_id == stage_id, Opportunity.status == OPEN, Opportunity.archived_at.is_(None))
    return select(Opportunity.id).where(*here).order_by(Opportunity.id)


def to_move_out(stage_id: int, *, after: int, limit: int) -> Rows:
    """Open opportunities of a stage by id: (id, version, stage_since, probability_ratio, probability_source)."""
    return (
        select(
            Opportunity.id,
            Opportunity.version,
            Opportunity.stage_since,
            Opportunity.probability_ratio,
            Opportunity.probability_source,
        )
        .where(
            Opportunity.stage_id == stage_id,
            Opportunity.status == OPEN,
            Opportunity.archived_at.is_(None),
            Opportunity.id > after,
        )
        .order_by(Opportunity.id)
        .limit(limit)
    )


def ends_of_account(account_id: int, actor: Actor, *, before: datetime | None, limit: int) -> Rows:
    """The latest beginnings and ends of an account's opportunities: (event, id, name, amount, currency, who)."""
    found = (
        select(
            StageEvent,
            Opportunity.id.label("opportunity_id"),
            Opportunity.name,
            Opportunity.amount,
            Opportunity.currency,
            User.name.label("who"),
        )
        .join(Opportunity, Opportunity.id == StageEvent.opportunity_id)
        .outerjoin(User, User.id == StageEvent.by_id)
        .where(
            Opportunity.account_id == account_id,
            Opportunity.archived_at.is_(None),
            within(Opportunity, actor),
            (StageEvent.from_stage_id.is_(None)) | (StageEvent.status != OPEN),
        )
        .order_by(StageEvent.at.desc(), StageEvent.id.desc())
        .limit(limit)
    )
    return found if before is None else found.where(StageEvent.at < before)
