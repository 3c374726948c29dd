"""What can happen to an opportunity beyond its moves: made, changed, and moved out of a stage that goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from implementor.calendars.services.rates import base_currency
from implementor.crm.opportunities import queries
from implementor.crm.opportunities.catalogue import OPPORTUNITY
from implementor.crm.opportunities.models import MANUAL, OPEN, STAGE, DecisionMaker, Opportunity, StageEvent
from implementor.crm.opportunities.moves import Move, check_required, freeze, move_opportunity, stage_of, stand
from implementor.crm.opportunities.parts import DECISION_MAKER
from implementor.crm.opportunities.stages import certainty, seconds_between
from implementor.crm.records import services as records
from implementor.foundation import live
from implementor.foundation.conventions import present_reading
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope, entities
from implementor.foundation.permissions import Actor
from implementor.foundation.pipelines import Stage
from implementor.foundation.text import whole_number
from implementor.foundation.values import stored_values
from implementor.foundation.words import say
from implementor.history.services import note_many

AT_ONCE = 500
POINTING = ("account", "contact")
"""Fields that point at records of the kind of that name."""


def first_stage() -> Stage:
    """Where a sale begins that nobody gave a stage. Raises InvalidInput where there is no pipeline."""
    pipelines = live.present().offered_pipelines
    stage = pipelines[0].first if pipelines else None
    if stage is None:
        raise InvalidInput({"stage": say("There is no pipeline yet. A CRM administrator adds one under Settings.")})
    return stage


def add_opportunity(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Opportunity:
    """A new opportunity in the stage that is asked for, the first one by default; a closing stage closes it at once."""
    given = dict(values)
    wanted = given.pop("stage", None)
    stage = first_stage() if wanted is None else stage_of(wanted)
    probability = given.pop("probability", None)
    own: dict[str, Any] = {
        "stage_id": stage.id, "pipeline_id": stage.pipeline_id, "stage_since": at, "began_at": at, "status": OPEN,
        "probability_ratio": certainty(stage), "probability_source": STAGE,
    }  # fmt: skip
    opportunity: Opportunity = records.new_record(session, OPPORTUNITY, given, by=by, at=at, **own)
    with session.no_autoflush:
        _refuse_unseen(session, opportunity, given, by)
        give_currency(session, opportunity, stage)
        check_required(opportunity, stage)
        stand(session, opportunity, stage, at=at)
        _give_probability(opportunity, probability)
    session.flush()  # the fact needs the id
    session.add(
        StageEvent(opportunity_id=opportunity.id, to_stage_id=stage.id, status=stage.kind, at=at, by_id=by.user_id)
    )
    return opportunity


def give_currency(session: Session, opportunity: Opportunity, stage: Stage) -> None:
    """Say which currency an amount is in where nobody did: that of the pipeline, else the base currency."""
    if opportunity.amount is not None and opportunity.currency is None:
        pipeline = live.present().pipeline(stage.pipeline_id)
        usual = pipeline.currency if pipeline is not None else None
        opportunity.currency = usual or base_currency(session)


def change_opportunity(
    session: Session, opportunity: Opportunity, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Give an opportunity other values; another stage is a move, with all that this demands."""
    records.refuse_beyond_reach(session, OPPORTUNITY, opportunity, by)
    given = dict(values)
    wanted, probability = given.pop("stage", opportunity.stage_id), given.pop("probability", None)
    stage_id = wanted if isinstance(wanted, int) else whole_number(str(wanted))
    known = {"amount": opportunity.currency} if opportunity.currency else {}
    given = stored_values(OPPORTUNITY.fields, given, present_reading(), known)
    held = opportunity.currency
    _refuse_other_currency(session, opportunity, given)
    if stage_id == opportunity.stage_id:
        records.change_record(session, OPPORTUNITY, opportunity, given, by=by, at=at)
        _follow_amount(session, opportunity, given, keep_rate=opportunity.currency == held)
    else:
        move_opportunity(session, opportunity, Move(stage_id, values=given), by=by, at=at)
    with session.no_autoflush:
        _refuse_unseen(session, opportunity, given, by)
    give_currency(session, opportunity, _present(opportunity))
    _give_probability(opportunity, probability)


def _present(opportunity: Opportunity) -> Stage:
    stage = live.present().stage(opportunity.stage_id)
    assert stage is not None
    return stage


def _follow_amount(session: Session, opportunity: Opportunity, values: Mapping[str, Any], *, keep_rate: bool) -> None:
    """A closed sale keeps its day, and its rate while the currency stays; the amount in base currency follows."""
    if opportunity.is_open:
        return
    if opportunity.close_on is None:
        raise InvalidInput({"close_on": say("A closed opportunity has its day.")})
    if opportunity.status == "lost" and opportunity.loss_reason is None and "loss_reason" in values:
        raise InvalidInput({"loss_reason": say("A lost opportunity has its reason.")})
    if values.keys() & {"amount", "currency"}:
        freeze(session, opportunity, keep_rate=keep_rate)


