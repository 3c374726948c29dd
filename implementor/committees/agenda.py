"""The agenda of a meeting: until it begins computed from what waits, with what people changed; then what stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from implementor.committees.models import AgendaItem, Meeting
from implementor.committees.proposals import Asked, Proposal, Subject
from implementor.committees.queries.meetings import items_of, unsettled_items
from implementor.committees.queries.programmes import projects_of_programme
from implementor.committees.services.meetings import expect_people, refuse_begun
from implementor.committees.subjects import SUBJECTS
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.projects.models import Project

BEHIND = 100_000
"""Where points stand that nobody ordered: behind those that somebody did, by subject."""
LONGEST_TITLE, LONGEST_DETAIL, LONGEST_POINT = 300, 5000, 600


@dataclass(frozen=True)
class Line:
    """One point of an agenda. `item` is None for a proposal that nobody changed; `carried_from` numbers a meeting.

    `project_id` is the project it is about, None for a point of a programme as a whole.
    """

    key: str
    subject: Subject
    proposal: Proposal
    item: AgendaItem | None
    position: int
    length_minutes: int
    is_left_out: bool
    carried_from: int | None
    project_id: int | None

    @property
    def is_own(self) -> bool:
        """Whether somebody wrote it rather than the program."""
        return self.subject.key == "own"


def agenda_of(session: Session, project: Project | None, meeting: Meeting, *, at: datetime) -> list[Line]:
    """The points of a meeting in their order, those left out too; a number of statements that no record changes.

    Without a `project` it is the meeting of a programme; how many projects it has changes the number neither.
    """
    stored = {item.key: item for item in session.scalars(items_of(meeting_id=meeting.id))}
    if meeting.is_begun:
        return [_of_item(item) for item in stored.values()]
    carried = {row.AgendaItem.key: row for row in session.execute(unsettled_items(committee_id=meeting.committee_id))}
    lines = []
    for key, place, proposal, of in _waiting(session, project, meeting, at):
        number = carried[key].number if key in carried else None
        lines.append(_of_proposal(key, of, proposal, stored.get(key), BEHIND + place, number))
    lines += [_of_item(item) for item in stored.values() if item.subject == "own"]
    lines += [
        _of_carried(row.AgendaItem, row.number, BEHIND * 2 + turn)
        for turn, row in enumerate(carried.values())
        if row.AgendaItem.subject == "own" and row.AgendaItem.key not in stored
    ]
    return sorted(lines, key=lambda line: line.position)


def store_agenda(session: Session, project: Project | None, meeting: Meeting, *, at: datetime) -> list[AgendaItem]:
    """Write the agenda down as it stands now, in its order; points that wait no more are dropped."""
    lines = agenda_of(session, project, meeting, at=at)
    stored = {item.key: item for item in session.scalars(items_of(meeting_id=meeting.id))}
    kept = {line.key for line in lines}
    for key, item in stored.items():
        if key not in kept:
            session.delete(item)
    return [_stored(session, meeting, line, position) for position, line in enumerate(lines, start=1)]


def begin_meeting(session: Session, project: Project | None, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Begin: the agenda stands from now on, and everybody of the committee is expected. Raises BegunAlready."""
    refuse_begun(meeting)
    _name(session, meeting, "meeting.begin", say("Began the meeting %(title)s", title=meeting.title))
    store_agenda(session, project, meeting, at=at)
    meeting.begun_at, meeting.begun_by_id = at, by.user_id
    expect_people(session, meeting)
    session.flush()


def add_point(
    session: Session, meeting: Meeting, *, title: str, detail: str, length_minutes: int, by: Actor, at: datetime,
    project_id: int | None = None,
) -> AgendaItem:  # fmt: skip
    """Put a point of one's own on the agenda, also while the meeting runs. Raises MinutesFrozen, InvalidInput.

    In the meeting of a programme it may be about one of its projects; what is decided then is a decision there.
    """
    from_now = {item.key for item in session.scalars(items_of(meeting_id=meeting.id))}
    said = clean_line(title)
    if not said or len(said) > LONGEST_TITLE:
        raise InvalidInput({"title": say("Say in a line of up to 300 characters what it is about.")})
    if len(detail) > LONGEST_DETAIL or not 0 <= length_minutes <= LONGEST_POINT:
        raise InvalidInput({"length_minutes": say("Between 0 and %(most)s minutes, please.", most=LONGEST_POINT)})
    about = meeting.project_id or project_id
    name_action(session, say("Put “%(title)s” on the agenda", title=said), verb="meeting.add_point", project_id=about)
    item = AgendaItem(
        project_id=meeting.project_id, about_project_id=about, meeting_id=meeting.id, key=_free_key(meeting, from_now),
        subject="own", position=BEHIND * 3 + len(from_now), title=said, detail=clean(detail).strip(),
        length_minutes=length_minutes,
    )  # fmt: skip
    session.add(item)
    session.flush()
    return item


