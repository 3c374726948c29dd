"""The direction of the world: an objective with metric, benefit and story, a wanted report, agreements to sign."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import Area
from implementor.discovery import (
    agreement_services,
    charter_services,
    groundwork_services,
    requirement_services,
    services,
)
from implementor.discovery.scorecard_services import publish_scorecard
from implementor.foundation.permissions import Actor, Role
from implementor.metrics import services as metric_services
from implementor.metrics.defining import Stated, define
from implementor.metrics.definitions import Query
from implementor.projects.queries import people_of_project
from implementor.stories.models import Story
from implementor.stories.part_catalogue import CRITERION
from implementor.stories.part_services import add_part

if TYPE_CHECKING:
    from tests.security.world import Place


def add_direction(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One of each, and three agreements: a draft, one the lead signed, one both sides signed."""
    deed: dict[str, Any] = {"by": by, "at": datetime.now(UTC)}
    here = {"project_id": place.project_id, **deed}
    goal = {
        "unit": "days", "direction": "down", "baseline": Decimal(50), "baseline_on": date(2026, 1, 1),
        "target": Decimal(40), "due_on": date(2026, 12, 1),
    }  # fmt: skip
    values = {"name": f"Metric {text}", "purpose": f"About {text}", **goal}
    metric = metric_services.create_metric(session, values=values, **here)
    spare = metric_services.create_metric(session, values={"name": f"Spare metric {text}"}, **here)
    measured = metric_services.measure(
        session, metric, on=date(2026, 1, 2), value=Decimal(49), evidence=f"Seen {text}", **deed
    )
    objective = services.create_objective(session, values={"statement": f"Objective {text}", "note": text}, **here)
    services.judge_by(session, objective, metric, **deed)
    benefit = services.add_benefit(session, objective, {"title": f"Benefit {text}", "rhythm": "year"}, **deed)
    story = session.get_one(Story, place.ids["story0"])
    services.serve(session, story, objective.id, **deed)
    report = requirement_services.create_requirement(session, values={"title": f"Report {text}"}, **here)
    datum = requirement_services.add_datum(session, report, {"name": f"Field {text}", "quality": "poor"}, **deed)
    place.ids |= {
        "metric": metric.id, "spare_metric": spare.id, "measurement": measured.id, "objective": objective.id,
        "benefit": benefit.id, "report_requirement": report.id, "report_datum": datum.id,
    }  # fmt: skip
    _add_value(session, place, text, metric, here, deed)
    _add_agreements(session, place, text, metric, by, here, deed)
    _add_charter(session, place, text, deed)
    _add_groundwork(session, place, text, here)


def _add_value(
    session: Session, place: Place, text: str, metric: Any, here: dict[str, Any], deed: dict[str, Any]
) -> None:
    """A metric that is counted, a story that promises another, and an edition of the scorecard."""
    counted = metric_services.create_metric(session, values={"name": f"Counted metric {text}"}, **here)
    define(session, counted, Query("story"), Stated(deed["by"], deed["at"], ZoneInfo("UTC")))
    story = session.get_one(Story, place.ids["story0"])
    promised = add_part(session, story, CRITERION, {"phase": "value", "metric": str(metric.id), "text": text}, **deed)
    areas = session.scalars(select(Area.id)).all()
    edition = publish_scorecard(session, area_ids=areas, note=f"Noted {text}", on=date(2026, 1, 3), **here)
    session.flush()
    place.ids |= {"counted_metric": counted.id, "promise": promised.id, "scorecard_number": edition.number}


def _add_groundwork(session: Session, place: Place, text: str, here: dict[str, Any]) -> None:
    need = {"title": f"Need {text}", "work": text, "reason": text, "transfer_topic": text}
    scored = {"people_score": 2, "people_evidence": text, "situation": text, "market": text}
    item = {"statement": f"Item {text}", "quadrant": "threat", "weight": 3, "note": text}
    of = groundwork_services
    place.ids |= {
        "staffing_need": of.write_need(session, values=need, **here).id,
        "assessment": of.write_assessment(session, values={"title": f"Assessed {text}", **scored}, **here).id,
        "swot_item": of.write_item(session, values=item, **here).id,
    }


def _add_charter(session: Session, place: Place, text: str, deed: dict[str, Any]) -> None:
    charter = charter_services.begin_charter(session, project_id=place.project_id, **deed)
    words = {name: f"{name} {text}" for name in ("title", "purpose", "scope_in", "scope_out", "rules", "authority")}
    limits = {
        "budget_amount": 100,
        "budget_currency": "USD",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2027, 1, 1),
    }
    charter_services.change_charter(session, charter, {**words, **limits}, **deed)
    place.ids["charter"] = charter.id


def _add_agreements(
    session: Session, place: Place, text: str, metric: Any, by: Actor, here: dict[str, Any], deed: dict[str, Any]
) -> None:
    others = [row.id for row in session.execute(people_of_project(project_id=place.project_id)) if row.id != by.user_id]
    if not others:
        others = [None]
    words = {name: f"{name} {text}" for name in ("title", "marketing_duties", "sales_duties", "data_clause")}
    signers = {"marketing_signer_id": by.user_id, "sales_signer_id": others[0]}
    for name in ("service_agreement", "half_agreement", "agreement_in_force"):
        found = agreement_services.create_agreement(session, values={**words, **signers}, **here)
        agreement_services.hold_to(session, found, metric, side="sales", **deed)
        place.ids[name] = found.id
        if name != "service_agreement" and others[0] is not None:
            agreement_services.sign(session, found, **deed)
    if others[0] is not None:
        other = Actor(others[0], "Other", roles=frozenset({Role.MEMBER}))
        agreement_services.sign(session, found, by=other, at=deed["at"])
