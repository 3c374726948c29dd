"""From records of the CRM to those by whose zone, segment, product or campaign figures about them are parted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from implementor.crm.accounts.models import Relation
from implementor.crm.campaigns.models import CampaignMember, CampaignOrigin
from implementor.crm.cases.models import Case
from implementor.crm.commitments.models import Commitment
from implementor.crm.contacts.models import Contact
from implementor.crm.interactions.models import Appointment, Interaction
from implementor.crm.leads.models import Lead
from implementor.crm.opportunities.models import LineItem, Opportunity
from implementor.crm.orders.models import Order, OrderLine
from implementor.crm.quotes.models import Quote, QuoteLine
from implementor.foundation.measures import lead_to
from implementor.foundation.model import Rows
from implementor.foundation.parting import Path

OF_ACCOUNTS = (Contact, Lead, Opportunity, Quote, Order, Case, Interaction, Appointment, Commitment)


def lead_to_others() -> None:
    """Make them known; what is put away leads nowhere."""
    for model in OF_ACCOUNTS:
        lead_to(model.__record_kind__, Path("account", "account", model.account_id))
    _over_products("account", Relation, Relation.account_id)
    _over_products("opportunity", LineItem, LineItem.opportunity_id)
    _over_products("quote", QuoteLine, QuoteLine.quote_id)
    _over_products("order", OrderLine, OrderLine.order_id)
    lead_to("case", Path("product", "product", Case.product_id, itself=True))
    for kind, column in (("lead", CampaignOrigin.lead_id), ("opportunity", CampaignOrigin.opportunity_id)):
        origins = _in_use(CampaignOrigin, column, CampaignOrigin.campaign_id)
        lead_to(kind, Path("campaign_origin", "campaign", pairs=origins, itself=True))
    lead_to("campaign_member", Path("campaign", "campaign", CampaignMember.campaign_id, itself=True))
    for kind, pointer in (("quote", Quote.opportunity_id), ("order", Order.opportunity_id)):
        lead_to(kind, Path("opportunity", "opportunity", pointer))


def _over_products(kind: str, model: Any, record_id: Any) -> None:
    lines = _in_use(model, record_id, model.product_id)
    lead_to(kind, Path("product", "product", pairs=lines, itself=True, several=True))


def _in_use(model: Any, record_id: Any, other_id: Any) -> Rows:
    return select(record_id, other_id).where(model.archived_at.is_(None), record_id.is_not(None), other_id.is_not(None))
