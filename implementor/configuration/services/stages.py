"""Stages of pipelines: what each means for the forecast, what it requires, and what becomes of sales when it goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration import queries
from implementor.configuration.models import BY_HAND, PipelineStage, StoredPipeline
from implementor.configuration.services.checking import (
    Identity,
    Step,
    checked_labels,
    identified,
    key_for,
    step_rank,
)
from implementor.configuration.services.stage_ways import ways_of
from implementor.configuration.stage_users import fields_on_offer, open_counts, stage_users
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.pipelines import CERTAIN, FORECASTS, STAGE_KINDS
from implementor.foundation.rank import rank_between
from implementor.foundation.words import Label, Phrase, say, say_n
from implementor.history.services import name_action

LONGEST_LIMIT = 3650
MOST_STAGES = 40


class StageInUse(Refusal):
    """Open sales stand in it, and nobody said where they go."""


class StageIsNeeded(Refusal):
    """A pipeline needs a stage of each kind."""


@dataclass(frozen=True)
class StageWish:
    """What somebody wants a stage to be; probability and forecast of won and lost stages are not theirs to say."""

    label_en: str
    label_es: str
    kind: str = "open"
    probability: int | None = 0
    forecast: str = "pipeline"
    days_limit: int | None = None
    required_fields: tuple[str, ...] = field(default=())


def stages_of(session: Session, pipeline: StoredPipeline) -> list[PipelineStage]:
    """The stages of a pipeline in order, retired ones too."""
    return list(session.scalars(queries.stages(pipeline.id)))


def add_stage(
    session: Session,
    pipeline: StoredPipeline,
    wish: StageWish,
    *,
    by: Actor,
    at: datetime,
    identity: Identity | None = None,
) -> PipelineStage:
    """Add a stage: an open one before those that end a sale, another at the end."""
    stages = stages_of(session, pipeline)
    if len(stages) >= MOST_STAGES:
        raise InvalidInput({"label_en": say("A pipeline may have %(most)s stages.", most=MOST_STAGES)})
    values = _checked(wish, [stage for stage in stages if not stage.is_archived], ())
    place = next((at for at, one in enumerate(stages) if one.kind != "open"), len(stages))
    place = place if wish.kind == "open" else len(stages)
    before, after = stages[place - 1].rank if place else None, stages[place].rank if place < len(stages) else None
    stage = PipelineStage(
        pipeline_id=pipeline.id,
        key=key_for(values["label_en"], identity, (one.key for one in stages)),
        rank=rank_between(before, after),
        **values,
        **identified(identity),
    )
    name_action(session, say("Added the stage %(stage)s to %(pipeline)s", **_names(stage, pipeline)))
    session.add(stage)
    session.flush()
    return stage


def change_stage(
    session: Session, pipeline: StoredPipeline, stage: PipelineStage, wish: StageWish, *, by: Actor, at: datetime
) -> None:
    """Change what a stage is; sales that stand in it keep their probability until they move.

    Raises StageInUse where its kind would change under open sales, StageIsNeeded where none of its kind were left.
    """
    stages = stages_of(session, pipeline)
    others = [one for one in stages if one.id != stage.id and not one.is_archived]
    values = _checked(wish, others, stage.required_fields)
    if values["kind"] != stage.kind:
        _refuse_while_needed(stage, others)
        if count := open_counts(session, [stage.id]).get(stage.id, 0):
            raise StageInUse(_standing(count))
    name_action(session, say("Changed the stage %(stage)s of %(pipeline)s", **_names(stage, pipeline)))
    for name, value in values.items():
        setattr(stage, name, value)
    stage.source = BY_HAND


def move_stage(
    session: Session, pipeline: StoredPipeline, stage: PipelineStage, *, step: Step, by: Actor, at: datetime
) -> None:
    """Move a stage one place up or down among those in use."""
    rank = step_rank([one for one in stages_of(session, pipeline) if not one.is_archived], stage, step)
    if rank is not None:
        name_action(session, say("Moved the stage %(stage)s of %(pipeline)s", **_names(stage, pipeline)))
        stage.rank = rank


def retire_stage(
    session: Session,
    pipeline: StoredPipeline,
    stage: PipelineStage,
    *,
    move_to: PipelineStage | None,
    by: Actor,
    at: datetime,
) -> int:
    """Take a stage out of use and move the open sales in it to another one of the pipeline; returns how many moved.

    Raises StageInUse where there are some and nobody said where they go, StageIsNeeded for the last of its kind.
    """
    if stage.is_archived:
        return 0
    if any(way.to_id == stage.id for way in ways_of(session)):
        raise StageInUse(say("Open sales of another stage are still moving into it. Wait a while."))
    others = [one for one in stages_of(session, pipeline) if one.id != stage.id and not one.is_archived]
    _refuse_while_needed(stage, others)
    count = open_counts(session, [stage.id]).get(stage.id, 0)
    if count and (move_to is None or not any(one.id == move_to.id and one.kind == "open" for one in others)):
        raise StageInUse(_standing(count))
    name_action(session, say("Retired the stage %(stage)s of %(pipeline)s", **_names(stage, pipeline)))
    moved = 0
    if count and move_to is not None:
        moved = sum(user.move(session, stage.id, move_to.id, by, at) for user in stage_users.values())
    stage.archived_at, stage.archived_by_id = at, by.user_id
    session.flush()
    return moved


def restore_stage(session: Session, pipeline: StoredPipeline, stage: PipelineStage, *, by: Actor, at: datetime) -> None:
    """Take a stage back into use; sales that were moved stay where they are."""
    if any(way.from_id == stage.id for way in ways_of(session)):
        raise StageInUse(say("Its open sales are still moving to another stage. Wait a while."))
    others = [one for one in stages_of(session, pipeline) if one.id != stage.id and not one.is_archived]
    checked_labels({"label_en": stage.label_en, "label_es": stage.label_es}, others)
    name_action(session, say("Restored the stage %(stage)s of %(pipeline)s", **_names(stage, pipeline)))
    stage.archived_at = stage.archived_by_id = None


def _names(stage: PipelineStage, pipeline: StoredPipeline) -> dict[str, Label]:
    return {"stage": stage.label, "pipeline": pipeline.label}


def _standing(count: int) -> Phrase:
    return say_n(
        "%(count)s open record stands in this stage. Choose the stage that it goes to.",
        "%(count)s open records stand in this stage. Choose the stage that they go to.",
        count,
    )


def _refuse_while_needed(stage: PipelineStage, others: Iterable[PipelineStage]) -> None:
    if not any(one.kind == stage.kind for one in others):
        reason = say(
            "A pipeline needs an open stage, one for won and one for lost. This is the last of its kind: add another."
        )
        raise StageIsNeeded(reason)


def _checked(wish: StageWish, others: list[PipelineStage], held: Iterable[str]) -> dict[str, Any]:
    """The columns of a stage; `held` are required fields that it has already and may keep though nobody offers them."""
    errors: dict[str, Phrase] = {}
    labels: dict[str, str] = {}
    try:
        labels = checked_labels({"label_en": wish.label_en, "label_es": wish.label_es}, others)
    except InvalidInput as invalid:
        errors |= invalid.errors
    if wish.kind not in STAGE_KINDS:
        errors["kind"] = say("Choose one of the kinds.")
    probability, forecast = CERTAIN.get(wish.kind, (wish.probability, wish.forecast))
    if probability is None or not 0 <= probability <= 100:
        errors["probability"] = say("Write a whole number from 0 to 100.")
    if forecast not in FORECASTS:
        errors["forecast"] = say("Choose one of the categories.")
    if wish.days_limit is not None and not 0 < wish.days_limit <= LONGEST_LIMIT:
        errors["days_limit"] = say("Write a number of days from 1 to %(most)s, or nothing.", most=LONGEST_LIMIT)
    if set(wish.required_fields) - fields_on_offer().keys() - set(held):
        errors["required_fields"] = say("Choose fields from the list.")
    if errors:
        raise InvalidInput(errors)
    return {
        **labels, "kind": wish.kind, "probability": probability, "forecast": forecast, "days_limit": wish.days_limit,
        "required_fields": list(wish.required_fields),
    }  # fmt: skip
