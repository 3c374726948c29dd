"""The fields of a wave, and the wave as a field of the story."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from implementor.foundation.fields import Choice, Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.text import whole_number
from implementor.foundation.values import BadValue
from implementor.foundation.words import say
from implementor.stories.catalogue import STORY
from implementor.stories.models import Story
from implementor.waves.models import Wave, WaveStory
from implementor.waves.permissions import PLAN

STAGES = (
    Choice("planning", say("Planning"), "neutral"),
    Choice("implementation", say("Implementation"), "review"),
    Choice("adoption", say("Adoption"), "accepted"),
    Choice("finished", say("Finished"), "ok"),
)
COLUMNS = Wave.__table__.c
WHEN, GATES = say("Dates and capacity"), say("Thresholds")

WAVE = entity(
    Entity(
        kind="wave",
        label=say("Wave"),
        label_plural=say("Waves"),
        model=Wave,
        default_columns=("number", "name", "stage", "starts_on", "ends_on", "capacity_points"),
        default_sort="rank",
        title_field="name",
        unique_order=COLUMNS.id,
        search=lambda words: Wave.name.icontains(words, autoescape=True),
    )
)


def possible_waves(scope: Scope) -> Rows:
    """Waves that stories can be put into, in their order."""
    return (
        select(Wave.id, Wave.name)
        .where(Wave.project_id == scope.project_id, Wave.archived_at.is_(None), Wave.closed_at.is_(None))
        .order_by(Wave.rank, Wave.id)
    )


def is_in_wave(values: list[str], scope: Scope) -> ColumnElement[bool]:
    """Stories that are in one of these waves (by id), or in none at all."""
    of_project = select(WaveStory.story_id).where(WaveStory.project_id == scope.project_id)
    ways = [Story.id.not_in(of_project)] if "none" in values else []
    ids = [whole_number(value) for value in values if value != "none"]
    if None in ids:
        raise BadValue(say("Choose %(field)s from the list.", field=WAVE.label))
    if ids:
        ways.append(Story.id.in_(of_project.where(WaveStory.wave_id.in_(ids))))
    return or_(*ways)


def with_wave(found: Select[Any]) -> Select[Any]:
    """Rows of stories with the wave each is in, if any."""
    return found.outerjoin(WaveStory, WaveStory.story_id == Story.id).outerjoin(Wave, Wave.id == WaveStory.wave_id)


STORY_WAVE = Field(
    "wave",
    Kind.REFERENCE,
    say("Wave"),
    WaveStory.__table__.c.wave_id,
    options=possible_waves,
    shown=COLUMNS.name,
    join=with_wave,
    filterable=True,
    matches=is_in_wave,
    groupable=True,
    sort_column=COLUMNS.rank,
    bulk=True,
    may_edit=PLAN,
)

if not WAVE.fields:
    WAVE.declare(
        (
            Field(
                "number",
                Kind.WHOLE,
                say("Number"),
                COLUMNS.number,
                editable=False,
                sortable=True,
                nullable=False,
                width="narrow",
            ),
            Field(
                "name",
                Kind.LINE,
                say("Name"),
                COLUMNS.name,
                required=True,
                longest=120,
                sortable=True,
                nullable=False,
                width="wide",
            ),
            Field(
                "goal",
                Kind.TEXT,
                say("Goal"),
                COLUMNS.goal,
                longest=4000,
                hint=say("What people will be able to do when this wave is live."),
            ),
            Field(
                "stage",
                Kind.CHOICE,
                say("Stage"),
                COLUMNS.stage,
                choices=STAGES,
                editable=False,
                filterable=True,
                groupable=True,
                nullable=False,
            ),
            Field("starts_on", Kind.DATE, say("Start"), COLUMNS.starts_on, filterable=True, sortable=True, group=WHEN),
            Field("ends_on", Kind.DATE, say("End"), COLUMNS.ends_on, filterable=True, sortable=True, group=WHEN),
            Field(
                "capacity_points",
                Kind.DECIMAL,
                say("Capacity in points"),
                COLUMNS.capacity_points,
                minimum=Decimal(0),
                maximum=Decimal(100_000),
                sortable=True,
                group=WHEN,
                hint=say("How many points the team can take on in this wave."),
                width="narrow",
            ),
            Field(
                "training_threshold",
                Kind.WHOLE,
                say("Training, per cent"),
                COLUMNS.training_threshold,
                minimum=Decimal(0),
                maximum=Decimal(100),
                group=GATES,
                width="narrow",
                nullable=False,
                hint=say("Share of the people concerned who must be trained before going live; 80 when empty."),
            ),
            Field(
                "adoption_threshold",
                Kind.WHOLE,
                say("Adoption, per cent"),
                COLUMNS.adoption_threshold,
                minimum=Decimal(0),
                maximum=Decimal(100),
                group=GATES,
                width="narrow",
                nullable=False,
                hint=say("Share of the people concerned who must use it before the wave ends; 60 when empty."),
            ),
            Field(
                "rank", Kind.LINE, say("Hand-made order"), COLUMNS.rank, editable=False, sortable=True, nullable=False
            ),
        )
    )


def extend_story() -> None:
    """Give the story its wave as a field."""
    if STORY_WAVE.name not in STORY.fields:
        STORY.extend(STORY_WAVE)
