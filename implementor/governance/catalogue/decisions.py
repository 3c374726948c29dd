"""What the fields of a decision are."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import say
from implementor.governance.catalogue.shared import due_field, ended_field, number_field, opened_field, owner_field
from implementor.governance.models import Decision

DECIDED = say("What was decided")
Decider = aliased(User, name="decision_decider")
LONGEST_TEXT = 5000


def _holds(words: str) -> ColumnElement[bool]:
    return or_(Decision.question.icontains(words, autoescape=True), Decision.outcome.icontains(words, autoescape=True))


DECISION = entity(
    Entity(
        kind="decision",
        label=say("Decision"),
        label_plural=say("Decisions"),
        model=Decision,
        default_columns=("number", "question", "outcome", "decided_at", "decided_by_id", "owner_id", "due_on"),
        default_sort="-opened_at",
        title_field="question",
        unique_order=Decision.id,
        search=_holds,
    )
)
if not DECISION.fields:
    DECISION.declare(
        (
            number_field(Decision),
            Field(
                "question", Kind.LINE, say("Question"), Decision.question, required=True, sortable=True,
                nullable=False, longest=300, width="wide", hint=say("What is to be decided, as a question."),
            ),
            Field("background", Kind.MARKDOWN, say("Background"), Decision.background, longest=20000, width="wide"),
            Field(
                "options", Kind.TEXT, say("Options"), Decision.options, longest=LONGEST_TEXT,
                hint=say("One on each line; without any it is a yes or a no."),
            ),
            owner_field(Decision, hint=say("Who sees to it that it is decided and carried out.")),
            due_field(Decision, say("Needed by")),
            opened_field(Decision),
            Field("outcome", Kind.TEXT, say("Outcome"), Decision.outcome, editable=False, group=DECIDED,
                  longest=LONGEST_TEXT),
            Field("reason", Kind.TEXT, say("Reason"), Decision.reason, editable=False, group=DECIDED,
                  longest=LONGEST_TEXT),
            ended_field("decided_at", say("Decided"), Decision.decided_at, DECIDED),
            Field(
                "decided_by_id", Kind.REFERENCE, say("Decided by"), Decision.decided_by_id, shown=Decider.name,
                join=lambda found: found.outerjoin(Decider, Decider.id == Decision.decided_by_id), editable=False,
                is_person=True, group=DECIDED,
            ),
            ended_field("reversed_at", say("Reversed"), Decision.reversed_at, DECIDED),
        )
    )  # fmt: skip
