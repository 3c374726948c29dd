"""What the fields of an obstacle are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.fields import Choice, Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import say
from implementor.governance.escalation import RUNGS
from implementor.governance.models import Obstacle
from implementor.projects.queries import people_of_project

KINDS = (Choice("policy", say("Policy")), Choice("process", say("Process")), Choice("people", say("People")))
SEVERITIES = (
    Choice("low", say("Low"), "neutral"),
    Choice("medium", say("Medium"), "review"),
    Choice("high", say("High"), "risk"),
    Choice("critical", say("Critical"), "off"),
)
HOW_IT_ENDED = say("How it ended")
WHOSE_MATTER = say("Whose matter it is")
MOST_HOURS = Decimal(100_000)
RUNG_CHOICES = tuple(Choice(key, label) for key, label in RUNGS.items())

columns = Obstacle.__table__.c
owner = aliased(User)


def _people(scope: Scope) -> Rows:
    return people_of_project(project_id=scope.project_id or 0)


def _with_owner(statement: Any) -> Any:
    return statement.outerjoin(owner, owner.id == Obstacle.owner_id)


def _holds(words: str) -> ColumnElement[bool]:
    return Obstacle.title.icontains(words, autoescape=True)


OBSTACLE = entity(
    Entity(
        kind="obstacle",
        label=say("Obstacle"),
        label_plural=say("Obstacles"),
        model=Obstacle,
        default_columns=("number", "title", "kind", "severity", "owner_id", "opened_at", "resolved_at"),
        default_sort="-opened_at",
        title_field="title",
        unique_order=columns.id,
        search=_holds,
    )
)
OBSTACLE.declare(
    (
        Field(
            "number", Kind.WHOLE, say("Number"), columns.number, editable=False, sortable=True, nullable=False,
            width="narrow",
        ),
        Field(
            "title", Kind.LINE, say("What stands in the way"), columns.title, required=True, sortable=True,
            nullable=False, width="wide",
        ),
        Field(
            "kind", Kind.CHOICE, say("Kind"), columns.kind, required=True, choices=KINDS, filterable=True,
            sortable=True, groupable=True, nullable=False, bulk=True,
            hint=say("Policy: priority, scope and support from the top. Process: how areas work together."),
        ),
        Field(
            "severity", Kind.CHOICE, say("Severity"), columns.severity, required=True, choices=SEVERITIES,
            filterable=True, groupable=True, nullable=False, bulk=True,
        ),
        Field(
            "owner_id", Kind.REFERENCE, say("Owner"), columns.owner_id, options=_people, shown=owner.name,
            join=_with_owner, filterable=True, sortable=True, sort_column=owner.name_key, groupable=True, bulk=True,
            hint=say("Left empty, policy goes to the sponsor and everything else to the project lead."),
        ),
        Field(
            "technical_cause", Kind.LINE, say("Technical cause"), columns.technical_cause,
            hint=say("Beside the kind, not instead of it."),
        ),
        Field(
            "hours_lost", Kind.DECIMAL, say("Hours lost"), columns.hours_lost, minimum=Decimal(0), maximum=MOST_HOURS,
            sortable=True, hint=say("Working hours that people lost to it so far, of all together."),
        ),
        Field("description", Kind.MARKDOWN, say("Description"), columns.description, longest=20000, width="wide"),
        Field(
            "opened_at", Kind.MOMENT, say("Opened"), columns.opened_at, editable=False, filterable=True,
            sortable=True, nullable=False,
        ),
        Field(
            "rung", Kind.CHOICE, say("Matter of"), columns.rung, group=WHOSE_MATTER, choices=RUNG_CHOICES,
            editable=False, filterable=True, groupable=True, nullable=False,
        ),
        Field(
            "rung_at", Kind.MOMENT, say("Matter since"), columns.rung_at, group=WHOSE_MATTER, editable=False,
            nullable=False,
        ),
        Field(
            "escalates_at", Kind.MOMENT, say("Passed on at"), columns.escalates_at, group=WHOSE_MATTER, editable=False,
            filterable=True, sortable=True,
        ),
        Field(
            "resolved_at", Kind.MOMENT, say("Resolved"), columns.resolved_at, group=HOW_IT_ENDED, editable=False,
            filterable=True, sortable=True,
        ),
        Field(
            "resolution", Kind.TEXT, say("Resolution"), columns.resolution, group=HOW_IT_ENDED, editable=False,
            longest=5000,
        ),
    )
)  # fmt: skip
