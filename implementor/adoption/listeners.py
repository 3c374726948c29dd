"""What adoption hears from below: an intervention is put away, or brought back, with its appointment."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.adoption.intervention_models import Intervention
from implementor.adoption.meeting import go_on_with, rest_with
from implementor.foundation.events import listens_to
from implementor.history.note import note_of
from implementor.lists.events import BroughtBack, PutAway


@listens_to(PutAway)
def take_out_of_calendars(session: Session, event: PutAway) -> None:
    """Whoever was to come hears that it is called off."""
    if event.record.kind == Intervention.__record_kind__:
        made = session.get_one(Intervention, event.record.id)
        rest_with(session, made, by=note_of(session).actor, at=event.at)


@listens_to(BroughtBack)
def put_into_calendars(session: Session, event: BroughtBack) -> None:
    """What is still to come takes place after all."""
    if event.record.kind == Intervention.__record_kind__:
        made = session.get_one(Intervention, event.record.id)
        go_on_with(session, made, by=note_of(session).actor, at=event.at)
