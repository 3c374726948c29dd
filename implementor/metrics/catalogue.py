"""The fields of a metric, said once for its list, its form, export and history."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.fields import Choice, Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import say
from implementor.metrics.models import Metric
from implementor.metrics.standing import AMBER, NOT_MEASURED, OFF, ON_TARGET
from implementor.projects.queries import people_of_project

PERSPECTIVES = (
    Choice("financial", say("Financial")),
    Choice("customer", say("Customers")),
    Choice("internal", say("Internal processes")),
    Choice("learning", say("Learning and growth")),
)
PRIORITIES = (
    Choice("high", say("High"), "risk"),
    Choice("medium", say("Medium"), "review"),
    Choice("low", say("Low"), "neutral"),
)
UNITS = (
    Choice("number", say("Plain number")),
    Choice("count", say("Number of things")),
    Choice("percent", say("Per cent")),
    Choice("days", say("Days")),
    Choice("hours", say("Hours")),
    Choice("money", say("Money")),
)
DIRECTIONS = (
    Choice("up", say("Should rise")),
    Choice("down", say("Should fall")),
    Choice("range", say("Should stay between two values")),
)
WAYS = (
    Choice("manual", say("Written down by people")),
    Choice("query", say("Counted from the records")),
    Choice("ratio", say("One figure divided by another")),
    Choice("formula", say("A formula over other metrics")),
)
STATES = (
    Choice(ON_TARGET, say("On target"), "ok"),
    Choice(AMBER, say("A little behind"), "risk"),
    Choice(OFF, say("Off target"), "off"),
    Choice(NOT_MEASURED, say("Not measured"), "neutral"),
)
LARGEST = Decimal(10) ** 11
AIM, BEGINNING, STANDING = say("Target"), say("Baseline"), say("Standing")
columns = Metric.__table__.c
Owner = aliased(User, name="metric_owner")


def people_offered(scope: Scope) -> Rows:
    """Who may be named as owner: people with a role in the project."""
    return people_of_project(project_id=scope.project_id or 0)


def with_owner(statement: Rows) -> Rows:
    """Rows of metrics with the name of who owns each."""
    return statement.outerjoin(Owner, Owner.id == Metric.owner_id)


def has_words(words: str) -> ColumnElement[bool]:
    """Metrics whose name or purpose holds these words."""
    return columns.name.icontains(words, autoescape=True) | columns.purpose.icontains(words, autoescape=True)


METRIC = entity(
    Entity(
        kind="metric",
        label=say("Metric"),
        label_plural=say("Metrics"),
        model=Metric,
        default_columns=("name", "unit", "baseline", "target", "due_on", "latest", "latest_on", "owner_id"),
        default_sort="name",
        title_field="name",
        unique_order=columns.id,
        search=has_words,
    )
)
if not METRIC.fields:
    METRIC.declare(
        (
            Field(
                "name", Kind.LINE, say("Name"), columns.name, required=True, longest=160, sortable=True,
                sort_column=columns.name_key, nullable=False, width="wide",
            ),
            Field(
                "purpose", Kind.TEXT, say("Purpose"), columns.purpose, longest=4000,
                hint=say("What is decided with it, and how it is counted."),
            ),
            Field(
                "unit", Kind.CHOICE, say("Unit"), columns.unit, required=True, choices=UNITS, nullable=False,
                filterable=True, groupable=True, begins=lambda _scope: "number",
            ),
            Field(
                "currency", Kind.CURRENCY, say("Currency"), columns.currency,
                hint=say("For money only."), width="narrow",
            ),
            Field(
                "direction", Kind.CHOICE, say("Direction"), columns.direction, required=True, choices=DIRECTIONS,
                nullable=False, filterable=True, groupable=True, begins=lambda _scope: "up",
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
                join=with_owner, filterable=True, groupable=True, bulk=True, is_person=True,
            ),
            Field(
                "baseline", Kind.DECIMAL, say("Baseline"), columns.baseline, group=BEGINNING, minimum=-LARGEST,
                maximum=LARGEST, hint=say("Where it stood before anything changed."), width="narrow",
            ),
            Field("baseline_on", Kind.DATE, say("Measured on"), columns.baseline_on, group=BEGINNING),
            Field(
                "target", Kind.DECIMAL, say("Target"), columns.target, group=AIM, minimum=-LARGEST, maximum=LARGEST,
                hint=say("Of two values to stay between, the lower one."), width="narrow",
            ),
            Field(
                "target_top", Kind.DECIMAL, say("Upper end of the target"), columns.target_top, group=AIM,
                minimum=-LARGEST, maximum=LARGEST, hint=say("Only where it should stay between two values."),
                width="narrow",
            ),
            Field(
                "due_on", Kind.DATE, say("Due"), columns.due_on, group=AIM, filterable=True, sortable=True, bulk=True
            ),
            Field(
                "margin", Kind.PERCENT, say("Amber margin"), columns.margin, group=AIM,
                hint=say("How much of the way from baseline to target may be missing before it is off; 10 when empty."),
                width="narrow",
            ),
            Field(
                "measured_by", Kind.CHOICE, say("How it is measured"), columns.measured_by, choices=WAYS,
                editable=False, nullable=False, filterable=True, groupable=True,
            ),
            Field(
                "latest", Kind.DECIMAL, say("Latest value"), columns.latest, group=STANDING, editable=False,
                width="narrow",
            ),
            Field(
                "latest_on", Kind.DATE, say("Last measured"), columns.latest_on, group=STANDING, editable=False,
                filterable=True, sortable=True,
            ),
        )
    )  # fmt: skip


def state_choice(state: str) -> Choice:
    """The word and tone of a standing."""
    return next(choice for choice in STATES if choice.key == state)
