"""The fields of objectives and benefits, and the objective as a field of the story."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.discovery.models import Benefit, Objective, ObjectiveMetric, StoryObjective
from implementor.foundation.fields import Choice, Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.text import whole_number
from implementor.foundation.values import BadValue
from implementor.foundation.words import say
from implementor.metrics.catalogue import PERSPECTIVES, PRIORITIES, people_offered
from implementor.metrics.models import Metric
from implementor.metrics.queries import metrics_offered
from implementor.stories.catalogue import STORY
from implementor.stories.models import Story
from implementor.stories.permissions import EDIT as EDIT_STORY

RHYTHMS = (Choice("year", say("Each year")), Choice("once", say("Once")))
Owner = aliased(User, name="objective_owner")
Proof = aliased(Metric, name="benefit_metric")
columns, of_benefit = Objective.__table__.c, Benefit.__table__.c

OBJECTIVE = entity(
    Entity(
        kind="objective",
        label=say("Objective"),
        label_plural=say("Objectives"),
        model=Objective,
        default_columns=("statement", "perspective", "priority", "owner_id", "metrics", "stories"),
        default_sort="statement",
        title_field="statement",
        unique_order=columns.id,
        search=lambda words: columns.statement.icontains(words, autoescape=True),
    )
)
BENEFIT = entity(
    Entity(
        kind="benefit",
        label=say("Benefit"),
        label_plural=say("Benefits"),
        model=Benefit,
        default_columns=("title", "amount", "rhythm", "confidence", "metric_id"),
        default_sort="title",
        title_field="title",
        unique_order=of_benefit.id,
    )
)


def objectives_offered(scope: Scope) -> Rows:
    """The (id, statement) rows of the objectives in use, for choices."""
    return (
        select(Objective.id, Objective.statement)
        .where(Objective.project_id == scope.project_id, Objective.archived_at.is_(None))
        .order_by(Objective.statement_key, Objective.id)
    )


def _count(of: Any, link: Any, name: str) -> Any:
    counted = select(func.count()).select_from(of).where(link == Objective.id).correlate(Objective)
    return counted.scalar_subquery().label(name)


def _with_owner(statement: Rows) -> Rows:
    return statement.outerjoin(Owner, Owner.id == Objective.owner_id)


def _with_proof(statement: Rows) -> Rows:
    return statement.outerjoin(Proof, Proof.id == Benefit.metric_id)


def serves_any(values: list[str], scope: Scope) -> ColumnElement[bool]:
    """Stories that serve one of these objectives (by id), or none at all."""
    of_project = select(StoryObjective.story_id).where(StoryObjective.project_id == scope.project_id)
    ways = [Story.id.not_in(of_project)] if "none" in values else []
    ids = [whole_number(value) for value in values if value != "none"]
    if None in ids:
        raise BadValue(say("Choose %(field)s from the list.", field=OBJECTIVE.label))
    if ids:
        ways.append(Story.id.in_(of_project.where(StoryObjective.objective_id.in_(ids))))
    return or_(*ways)


def _of_story(found: Any) -> Any:
    """A column over the links of the story that a row is about."""
    links = select(found).select_from(StoryObjective).join(Objective, Objective.id == StoryObjective.objective_id)
    return links.where(StoryObjective.story_id == Story.id).correlate(Story)


STORY_OBJECTIVE = Field(
    "objective",
    Kind.REFERENCE,
    say("Objective"),
    _of_story(StoryObjective.objective_id).order_by(StoryObjective.id).limit(1).scalar_subquery().label("objective_id"),
    options=objectives_offered,
    shown=_of_story(func.aggregate_strings(Objective.statement, "; ")).scalar_subquery(),
    filterable=True,
    matches=serves_any,
    bulk=True,
    may_edit=EDIT_STORY,
)


def extend_story() -> None:
    """Give the story its objective as a field."""
    if STORY_OBJECTIVE.name not in STORY.fields:
        STORY.extend(STORY_OBJECTIVE)


if not OBJECTIVE.fields:
    OBJECTIVE.declare(
        (
            Field(
                "statement", Kind.LINE, say("Objective"), columns.statement, required=True, longest=250, sortable=True,
                sort_column=columns.statement_key, nullable=False, width="wide",
                hint=say("One sentence that says what will be different, such as “Quotes go out the same day”."),
            ),
            Field(
                "perspective", Kind.CHOICE, say("Perspective"), columns.perspective, choices=PERSPECTIVES,
                filterable=True, sortable=True, groupable=True, bulk=True,
            ),
            Field(
                "priority", Kind.CHOICE, say("Priority"), columns.priority, choices=PRIORITIES, filterable=True,
                groupable=True, bulk=True,
            ),
            Field(
                "owner_id", Kind.REFERENCE, say("Owner"), columns.owner_id, options=people_offered, shown=Owner.name,
                join=_with_owner, filterable=True, groupable=True, bulk=True, is_person=True,
            ),
            Field("note", Kind.TEXT, say("What is behind it"), columns.note, longest=4000),
            Field(
                "metrics", Kind.WHOLE, say("Metrics"), _count(ObjectiveMetric, ObjectiveMetric.objective_id, "metrics"),
                editable=False, nullable=False, width="narrow",
            ),
            Field(
                "stories", Kind.WHOLE, say("Stories"), _count(StoryObjective, StoryObjective.objective_id, "stories"),
                editable=False, nullable=False, width="narrow",
            ),
        )
    )  # fmt: skip
    BENEFIT.declare(
        (
            Field("title", Kind.LINE, say("Benefit"), of_benefit.title, required=True, nullable=False, sortable=True),
            Field(
                "amount", Kind.MONEY, say("Worth"), of_benefit.amount, currency=of_benefit.currency, minimum=Decimal(0)
            ),
            Field(
                "rhythm", Kind.CHOICE, say("How often"), of_benefit.rhythm, choices=RHYTHMS, required=True,
                nullable=False, begins=lambda _scope: "year",
            ),
            Field(
                "confidence", Kind.PERCENT, say("Confidence"), of_benefit.confidence,
                hint=say("How sure those are who estimated it."),
            ),
            Field(
                "metric_id", Kind.REFERENCE, say("Proved by"), of_benefit.metric_id, options=metrics_offered,
                shown=Proof.name, join=_with_proof,
            ),
        )
    )  # fmt: skip
