"""What can happen to the groundwork of a project: staffing needs, assessments and the SWOT are written, and turned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.discovery.groundwork_models import BASES, Assessment, StaffingNeed, SwotItem
from implementor.discovery.services import create_objective, refuse_stranger
from implementor.discovery.staffing import OPEN, recommended
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.governance.services.links import link_records
from implementor.governance.services.risks import write_risk
from implementor.history.services import name_action
from implementor.stories.services import create_story

TURNS = ("risk", "objective", "story")
MIDDLE = 3


class PutAway(Refusal):
    """What is archived is not turned into anything."""


def write_need(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> StaffingNeed:
    """Write down who is needed. `values` are catalogue values. Raises InvalidInput."""
    need = StaffingNeed(project_id=project_id, title="")
    change_need(session, need, values, by=by, at=at)
    return need


def change_need(session: Session, need: StaffingNeed, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Say anew who is needed. A decision against the recommendation wants its reason. Raises InvalidInput."""
    refuse_stranger(session, need.project_id, values.get("transfer_to_id"), "transfer_to_id")
    with session.no_autoflush:
        _set(need, values)
    errors = {}
    asked = recommended(need.knows_us, need.is_one_off, need.is_defined, need.can_start)
    if need.decision is not None and asked not in (OPEN, need.decision) and not need.reason:
        errors["reason"] = say("The four questions recommend something else. Say why it is decided so.")
    if need.starts_on is not None and need.ends_on is not None and need.ends_on < need.starts_on:
        errors["ends_on"] = say("They leave before they begin.")
    if need.transferred_on is not None and not need.transfer_proof:
        errors["transfer_proof"] = say("Say what proved it.")
    if need.transferred_on is not None and need.transferred_on > at.date():
        errors["transferred_on"] = say("It is proved today or was before.")
    if errors:
        raise InvalidInput(errors)
    _keep(session, need, "staffing.write", say("Wrote down the staffing need %(title)s", title=need.title))


def write_assessment(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> Assessment:
    """Write down how the four bases are. Raises InvalidInput for a score without evidence."""
    found = Assessment(project_id=project_id, title="", assessed_on=at.date())
    change_assessment(session, found, values, by=by, at=at)
    return found


def change_assessment(
    session: Session, found: Assessment, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Say anew how they were on that day."""
    with session.no_autoflush:
        _set(found, values)
    errors: dict[str, Phrase] = {
        f"{base}_evidence": say("Say what shows the score.")
        for base in BASES
        if getattr(found, f"{base}_score") is not None and not getattr(found, f"{base}_evidence")
    }
    if found.assessed_on > at.date():
        errors["assessed_on"] = say("An assessment is of today or of a day before.")
    if errors:
        raise InvalidInput(errors)
    _keep(session, found, "assessment.write", say("Wrote down the assessment %(title)s", title=found.title))


def write_item(session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime) -> SwotItem:
    """Write down a strength, weakness, opportunity or threat."""
    item = SwotItem(project_id=project_id)
    change_item(session, item, values, by=by, at=at)
    return item


def change_item(session: Session, item: SwotItem, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Say it anew."""
    _set(item, values)
    _keep(session, item, "swot.write", say("Wrote down in the SWOT: %(title)s", title=item.statement))


def turn_item(session: Session, item: SwotItem, *, into: str, by: Actor, at: datetime) -> Any:
    """Make a risk, an objective or a story of it; both name each other. Raises InvalidInput and PutAway."""
    if into not in TURNS:
        raise InvalidInput({"into": say("Choose one of the list.")})
    if item.is_archived:
        raise PutAway(say("%(title)s is archived. Restore it first.", title=item.statement))
    here: dict[str, Any] = {"project_id": item.project_id, "by": by, "at": at}
    name_action(
        session, say("Turned %(title)s of the SWOT into something to act on", title=item.statement), verb="swot.turn",
        project_id=item.project_id,
    )  # fmt: skip
    made: Any
    if into == "risk":
        values = {
            "title": item.statement, "description": item.note or "", "category": "other", "probability": MIDDLE,
            "impact": item.weight,
        }  # fmt: skip
        made = write_risk(session, values=values, **here)
    elif into == "objective":
        made = create_objective(session, values={"statement": item.statement, "note": item.note}, **here)
    else:
        scope = Scope(item.project_id, by)
        made = create_story(session, scope, {"title": item.statement, "type": "process"}, by=by, at=at)
    session.flush()
    link_records(
        session, project_id=item.project_id, record=RecordRef("swot_item", item.id), relation="became",
        other=RecordRef(into, made.id),
    )  # fmt: skip
    session.flush()
    return made


def _set(record: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, value)


def _keep(session: Session, record: Any, verb: str, summary: Phrase) -> None:
    session.add(record)
    name_action(session, summary, verb=verb, project_id=record.project_id)
    session.flush()
