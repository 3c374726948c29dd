"""Bringing in what the program ships: lists of words and pipelines become rows, and stay what people made of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from implementor.configuration import queries
from implementor.configuration.models import (
    SHIPPED,
    PicklistValue,
    PipelineStage,
    StoredPicklist,
    StoredPipeline,
)
from implementor.configuration.services.versions import bump
from implementor.foundation.choices import Choice, Picklist, shipped_picklists
from implementor.foundation.pipelines import Pipeline, Stage, shipped_pipelines
from implementor.foundation.rank import ranks_after
from implementor.foundation.words import Phrase, Speech, speaking

Speeches = Sequence[Speech]


def digest(speeches: Speeches) -> str:
    """What the program ships, in a few letters; another program that ships the same has the same."""
    words = partial(_words, speeches)
    told = {
        "picklists": [[words(one), [[*words(value).values(), value.tone] for value in one.values]]
                      for _, one in sorted(shipped_picklists.items())],
        "pipelines": [[words(one), one.currency, [_stage_values(speeches, stage) for stage in one.stages]]
                      for _, one in sorted(shipped_pipelines.items())],
    }  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def bring_in(session: Session, speeches: Speeches, *, at: datetime) -> bool:
    """Add what is missing and better the words nobody changed; whether there was anything to do.

    `speeches` are those of the languages that configuration has words in. Not recorded as history: nobody did it. What
    an administrator renamed, moved or retired stays so.
    """
    present = digest(speeches)
    # locked, since several processes of a newer program begin at once
    if session.scalar(queries.shipped_digest().with_for_update()) == present:
        return False
    for _, picklist in sorted(shipped_picklists.items()):
        _bring_picklist(session, speeches, picklist, at)
    for _, pipeline in sorted(shipped_pipelines.items()):
        _bring_pipeline(session, speeches, pipeline, at)
    bump(session, at=at, by_id=None, action_id=None, shipped=present)
    return True


def _bring_picklist(session: Session, speeches: Speeches, shipped: Picklist, at: datetime) -> None:
    default = shipped.default.key if shipped.default else None
    own = {"default_key": default, **_words(speeches, shipped)}
    picklist_id = _bring_one(session, StoredPicklist, own, {}, at)
    values = [{"tone": value.tone, **_words(speeches, value)} for value in shipped.values]
    _bring_parts(session, PicklistValue, {"picklist_id": picklist_id}, values, at)


def _bring_pipeline(session: Session, speeches: Speeches, shipped: Pipeline, at: datetime) -> None:
    last = session.scalar(select(StoredPipeline.rank).order_by(StoredPipeline.rank.desc()).limit(1))
    own = {"currency": shipped.currency, **_words(speeches, shipped)}
    is_new = session.scalar(select(StoredPipeline.id).where(StoredPipeline.key == shipped.key)) is None
    pipeline_id = _bring_one(session, StoredPipeline, own, {"rank": ranks_after(last, 1)[0]}, at)
    stages = [_stage_values(speeches, one) for one in shipped.stages]
    # which stages a pipeline in use has is its administrators' business
    _bring_parts(session, PipelineStage, {"pipeline_id": pipeline_id}, stages, at, adding=is_new)


def _bring_one(session: Session, model: Any, values: dict[str, Any], more: dict[str, Any], at: datetime) -> int:
    """The id of the row of a key, made or bettered."""
    row = session.execute(select(model.id, model.source).where(model.key == values["key"])).one_or_none()
    if row is None:
        made = session.execute(insert(model).values(**_new(at), **values, **more).returning(model.id))
        return int(made.scalar_one())
    if row.source == SHIPPED:
        session.execute(update(model).where(model.id == row.id).values(**values), **_quietly())
    return int(row.id)


def _bring_parts(
    session: Session, model: Any, of: dict[str, int], shipped: Sequence[dict[str, Any]], at: Any, *, adding: bool = True
) -> None:
    """Words or stages: new ones at the end of the order, others bettered where nobody changed them."""
    ((column, parent_id),) = of.items()
    found = session.execute(
        select(model.key, model.id, model.source, model.rank)
        .where(getattr(model, column) == parent_id)
        .order_by(model.rank)
    ).all()
    known = {row.key: row for row in found}
    fresh = [values for values in shipped if adding and values["key"] not in known]
    ranks = ranks_after(found[-1].rank if found else None, len(fresh))
    if fresh:
        rows = [{**_new(at), **of, "rank": rank, **values} for values, rank in zip(fresh, ranks, strict=True)]
        session.execute(insert(model), rows)
    for values in shipped:
        row = known.get(values["key"])
        if row is not None and row.source == SHIPPED:
            session.execute(update(model).where(model.id == row.id).values(**values), **_quietly())


def _quietly() -> dict[str, Any]:
    return {"execution_options": {"synchronize_session": False}}


def _new(at: datetime) -> dict[str, Any]:
    return {"uid": str(uuid4()), "source": SHIPPED, "created_at": at, "updated_at": at, "version": 1}


def _words(speeches: Speeches, one: Picklist | Choice | Pipeline | Stage) -> dict[str, Any]:
    label: Phrase = one.name if isinstance(one, Pipeline | Stage) else one.label
    return {"key": one.key, **{f"label_{speech.language}": _said(label, speech) for speech in speeches}}


def _said(label: Phrase, speech: Speech) -> str:
    with speaking(speech):
        return str(label)


def _stage_values(speeches: Speeches, stage: Stage) -> dict[str, Any]:
    return {
        **_words(speeches, stage), "kind": stage.kind, "probability": stage.probability, "forecast": stage.forecast,
        "days_limit": stage.days_limit, "required_fields": list(stage.required_fields),
    }  # fmt: skip
