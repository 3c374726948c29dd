"""A company that wins customers: leads brought on their way by its people, and the same again by the week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.crm.leads.converting import Becoming, convert_lead
from implementor.crm.leads.models import Lead, LeadConversion, LeadEvent
from implementor.crm.leads.moves import Step, take_step
from implementor.crm.leads.taking_back import take_back_conversion
from tests.auth.builders import reading
from tests.crm.builders import START
from tests.crm.opportunities.sales import Sales, sales

REASONS: Mapping[str, tuple[str, str]] = {"recycled": ("timing", ""), "lost": ("price", ""), "new": ("", "They called")}
DAY = timedelta(days=1)


@dataclass
class Funnel(Sales):
    """What tests do with leads."""

    def lead(self, *stages: str, who: str = "seller", at: datetime = START, **values: Any) -> int:
        """A lead that went through these stages, one a day."""
        values = {"first_name": "Eva", "last_name": "Mora", "company": "Duero Foods"} | values
        lead = self.add("lead", who, at, **values)
        for day, stage in enumerate(stages, 1):
            self.step(lead, stage, who, at + day * DAY)
        return lead

    def qualified(self, **values: Any) -> int:
        """A lead that can be converted."""
        return self.lead("mql", "sal", "sql", **values)

    def step(self, lead: int, stage: str, who: str = "seller", at: datetime = START, **more: Any) -> None:
        """Bring a lead into a stage."""
        reason, note = REASONS.get(stage, ("", ""))
        wanted = Step(stage, **{"reason": reason, "note": note, **more})
        with self.working(who, at) as session:
            take_step(session, session.get_one(Lead, lead), wanted, by=self.by(who), at=at)

    def convert(self, lead: int, who: str = "seller", at: datetime = START + 9 * DAY, **chosen: Any) -> LeadConversion:
        """Convert a lead."""
        with self.working(who, at) as session:
            becoming = Becoming(**chosen)
            return convert_lead(session, session.get_one(Lead, lead), becoming, by=self.by(who), at=at)

    def take_back(self, lead: int, who: str = "seller", at: datetime = START + 10 * DAY) -> None:
        """Take a conversion back."""
        with self.working(who, at) as session:
            take_back_conversion(session, session.get_one(Lead, lead), by=self.by(who), at=at)

    def of(self, lead: int) -> Lead:
        """A lead as it is stored."""
        found: Lead = self.stored(Lead, lead)
        return found

    def facts_of(self, lead: int) -> list[tuple[int, str | None, str]]:
        """Its way: (cycle, from, to) of the facts that stand."""
        with reading(self.app) as session:
            found = select(LeadEvent).where(LeadEvent.lead_id == lead, LeadEvent.undone_at.is_(None))
            rows = session.scalars(found.order_by(LeadEvent.id))
            return [(row.cycle, row.from_stage, row.to_stage) for row in rows]

    def count(self, model: Any) -> int:
        """How many records of a model are in use."""
        with reading(self.app) as session:
            return len(session.scalars(select(model.id).where(model.archived_at.is_(None))).all())


def funnel(app: Flask) -> Funnel:
    """A company without leads."""
    here = sales(app)
    return Funnel(here.app, here.people, here.stages)
