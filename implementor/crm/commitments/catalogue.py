"""What the fields of a commitment are."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, false, or_

from implementor.crm.commitments.models import BROKEN, KEPT, OPEN, OVERDUE, Commitment
from implementor.crm.contacts.pointing import with_fields
from implementor.crm.records.fields import RECORD, owner_field
from implementor.foundation.fields import Choice, Entity, Field, Kind, Scope, entity
from implementor.foundation.local_days import local_day
from implementor.foundation.words import say

STATES = (
    Choice(OPEN, say("Open"), "review"),
    Choice(OVERDUE, say("Overdue"), "off"),
    Choice(KEPT, say("Kept"), "ok"),
    Choice(BROKEN, say("Broken"), "risk"),
)
WHAT, WHOM = say("Commitment"), say("To whom")


def today() -> date:
    """The day it is where the reader is, each time a list is read."""
    return local_day(datetime.now(UTC))


_today = bindparam("commitment_today", callable_=today, type_=Date())
is_open = and_(Commitment.kept_at.is_(None), Commitment.broken_at.is_(None))
_state = case(
    (Commitment.kept_at.is_not(None), KEPT),
    (Commitment.broken_at.is_not(None), BROKEN),
    (Commitment.due_on < _today, OVERDUE),
    else_=OPEN,
)


def in_state(states: list[str], _scope: Scope) -> ColumnElement[bool]:
    """Commitments in any of these states; what is overdue is open no more here."""
    conditions = {
        OPEN: and_(is_open, Commitment.due_on >= _today),
        OVERDUE: and_(is_open, Commitment.due_on < _today),
        KEPT: Commitment.kept_at.is_not(None),
        BROKEN: Commitment.broken_at.is_not(None),
    }
    return or_(false(), *(conditions[state] for state in states if state in conditions))


def called(words: str) -> ColumnElement[bool]:
    """Commitments whose promise holds these words."""
    return Commitment.promise.icontains(words, autoescape=True)


COMMITMENT = entity(
    Entity(
        kind="commitment",
        label=say("Commitment"),
        label_plural=say("Commitments"),
        model=Commitment,
        default_columns=("promise", "due_on", "state", "account", "contact", "owner"),
        default_sort="due_on",
        title_field="promise",
        unique_order=Commitment.id,
        search=called,
    )
)

if not COMMITMENT.fields:
    COMMITMENT.declare(
        (
            Field(
                "promise", Kind.LINE, say("What was promised"), Commitment.promise, required=True, nullable=False,
                width="wide", group=WHAT,
            ),
            Field(
                "due_on", Kind.DATE, say("Due"), Commitment.due_on, required=True, filterable=True, sortable=True,
                nullable=False, group=WHAT,
            ),
            Field(
                "state", Kind.CHOICE, say("State"), _state.label("state"), choices=STATES, editable=False,
                filterable=True, nullable=False, matches=in_state, group=WHAT,
            ),
            Field("reason", Kind.LINE, say("Reason"), Commitment.reason, editable=False, group=WHAT),
            Field("details", Kind.TEXT, say("Details"), Commitment.details, longest=20_000, group=WHAT),
            *with_fields(Commitment, group=WHOM),
            owner_field(Commitment, group=WHOM, label=say("Who keeps it")),
            Field("kept_at", Kind.MOMENT, say("Kept on"), Commitment.kept_at, editable=False, group=RECORD),
            Field("broken_at", Kind.MOMENT, say("Broken on"), Commitment.broken_at, editable=False, group=RECORD),
            Field(
                "created_at", Kind.MOMENT, say("Created"), Commitment.created_at, editable=False, nullable=False,
                group=RECORD,
            ),
            Field(
                "updated_at", Kind.MOMENT, say("Changed"), Commitment.updated_at, editable=False, nullable=False,
                group=RECORD,
            ),
        )
    )  # fmt: skip
