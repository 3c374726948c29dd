"""What the fields of a request are."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import aliased

from implementor.audiences.catalogue.shared import (
    LONGEST_TEXT,
    area_field,
    audience_field,
    name_field,
    named_entity,
    person_field,
)
from implementor.auth.models import User
from implementor.foundation.fields import Choice, Field, Kind
from implementor.foundation.words import say
from implementor.support.models import SupportRequest, SupportShift

KINDS = (
    Choice("how_to", say("How do I …?")),
    Choice("fault", say("Something does not work"), "off"),
    Choice("wish", say("A wish")),
)
NATURES = (Choice("corrective", say("Corrective")), Choice("evolutive", say("Evolutive")))
PRIORITIES = (
    Choice("low", say("Low")), Choice("normal", say("Normal")), Choice("high", say("High"), "risk"),
    Choice("urgent", say("Urgent"), "off"),
)  # fmt: skip
STATES = (
    Choice("open", say("To be taken up"), "risk"),
    Choice("answered", say("Answer given"), "ok"),
    Choice("known", say("Known before"), "neutral"),
    Choice("planned", say("Became a story"), "review"),
    Choice("done", say("Is settled"), "ok"),
)
columns: Any = SupportRequest.__table__.c
of_shift: Any = SupportShift.__table__.c
Sender = aliased(User, name="request_sender")

SUPPORT_REQUEST = named_entity(
    SupportRequest, say("Request"), say("Requests"),
    ("name", "kind", "priority", "state", "sender", "owner_id", "created_at"), "-created_at",
)  # fmt: skip


def _choice(name: str, label: Any, choices: tuple[Choice, ...], **more: Any) -> Field:
    return Field(
        name, Kind.CHOICE, label, columns[name], choices=choices, filterable=True, groupable=True, **more
    )  # fmt: skip


if not SUPPORT_REQUEST.fields:
    SUPPORT_REQUEST.declare(
        (
            name_field(SupportRequest, say("In one line")),
            _choice("kind", say("Kind"), KINDS, required=True, nullable=False, bulk=True,
                    begins=lambda _scope: "how_to"),
            Field("body", Kind.TEXT, say("What happened"), columns.body, longest=LONGEST_TEXT, nullable=False),
            _choice("nature", say("Nature"), NATURES, bulk=True,
                    hint=say("Corrective puts right what was promised, evolutive goes beyond it.")),
            _choice("priority", say("Priority"), PRIORITIES, required=True, nullable=False, bulk=True,
                    begins=lambda _scope: "normal"),
            _choice("state", say("State"), STATES, nullable=False, editable=False),
            Field(
                "sender", Kind.LINE, say("Sender"), columns.created_by_id, shown=Sender.name, editable=False,
                join=lambda found: found.outerjoin(Sender, Sender.id == columns.created_by_id),
            ),
            area_field(SupportRequest, say("Area of the sender")),
            person_field(SupportRequest, "owner_id", say("Taken up by")),
            Field("is_late", Kind.YES_NO, say("Promise not kept"), columns.is_late, editable=False, nullable=False,
                  filterable=True),
            Field("page", Kind.LINE, say("Page"), columns.page, editable=False, longest=500),
            Field("created_at", Kind.MOMENT, say("Received"), columns.created_at, editable=False, nullable=False,
                  sortable=True, filterable=True),
            Field("answer", Kind.TEXT, say("Answer given"), columns.answer, longest=LONGEST_TEXT, editable=False,
                  nullable=False),
        )
    )  # fmt: skip

SUPPORT_SHIFT = named_entity(
    SupportShift, say("Hours of support"), say("Roster of support"),
    ("name", "channel", "starts_at", "ends_at", "audience_id"), "starts_at",
)  # fmt: skip
if not SUPPORT_SHIFT.fields:
    SUPPORT_SHIFT.declare(
        (
            name_field(SupportShift, say("Who is reachable"), say("People who ask for help read this name.")),
            Field("channel", Kind.LINE, say("How"), of_shift.channel, required=True, nullable=False, longest=160,
                  width="wide", hint=say("A telephone number, a chat, a room; people who ask for help read it.")),
            Field("starts_at", Kind.MOMENT, say("From"), of_shift.starts_at, required=True, nullable=False,
                  sortable=True, filterable=True),
            Field("ends_at", Kind.MOMENT, say("Until"), of_shift.ends_at, required=True, nullable=False,
                  sortable=True),
            audience_field(SupportShift, say("For this audience alone"), hint=say("Everybody, when left empty.")),
        )
    )  # fmt: skip
