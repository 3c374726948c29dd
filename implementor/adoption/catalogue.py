"""What the fields of an intervention are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from implementor.adoption.helping import FIGURES
from implementor.adoption.intervention_models import LONGEST, SHORTEST, Intervention
from implementor.adoption.work_queries import writers_to_choose
from implementor.auth.models import User
from implementor.foundation.fields import Choice, Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import say
from implementor.governance.catalogue.shared import due_field, ended_field, opened_field, owner_field

ENDED = say("What came of it")
APPOINTMENT = say("Appointment")
HELPED = aliased(User, name="intervention_person")
MET = aliased(User, name="intervention_meets_with")
MEETING = (
    Field("meets_at", Kind.MOMENT, say("Begins"), Intervention.meets_at, required=True, filterable=True, sortable=True,
          hint=say("In your own time; the mail says it in theirs too.")),
    Field("meets_minutes", Kind.WHOLE, say("Length in minutes"), Intervention.meets_minutes, required=True,
          width="narrow", minimum=Decimal(SHORTEST), maximum=Decimal(LONGEST)),
    Field("meets_place", Kind.LINE, say("Place"), Intervention.meets_place),
    Field("meets_link", Kind.URL, say("Link"), Intervention.meets_link, longest=500,
          hint=say("A place or a link is enough.")),
)  # fmt: skip
"""What an appointment with the person is; lists and records read it, and its own form writes it."""


def _holds(words: str) -> ColumnElement[bool]:
    return Intervention.action.icontains(words, autoescape=True)


def _writers(_scope: Scope) -> Rows:
    return writers_to_choose()


INTERVENTION = entity(
    Entity(
        kind="intervention",
        label=say("Intervention"),
        label_plural=say("Interventions"),
        model=Intervention,
        default_columns=("action", "person_id", "figure", "owner_id", "due_on", "done_at"),
        default_sort="due_on",
        title_field="action",
        unique_order=Intervention.id,
        search=_holds,
    )
)
if not INTERVENTION.fields:
    INTERVENTION.declare(
        (
            Field("action", Kind.LINE, say("What is done"), Intervention.action, required=True, sortable=True,
                  nullable=False, width="wide"),
            Field("person_id", Kind.REFERENCE, say("Who is helped"), Intervention.person_id, required=True,
                  nullable=False, options=_writers, shown=HELPED.name, sort_column=HELPED.name_key, sortable=True,
                  join=lambda found: found.outerjoin(HELPED, HELPED.id == Intervention.person_id), filterable=True,
                  is_person=True, personal=True),
            Field("figure", Kind.CHOICE, say("What should change"), Intervention.figure, required=True, nullable=False,
                  choices=tuple(Choice(key, label) for key, label in FIGURES.items()), filterable=True,
                  groupable=True),
            Field("why", Kind.TEXT, say("Why"), Intervention.why, longest=2000, width="wide", personal=True),
            owner_field(Intervention, label=say("Who helps"), hint=say("Left empty, whoever writes it down.")),
            due_field(Intervention, say("Due on")),
            opened_field(Intervention),
            ended_field("done_at", say("Done"), Intervention.done_at, ENDED),
            *(replace(one, required=False, editable=False, group=APPOINTMENT) for one in MEETING),
            Field("meets_with_id", Kind.REFERENCE, say("Who meets them"), Intervention.meets_with_id, editable=False,
                  shown=MET.name, join=lambda found: found.outerjoin(MET, MET.id == Intervention.meets_with_id),
                  is_person=True, group=APPOINTMENT),
            Field("result", Kind.TEXT, say("Result"), Intervention.result, editable=False, longest=5000, group=ENDED,
                  personal=True),
        )
    )  # fmt: skip
