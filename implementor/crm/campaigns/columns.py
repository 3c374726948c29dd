"""What lists ask of campaigns, leads and opportunities beyond their own columns: channels, and where they came from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select

from implementor.auth.models import Area
from implementor.crm.campaigns.models import Campaign, CampaignChannel, CampaignMember, CampaignOrigin
from implementor.crm.campaigns.queries import ORIGINS
from implementor.crm.campaigns.words import CHANNEL
from implementor.crm.leads.catalogue import LEAD
from implementor.crm.opportunities.catalogue import OPPORTUNITY
from implementor.foundation.errors import BadValue
from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.filters import NONE
from implementor.foundation.returning import as_read
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say

ORIGIN = "from_campaign"
"""The field of leads and opportunities that says which campaign they came from."""


def areas_in_use(_scope: Scope) -> Select[int, str]:
    """(id, name) of the areas of the company, by name."""
    return select(Area.id, Area.name).where(Area.archived_at.is_(None)).order_by(Area.name_key, Area.id)


def takes_channel(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for campaigns that take one of these channels."""
    return Campaign.id.in_(
        select(CampaignChannel.campaign_id).where(
            as_read(CampaignChannel.channel, CHANNEL.key).in_(values), CampaignChannel.archived_at.is_(None)
        )
    )


def has_responded(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for members who responded, or did not."""
    wanted = {text.casefold() in ("yes", "y", "si", "sí", "1", "true") for text in values}
    conditions = [CampaignMember.responded_at.is_not(None) if want else CampaignMember.responded_at.is_(None)
                  for want in sorted(wanted)]  # fmt: skip
    return or_(*conditions)


def came_from(kind: str, group: Phrase | None) -> Field:
    """The field by which leads and opportunities say where they came from; their panel writes it."""
    column, model = ORIGINS[kind]
    of_it = and_(column == model.id, CampaignOrigin.archived_at.is_(None))

    def matches(values: list[str], _scope: Scope) -> ColumnElement[bool]:
        ids = [_id_of(one) for one in values if one != NONE]
        ways = [model.id.in_(_records_of(column, ids))] if ids else []
        return or_(*ways, *([not_(exists().where(of_it))] if NONE in values else []))

    return Field(
        ORIGIN, Kind.REFERENCE, say("From the campaign"), _first(CampaignOrigin.campaign_id, of_it, model),
        target="campaign", shown=_name(of_it, model), editable=False, filterable=True, matches=matches, group=group,
    )  # fmt: skip


def _records_of(column: Any, ids: list[int]) -> Select[Any]:
    return select(column).where(
        CampaignOrigin.campaign_id.in_(ids), column.is_not(None), CampaignOrigin.archived_at.is_(None)
    )


def _first(column: Any, condition: ColumnElement[bool], model: Any) -> Any:
    return select(column).where(condition).correlate(model).scalar_subquery()


def _name(condition: ColumnElement[bool], model: Any) -> Any:
    named = select(Campaign.name).join(CampaignOrigin, CampaignOrigin.campaign_id == Campaign.id)
    return named.where(condition).correlate(model).scalar_subquery()


def _id_of(text: str) -> int:
    number = whole_number(text)
    if number is None:
        raise BadValue(say("Choose a campaign of the list."))
    return number


def extend_records() -> None:
    """Give leads and opportunities the campaign they came from as a field."""
    for declared in (LEAD, OPPORTUNITY):
        if ORIGIN not in declared.fields:
            declared.extend(came_from(declared.kind, declared.fields["source"].group))