def _give_probability(opportunity: Opportunity, probability: Any) -> None:
    """Let somebody's own estimate stand until the next move; what is closed is certain."""
    if probability is None:
        return
    records.give(OPPORTUNITY, opportunity, {"probability": probability})
    opportunity.probability_source = MANUAL
    certain = {"won": Decimal(1), "lost": Decimal(0)}.get(opportunity.status)
    if certain is None:
        return
    if opportunity.probability_ratio != certain:
        raise InvalidInput({"probability": say("What is won is certain, and what is lost has no chance.")})
    opportunity.probability_source = STAGE


def _refuse_other_currency(session: Session, opportunity: Opportunity, values: Mapping[str, Any]) -> None:
    """Lines are priced in the opportunity's currency, so it stays while there are any."""
    currency = values.get("currency", opportunity.currency)
    if currency == opportunity.currency:
        return
    lines, _sum = session.execute(queries.sum_of_lines(opportunity.id)).one()
    if lines:
        reason = say("There are lines in %(currency)s. Archive them first.", currency=opportunity.currency or "")
        raise InvalidInput({"currency": reason, "amount": reason})


def _refuse_unseen(session: Session, opportunity: Opportunity, values: Mapping[str, Any], by: Actor) -> None:
    """Stop where an opportunity would newly point at a record that the actor does not see."""
    for name in POINTING:
        pointed = getattr(opportunity, OPPORTUNITY.fields[name].attribute)
        if values.get(name) is not None and pointed is not None:
            records.found_to_see(session, entities[name], pointed, by, field=name)


def add_decision_maker(
    session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime
) -> DecisionMaker:
    """A person with a say in a sale; nobody has it twice."""
    opportunity = records.found_to_change(session, OPPORTUNITY, values.get("opportunity"), by, field="opportunity")
    contact = records.found_to_see(session, entities["contact"], values.get("contact"), by, field="contact")
    if session.scalar(queries.decision_maker(opportunity.id, contact.id)) is not None:
        raise InvalidInput({"contact": say("%(name)s is among the decision makers already.", name=contact.name)})
    made: DecisionMaker = records.new_record(session, DECISION_MAKER, values, by=by, at=at)
    return made


def move_all_out(session: Session, stage_id: int, to_id: int, by: Actor, at: datetime) -> int:
    """Move every open opportunity of a stage that goes to another one, as history; returns how many."""
    moved = after = 0
    while rows := session.execute(queries.to_move_out(stage_id, after=after, limit=AT_ONCE)).all():
        after = rows[-1].id
        moved += len(rows)
        _move_out(session, rows, stage_id, to_id, by, at)
    return moved


def move_some_out(
    session: Session, ids: Collection[int], stage_id: int, to_id: int, by: Actor, at: datetime
) -> list[int]:
    """As `move_all_out`, of these opportunities alone; returns the ids of those that stood there still."""
    wanted, moved, after = sorted(ids), [], 0
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        here = queries.to_move_out(stage_id, after=after, limit=AT_ONCE).where(Opportunity.id.in_(part))
        rows = session.execute(here).all()
        _move_out(session, rows, stage_id, to_id, by, at)
        moved += [row.id for row in rows]
    return moved


def _move_out(session: Session, rows: Sequence[Any], stage_id: int, to_id: int, by: Actor, at: datetime) -> None:
    """Move these rows of `to_move_out` to another stage, as history."""
    stage = live.present().stage(to_id)
    assert stage is not None
    if not rows:
        return
    new = {"stage_id": stage.id, "pipeline_id": stage.pipeline_id, "stage_since": at,
           "probability_ratio": certainty(stage), "probability_source": STAGE}  # fmt: skip
    session.execute(
        update(Opportunity)
        .where(Opportunity.id.in_([row.id for row in rows]))
        .values(**new, version=Opportunity.version + 1, updated_at=at, updated_by_id=by.user_id),
        execution_options={"synchronize_session": False},
    )
    session.execute(insert(StageEvent), [_moved_out(row, stage_id, stage, by, at) for row in rows])
    note_many(session, Opportunity.__record_kind__, [_noted(row, stage_id, new) for row in rows])


def _moved_out(row: Any, stage_id: int, stage: Stage, by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "opportunity_id": row.id, "from_stage_id": stage_id, "to_stage_id": stage.id, "status": stage.kind, "at": at,
        "by_id": by.user_id, "seconds": seconds_between(row.stage_since, at), "reason": None,
    }  # fmt: skip


def _noted(row: Any, stage_id: int, new: Mapping[str, Any]) -> tuple[int, int, Any, dict[str, Any], dict[str, Any]]:
    before = {
        "stage_id": stage_id, "stage_since": row.stage_since, "probability_ratio": row.probability_ratio,
        "probability_source": row.probability_source,
    }  # fmt: skip
    return row.id, row.version + 1, "changed", before, {name: new[name] for name in before}
