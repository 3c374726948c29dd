"""A service desk: a company whose cases are promised times by Madrid office hours, and two areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import select

from implementor.auth.models import Area
from implementor.calendars.models import SlaClock
from implementor.calendars.services.policies import PolicyWanted, add_policy
from implementor.configuration.first_use import bring_in_shipped
from implementor.crm.cases.models import Case, CaseEvent
from implementor.foundation.permissions import SYSTEM
from tests.auth.builders import reading
from tests.calendars.builders import make_calendar
from tests.crm.builders import START, Company, company

MADRID = ZoneInfo("Europe/Madrid")
TARGETS = {
    "normal": {"first_response": 60, "resolution": 480}, "urgent": {"first_response": 30, "resolution": 120},
    "high": {"resolution": 240},
}  # fmt: skip


def local(*parts: int) -> datetime:
    """A moment by the clock of Madrid."""
    return datetime(*parts, tzinfo=MADRID)  # type: ignore[misc,arg-type]


MONDAY = local(2026, 3, 2, 10)


@dataclass
class Desk(Company):
    """A company with areas, by name."""

    areas: dict[str, int]

    def open(self, at: datetime = MONDAY, **values: Any) -> int:
        """A case of the seller."""
        return self.add("case", at=at, **{"subject": "No water", **values})

    def case(self, case_id: int) -> Case:
        found: Case = self.stored(Case, case_id)
        return found

    def clocks(self, case_id: int) -> Mapping[str, SlaClock]:
        """The last clock of each promise."""
        statement = select(SlaClock).where(SlaClock.record_kind == "case", SlaClock.record_id == case_id)
        with reading(self.app) as session:
            return {clock.name: clock for clock in session.scalars(statement.order_by(SlaClock.id))}

    def facts(self, case_id: int, aspect: str) -> list[tuple[str | None, str | None]]:
        """(from, to) of each fact of an aspect, oldest first; names where there are some."""
        statement = select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.aspect == aspect)
        with reading(self.app) as session:
            found = session.scalars(statement.order_by(CaseEvent.at, CaseEvent.id))
            return [(one.from_label or one.from_key, one.to_label or one.to_key) for one in found]


def desk(app: Flask, *, promises: bool = True) -> Desk:
    """A service desk, with a service level unless nothing is promised."""
    here = company(app)
    with here.working("crm_admin") as session:
        bring_in_shipped(session, at=START)
        areas = {name: Area(name=name) for name in ("Orders", "Service", "Marketing")}
        session.add_all(areas.values())
        if promises:
            wanted = PolicyWanted("Usual", make_calendar(session).id, targets=TARGETS)
            add_policy(session, "case", wanted, by=SYSTEM, at=START)
        session.flush()
        ids = {name: area.id for name, area in areas.items()}
    return Desk(here.app, here.people, ids)
