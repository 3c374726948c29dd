"""What the fields of change impacts and of blackout periods are."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import Numeric, cast, literal_column, select
from sqlalchemy.orm import aliased

from implementor.audiences.catalogue.shared import (
    LONGEST_TEXT,
    audience_field,
    name_field,
    named_entity,
    wave_field,
)
from implementor.audiences.models import BlackoutPeriod, ChangeImpact
from implementor.audiences.models.impacts import ASPECTS
from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.model import Rows
from implementor.foundation.words import Phrase, say
from implementor.stories.models import Story

ASPECT_LABELS: Mapping[str, Phrase] = {
    "processes": say("Processes"),
    "systems": say("Systems"),
    "tools": say("Tools"),
    "job_roles": say("Job roles"),
    "critical_behaviours": say("Critical behaviours"),
    "mindset": say("Mindset"),
    "reporting_structure": say("Reporting structure"),
    "performance_reviews": say("Performance reviews"),
    "compensation": say("Compensation"),
    "location": say("Location"),
}
FLAGS: Mapping[str, Phrase] = {
    "is_policy": say("Touches policies"),
    "is_process": say("Touches processes"),
    "is_people": say("Touches people"),
    "is_technology": say("Touches technology"),
}
columns, of_blackout = ChangeImpact.__table__.c, BlackoutPeriod.__table__.c
ImpactStory = aliased(Story, name="impact_story")
DEGREES, WORDS, CLASSES = say("Degree in ten aspects of the job"), say("From and to"), say("What it touches")
POINTS: Any = reduce(add, (columns[aspect] for aspect in ASPECTS))
"""The sum of the ten aspects: ten times the degree."""


def stories_offered(scope: Scope) -> Rows:
    """The (id, title) rows of the stories in use."""
    found = select(Story.id, Story.title).where(Story.project_id == scope.project_id, Story.archived_at.is_(None))
    return found.order_by(Story.number)


CHANGE_IMPACT = named_entity(
    ChangeImpact, say("Change impact"), say("Change impacts"),
    ("name", "audience_id", "wave_id", "story_id", "points", "response"),
)  # fmt: skip
BLACKOUT_PERIOD = named_entity(
    BlackoutPeriod, say("Blackout period"), say("Blackout periods"), ("name", "starts_on", "ends_on", "audience_id"),
    "starts_on",
)  # fmt: skip


def _aspect(name: str) -> Field:
    return Field(
        name, Kind.WHOLE, ASPECT_LABELS[name], columns[name], minimum=Decimal(0), maximum=Decimal(5), nullable=False,
        width="narrow", group=DEGREES, begins=lambda _scope: 0,
    )  # fmt: skip


def _flag(name: str) -> Field:
    return Field(
        name, Kind.YES_NO, FLAGS[name], columns[name], nullable=False, filterable=True, group=CLASSES, bulk=True
    )


if not CHANGE_IMPACT.fields:
    CHANGE_IMPACT.declare(
        (
            name_field(ChangeImpact, say("What changes"), say("In one sentence, as those affected would say it.")),
            audience_field(ChangeImpact, say("Audience"), required=True, nullable=False),
            wave_field(ChangeImpact, say("Wave"), hint=say("Either a wave or a story.")),
            Field(
                "story_id", Kind.REFERENCE, say("Story"), columns.story_id, options=stories_offered,
                shown=ImpactStory.title, filterable=True,
                join=lambda found: found.outerjoin(ImpactStory, ImpactStory.id == columns.story_id),
            ),
            Field("was", Kind.TEXT, say("From"), columns.was, longest=LONGEST_TEXT, nullable=False, group=WORDS),
            Field("becomes", Kind.TEXT, say("To"), columns.becomes, longest=LONGEST_TEXT, nullable=False,
                  group=WORDS),
            *(_aspect(name) for name in ASPECTS),
            Field(
                "points", Kind.DECIMAL, say("Degree"), cast(POINTS * literal_column("0.1"), Numeric(4, 1)),
                editable=False, nullable=False, sortable=True, group=DEGREES, width="narrow",
            ),
            *(_flag(name) for name in FLAGS),
            Field("response", Kind.TEXT, say("What is done about it"), columns.response, longest=LONGEST_TEXT,
                  nullable=False),
        )
    )  # fmt: skip
    BLACKOUT_PERIOD.declare(
        (
            name_field(BlackoutPeriod, say("Name"), say("Such as the closing of the year.")),
            Field("starts_on", Kind.DATE, say("First day"), of_blackout.starts_on, required=True, nullable=False,
                  sortable=True, filterable=True),
            Field("ends_on", Kind.DATE, say("Last day"), of_blackout.ends_on, required=True, nullable=False),
            audience_field(BlackoutPeriod, say("Audience"), hint=say("Everybody, when left empty.")),
        )
    )  # fmt: skip