def arrange_point(
    session: Session, project: Project | None, meeting: Meeting, key: str, deed: str, *, by: Actor, at: datetime,
    length_minutes: int | None = None,
) -> None:  # fmt: skip
    """Change one point: `up`, `down`, `leave_out`, `take_in`, or `length` with its minutes. Raises BegunAlready."""
    refuse_begun(meeting)
    items = store_agenda(session, project, meeting, at=at)
    places = {item.key: place for place, item in enumerate(items)}
    if key not in places:
        raise NotFound("agenda_item")
    item, place = items[places[key]], places[key]
    if deed in ("up", "down"):
        other = place + (-1 if deed == "up" else 1)
        if 0 <= other < len(items):
            item.position, items[other].position = items[other].position, item.position
    elif deed in ("leave_out", "take_in"):
        item.left_out_at = at if deed == "leave_out" else None
    elif deed == "length" and length_minutes is not None and 0 <= length_minutes <= LONGEST_POINT:
        item.length_minutes = length_minutes
    else:
        raise InvalidInput({"length_minutes": say("Between 0 and %(most)s minutes, please.", most=LONGEST_POINT)})
    _name(session, meeting, "meeting.arrange", say("Arranged the agenda of %(title)s", title=meeting.title))
    session.flush()


def planned_minutes(lines: Sequence[Line]) -> int:
    """How long the points last that are not left out."""
    return sum(line.length_minutes for line in lines if not line.is_left_out)


def _day_of(meeting: Meeting) -> date:
    return meeting.starts_at.date()


def _waiting(
    session: Session, project: Project | None, meeting: Meeting, at: datetime
) -> Iterator[tuple[str, int, Proposal, tuple[Subject, int]]]:
    """What waits in the project, or in each of the programme: key, usual place, proposal, its subject and project."""
    is_programme = project is None
    of = meeting.committee.programme_id if is_programme else None
    found = session.scalars(projects_of_programme(programme_id=of)).all() if project is None else [project]
    asked = Asked(found, at, _day_of(meeting))
    for place, subject in enumerate(SUBJECTS.values()):
        collected = subject.collect(session, asked)
        for order, one in enumerate(found):
            for turn, proposal in enumerate(collected.get(one.id, ())):
                is_shared = is_programme and proposal.record is None
                key = f"{subject.key}:{proposal.key}" + (f"@{one.id}" if is_shared else "")
                yield key, place * 1000 + order * 20 + turn, proposal, (subject, one.id)


def _of_proposal(
    key: str, of: tuple[Subject, int], proposal: Proposal, item: AgendaItem | None, usual: int, carried: int | None
) -> Line:
    subject, project_id = of
    if item is None:
        return Line(key, subject, proposal, None, usual, subject.minutes, False, carried, project_id)
    left_out = item.left_out_at is not None
    return Line(key, subject, proposal, item, item.position, item.length_minutes, left_out, carried, project_id)


def _of_item(item: AgendaItem) -> Line:
    proposal = Proposal(item.key.partition(":")[2], item.title, item.detail, item.record)
    return Line(
        item.key, SUBJECTS[item.subject], proposal, item, item.position, item.length_minutes,
        item.left_out_at is not None, item.carried_from, item.about_project_id,
    )  # fmt: skip


def _of_carried(item: AgendaItem, number: int, position: int) -> Line:
    proposal = Proposal(item.key.partition(":")[2], item.title, item.detail, item.record)
    subject, of = SUBJECTS[item.subject], item.about_project_id
    return Line(item.key, subject, proposal, None, position, item.length_minutes, False, number, of)


def _stored(session: Session, meeting: Meeting, line: Line, position: int) -> AgendaItem:
    item = line.item
    if item is None:
        item = AgendaItem(
            project_id=meeting.project_id, about_project_id=line.project_id, meeting_id=meeting.id, key=line.key,
            subject=line.subject.key, length_minutes=line.length_minutes,
        )  # fmt: skip
        session.add(item)
    item.position, item.title = position, line.proposal.title[:LONGEST_TITLE]
    item.detail, item.carried_from = line.proposal.detail, line.carried_from
    if line.proposal.record is not None:
        item.record_kind, item.record_id = line.proposal.record.kind, line.proposal.record.id
    session.flush()
    return item


def _free_key(meeting: Meeting, taken: set[str]) -> str:
    turn = 1
    while f"own:{meeting.number}-{turn}" in taken:
        turn += 1
    return f"own:{meeting.number}-{turn}"


def _name(session: Session, meeting: Meeting, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=meeting.project_id)
