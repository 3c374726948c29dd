"""A company that runs campaigns: its members, what they answer, and what its people say came from them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from implementor.calendars.services.rates import base_currency
from implementor.crm.campaigns.figures import Figures
from implementor.crm.campaigns.members import Answer, note_answer
from implementor.crm.campaigns.models import CampaignMember
from implementor.crm.campaigns.origins import say_origin
from implementor.crm.campaigns.reporting import figures_of
from implementor.crm.consents.services import NewConsent, record_consent
from implementor.crm.leads.models import Lead
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.errors import InvalidInput
from tests.auth.builders import reading
from tests.crm.builders import START
from tests.crm.leads.funnels import Funnel, funnel

LATER = START + timedelta(days=30)
ORIGINATED = {"lead": Lead, "opportunity": Opportunity}


@dataclass
class Marketing(Funnel):
    """What tests do with campaigns."""

    def campaign(self, name: str = "Spring", **values: Any) -> int:
        """A campaign of this name."""
        return self.add("campaign", name=name, **{"starts_on": "2026-02-01", **values})

    def person(self, name: str = "Ana", **values: Any) -> int:
        """A contact with a mail address, who has said nothing."""
        given = {"first_name": name, "last_name": "Soto", "email": f"{name.lower()}@example.com"}
        return self.add("contact", **{**given, **values})

    def says(self, contact: int, status: str, channel: str | None = "email", day: int = 0) -> None:
        """What a contact says about advertising."""
        at = START + timedelta(days=day)
        said = NewConsent(contact, "marketing", status, at, "form", channel=channel)
        with self.working(at=at) as session:
            record_consent(session, said, by=self.by(), at=at)

    def member(self, campaign: int, who: str = "seller", **values: Any) -> int:
        """A member: the lead, contact or name given, a new lead by default."""
        if not values.keys() & {"lead", "contact", "named"}:
            values["lead"] = self.lead(who=who)
        return self.add("campaign_member", who, campaign=campaign, **values)

    def answers(self, member: int, kind: str, who: str = "seller", at: datetime = LATER, **more: Any) -> int:
        """Something happens with a member; returns the id of the fact."""
        with self.working(who, at) as session:
            found = session.get_one(CampaignMember, member)
            told = Answer(kind, more.pop("on", at), **more)
            return note_answer(session, found, told, by=self.by(who), at=at).id

    def stands(self, member: int) -> CampaignMember:
        """A member as it is stored."""
        found: CampaignMember = self.stored(CampaignMember, member)
        return found

    def came_from(self, kind: str, record_id: int, campaign: int | None, who: str = "seller") -> None:
        """Say where a lead or an opportunity came from."""
        with self.working(who) as session:
            record = session.get_one(ORIGINATED[kind], record_id)
            say_origin(session, kind, record, campaign, by=self.by(who), at=START)

    def figures(self, campaign: int, who: str = "crm_admin") -> Figures:
        """What a campaign came to, as somebody sees it."""
        with reading(self.app) as session:
            return figures_of(session, self.scope(who), [campaign], base_currency(session))[campaign]


@contextmanager
def refusing(field: str) -> Iterator[None]:
    """What is done here is refused for this field."""
    with pytest.raises(InvalidInput) as refusal:
        yield
    assert field in refusal.value.errors, refusal.value.errors


def marketing(app: Flask) -> Marketing:
    """A company without campaigns."""
    here = funnel(app)
    return Marketing(here.app, here.people, here.stages)
