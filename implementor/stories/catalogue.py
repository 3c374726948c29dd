"""The fields of a story, said once for its list, page, forms, bulk edit, import and export."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func
from sqlalchemy.orm import aliased

from implementor.auth.models import Area, User
from implementor.foundation.fields import Choice, Entity, Field, Kind, entity
from implementor.foundation.words import say
from implementor.stories.catalogue_queries import (
    areas_in_use,
    has_any_tag,
    has_words,
    people_of_project,
    possible_parents,
)
from implementor.stories.models import Story
from implementor.stories.statuses import STATUSES

TYPES = (
    Choice("function", say("Function")),
    Choice("data", say("Data")),
    Choice("integration", say("Integration")),
    Choice("report", say("Report")),
    Choice("training", say("Training")),
    Choice("process", say("Process")),
)
MOSCOW = (
    Choice("must", say("Must have"), "off"),
    Choice("should", say("Should have"), "risk"),
    Choice("could", say("Could have"), "review"),
    Choice("wont", say("Not this time"), "neutral"),
)
POINTS_OFFERED = ("0", "1", "2", "3", "5", "8", "13", "20", "40", "100")

Owner = aliased(User, name="story_owner")
StoryArea = aliased(Area, name="story_area")
Parent = aliased(Story, name="story_parent")

IDENTITY, WORTH, NARRATIVE, ORIGIN = say("Story"), say("Worth and effort"), say("For whom, what and why"), say("Origin")


STORY = entity(
    Entity(
        kind="story",
        label=say("Story"),
        label_plural=say("Stories"),
        model=Story,
        default_columns=("number", "title", "status", "area", "owner", "value", "points", "score"),
        default_sort="rank",
        title_field="title",
        unique_order=Story.id,
        search=has_words,
    )
)

if not STORY.fields:
    STORY.declare(
        (
            Field(
                "number",
                Kind.WHOLE,
                say("Number"),
                Story.number,
                editable=False,
                sortable=True,
                nullable=False,
                width="narrow",
                mark="-",
            ),
            Field(
                "title",
                Kind.LINE,
                say("Title"),
                Story.title,
                required=True,
                longest=250,
                sortable=True,
                sort_column=Story.title_key,
                nullable=False,
                width="wide",
                group=IDENTITY,
            ),
            Field(
                "status",
                Kind.CHOICE,
                say("Status"),
                Story.status,
                choices=STATUSES,
                editable=False,
                required=True,
                filterable=True,
                sortable=True,
                sort_column=Story.status_order,
                nullable=False,
                groupable=True,
            ),
            Field(
                "type",
                Kind.CHOICE,
                say("Type"),
                Story.type,
                choices=TYPES,
                required=True,
                filterable=True,
                sortable=True,
                nullable=False,
                groupable=True,
                bulk=True,
                group=IDENTITY,
            ),
            Field(
                "area",
                Kind.REFERENCE,
                say("Area"),
                Story.area_id,
                options=areas_in_use,
                shown=StoryArea.name,
                join=lambda found: found.outerjoin(StoryArea, StoryArea.id == Story.area_id),
                filterable=True,
                groupable=True,
                bulk=True,
                group=IDENTITY,
            ),
            Field("module", Kind.LINE, say("CRM module"), Story.module, longest=80, bulk=True, group=IDENTITY),
            Field(
                "owner",
                Kind.REFERENCE,
                say("Owner"),
                Story.owner_id,
                options=people_of_project,
                shown=func.coalesce(Owner.name, Story.owner_text),
                is_person=True,
                join=lambda found: found.outerjoin(Owner, Owner.id == Story.owner_id),
                filterable=True,
                groupable=True,
                bulk=True,
                group=IDENTITY,
            ),
            Field(
                "tags",
                Kind.TAGS,
                say("Tags"),
                Story.tags,
                longest=60,
                filterable=True,
                matches=has_any_tag,
                bulk=True,
                group=IDENTITY,
                hint=say("Separate tags with commas."),
            ),
            Field(
                "parent",
                Kind.REFERENCE,
                say("Part of"),
                Story.parent_id,
                options=possible_parents,
                shown=Parent.title,
                join=lambda found: found.outerjoin(Parent, Parent.id == Story.parent_id),
                filterable=True,
                group=IDENTITY,
            ),
            Field("as_a", Kind.LINE, say("As a"), Story.as_a, longest=250, group=NARRATIVE),
            Field("i_want", Kind.LINE, say("I want"), Story.i_want, longest=1000, group=NARRATIVE),
            Field("so_that", Kind.LINE, say("So that"), Story.so_that, longest=1000, group=NARRATIVE),
            Field(
                "description",
                Kind.MARKDOWN,
                say("Description"),
                Story.description,
                longest=200_000,
                group=NARRATIVE,
            ),
            Field(
                "moscow",
                Kind.CHOICE,
                say("Priority"),
                Story.moscow,
                choices=MOSCOW,
                filterable=True,
                sortable=True,
                sort_column=Story.moscow_order,
                groupable=True,
                bulk=True,
                group=WORTH,
            ),
            Field(
                "value",
                Kind.WHOLE,
                say("Value"),
                Story.value,
                minimum=Decimal(1),
                maximum=Decimal(100),
                filterable=True,
                sortable=True,
                bulk=True,
                group=WORTH,
                hint=say("1 to 100"),
                width="narrow",
            ),
            Field(
                "urgency",
                Kind.WHOLE,
                say("Urgency"),
                Story.urgency,
                minimum=Decimal(1),
                maximum=Decimal(10),
                filterable=True,
                sortable=True,
                bulk=True,
                group=WORTH,
                hint=say("1 to 10"),
                width="narrow",
            ),
            Field(
                "risk_reduction",
                Kind.WHOLE,
                say("Risk reduction"),
                Story.risk_reduction,
                minimum=Decimal(1),
                maximum=Decimal(10),
                filterable=True,
                sortable=True,
                bulk=True,
                group=WORTH,
                hint=say("1 to 10"),
                width="narrow",
            ),
            Field(
                "points",
                Kind.DECIMAL,
                say("Points"),
                Story.points,
                minimum=Decimal(0),
                offered=POINTS_OFFERED,
                filterable=True,
                sortable=True,
                bulk=True,
                group=WORTH,
                width="narrow",
            ),
            Field(
                "score",
                Kind.DECIMAL,
                say("Score"),
                Story.score,
                editable=False,
                sortable=True,
                group=WORTH,
                width="narrow",
            ),
            Field(
                "value_argument",
                Kind.TEXT,
                say("Argument of value"),
                Story.value_argument,
                longest=20_000,
                group=WORTH,
            ),
            Field(
                "rank",
                Kind.LINE,
                say("Hand-made order"),
                Story.rank,
                editable=False,
                sortable=True,
                nullable=False,
                is_order=True,
            ),
            Field("external_key", Kind.LINE, say("Key elsewhere"), Story.external_key, editable=False, group=ORIGIN),
            Field(
                "created_at",
                Kind.MOMENT,
                say("Created"),
                Story.created_at,
                editable=False,
                filterable=True,
                sortable=True,
                nullable=False,
                group=ORIGIN,
            ),
            Field(
                "updated_at",
                Kind.MOMENT,
                say("Changed"),
                Story.updated_at,
                editable=False,
                filterable=True,
                sortable=True,
                nullable=False,
                group=ORIGIN,
            ),
        )
    )
