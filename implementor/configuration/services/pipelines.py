"""Pipelines: the ways of selling, their order and their currency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

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
from implementor.configuration.shipped import BEGINNING
from implementor.configuration.stage_users import open_counts
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.money import currency_codes
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between, ranks_after
from implementor.foundation.words import Phrase, Speech, say, say_n, speaking
from implementor.history.services import name_action


class PipelineInUse(Refusal):
    """Open sales go through it."""


class LastPipeline(Refusal):
    """Without a pipeline nothing can be sold."""


def add_pipeline(
    session: Session,
    *,
    labels: Mapping[str, str],
    currency: str | None,
    speeches: list[Speech],
    by: Actor,
    at: datetime,
    identity: Identity | None = None,
) -> StoredPipeline:
    """Add a pipeline at the end, with one open stage, one for won and one for lost, named in these languages."""
    known = list(session.scalars(queries.pipelines()))
    checked = checked_labels(labels, [one for one in known if not one.is_archived])
    pipeline = StoredPipeline(
        key=key_for(checked["label_en"], identity, (one.key for one in known)),
        rank=rank_between(known[-1].rank if known else None, None),
        currency=_checked_currency(currency),
        **checked,
        **identified(identity),
    )
    name_action(session, say("Added the pipeline %(pipeline)s", pipeline=pipeline.label))
    session.add(pipeline)
    session.flush()
    for stage, rank in zip(BEGINNING, ranks_after(None, len(BEGINNING)), strict=True):
        session.add(
            PipelineStage(
                pipeline_id=pipeline.id, key=stage.key, rank=rank, kind=stage.kind, probability=stage.probability,
                forecast=stage.forecast, required_fields=[], **_named(stage.name, speeches),
            )
        )  # fmt: skip
    session.flush()
    return pipeline


def _named(name: Phrase, speeches: list[Speech]) -> dict[str, str]:
    texts = {}
    for speech in speeches:
        with speaking(speech):
            texts[f"label_{speech.language}"] = str(name)
    return texts


def change_pipeline(
    session: Session,
    pipeline: StoredPipeline,
    *,
    labels: Mapping[str, str],
    currency: str | None,
    by: Actor,
    at: datetime,
) -> None:
    """Rename a pipeline or give it another currency; sales that go through it keep theirs."""
    others = [one for one in session.scalars(queries.pipelines()) if one.id != pipeline.id and not one.is_archived]
    checked = checked_labels(labels, others)
    name_action(session, say("Changed the pipeline %(pipeline)s", pipeline=pipeline.label))
    pipeline.label_en, pipeline.label_es = checked["label_en"], checked["label_es"]
    pipeline.currency, pipeline.source = _checked_currency(currency), BY_HAND


def move_pipeline(session: Session, pipeline: StoredPipeline, *, step: Step, by: Actor, at: datetime) -> None:
    """Move a pipeline one place up or down; the first one is where new sales begin."""
    in_use = [one for one in session.scalars(queries.pipelines()) if not one.is_archived]
    rank = step_rank(in_use, pipeline, step)
    if rank is not None:
        name_action(session, say("Moved the pipeline %(pipeline)s", pipeline=pipeline.label))
        pipeline.rank = rank


def retire_pipeline(session: Session, pipeline: StoredPipeline, *, by: Actor, at: datetime) -> None:
    """Offer a pipeline no more. Raises PipelineInUse while open sales go through it, LastPipeline for the last one."""
    if pipeline.is_archived:
        return
    count = sum(open_counts(session, [stage.id for stage in session.scalars(queries.stages(pipeline.id))]).values())
    if count:
        raise PipelineInUse(
            say_n(
                "%(count)s open record goes through this pipeline. Close it or move it to another one first.",
                "%(count)s open records go through this pipeline. Close them or move them to another one first.",
                count,
            )
        )
    if not any(one.id != pipeline.id and not one.is_archived for one in session.scalars(queries.pipelines())):
        raise LastPipeline(say("This is the last pipeline in use. Add another one first."))
    name_action(session, say("Retired the pipeline %(pipeline)s", pipeline=pipeline.label))
    pipeline.archived_at, pipeline.archived_by_id = at, by.user_id


def restore_pipeline(session: Session, pipeline: StoredPipeline, *, by: Actor, at: datetime) -> None:
    """Offer a retired pipeline again. Raises InvalidInput where another one got its name meanwhile."""
    others = [one for one in session.scalars(queries.pipelines()) if one.id != pipeline.id and not one.is_archived]
    checked_labels({"label_en": pipeline.label_en, "label_es": pipeline.label_es}, others)
    name_action(session, say("Restored the pipeline %(pipeline)s", pipeline=pipeline.label))
    pipeline.archived_at = pipeline.archived_by_id = None


def _checked_currency(currency: str | None) -> str | None:
    if currency and currency not in currency_codes():
        raise InvalidInput({"currency": say("Choose a currency from the list.")})
    return currency or None
