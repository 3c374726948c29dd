"""The fields of a setting that a story carries, said once for lists, export and history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from implementor.foundation.choices import Choice
from implementor.foundation.errors import BadValue
from implementor.foundation.fields import Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.text import whole_number
from implementor.foundation.words import Label, say
from implementor.releases.item_models import ConfigItem
from implementor.releases.kinds.known import KIND_CHOICES
from implementor.stories.models import Story
from implementor.waves.models import Wave, WaveStory
from implementor.waves.queries import waves_in_scope

VERB_CHOICES = (
    Choice("add", say("Added"), "ok"), Choice("change", say("Changed"), "review"), Choice("retire", say("Retired")),
)  # fmt: skip
STATE_CHOICES = (
    Choice("draft", say("Draft"), "neutral"),
    Choice("live", say("Live"), "ok"),
    Choice("rolled_back", say("Rolled back"), "risk"),
)
Carrier, Place, ItsWave = (
    aliased(Story, name="item_story"), aliased(WaveStory, name="item_place"), aliased(Wave, name="item_wave"),
)  # fmt: skip
columns = ConfigItem.__table__.c


def named_like(words: str) -> ColumnElement[bool]:
    """Settings whose name in either language holds these words."""
    return columns.label_en.icontains(words, autoescape=True) | columns.label_es.icontains(words, autoescape=True)


def with_story(found: Rows) -> Rows:
    """Rows of settings with the story that carries each."""
    return found.join(Carrier, Carrier.id == columns.story_id)


def with_wave(found: Rows) -> Rows:
    """Rows of settings with the wave of their story, if it is in one."""
    place = and_(Place.project_id == columns.project_id, Place.story_id == columns.story_id)
    return found.outerjoin(Place, place).outerjoin(ItsWave, ItsWave.id == Place.wave_id)


def waves_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the waves that stories are in."""
    return waves_in_scope(scope).with_only_columns(Wave.id, Wave.name).order_by(Wave.rank, Wave.id)


def is_in_wave(values: list[str], scope: Scope) -> ColumnElement[bool]:
    """Settings of stories that are in one of these waves (by id), or in none at all."""
    placed = select(WaveStory.story_id).where(WaveStory.project_id == scope.project_id)
    ways = [columns.story_id.not_in(placed)] if "none" in values else []
    ids = [whole_number(value) for value in values if value != "none"]
    if None in ids:
        raise BadValue(say("Choose %(field)s from the list.", field=say("Wave")))
    if ids:
        ways.append(columns.story_id.in_(placed.where(WaveStory.wave_id.in_(ids))))
    return or_(*ways)


def told_name(english: Any, spanish: Any) -> Label | None:
    """The name of a setting in the reader's language."""
    return Label({"en": english, "es": spanish or english}) if english else None


ITEM = entity(
    Entity(
        kind="config_item",
        label=say("Setting"),
        label_plural=say("Settings"),
        model=ConfigItem,
        default_columns=("label_en", "kind", "verb", "story", "wave", "state", "release"),
        default_sort="-created_at",
        title_field="label_en",
        unique_order=columns.id,
        search=named_like,
    )
)

if not ITEM.declared:
    ITEM.declare(
        (
            Field(
                "label_en", Kind.LINE, say("Name"), columns.label_en, shown=columns.label_es, told=told_name,
                editable=False, nullable=False,
            ),
            Field(
                "kind", Kind.CHOICE, say("Kind"), columns.kind, choices=KIND_CHOICES, editable=False, nullable=False,
                filterable=True, groupable=True,
            ),
            Field(
                "verb", Kind.CHOICE, say("What happens"), columns.verb, choices=VERB_CHOICES, editable=False,
                nullable=False, filterable=True,
            ),
            Field(
                "story", Kind.REFERENCE, say("Story"), columns.story_id, shown=Carrier.title, join=with_story,
                editable=False, nullable=False,
            ),
            Field(
                "wave", Kind.REFERENCE, say("Wave"), Place.wave_id, options=waves_offered, shown=ItsWave.name,
                join=with_wave, matches=is_in_wave, filterable=True, groupable=True, editable=False,
            ),
            Field(
                "state", Kind.CHOICE, say("Standing"), columns.state, choices=STATE_CHOICES, editable=False,
                nullable=False, filterable=True, groupable=True,
            ),
            Field(
                "release", Kind.WHOLE, say("Number of the release"), columns.release_number, editable=False,
                filterable=True,
            ),
            Field(
                "created_at", Kind.MOMENT, say("Created"), columns.created_at, editable=False, sortable=True,
                nullable=False,
            ),
        )
    )  # fmt: skip
