"""Answering the points of an agenda: in a meeting with a quorum at once, without one as proposals; and between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from implementor.committees.models import AgendaItem, Committee, Meeting
from implementor.committees.proposals import Deed
from implementor.committees.queries.committees import seat_of
from implementor.committees.queries.meetings import item_in
from implementor.committees.services.between import refuse_beyond
from implementor.committees.services.meetings import quorum_now, refuse_not_running
from implementor.committees.subjects import SUBJECTS
from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.governance.models import ActionItem, Decision
from implementor.governance.place import Here
from implementor.governance.services import assign_action, record_decision
from implementor.governance.services.decisions import ask_decision
from implementor.history.services import name_action
from implementor.projects.models import Project

LONGEST_NOTE = 20_000


class NotAMember(Refusal):
    """Only voting members of the committee decide in its meetings."""


class MayNotDecide(Refusal):
    """The person's roles do not allow this answer, in a meeting as little as outside."""


class AnsweredAlready(Refusal):
    """The point was decided; another decision can reverse it."""


@dataclass(frozen=True)
class Said:
    """What is answered to a point; `day` and `outcome` where its subject asks for them."""

    answer: str
    reason: str = ""
    outcome: str = ""
    day: date | None = None


def item_of(session: Session, meeting: Meeting, item_id: int) -> AgendaItem:
    """The point of that id. Raises NotFound."""
    found = session.scalars(item_in(meeting_id=meeting.id, item_id=item_id)).one_or_none()
    if found is None:
        raise NotFound("agenda_item")
    return found


def answer_item(
    session: Session, project: Project | None, meeting: Meeting, item: AgendaItem, said: Said, *, by: Actor,
    at: datetime,
) -> AgendaItem:  # fmt: skip
    """Decide a point. With a quorum it acts at once, through the same services as the record's own page.

    `project` is the one that the point is about and `by` the person with the roles held there; a point of a programme
    as a whole has none, and what is decided stays in the minutes. Without a quorum the answer is kept as a proposal and
    changes nothing. Raises NotRunning, NotAMember, MayNotDecide, AnsweredAlready, InvalidInput, and whatever the
    record itself refuses.
    """
    refuse_not_running(meeting)
    _refuse_outsider(session, meeting, by)
    subject = SUBJECTS[item.subject]
    if item.is_settled:
        raise AnsweredAlready(say("“%(title)s” is decided. Another decision can reverse it.", title=item.title))
    if said.answer not in subject.answers:
        raise InvalidInput({"answer": say("Choose one of the answers.")})
    if said.answer != "noted" and not said.reason.strip():
        raise InvalidInput({"reason": say("Say in a sentence why.")})
    if not by.may(subject.may):
        raise MayNotDecide(say("Your roles do not allow this: %(deed)s.", deed=subject.may.sentence))
    _name_point(session, item, "meeting.decide", say("Decided in a meeting: %(title)s", title=item.title))
    item.is_proposal = not quorum_now(session, meeting).is_met and said.answer in ("approved", "refused")
    item.answer, item.outcome = said.answer, said.outcome.strip() or None
    item.reason, item.answered_at, item.answered_by_id = said.reason.strip() or None, at, by.user_id
    if project is None and item.answer == "approved" and item.outcome is None:
        raise InvalidInput({"outcome": say("Say in a sentence what is decided.")})
    if not item.is_proposal and project is not None:
        deed = Deed(project, item, said.answer, said.reason, said.outcome.strip(), said.day, by, at)
        done = subject.decide(session, deed)
        item.decision_id = done.decision.id if done.decision is not None else None
        item.effect = dict(done.effect)
        if not done.is_complete:
            item.answer = item.outcome = item.reason = item.answered_at = item.answered_by_id = None
    session.flush()
    return item


