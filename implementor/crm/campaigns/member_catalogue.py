"""The fields of a campaign's member, said once for the list, page, form, bulk edit, import and export."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.crm.campaigns.columns import has_responded
from implementor.crm.campaigns.models import Campaign, CampaignMember
from implementor.crm.campaigns.words import CHANNEL, OUTCOME, STATUSES
from implementor.crm.contacts.models import Contact
from implementor.crm.leads.models import Lead
from implementor.crm.records.fields import noted_fields
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import Phrase, say

WHO, ANSWER = say("Who it is"), say("What became of it")
Joined, Person, Prospect = (
    aliased(Campaign, name="campaign_joined"), aliased(Contact, name="member_contact"),
    aliased(Lead, name="member_lead"),
)  # fmt: skip

MEMBER = entity(
    Entity(
        kind="campaign_member",
        label=say("Member of a campaign"),
        label_plural=say("Members of campaigns"),
        model=CampaignMember,
        default_columns=("name", "campaign", "channel", "status", "outcome", "responded_at", "joined_at"),
        default_sort="-joined_at",
        title_field="name",
        unique_order=CampaignMember.id,
    )
)


def _moment(name: str, label: Phrase, column: Any, **more: Any) -> Field:
    """A moment that follows from what happened."""
    return Field(
        name, Kind.MOMENT, label, column, editable=False, filterable=True, sortable=True, group=ANSWER, **more
    )  # fmt: skip


if not MEMBER.fields:
    MEMBER.declare(
        (
            Field(
                "name", Kind.LINE, say("Name"), CampaignMember.name, editable=False, nullable=False, width="wide",
                group=WHO, personal=True,
            ),
            Field(
                "campaign", Kind.REFERENCE, say("Campaign"), CampaignMember.campaign_id, target="campaign",
                shown=Joined.name, join=lambda found: found.join(Joined, Joined.id == CampaignMember.campaign_id),
                required=True, nullable=False, filterable=True, group=WHO,
            ),
            Field(
                "contact", Kind.REFERENCE, say("Contact"), CampaignMember.contact_id, target="contact",
                shown=Person.name, join=lambda found: found.outerjoin(Person, Person.id == CampaignMember.contact_id),
                filterable=True, group=WHO,
            ),
            Field(
                "lead", Kind.REFERENCE, say("Lead"), CampaignMember.lead_id, target="lead", shown=Prospect.name,
                join=lambda found: found.outerjoin(Prospect, Prospect.id == CampaignMember.lead_id), filterable=True,
                group=WHO,
            ),
            Field(
                "named", Kind.LINE, say("Somebody else"), CampaignMember.named, group=WHO, personal=True,
                hint=say("For people who are neither a contact nor a lead: what is known of them."),
            ),
            Field(
                "channel", Kind.CHOICE, say("Channel"), CampaignMember.channel, picklist=CHANNEL.key, filterable=True,
                groupable=True, bulk=True, group=WHO, hint=say("How they are approached; what they agreed to counts."),
            ),
            Field(
                "joined_at", Kind.MOMENT, say("Joined"), CampaignMember.joined_at, editable=False, nullable=False,
                filterable=True, sortable=True, group=WHO,
            ),
            Field("note", Kind.TEXT, say("Note"), CampaignMember.note, longest=4000, group=WHO, personal=True),
            Field(
                "status", Kind.CHOICE, say("Status"), CampaignMember.status, choices=STATUSES, editable=False,
                nullable=False, filterable=True, groupable=True, group=ANSWER,
            ),
            _moment("status_at", say("Status since"), CampaignMember.status_at, nullable=False),
            _moment("responded_at", say("First response"), CampaignMember.responded_at),
            Field(
                "responded", Kind.YES_NO, say("Has responded"), CampaignMember.id, editable=False, filterable=True,
                matches=has_responded, is_order=True,
            ),
            Field(
                "outcome", Kind.CHOICE, say("Outcome"), CampaignMember.outcome, picklist=OUTCOME.key, editable=False,
                filterable=True, groupable=True, group=ANSWER,
            ),
            Field(
                "tries", Kind.WHOLE, say("Times approached"), CampaignMember.tries, editable=False, nullable=False,
                minimum=Decimal(0), maximum=Decimal(1_000_000), group=ANSWER, width="narrow",
            ),
            *noted_fields(CampaignMember),
        )
    )  # fmt: skip
