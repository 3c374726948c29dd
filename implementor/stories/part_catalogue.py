"""The fields of the parts of a story's page, and in which order the page shows the parts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.auth.models import Area, User
from implementor.foundation.fields import Choice, Entity, Field, Kind, entity
from implementor.foundation.words import Phrase, say
from implementor.metrics.models import Metric
from implementor.metrics.queries import metrics_offered
from implementor.stories.catalogue_queries import areas_in_use, people_of_project
from implementor.stories.models import AreaReview, Criterion, Milestone, OpenMatter, StoryEffort, Task, UserTest

PHASES = (
    Choice("release", say("Before release")),
    Choice("value", say("Value, judged in Adoption")),
)
ORIGINS = (Choice("own", say("Our own")), Choice("external", say("From outside")))
HOURS_LIMIT = Decimal(100_000)


def _part(kind: str, label: Phrase, plural: Phrase, model: type[Any], title: str, fields: tuple[Field, ...]) -> Entity:
    declared = entity(
        Entity(
            kind=kind,
            label=label,
            label_plural=plural,
            model=model,
            default_columns=tuple(field.name for field in fields),
            default_sort=title,
            title_field=title,
            unique_order=model.id,
        )
    )
    if not declared.fields:
        declared.declare(fields)
    return declared


def _person(name: str, label: Phrase, column: Any) -> Field:
    person = aliased(User, name=f"{name}_{column.class_.__tablename__}")
    return Field(
        name,
        Kind.REFERENCE,
        label,
        column,
        options=people_of_project,
        shown=person.name,
        join=lambda found: found.outerjoin(person, person.id == column),
    )


def _area(column: Any, *, required: bool = False) -> Field:
    area = aliased(Area, name=f"area_{column.class_.__tablename__}")
    return Field(
        "area",
        Kind.REFERENCE,
        say("Area"),
        column,
        options=areas_in_use,
        shown=area.name,
        join=lambda found: found.outerjoin(area, area.id == column),
        required=required,
    )


CRITERION = _part(
    "criterion",
    say("Acceptance criterion"),
    say("Acceptance criteria"),
    Criterion,
    "text",
    (
        Field("text", Kind.TEXT, say("Criterion"), Criterion.text, longest=2000, sortable=True),
        Field("given", Kind.LINE, say("Given"), Criterion.given, longest=500),
        Field("when", Kind.LINE, say("When"), Criterion.when, longest=500),
        Field("then", Kind.LINE, say("Then"), Criterion.then, longest=500),
        Field("phase", Kind.CHOICE, say("Judged"), Criterion.phase, choices=PHASES, required=True),
        Field(
            "metric",
            Kind.REFERENCE,
            say("Metric"),
            Criterion.metric_id,
            options=metrics_offered,
            shown=Metric.name,
            join=lambda found: found.outerjoin(Metric, Metric.id == Criterion.metric_id),
            hint=say("It is met once the metric has reached its target; then no words are needed."),
        ),
        Field("evidence", Kind.TEXT, say("Evidence"), Criterion.evidence, longest=5000),
    ),
)
TASK = _part(
    "task",
    say("Task"),
    say("Tasks"),
    Task,
    "title",
    (
        Field("title", Kind.LINE, say("Task"), Task.title, required=True, longest=250, sortable=True),
        _person("assignee", say("Who"), Task.assignee_id),
        Field(
            "estimate_hours",
            Kind.DECIMAL,
            say("Estimate in hours"),
            Task.estimate_hours,
            minimum=Decimal(0),
            maximum=HOURS_LIMIT,
        ),
        Field(
            "remaining_hours",
            Kind.DECIMAL,
            say("Remaining hours"),
            Task.remaining_hours,
            minimum=Decimal(0),
            maximum=HOURS_LIMIT,
        ),
    ),
)
USER_TEST = _part(
    "user_test",
    say("User test"),
    say("User tests"),
    UserTest,
    "title",
    (
        Field("title", Kind.LINE, say("What is tested"), UserTest.title, required=True, longest=250, sortable=True),
        _area(UserTest.area_id),
        Field("script", Kind.MARKDOWN, say("Steps to follow"), UserTest.script, longest=20_000),
    ),
)
OPEN_MATTER = _part(
    "open_matter",
    say("Open matter"),
    say("Open matters"),
    OpenMatter,
    "question",
    (
        Field("question", Kind.LINE, say("Question"), OpenMatter.question, required=True, longest=500, sortable=True),
        _person("answerer", say("Who answers"), OpenMatter.answerer_id),
        Field("due_on", Kind.DATE, say("Due"), OpenMatter.due_on),
    ),
)
AREA_REVIEW = _part(
    "area_review",
    say("Area review"),
    say("Area reviews"),
    AreaReview,
    "area",
    (
        Field(
            "area", Kind.REFERENCE, say("Area"), AreaReview.area_id, options=areas_in_use, required=True, sortable=True
        ),
        _person("reviewer", say("Who reviews"), AreaReview.reviewer_id),
    ),
)
STORY_EFFORT = _part(
    "story_effort",
    say("Effort of a profile"),
    say("Effort per profile"),
    StoryEffort,
    "profile",
    (
        Field("profile", Kind.LINE, say("Profile"), StoryEffort.profile, required=True, longest=60, sortable=True),
        Field(
            "hours",
            Kind.DECIMAL,
            say("Hours"),
            StoryEffort.hours,
            required=True,
            minimum=Decimal(0),
            maximum=HOURS_LIMIT,
        ),
    ),
)
MILESTONE = _part(
    "milestone",
    say("Milestone"),
    say("Milestones"),
    Milestone,
    "title",
    (
        Field(
            "title",
            Kind.LINE,
            say("Milestone"),
            Milestone.title,
            required=True,
            longest=250,
            sortable=True,
            nullable=False,
            width="wide",
        ),
        Field("origin", Kind.CHOICE, say("Origin"), Milestone.origin, choices=ORIGINS, required=True, filterable=True),
        Field("supplier", Kind.LINE, say("Supplier"), Milestone.supplier, longest=120),
        Field("promised_on", Kind.DATE, say("Promised"), Milestone.promised_on, sortable=True, filterable=True),
        Field("forecast_on", Kind.DATE, say("Forecast"), Milestone.forecast_on, sortable=True, filterable=True),
        Field("reached_on", Kind.DATE, say("Reached"), Milestone.reached_on, sortable=True, filterable=True),
        Field("note", Kind.TEXT, say("Note"), Milestone.note, longest=5000),
    ),
)

PARTS = {one.kind: one for one in (CRITERION, TASK, USER_TEST, OPEN_MATTER, AREA_REVIEW, STORY_EFFORT)}
