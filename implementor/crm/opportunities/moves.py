"""Moving an opportunity through its stages: forward, back, to its end, and open again; each move leaves its fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars.exchange_rates import converted
from implementor.calendars.services.rates import base_currency, rate_on
from implementor.configuration.models import PipelineStage
from implementor.crm.opportunities import permissions, queries
from implementor.crm.opportunities.catalogue import OPPORTUNITY
from implementor.crm.opportunities.models import LOST, STAGE, Opportunity, StageEvent
from implementor.crm.opportunities.stages import certainty, missing_here, seconds_between
from implementor.crm.records.services import refuse_beyond_reach
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.local_days import local_day
from implementor.foundation.needs import refuse_lacking
from implementor.foundation.permissions import Actor
from implementor.foundation.pipelines import Stage
from implementor.foundation.text import clean_line, whole_number
from implementor.foundation.values import checked
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

LONGEST_REASON = 500
ASKED_ON_MOVING = ("close_on", "loss_reason", "loss_note")
"""What a move may bring along, besides the fields that the stage requires."""


class ClosedOpportunity(Refusal):
    """It is won or lost, so it moves no more."""


class NotClosed(Refusal):
    """It is open already."""


class StaleMove(Refusal):
    """Somebody else changed the opportunity since it was drawn."""


class MayNotReopen(Refusal):
    """Only a manager opens a closed opportunity again."""


class StageNeeds(InvalidInput):
    """Fields that the stage requires have no value; the reason names them all."""

    def __init__(self, stage: Stage, names: list[str]) -> None:
        labels = [str(OPPORTUNITY.fields[name].label) for name in names]
        super().__init__(
            {name: say("%(field)s is needed in %(stage)s.", field=OPPORTUNITY.fields[name].label, stage=stage.name)
             for name in names}
        )  # fmt: skip
        self.reason = say("%(stage)s needs: %(fields)s.", stage=stage.name, fields=", ".join(labels))


@dataclass(frozen=True)
class Move:
    """Where an opportunity is to go: a stage (id), the `version` that was drawn, and values that go along by field."""

    stage_id: int | None
    version: int | None = None
    values: Mapping[str, Any] | None = None


def stage_of(stage_id: Any, *, field: str = "stage") -> Stage:
    """The live stage in use of that id (a number or its text). Raises InvalidInput for `field`."""
    stage = live.present().stage(stage_id if isinstance(stage_id, int) else whole_number(str(stage_id or "")))
    pipeline = live.present().pipeline(stage.pipeline_id) if stage is not None else None
    if stage is None or pipeline is None or not stage.is_active or not pipeline.is_active:
        raise InvalidInput({field: say("Choose a stage from the list.")})
    return stage


def move_opportunity(
    session: Session, opportunity: Opportunity, move: Move, *, by: Actor, at: datetime
) -> StageEvent | None:
    """Bring an opportunity into a stage; None where it stands there already.

    Raises StaleMove, ClosedOpportunity, StageNeeds, InvalidInput, and NoRate where no rate closes its amount.
    """
    refuse_beyond_reach(session, OPPORTUNITY, opportunity, by)
    if move.version is not None and move.version != opportunity.version:
        raise StaleMove(
            say(
                "%(name)s was changed meanwhile, so it was not moved. The page shows it as it is now.",
                name=opportunity.name,
            )
        )
    stage = stage_of(move.stage_id)
    if stage.id == opportunity.stage_id:
        return None
    if not opportunity.is_open:
        raise _closed(opportunity)
    name_action(session, say("Moved %(name)s to %(stage)s", name=opportunity.name, stage=stage.name))
    for name, value in checked(OPPORTUNITY, move.values or {}).items():
        setattr(opportunity, OPPORTUNITY.fields[name].attribute, value)
    refuse_lacking(OPPORTUNITY, opportunity, by, is_new=False)
    return enter(session, opportunity, stage, by=by, at=at)


def _closed(opportunity: Opportunity) -> ClosedOpportunity:
    return ClosedOpportunity(
        say("%(name)s is closed. To move it, a manager opens it again and says why.", name=opportunity.name)
    )


def enter(
    session: Session, opportunity: Opportunity, stage: Stage, *, by: Actor, at: datetime, reason: str | None = None
) -> StageEvent:
    """Let an opportunity stand in a stage, with all that follows from it, and keep the fact."""
    check_required(opportunity, stage)
    event = StageEvent(
        opportunity_id=opportunity.id, from_stage_id=opportunity.stage_id, to_stage_id=stage.id, status=stage.kind,
        at=at, by_id=by.user_id, seconds=seconds_between(opportunity.stage_since, at), reason=reason,
    )  # fmt: skip
    stand(session, opportunity, stage, at=at)
    session.add(event)
    return event


def stand(session: Session, opportunity: Opportunity, stage: Stage, *, at: datetime) -> None:
    """Set what a stage makes of an opportunity that comes into it: certainty, end, and the frozen amount."""
    assert stage.id is not None
    assert stage.pipeline_id is not None
    opportunity.stage_id, opportunity.pipeline_id, opportunity.stage_since = stage.id, stage.pipeline_id, at
    opportunity.status = stage.kind
    opportunity.probability_ratio, opportunity.probability_source = certainty(stage), STAGE
    if stage.is_open:
        opportunity.closed_at = opportunity.rate = opportunity.base_amount = opportunity.base_currency = None
        return
    opportunity.closed_at = at
    today = local_day(at)
    if opportunity.close_on is None or opportunity.close_on > today:
        opportunity.close_on = today
    freeze(session, opportunity)


def freeze(session: Session, opportunity: Opportunity, *, keep_rate: bool = False) -> None:
    """Keep the amount of a closed opportunity at the rate of its day (or the kept one); NoRate where there is none."""
    amount, currency = opportunity.amount, opportunity.currency
    if amount is None or currency is None:
        opportunity.rate = opportunity.base_amount = opportunity.base_currency = None
        return
    if not (keep_rate and opportunity.rate is not None and opportunity.base_currency is not None):
        day: date = opportunity.close_on or opportunity.stage_since.date()
        opportunity.base_currency = base_currency(session)
        opportunity.rate = rate_on(session, currency, day)
    rates = {opportunity.base_currency: Decimal(1), currency: opportunity.rate}
    opportunity.base_amount = converted(amount, currency, opportunity.base_currency, rates)


def check_required(opportunity: Opportunity, stage: Stage) -> None:
    """Stop where a field that the stage needs is empty; a lost sale always needs its reason."""
    missing = missing_here(stage, lambda name: _value_of(opportunity, name))
    if stage.kind == LOST and opportunity.loss_reason is None and "loss_reason" not in missing:
        missing.append("loss_reason")
    if missing:
        raise StageNeeds(stage, missing)


def _value_of(opportunity: Opportunity, name: str) -> Any:
    """What a field holds; one that the catalogue knows no more is required of nobody."""
    field = OPPORTUNITY.fields.get(name)
    return getattr(opportunity, field.attribute, None) if field is not None else True


def reopen_opportunity(
    session: Session, opportunity: Opportunity, *, reason: str, version: int | None, by: Actor, at: datetime
) -> Stage:
    """Bring a closed opportunity back to the open stage it was in last; the reason is kept with the fact."""
    refuse_beyond_reach(session, OPPORTUNITY, opportunity, by)
    if not by.may(permissions.REOPEN):
        raise MayNotReopen(say("Only a manager of the CRM opens a closed opportunity again."))
    if version is not None and version != opportunity.version:
        raise StaleMove(say("%(name)s was changed meanwhile. Look at it again.", name=opportunity.name))
    if opportunity.is_open:
        raise NotClosed(say("%(name)s is open already.", name=opportunity.name))
    reason = clean_line(reason)
    if not reason or len(reason) > LONGEST_REASON:
        raise InvalidInput({"reason": _why(LONGEST_REASON)})
    stage = _stage_to_return_to(session, opportunity)
    name_action(session, say("Opened %(name)s again", name=opportunity.name), verb="opportunity.reopen")
    enter(session, opportunity, stage, by=by, at=at, reason=reason)
    return stage


def _why(longest: int) -> Phrase:
    return say("Say why, in up to %(longest)s characters.", longest=longest)


def _stage_to_return_to(session: Session, opportunity: Opportunity) -> Stage:
    """The open stage it was in last if that is still in use, else where its pipeline begins."""
    last = session.scalars(queries.last_open_event(opportunity.id)).one_or_none()
    stage = live.present().stage(last.to_stage_id) if last is not None else None
    if stage is not None and stage.is_open and stage.is_active:
        return stage
    pipeline = live.present().pipeline(opportunity.pipeline_id)
    first = pipeline.first if pipeline is not None else None
    if first is None:
        raise InvalidInput({"reason": say("The pipeline has no open stage any more.")})
    return first


def restore_opportunity(
    session: Session, opportunity: Opportunity, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Give an opportunity earlier values by attribute; a move that is taken back takes its fact along."""
    if "stage_id" in values:
        _take_back_fact(session, opportunity, values, by)
    for name, value in values.items():
        setattr(opportunity, name, value)
    if opportunity.is_open:
        opportunity.closed_at = opportunity.rate = opportunity.base_amount = opportunity.base_currency = None
    elif values.keys() & {"amount", "currency"} and "rate" not in values:
        freeze(session, opportunity, keep_rate="currency" not in values)


def _take_back_fact(session: Session, opportunity: Opportunity, values: Mapping[str, Any], by: Actor) -> None:
    """Remove the fact of the last move if it led from where the opportunity goes back to; else that is a new move."""
    stage = session.get(PipelineStage, values["stage_id"])
    if stage is None or stage.is_archived:  # as it is stored: the same undo may have brought the stage back
        raise InvalidInput({"stage": say("The stage it came from is no longer in use.")})
    last = session.scalars(queries.last_event(opportunity.id)).one_or_none()
    if last is not None and last.from_stage_id == stage.id and last.to_stage_id == opportunity.stage_id:
        session.delete(last)
        return
    since: datetime = values.get("stage_since", opportunity.stage_since)
    session.add(
        StageEvent(
            opportunity_id=opportunity.id, from_stage_id=opportunity.stage_id, to_stage_id=stage.id, status=stage.kind,
            at=since, by_id=by.user_id, seconds=seconds_between(opportunity.stage_since, since), reason=None,
        )
    )  # fmt: skip
