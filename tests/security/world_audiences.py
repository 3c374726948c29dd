"""Who the projects of the world affect: an audience with a person and a champion, and one of every other kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.audiences import models
from implementor.audiences.services.people import list_person, name_champion
from implementor.audiences.services.records import write_record
from implementor.auth.models import Area
from implementor.foundation.permissions import Actor

if TYPE_CHECKING:
    from tests.security.world import Place


def add_audiences(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One of each."""
    at = datetime.now(UTC)

    def write(model: Any, **values: Any) -> Any:
        return write_record(session, model, project_id=place.project_id, values=values, by=by, at=at)

    audience = write(models.Audience, name=f"Audience {text}", kind="group", notes=f"About {text}")
    person = write(models.AffectedPerson, name=f"Somebody {text}", job_role=f"Role {text}")
    spare = write(models.AffectedPerson, name=f"Other {text}")
    member = list_person(session, audience, person, by=by, at=at)
    champion = name_champion(session, audience, person, since=at.date(), by=by, at=at)
    area_id = session.scalars(select(Area.id).order_by(Area.id)).first()
    day = date(2026, 1, 5)
    made = (
        write(models.Stakeholder, name=f"Council {text}", impact=3, influence=3, reaction="doubts"),
        write(models.ChangeImpact, name=f"Change {text}", audience_id=audience.id, story_id=place.ids["story0"]),
        write(models.BlackoutPeriod, name=f"Closing {text}", starts_on=day, ends_on=day),
        write(models.TransitionStep, name=f"Step {text}", kind="training", area_id=area_id, planned_on=day),
        write(models.PlannedMessage, name=f"Message {text}", audience_id=audience.id, channel="talk", due_on=day),
    )
    place.ids |= {one.__record_kind__: one.id for one in made}
    place.ids |= {"audience": audience.id, "affected_person": person.id, "spare_person": spare.id,
                  "audience_member": member.id, "champion": champion.id}  # fmt: skip
