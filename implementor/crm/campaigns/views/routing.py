"""The blueprints of campaigns and their members, what their pages show besides, and finding what an address names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from implementor.calendars.services.rates import base_currency
from implementor.crm.campaigns import permissions, queries
from implementor.crm.campaigns.answers import ACCEPTED
from implementor.crm.campaigns.columns import ORIGIN
from implementor.crm.campaigns.figures import together
from implementor.crm.campaigns.models import Campaign, CampaignMember
from implementor.crm.campaigns.reporting import figures_of
from implementor.crm.campaigns.timeline import outcome_label
from implementor.crm.campaigns.words import LABELS, TONES
from implementor.crm.opportunities.models import WON
from implementor.crm.records.pages import record_pages
from implementor.foundation.errors import NotFound
from implementor.lists.record_page import RecordPage, present_scope
from implementor.web.guard import actor
from implementor.web.unit_of_work import session

MOST_LINKED = 100
"""Campaigns whose records one address names."""


def figures_of_record(page: RecordPage) -> dict[str, Any]:
    """What the campaign of a page came to, with each campaign that belongs to it and all of them together."""
    scope, base = page.scope, base_currency(session())
    parts = session().scalars(queries.below(page.id, scope)).all()
    found = figures_of(session(), scope, [page.id, *(one.id for one in parts)], base)
    rows = [(one.name, url_for("campaigns.show", record_id=one.id), one.id, found[one.id]) for one in parts]
    may_add = actor().may(permissions.EDIT_MEMBERS) and not page.is_archived
    unclaimed = _unclaimed(page)
    return {
        "figures": found[page.id],
        "links": links_of([page.id]),
        "base": base,
        "below": [(name, url, figures, links_of([one], url)) for name, url, one, figures in rows],
        "whole": together(found.values()) if parts else None,
        "whole_links": links_of(list(found)),
        "may_add_members": may_add,
        "unclaimed": unclaimed,
        "state": page.cells["status"].choice if "status" in page.cells else None,
    }


def links_of(campaign_ids: Sequence[int], costs: str | None = None) -> dict[str, str]:
    """The lists behind the figures of one or several campaigns, by figure; `costs` leads to what was spent on them."""
    if len(campaign_ids) > MOST_LINKED:
        return {"cost": costs} if costs else {}
    ids = ",".join(map(str, campaign_ids))
    sales: dict[str, Any] = {ORIGIN: ids}
    won = url_for("opportunities.index", status=WON, **sales)
    found = {
        "members": url_for("campaign_members.index", campaign=ids),
        "responses": url_for("campaign_members.index", campaign=ids, responded="yes"),
        "accepted": url_for("campaign_members.index", campaign=ids, status=ACCEPTED),
        "leads": url_for("leads.index", **sales),
        "opportunities": url_for("opportunities.index", **sales),
        "won": won,
        "revenue": won,
    }
    return {**found, "cost": costs} if costs else found


def _unclaimed(page: RecordPage) -> int:
    """How many leads name the campaign of a page and are not counted in; only told to who can."""
    if not actor().may(permissions.EDIT) or not page.is_changeable or page.is_archived:
        return 0
    campaign = session().get_one(Campaign, page.id)
    return session().scalar(queries.count_of_leads_naming(campaign, page.scope)) or 0


def answers_of_record(page: RecordPage) -> dict[str, Any]:
    """What happened with the member of a page, and where that left them."""
    may_note = actor().may(permissions.EDIT_MEMBERS) and page.is_changeable and not page.is_archived
    rows = session().execute(queries.events_shown(page.id)).all()
    status = page.cells["status"].choice if "status" in page.cells else None
    return {
        "state": status,
        "may_note": may_note,
        "answers": [
            {
                "event": row.CampaignEvent,
                "label": LABELS[row.CampaignEvent.kind],
                "tone": TONES[row.CampaignEvent.kind],
                "outcome": outcome_label(row.CampaignEvent.outcome),
                "who": row.who,
            }
            for row in rows
        ],
    }


def campaign_or_404(campaign_id: int) -> Campaign:
    """The campaign in use of that id, within what the reader sees."""
    found = session().scalars(queries.campaign_seen(campaign_id, present_scope())).one_or_none()
    if found is None:
        raise NotFound("campaign")
    return found


def member_or_404(member_id: int) -> CampaignMember:
    """The member in use of that id, within what the reader sees."""
    found = session().scalars(queries.member_seen(member_id, present_scope())).one_or_none()
    if found is None:
        raise NotFound("campaign_member")
    return found


blueprint = record_pages(
    "campaign", "campaigns", permissions.VIEW, template="crm/campaigns/show.html", context=figures_of_record,
    index_template="crm/campaigns/index.html",
)  # fmt: skip
member_pages = record_pages(
    "campaign_member", "campaign_members", permissions.VIEW_MEMBERS, template="crm/campaigns/member.html",
    context=answers_of_record, index_template="crm/campaigns/members.html",
)  # fmt: skip
