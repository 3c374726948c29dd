"""What the fields of an interaction are."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.crm.contacts.pointing import with_fields
from implementor.crm.interactions.models import Interaction
from implementor.crm.records.fields import RECORD, owner_field, people_of_crm
from implementor.foundation.choices import Choice, Picklist, picklist
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import say

CHANNEL_CHOICES = (
    Choice("email", say("E-mail")),
    Choice("phone", say("Telephone")),
    Choice("chat", say("Chat")),
    Choice("web", say("Website")),
    Choice("visit", say("Visit")),
    Choice("social", say("Social media")),
)
"""Fixed: reports, timelines and the systems behind them know each by its key."""
DIRECTIONS = (Choice("out", say("From us")), Choice("in", say("To us")))
picklist(
    Picklist(
        "interaction.outcome",
        say("Outcomes of interactions"),
        (
            Choice("reached", say("Reached"), "ok"),
            Choice("not_reached", say("Not reached"), "risk"),
            Choice("message_left", say("Left a message"), "review"),
            Choice("interested", say("Interested"), "ok"),
            Choice("not_interested", say("Not interested"), "off"),
            Choice("meeting_agreed", say("Appointment agreed"), "accepted"),
            Choice("information_sent", say("Information sent")),
            Choice("answered", say("Answered"), "ok"),
            Choice("complaint", say("Complaint"), "risk"),
            Choice("other", say("Other")),
        ),
    )
)

WHAT, WHOM, NEXT = say("What happened"), say("With whom"), say("What follows")
Follower = aliased(User, name="interaction_follower")
LONGEST_MINUTES = 7 * 24 * 60


def called(words: str) -> ColumnElement[bool]:
    """Interactions whose subject holds these words."""
    return Interaction.subject.icontains(words, autoescape=True)


INTERACTION = entity(
    Entity(
        kind="interaction",
        label=say("Interaction"),
        label_plural=say("Interactions"),
        model=Interaction,
        default_columns=("subject", "at", "channel", "direction", "account", "contact", "outcome", "owner"),
        default_sort="-at",
        title_field="subject",
        unique_order=Interaction.id,
        search=called,
    )
)

if not INTERACTION.fields:
    INTERACTION.declare(
        (
            Field(
                "channel", Kind.CHOICE, say("Channel"), Interaction.channel, required=True, choices=CHANNEL_CHOICES,
                filterable=True, groupable=True, nullable=False, group=WHAT,
            ),
            Field(
                "direction", Kind.CHOICE, say("Direction"), Interaction.direction, required=True, choices=DIRECTIONS,
                filterable=True, nullable=False, group=WHAT,
            ),
            Field(
                "subject", Kind.LINE, say("Subject"), Interaction.subject, required=True, nullable=False, width="wide",
                group=WHAT,
            ),
            Field(
                "at", Kind.MOMENT, say("Date and time"), Interaction.at, filterable=True, sortable=True, nullable=False,
                group=WHAT, hint=say("Left empty: now."),
            ),
            Field(
                "duration_minutes", Kind.WHOLE, say("Duration in minutes"), Interaction.duration_minutes,
                minimum=Decimal(0), maximum=Decimal(LONGEST_MINUTES), width="narrow", group=WHAT,
            ),
            Field("body", Kind.TEXT, say("Notes"), Interaction.body, longest=100_000, personal=True, group=WHAT),
            Field(
                "outcome", Kind.CHOICE, say("Outcome"), Interaction.outcome, picklist="interaction.outcome",
                filterable=True, groupable=True, bulk=True, group=WHAT,
            ),
            *with_fields(Interaction, group=WHOM),
            owner_field(Interaction, group=WHOM),
            Field("follow_up", Kind.LINE, say("Next step"), Interaction.follow_up, group=NEXT, width="wide"),
            Field(
                "follow_up_on", Kind.DATE, say("Follow-up due"), Interaction.follow_up_on, filterable=True, group=NEXT,
            ),
            Field(
                "follow_up_owner", Kind.REFERENCE, say("Who follows up"), Interaction.follow_up_owner_id,
                options=people_of_crm, shown=Follower.name,
                join=lambda found: found.outerjoin(Follower, Follower.id == Interaction.follow_up_owner_id),
                is_person=True, filterable=True, bulk=True, group=NEXT, hint=say("Left empty: its owner."),
            ),
            Field(
                "follow_up_done_at", Kind.MOMENT, say("Followed up"), Interaction.follow_up_done_at, editable=False,
                filterable=True, group=NEXT,
            ),
            Field(
                "external_id", Kind.LINE, say("Name in its channel"), Interaction.external_id, filterable=True,
                group=RECORD, hint=say("Such as the message number of a mail; known once for each channel."),
            ),
            Field(
                "created_at", Kind.MOMENT, say("Created"), Interaction.created_at, editable=False, nullable=False,
                group=RECORD,
            ),
            Field(
                "updated_at", Kind.MOMENT, say("Changed"), Interaction.updated_at, editable=False, nullable=False,
                group=RECORD,
            ),
        )
    )  # fmt: skip
