"""What makes two leads the same, and which of them remains when they are merged: the one further on its way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.leads import permissions
from implementor.crm.leads.catalogue import LEAD
from implementor.crm.leads.lifecycle import place
from implementor.crm.leads.models import Lead
from implementor.crm.leads.services import ConvertedLead
from implementor.crm.records.sameness import reachable
from implementor.duplicates.sameness import Sameness, Source
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say


class FurtherOnItsWay(Refusal):
    """The lead that was to be merged into another one has come further."""


def keep_the_way(session: Session, survivor: Any, loser: Any, by: Actor, at: datetime) -> None:
    """Refuse a merge after which a lead would have been further on its way than what remains of it.

    Each lead keeps the facts of its own way, and reports count those of the survivor alone. What a converted lead
    became is merged instead. Raises FurtherOnItsWay, ConvertedLead.
    """
    for lead in (survivor, loser):
        if lead.is_converted:
            reason = say("%(name)s is converted. Merge what it became, or take the conversion back.", name=lead.name)
            raise ConvertedLead(reason)
    if place(loser.stage) > place(survivor.stage):
        reason = say("%(name)s is further on its way. Let it be the record that remains.", name=loser.name)
        raise FurtherOnItsWay(reason)


SAME_LEAD = Sameness(
    kind="lead",
    entity=LEAD,
    sources=(
        Source(
            Lead.id,
            {
                "name": (Lead.first_name, Lead.last_name),
                "company": (Lead.company,),
                "email": (Lead.email,),
                "phone": (Lead.phone,),
                "domain": (Lead.website,),
                "street": (Lead.street,),
                "postcode": (Lead.postcode,),
                "city": (Lead.city,),
            },
        ),
    ),
    may_view=permissions.VIEW,
    may_edit=permissions.EDIT,
    reachable=reachable(Lead),
    cautious=frozenset({"opted_out", "do_not_call"}),
    settle=keep_the_way,
    keeps=frozenset({"lead_event.lead_id", "lead_conversion.lead_id"}),
)