def note_item(
    session: Session, meeting: Meeting, item: AgendaItem, text: str, *, by: Actor, at: datetime
) -> None:  # fmt: skip
    """Keep what was said about a point. Raises NotRunning, InvalidInput."""
    refuse_not_running(meeting)
    said = clean(text).strip()
    if len(said) > LONGEST_NOTE:
        raise InvalidInput({"note": say("Up to %(longest)s characters, please.", longest=LONGEST_NOTE)})
    item.note = said
    _name_point(session, item, "meeting.note", say("Noted what was said about %(title)s", title=item.title))
    session.flush()


def give_action(
    session: Session, project: Project, meeting: Meeting, *, title: str, owner_id: int | None, due_on: date | None,
    by: Actor, at: datetime,
) -> ActionItem:  # fmt: skip
    """Give somebody something to do in a meeting; its committee follows it until it is done. Raises InvalidInput."""
    refuse_not_running(meeting)
    if not title.strip():
        raise InvalidInput({"title": say("Say in a line what is to be done.")})
    said = say("Gave somebody something to do: %(title)s", title=title.strip())
    name_action(session, said, verb="meeting.give_action", project_id=project.id)
    return assign_action(
        session, project, title=title.strip()[:200], owner=owner_id, due=due_on, by=by, at=at,
        came_from=RecordRef("meeting", meeting.id),
    )  # fmt: skip


@dataclass(frozen=True)
class Between:
    """What somebody decides alone between meetings: how much it costs more and by how many days it delays."""

    question: str
    outcome: str
    reason: str
    amount: int | None = None
    currency: str | None = None
    days: int | None = None


def decide_between(
    session: Session, committee: Committee, what: Between, *, by: Actor, at: datetime, project_id: int | None = None
) -> Decision:  # fmt: skip
    """Decide alone, within the limits of one's roles. Raises BeyondAuthority with the way out, InvalidInput.

    A committee of a programme says by `project_id` in which of its projects.
    """
    place = place_of_deed(committee, project_id)
    refuse_beyond(
        session, place, amount=what.amount, currency=what.currency, days=what.days, by=by,
        committee=committee,
    )  # fmt: skip
    return record_decision(
        session, Here(place), question=what.question, outcome=what.outcome, reason=what.reason, by=by,
        at=at, background=str(_scope_of(what)), affects=[RecordRef("committee", committee.id)],
    )  # fmt: skip


def put_question(
    session: Session, committee: Committee, what: Between, *, by: Actor, at: datetime, project_id: int | None = None
) -> Decision:  # fmt: skip
    """Put it on the next agenda instead, as a question with what one would decide. Raises InvalidInput."""
    place = place_of_deed(committee, project_id)
    values = {"question": what.question, "options": what.outcome, "background": what.reason}
    return ask_decision(session, project_id=place, values=values, by=by, at=at)


def place_of_deed(committee: Committee, project_id: int | None) -> int:
    """The project of a committee, or the one that was chosen in its programme. Raises InvalidInput without one."""
    place = committee.project_id or project_id
    if place is None:
        raise InvalidInput({"project": say("Say which project it is about.")})
    return place


def _scope_of(what: Between) -> Phrase:
    if what.amount or what.days:
        return say("Decided between meetings, within the limits of the role.")
    return say("Decided between meetings; it costs nothing more and delays nothing.")


def _refuse_outsider(session: Session, meeting: Meeting, by: Actor) -> None:
    seat = session.scalars(seat_of(committee_id=meeting.committee_id, user_id=by.user_id)).first()
    if seat is None or not seat.votes or not seat.sits_on(meeting.starts_at.date()):
        raise NotAMember(
            say("Only voting members of %(committee)s decide in its meetings.", committee=meeting.committee.name)
        )


def _name_point(session: Session, item: AgendaItem, verb: str, summary: Phrase) -> None:
    """In the history of the project it is about: a meeting of a programme tells nobody else of it."""
    name_action(session, summary, verb=verb, project_id=item.about_project_id)
