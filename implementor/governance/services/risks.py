"""What can happen to risks: opened, rated anew, closed, opened again; every rating is kept with its moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.amounts import Money
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.governance.models import Risk, RiskScore
from implementor.governance.models.risks import PAIRS
from implementor.governance.place import InProject
from implementor.governance.services.links import link_records
from implementor.governance.services.owners import lead_of, refuse_stranger
from implementor.governance.services.reasons import sentence
from implementor.history.services import name_action
from implementor.projects.services import take_numbers

TEXTS = ("description",)
"""Fields that are empty rather than missing."""


class RiskIsClosed(Refusal):
    """The risk is over."""


class RiskIsOpen(Refusal):
    """The risk was not closed."""


def open_risk(
    session: Session, project: InProject, *, title: str, probability: int, impact: int, by: Actor, at: datetime,
    category: str = "other", response: str | None = None, owner: int | None = None, trigger: str | None = None,
    review_on: date | None = None, exposure: Money | None = None, came_from: RecordRef | None = None,
    description: str = "",
) -> Risk:  # fmt: skip
    """Open a risk for somebody else's reason, such as a waiver; `came_from` is the record that brought it.

    Probability and impact run from 1 to 5, `owner` is the id of a person of the project (the lead where None).
    """
    values = {
        "title": title, "description": description, "probability": probability, "impact": impact, "category": category,
        "response": response, "owner_id": owner, "trigger": trigger, "review_on": review_on,
        "exposure_amount": exposure.minor if exposure else None,
        "exposure_currency": exposure.currency if exposure else None,
    }  # fmt: skip
    risk = write_risk(session, project_id=project.id, values=values, by=by, at=at)
    if came_from is not None:
        link_records(
            session, project_id=project.id, record=RecordRef("risk", risk.id), relation="came_from", other=came_from
        )
    return risk


def write_risk(session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime) -> Risk:
    """Write down a risk. `values` are catalogue values: title, category, probability, impact and whatever is known."""
    refuse_stranger(session, project_id, values.get("owner_id"))
    risk = Risk(project_id=project_id, opened_at=at, opened_by_id=by.user_id)
    _set(risk, values)
    if risk.inherent_probability is None:
        risk.inherent_probability, risk.inherent_impact = risk.probability, risk.impact
    risk.number = take_numbers(session, project_id=project_id, of="risk")
    risk.owner_id = risk.owner_id or lead_of(session, project_id)
    session.add(risk)
    _name(session, risk, "risk.open", say("Opened the risk %(title)s", title=risk.title))
    session.flush()
    _keep_rating(session, risk, by, at)
    return risk


def edit_risk(session: Session, risk: Risk, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Describe or rate a risk anew; another rating is kept beside the earlier ones. Raises RiskIsClosed."""
    _refuse_closed(risk)
    if "owner_id" in values and values["owner_id"] != risk.owner_id:
        refuse_stranger(session, risk.project_id, values["owner_id"])
    rating = risk.rating
    _set(risk, values)
    summary = say("Changed the risk %(title)s", title=risk.title)
    if risk.rating != rating:
        summary = say("Rated the risk %(title)s anew: %(score)s", title=risk.title, score=risk.score)
    _name(session, risk, "risk.edit", summary)
    if risk.rating != rating:
        _keep_rating(session, risk, by, at)
    session.flush()


def close_risk(session: Session, risk: Risk, *, reason: str, by: Actor, at: datetime) -> None:
    """Say why it needs no watching any more. Raises RiskIsClosed, or InvalidInput without a reason."""
    _refuse_closed(risk)
    risk.closing_reason = sentence(reason, field="reason", missing=say("Say in a sentence why it is closed."))
    risk.closed_at, risk.closed_by_id = at, by.user_id
    _name(session, risk, "risk.close", say("Closed the risk %(title)s", title=risk.title))
    _keep_rating(session, risk, by, at)


def reopen_risk(session: Session, risk: Risk, *, by: Actor, at: datetime) -> None:
    """It may happen after all; the earlier reason stays in its history. Raises RiskIsOpen."""
    if risk.is_open:
        raise RiskIsOpen(say("%(title)s is open.", title=risk.title))
    risk.closed_at = risk.closed_by_id = risk.closing_reason = None
    _name(session, risk, "risk.reopen", say("Opened the risk %(title)s again", title=risk.title))
    _keep_rating(session, risk, by, at)


def restore_risk(session: Session, risk: Risk, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a risk earlier values; a rating that returns is one more rating."""
    rating = risk.rating
    _set(risk, values)
    if risk.rating != rating:
        _keep_rating(session, risk, by, at)


def _set(risk: Risk, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(risk, name, value or "" if name in TEXTS else value)
    if risk.exposure_amount is None:
        risk.exposure_currency = None
    for probability, impact in PAIRS:
        if (getattr(risk, probability) is None) != (getattr(risk, impact) is None):
            missing = probability if getattr(risk, probability) is None else impact
            raise InvalidInput({missing: say("Probability and impact are rated together, or neither.")})
    risk.score = risk.probability * risk.impact


def _keep_rating(session: Session, risk: Risk, by: Actor, at: datetime) -> None:
    session.flush()
    session.add(RiskScore(project_id=risk.project_id, risk_id=risk.id, at=at, by_id=by.user_id, **risk.rating))
    session.flush()


def _refuse_closed(risk: Risk) -> None:
    if not risk.is_open:
        raise RiskIsClosed(say("%(title)s is closed. Open it again to change it.", title=risk.title))


def _name(session: Session, risk: Risk, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=risk.project_id)
