"""The minutes of a meeting as the program would write them: who was there, what was decided, who does what by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from implementor.committees.catalogue import ANSWERS, PARTS, STATES
from implementor.committees.models import AgendaItem, Attendance, Meeting
from implementor.committees.queries.meetings import (
    actions_given_in,
    actions_of_meetings,
    attendance_of,
    closed_meetings,
    decision_numbers,
    items_of,
)
from implementor.committees.queries.programmes import keys_of_projects
from implementor.committees.quorum import Quorum
from implementor.committees.services.meetings import quorum_now
from implementor.committees.subjects import SUBJECTS
from implementor.foundation.choices import Choice
from implementor.foundation.words import Phrase, say
from implementor.governance.models import ActionItem
from implementor.web.language import show_date, show_moment


def draft_of(session: Session, meeting: Meeting) -> str:
    """The minutes in Markdown, in the reader's language; six statements, for a programme one more.

    Not everybody on the committee of a programme is in each of its projects, so that its minutes say of a project only
    its key, what was answered and under which number that is found there.
    """
    items = session.scalars(items_of(meeting_id=meeting.id)).all()
    known = session.execute(decision_numbers(item.decision_id or 0 for item in items))
    numbers = {row.id: row.number for row in known}
    last = session.scalars(closed_meetings(committee_id=meeting.committee_id, limit=1)).first()
    followed = session.scalars(
        actions_of_meetings(committee_id=meeting.committee_id, since=last.starts_at if last else None)
    ).all()
    given = session.scalars(actions_given_in(meeting_id=meeting.id)).all()
    keys = _keys(session, meeting, [*(item.about_project_id for item in items),
                                    *(one.project_id for one in (*followed, *given))])  # fmt: skip
    attendance = session.scalars(attendance_of(meeting_id=meeting.id)).all()
    parts = [
        f"# {_plain(meeting.title)}",
        _head(meeting),
        *_present(attendance, quorum_now(session, meeting)),
        *_followed([one for one in followed if one not in given], keys),
        *_points(items, numbers, keys),
        *_given(given, keys),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(meeting: Meeting) -> str:
    place = f", {_plain(meeting.place)}" if meeting.place else ""
    return f"{show_moment(meeting.starts_at)}{place}"


def _present(attendance: Sequence[Attendance], quorum: Quorum) -> list[str]:
    lines = [
        f"- {_plain(one.user.name)} ({_word(PARTS, one.part)}): {_word(STATES, one.state)}" for one in attendance
    ]  # fmt: skip
    counts = {"present": quorum.present, "needed": quorum.needed}
    verdict = (
        say("Quorum met: %(present)s voting members present, %(needed)s needed.", **counts)
        if quorum.is_met
        else say("No quorum: %(present)s voting members present, %(needed)s needed. What was decided is a proposal.",
                 **counts)
    )  # fmt: skip
    return [_heading(say("Attendance")), "\n".join(lines), str(verdict)]


def _keys(session: Session, meeting: Meeting, ids: Iterable[int | None]) -> Mapping[int, str]:
    """The keys of projects that a meeting of a programme speaks of; empty for one of a project."""
    if not meeting.is_of_programme:
        return {}
    return {row.id: row.key for row in session.execute(keys_of_projects(one for one in ids if one is not None))}


def _followed(found: Sequence[ActionItem], keys: Mapping[int, str]) -> list[str]:
    if not found:
        return []
    done, still = say("completed"), say("not done yet")
    lines = [
        f"- {_named(one, keys)}: {done if one.done_at else still}"
        f"{'. ' + _plain(one.result) if one.result and not keys else ''}"
        for one in found
    ]
    return [_heading(say("What became of the last action items")), "\n".join(lines)]


def _points(items: Sequence[AgendaItem], numbers: Mapping[int, int], keys: Mapping[int, str]) -> list[str]:
    parts = [_heading(say("Points of the agenda"))]
    treated = [item for item in items if item.left_out_at is None]
    for place, item in enumerate(treated, start=1):
        key = keys.get(item.about_project_id or 0)
        if key is not None:
            parts += [f"### {place}. {key}: {SUBJECTS[item.subject].label}", _answer(item, numbers, is_brief=True)]
        else:
            parts += [f"### {place}. {_plain(item.title)}", item.detail, item.note, _answer(item, numbers)]
    return parts if treated else []


def _answer(item: AgendaItem, numbers: Mapping[int, int], *, is_brief: bool = False) -> str:
    if item.answer is None:
        is_open = say("Not decided; it comes to the next meeting.")
        return f"*{is_open}*"
    word: Phrase | str = _word(ANSWERS, item.answer)
    if item.is_proposal:
        word = say("Proposed, without a quorum: %(answer)s", answer=word)
    said = [f"**{word}**"]
    said += [_plain(text) for text in (item.outcome, item.reason) if text and not is_brief]
    if item.decision_id is not None and item.decision_id in numbers:
        said.append(str(say("(decision %(number)s)", number=numbers[item.decision_id])))
    return " ".join(said)


def _given(found: Sequence[ActionItem], keys: Mapping[int, str]) -> list[str]:
    if not found:
        return []
    lines = [f"- {_named(one, keys)}" for one in found]
    return [_heading(say("Who does what")), "\n".join(lines)]


def _named(one: ActionItem, keys: Mapping[int, str]) -> str:
    """An action item in a line; of one in a project of a programme only where it is found."""
    if one.project_id in keys:
        return str(say("%(project)s: action item %(number)s", project=keys[one.project_id], number=one.number))
    return f"{_plain(one.title)} ({_who_and_when(one)})"


def _who_and_when(one: ActionItem) -> str:
    who = one.owner.name if one.owner is not None else str(say("nobody"))
    until = say("by %(day)s", day=show_date(one.due_on)) if one.due_on else say("no day")
    return f"{_plain(who)}, {until}"


def _heading(words: Phrase) -> str:
    return f"## {words}"


def _word(choices: Sequence[Choice], key: str) -> str:
    return str(next(choice.label for choice in choices if choice.key == key))


def _plain(text: str | None) -> str:
    """People's text in one line, its signs escaped so that they stay text in Markdown."""
    line = " ".join((text or "").split())
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#" else letter for letter in line)
