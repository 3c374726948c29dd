"""What can happen at the end of a project: handed on to a committee and a keeper, arranged anew, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from implementor.committees.events import KeepersNamed
from implementor.committees.going_on import LASTING, Share, ready_committees, shares_of, steps_before
from implementor.committees.models import Handover
from implementor.committees.queries.handovers import project_to_wait, records_by_id, standing_handover
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.governance.services.reasons import LONGEST_REASON, sentence
from implementor.history.services import name_action
from implementor.projects.models import Project
from implementor.projects.queries import people_of_project

HANDED_ON = "handed_on"


class NotReady(Refusal):
    """Something has to be done before the project is handed on."""


class NotHandedOn(Refusal):
    """The project is not handed on, or was taken back."""


@dataclass(frozen=True)
class Arrangement:
    """Who goes on with what: `keepers` by the name of a share; who keeps something already need not be named."""

    committee_id: int | None
    keeper_id: int | None
    review_on: date | None
    note: str = ""
    keepers: Mapping[str, int | None] | None = None


def hand_on(session: Session, project: Project, wanted: Arrangement, *, by: Actor, at: datetime) -> Handover:
    """End a project and let what is open go on; one that is handed on already is arranged anew.

    Raises NotReady while a step before it is missing, InvalidInput for an arrangement that leaves something to nobody.
    """
    session.scalars(project_to_wait(project_id=project.id)).one()
    committees = ready_committees(session, project.id, on=at.date())
    found = session.scalars(standing_handover(project_id=project.id)).one_or_none()
    missing = [step for step in steps_before(session, project.id, committees) if not step.is_done]
    if missing and found is None:
        raise NotReady(say("Not yet, this is missing: %(step)s.", step=missing[0].label))
    shares = shares_of(session, project.id)
    keepers = _checked(session, project, wanted, {row.id for row in committees}, shares, at)
    if found is None:
        found = Handover(project_id=project.id, handed_on=at.date())
        session.add(found)
    verb, summary = "project.arrange_keepers", say("Arranged anew who keeps what of the project")
    if project.status != HANDED_ON:
        verb, summary = "project.hand_on", say("Handed the project on")
    name_action(session, summary, verb=verb, project_id=project.id)
    named = {keepers[share.name] for share in shares if keepers[share.name] != share.owner_id}
    if found.keeper_id != wanted.keeper_id:
        named.add(int(wanted.keeper_id or 0))
    found.committee_id, found.keeper_id = int(wanted.committee_id or 0), int(wanted.keeper_id or 0)
    found.review_on, found.note = wanted.review_on or at.date(), clean(wanted.note).strip()
    project.status = HANDED_ON
    _give(session, project, shares, keepers, by, at)
    session.flush()
    publish(session, KeepersNamed(project, frozenset(named - {by.user_id or 0}), at))
    return found


def take_back(session: Session, project: Project, *, reason: str, by: Actor, at: datetime) -> None:
    """Go on working on it; who keeps what stays. Raises NotHandedOn, or InvalidInput without a reason."""
    session.scalars(project_to_wait(project_id=project.id)).one()
    found = session.scalars(standing_handover(project_id=project.id)).one_or_none()
    if found is None:
        raise NotHandedOn(say("This project is not handed on."))
    found.ended_because = sentence(reason, field="reason", missing=say("Say in a sentence why work goes on."))
    found.ended_at, found.ended_by_id = at, by.user_id
    project.status = "active"
    name_action(session, say("Took the project back"), verb="project.take_back", project_id=project.id)
    session.flush()


def _checked(
    session: Session, project: Project, wanted: Arrangement, committees: set[int], shares: list[Share], at: datetime
) -> dict[str, int]:
    """Who keeps which share from now on. Raises InvalidInput."""
    inside = {row.id for row in session.execute(people_of_project(project_id=project.id))}
    errors: dict[str, Phrase] = {}
    if wanted.committee_id not in committees:
        errors["committee_id"] = say("Choose a committee that somebody chairs.")
    if wanted.keeper_id not in inside:
        errors["keeper_id"] = say("Choose somebody who has a role in this project.")
    if wanted.review_on is None or wanted.review_on <= at.date():
        errors["review_on"] = say("Choose a day after today.")
    if len(wanted.note) > LONGEST_REASON:
        errors["note"] = say("Up to %(longest)s characters, please.", longest=LONGEST_REASON)
    keepers = {share.name: _keeper_of(share, wanted) or 0 for share in shares}
    errors |= {name: say("Say who keeps this.") for name, keeper_id in keepers.items() if keeper_id not in inside}
    if errors:
        raise InvalidInput(errors)
    return keepers


def _keeper_of(share: Share, wanted: Arrangement) -> int | None:
    """Who was named, else who keeps it and may go on."""
    return (wanted.keepers or {}).get(share.name) or (share.owner_id if share.is_kept else None)


def _give(
    session: Session, project: Project, shares: list[Share], keepers: Mapping[str, int], by: Actor, at: datetime
) -> None:
    for share in shares:
        if keepers[share.name] == share.owner_id:
            continue
        of = LASTING[share.kind]
        for record in session.scalars(records_by_id(of.model, share.ids, project_id=project.id)):
            of.keep(session, record, keepers[share.name], by, at)
