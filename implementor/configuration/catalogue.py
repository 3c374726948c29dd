"""The fields of configuration, so that history can say in words what was changed."""

from __future__ import annotations

from typing import Any

from implementor.configuration.models import (
    AccessProfile,
    PicklistValue,
    PipelineStage,
    StoredPicklist,
    StoredPipeline,
)
from implementor.foundation.access import REACH_LABELS
from implementor.foundation.choices import TONES, Choice
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.pipelines import FORECASTS, STAGE_KINDS
from implementor.foundation.words import Phrase, say

TONE_LABELS: dict[str, Phrase] = {
    "neutral": say("Plain"), "ok": say("Good"), "accepted": say("Accepted"), "review": say("Waiting"),
    "risk": say("Watch out"), "off": say("Bad"),
}  # fmt: skip
TONE_CHOICES = tuple(Choice(tone, TONE_LABELS[tone], tone) for tone in TONES)
KIND_CHOICES = tuple(Choice(key, label) for key, label in STAGE_KINDS.items())
FORECAST_CHOICES = tuple(Choice(key, label) for key, label in FORECASTS.items())
REACH_CHOICES = tuple(Choice(key.value, label) for key, label in REACH_LABELS.items())


def _entity(kind: str, one: Phrase, many: Phrase, model: Any, title: str) -> Entity:
    return entity(Entity(kind, one, many, model, (title,), title, title, model.id.expression))


def _worded(model: Any) -> tuple[Field, ...]:
    return (
        Field("label_en", Kind.LINE, say("Name in English"), model.label_en.expression, required=True, longest=80),
        Field("label_es", Kind.LINE, say("Name in Spanish"), model.label_es.expression, required=True, longest=80),
    )


def _retired(model: Any) -> Field:
    return Field("archived_at", Kind.MOMENT, say("Retired"), model.archived_at.expression, editable=False)


PICKLIST = _entity("picklist", say("List of words"), say("Lists of words"), StoredPicklist, "label_en")
PICKLIST.declare(
    (
        *_worded(StoredPicklist),
        Field("default_key", Kind.LINE, say("New records begin with"), StoredPicklist.default_key.expression),
    )
)
VALUE = _entity("picklist_value", say("Word of a list"), say("Words of lists"), PicklistValue, "label_en")
VALUE.declare(
    (
        *_worded(PicklistValue),
        Field("tone", Kind.CHOICE, say("Tone"), PicklistValue.tone.expression, choices=TONE_CHOICES),
        _retired(PicklistValue),
    )
)
PIPELINE = _entity("pipeline", say("Pipeline of sales"), say("Pipelines"), StoredPipeline, "label_en")
PIPELINE.declare(
    (
        *_worded(StoredPipeline),
        Field("currency", Kind.LINE, say("Currency"), StoredPipeline.currency.expression, longest=3),
        _retired(StoredPipeline),
    )
)
STAGE = _entity("pipeline_stage", say("Stage of a pipeline"), say("Stages of pipelines"), PipelineStage, "label_en")
STAGE.declare(
    (
        *_worded(PipelineStage),
        Field("kind", Kind.CHOICE, say("Kind"), PipelineStage.kind.expression, choices=KIND_CHOICES),
        Field("probability", Kind.WHOLE, say("Probability"), PipelineStage.probability.expression),
        Field("forecast", Kind.CHOICE, say("Forecast"), PipelineStage.forecast.expression, choices=FORECAST_CHOICES),
        Field("days_limit", Kind.WHOLE, say("Days until late"), PipelineStage.days_limit.expression),
        Field("required_fields", Kind.TAGS, say("Needed fields"), PipelineStage.required_fields.expression),
        _retired(PipelineStage),
    )
)
ACCESS = _entity("access_profile", say("Access rule"), say("Access rules"), AccessProfile, "kind")
ACCESS.declare(
    (
        Field("kind", Kind.LINE, say("Kind of record"), AccessProfile.kind.expression, editable=False),
        Field("see", Kind.CHOICE, say("Sees"), AccessProfile.see.expression, choices=REACH_CHOICES),
        Field("edit", Kind.CHOICE, say("Edits"), AccessProfile.edit.expression, choices=REACH_CHOICES),
        Field("hidden", Kind.TAGS, say("Hidden fields"), AccessProfile.hidden.expression),
        Field("read_only", Kind.TAGS, say("Fields that are only read"), AccessProfile.read_only.expression),
    )
)
