"""What the fields of a request for change are."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement

from implementor.foundation.fields import Choice, Entity, Field, Kind, entity
from implementor.foundation.words import say
from implementor.governance.catalogue.shared import due_field, ended_field, number_field, opened_field, owner_field
from implementor.governance.models import ChangeRequest

SUBJECTS = (Choice("scope", say("Scope")), Choice("money", say("Money")), Choice("date", say("Dates")))
ANSWERS = (
    Choice("approved", say("Approved"), "ok"),
    Choice("refused", say("Refused"), "off"),
    Choice("postponed", say("Put off"), "review"),
)
EFFECT, ENDED = say("What it means"), say("What was decided")
MOST_DAYS = Decimal(3650)


def _holds(words: str) -> ColumnElement[bool]:
    return ChangeRequest.title.icontains(words, autoescape=True)


CHANGE_REQUEST = entity(
    Entity(
        kind="change_request",
        label=say("Request for change"),
        label_plural=say("Requests for change"),
        model=ChangeRequest,
        default_columns=("number", "title", "subject", "amount", "days", "owner_id", "due_on", "answer"),
        default_sort="-opened_at",
        title_field="title",
        unique_order=ChangeRequest.id,
        search=_holds,
    )
)
if not CHANGE_REQUEST.fields:
    CHANGE_REQUEST.declare(
        (
            number_field(ChangeRequest),
            Field("title", Kind.LINE, say("What is to change"), ChangeRequest.title, required=True, sortable=True,
                  nullable=False, width="wide"),
            Field("subject", Kind.CHOICE, say("What it is about"), ChangeRequest.subject, required=True,
                  choices=SUBJECTS, filterable=True, groupable=True, nullable=False, bulk=True),
            owner_field(ChangeRequest, hint=say("Left empty, whoever asks for it.")),
            due_field(ChangeRequest, say("Needed by")),
            Field("description", Kind.MARKDOWN, say("Description"), ChangeRequest.description, longest=20000,
                  width="wide"),
            Field("why", Kind.TEXT, say("Why"), ChangeRequest.why, longest=5000),
            Field("amount", Kind.MONEY, say("Costs more"), ChangeRequest.amount, currency=ChangeRequest.currency,
                  filterable=True, sortable=True, group=EFFECT, hint=say("Less than zero where it saves.")),
            Field("days", Kind.WHOLE, say("Days later"), ChangeRequest.days, minimum=-MOST_DAYS, maximum=MOST_DAYS,
                  filterable=True, sortable=True, group=EFFECT, hint=say("Less than zero where it comes sooner.")),
            Field("effects", Kind.TEXT, say("Other effects"), ChangeRequest.effects, longest=5000, group=EFFECT),
            opened_field(ChangeRequest),
            Field("answer", Kind.CHOICE, say("Answer"), ChangeRequest.answer, choices=ANSWERS, editable=False,
                  filterable=True, sortable=True, groupable=True, group=ENDED),
            ended_field("answered_at", say("Decided"), ChangeRequest.answered_at, ENDED),
        )
    )  # fmt: skip
