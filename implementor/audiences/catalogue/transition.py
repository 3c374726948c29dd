"""What the fields of transition steps and of planned messages are."""

from __future__ import annotations

from decimal import Decimal

from implementor.audiences.catalogue.shared import (
    LONGEST_TEXT,
    area_field,
    audience_field,
    name_field,
    named_entity,
    person_field,
    wave_field,
)
from implementor.audiences.models import PlannedMessage, TransitionStep
from implementor.foundation.fields import Choice, Field, Kind
from implementor.foundation.words import say

STEP_KINDS = (
    Choice("communication", say("Communication"), "review"),
    Choice("training", say("Training"), "review"),
    Choice("go_live", say("Go-live"), "ok"),
    Choice("support", say("Support"), "neutral"),
)
CHANNELS = (
    Choice("mail", say("E-mail")),
    Choice("meeting", say("Meeting")),
    Choice("talk", say("Personal talk")),
    Choice("chat", say("Chat")),
    Choice("intranet", say("Intranet")),
    Choice("other", say("Another channel")),
)
of_step, of_message = TransitionStep.__table__.c, PlannedMessage.__table__.c
DAY, SENT = say("When"), say("Sent")

TRANSITION_STEP = named_entity(
    TransitionStep, say("Transition step"), say("Transition steps"),
    ("name", "kind", "area_id", "wave_id", "planned_on", "offset_days", "owner_id", "done_on"),
)  # fmt: skip
PLANNED_MESSAGE = named_entity(
    PlannedMessage, say("Planned message"), say("Communication plan"),
    ("due_on", "name", "audience_id", "sender_id", "channel", "sent_at", "sent_count"), "due_on",
)  # fmt: skip
if not TRANSITION_STEP.fields:
    TRANSITION_STEP.declare(
        (
            name_field(TransitionStep, say("What happens")),
            Field(
                "kind", Kind.CHOICE, say("Kind"), of_step.kind, required=True, choices=STEP_KINDS, nullable=False,
                filterable=True, groupable=True, begins=lambda _scope: "communication",
            ),
            area_field(TransitionStep, say("Area"), required=True, nullable=False),
            wave_field(TransitionStep, say("Wave"), group=DAY),
            Field(
                "offset_days", Kind.WHOLE, say("Days after the end of the wave"), of_step.offset_days,
                minimum=Decimal(-365), maximum=Decimal(365), group=DAY, width="narrow",
                hint=say("Negative for days before it. The step moves with the wave."),
            ),
            Field("planned_on", Kind.DATE, say("Or on a fixed day"), of_step.planned_on, group=DAY, filterable=True),
            Field("done_on", Kind.DATE, say("Done on"), of_step.done_on, group=DAY, filterable=True, bulk=True),
            person_field(TransitionStep, "owner_id", say("Owner")),
            Field("notes", Kind.TEXT, say("Notes"), of_step.notes, longest=LONGEST_TEXT, nullable=False),
        )
    )  # fmt: skip
    PLANNED_MESSAGE.declare(
        (
            name_field(PlannedMessage, say("Subject")),
            audience_field(PlannedMessage, say("Who hears it"), required=True, nullable=False),
            person_field(PlannedMessage, "sender_id", say("From whom")),
            Field(
                "channel", Kind.CHOICE, say("Channel"), of_message.channel, required=True, choices=CHANNELS,
                nullable=False, filterable=True, groupable=True, bulk=True, begins=lambda _scope: "mail",
            ),
            Field("due_on", Kind.DATE, say("Due on"), of_message.due_on, required=True, nullable=False, sortable=True,
                  filterable=True, bulk=True),
            wave_field(PlannedMessage, say("Wave")),
            Field("body", Kind.TEXT, say("What is said"), of_message.body, longest=20000, nullable=False,
                  width="wide"),
            Field("sent_at", Kind.MOMENT, say("Sent"), of_message.sent_at, editable=False, filterable=True,
                  group=SENT),
            Field("sent_count", Kind.WHOLE, say("People reached"), of_message.sent_count, editable=False, group=SENT,
                  width="narrow"),
        )
    )  # fmt: skip
