"""What campaigns add to the shared pages, to contacts, leads and opportunities, and to imports."""

from __future__ import annotations

from typing import Any

from flask import Flask

from implementor.configuration.switching import may_be_off
from implementor.crm.campaigns import members, origins, permissions, queries, services
from implementor.crm.campaigns.catalogue import CAMPAIGN, CAMPAIGN_CHANNEL
from implementor.crm.campaigns.columns import extend_records
from implementor.crm.campaigns.importing import import_campaigns
from implementor.crm.campaigns.member_catalogue import MEMBER
from implementor.crm.campaigns.member_importing import import_members
from implementor.crm.campaigns.models import Campaign, CampaignEvent, CampaignMember, CampaignOrigin
from implementor.crm.campaigns.panels import TEMPLATE, origin_of
from implementor.crm.campaigns.timeline import answers_as_entries
from implementor.crm.records.around import Around, around
from implementor.crm.records.kinds import CrmKind, CrmPart, crm_kind, crm_part
from implementor.crm.records.sight import Sight, sights
from implementor.foundation.access import SHARED
from implementor.foundation.panels import panel
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.history.timeline import sources

SHOWN = ("channel", "status", "outcome")


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    may_be_off("campaign")
    _campaigns(app)
    _members(app)
    around("campaign", _members_of("campaign", lambda one: CampaignMember.campaign_id == one, SHOWN))
    around("contact", _members_of("contact", lambda one: CampaignMember.contact_id == one, ("campaign", *SHOWN[1:])))
    around("lead", _members_of("lead", lambda one: CampaignMember.lead_id == one, ("campaign", *SHOWN[1:])))
    around("campaign", _parts())
    extend_records()
    panel("crm.lead.side", 15, TEMPLATE, origin_of)
    panel("crm.opportunity.side", 15, TEMPLATE, origin_of)
    undoable["campaign_origin"] = Restorer(CampaignOrigin, origins.restore_origin)
    undoable["campaign_event"] = Restorer(CampaignEvent)
    sources["campaigns"] = answers_as_entries
    import_campaigns()
    import_members()


def _campaigns(app: Flask) -> None:
    crm_kind(
        app,
        CrmKind(
            entity=CAMPAIGN,
            plural="campaigns",
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            new_label=say("New campaign"),
            empty_text=say("What marketing undertakes stands here, with its cost and what it brings in."),
            order=5,
            reach=SHARED,
            create=services.add_campaign,
            change=services.change_campaign,
            restore=services.restore_campaign,
            keys="g m",
            searched=("code", "audience", "description"),
            hint=Campaign.code,
            known_elsewhere=True,
        ),
    )
    crm_part(
        CrmPart(
            entity=CAMPAIGN_CHANNEL,
            parent_kind="campaign",
            parent="campaign",
            new_label=say("Add channel"),
            show=CAMPAIGN_CHANNEL.default_columns,
            create=services.add_channel,
            change=services.change_channel,
            restore=services.restore_channel,
        )
    )


def _members(app: Flask) -> None:
    sights["campaign_member"] = Sight(queries.sees_members, queries.sees_members)
    crm_kind(
        app,
        CrmKind(
            entity=MEMBER,
            plural="campaign_members",
            may_view=permissions.VIEW_MEMBERS,
            may_edit=permissions.EDIT_MEMBERS,
            new_label=say("Add member"),
            empty_text=say("Whom campaigns are for stands here, and what they answer."),
            order=6,
            reach=SHARED,
            create=members.add_member,
            change=members.change_member,
            restore=members.restore_member,
            in_navigation=False,
        ),
    )


def _members_of(field: str, condition: Any, show: tuple[str, ...]) -> Around:
    label = say("Members") if field == "campaign" else say("Campaigns")
    return Around("campaign_member", label, condition, filter_name=field, show=show, order=40)


def _parts() -> Around:
    """The campaigns that belong to one."""
    return Around(
        "campaign", say("Campaigns below it"), lambda one: Campaign.parent_id == one, filter_name="parent",
        show=("status", "starts_on"), order=50,
    )  # fmt: skip
