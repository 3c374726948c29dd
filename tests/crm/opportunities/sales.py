"""A company that sells: its people, the shipped pipeline brought in, and stages by their keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask

from implementor.calendars.services.rates import base_currency, choose_base_currency, enter_rate
from implementor.configuration.first_use import bring_in_shipped
from implementor.crm.opportunities.models import Opportunity, StageEvent
from implementor.crm.opportunities.moves import Move, move_opportunity, reopen_opportunity
from implementor.foundation import live
from implementor.foundation.pipelines import Stage
from implementor.web.database import writing_session
from tests.auth.builders import reading
from tests.crm.builders import START, Company, company


@dataclass
class Sales(Company):
    """What tests do with opportunities."""

    stages: Mapping[str, Stage]

    def sale(self, name: str = "Roof of the plant", who: str = "seller", at: datetime = START, **values: Any) -> int:
        """An opportunity in the stage of that key (`stage`), the first one by default."""
        if "stage" in values:
            values["stage"] = self.stages[values["stage"]].id
        return self.add("opportunity", who, at, name=name, **values)

    def move(self, sale: int, stage: str, who: str = "seller", at: datetime = START, **values: Any) -> None:
        """Move an opportunity to the stage of that key."""
        version = values.pop("version", None)
        with self.working(who, at) as session:
            record = session.get_one(Opportunity, sale)
            wanted = Move(self.stages[stage].id, version, values)
            move_opportunity(session, record, wanted, by=self.by(who), at=at)

    def reopen(self, sale: int, who: str = "manager", reason: str = "They called again", at: datetime = START) -> None:
        """Open a closed one again."""
        with self.working(who, at) as session:
            record = session.get_one(Opportunity, sale)
            reopen_opportunity(session, record, reason=reason, version=None, by=self.by(who), at=at)

    def now(self, sale: int) -> Opportunity:
        """An opportunity as it is stored."""
        found: Opportunity = self.stored(Opportunity, sale)
        return found

    def stage_now(self, sale: int) -> str:
        """The key of the stage in which it stands."""
        stage_id = self.now(sale).stage_id
        return next(key for key, stage in self.stages.items() if stage.id == stage_id)

    def facts(self, sale: int) -> list[tuple[str | None, str, int | None]]:
        """Its way: (stage left, stage entered, seconds in the one left), oldest first."""
        keys = {stage.id: key for key, stage in self.stages.items()}
        with reading(self.app) as session:
            rows = session.query(StageEvent).filter_by(opportunity_id=sale).order_by(StageEvent.at, StageEvent.id)
            return [(keys.get(row.from_stage_id), keys[row.to_stage_id], row.seconds) for row in rows]

    def rate(self, currency: str, rate: str, on: date = date(2026, 1, 1)) -> None:
        """Enter what a currency is worth."""
        with self.working("crm_admin") as session:
            enter_rate(session, currency=currency, rated_on=on, rate=Decimal(rate), by=self.by("crm_admin"), at=START)


def sales(app: Flask, base: str = "EUR") -> Sales:
    """A company with the shipped pipeline whose totals are in a base currency."""
    here = company(app)
    with app.app_context(), writing_session(app) as session:
        bring_in_shipped(session, at=START)
        session.commit()
    with here.working("crm_admin") as session:
        choose_base_currency(session, base, by=here.by("crm_admin"), at=START)
        assert base_currency(session) == base
    with reading(app):
        pipeline = live.present().pipeline("sales")
        assert pipeline is not None
        stages = dict(pipeline.by_key)
    return Sales(here.app, here.people, stages)
