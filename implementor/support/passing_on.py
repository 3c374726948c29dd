"""Requests of the weeks after going live passed on to the regular support, all of them at once."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput
from implementor.foundation.events import publish
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.governance.services.owners import refuse_stranger
from implementor.history.services import name_action
from implementor.support import queries
from implementor.support.events import RequestsPassedOn
from implementor.support.models import SupportHandover
from implementor.waves.models import Wave

LONGEST_NOTE = 2000
Days = tuple[date, date]


def pass_on(
    session: Session, wave: Wave, owner_id: int | None, note: str, *, handed_on: date | None, days: Days,
    since: datetime, until: datetime, by: Actor, at: datetime,
) -> SupportHandover:  # fmt: skip
    """Give all requests of the weeks of a wave that are to be taken up to somebody of the project.

    `days` are the first and the last day that may be named, `since` and `until` the moments between which requests of
    these weeks came. Who takes them is told once, however many there are. Raises InvalidInput.
    """
    said = clean(note).strip()
    faults: dict[str, Phrase] = {}
    if owner_id is None:
        faults["owner_id"] = say("Say who takes up the requests.")
    if handed_on is None or not days[0] <= handed_on <= days[1]:
        faults["handed_on"] = say("Choose a day from %(first)s to %(last)s.", first=days[0], last=days[1])
    if len(said) > LONGEST_NOTE:
        faults["note"] = say("At most %(longest)s characters.", longest=LONGEST_NOTE)
    if faults:
        raise InvalidInput(faults)
    refuse_stranger(session, wave.project_id, owner_id)
    found = session.scalars(queries.open_between(project_id=wave.project_id, since=since, until=until)).all()
    for one in found:
        one.owner_id = owner_id
    made = SupportHandover(
        project_id=wave.project_id, wave_id=wave.id, owner_id=owner_id, handed_on=handed_on, requests=len(found),
        note=said,
    )  # fmt: skip
    session.add(made)
    summary = say("Passed on the requests of the weeks after %(wave)s", wave=wave.name)
    name_action(session, summary, verb="support_handover.create", project_id=wave.project_id)
    session.flush()
    publish(session, RequestsPassedOn(made, wave.number, wave.name, at))
    return made
