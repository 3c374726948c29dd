"""What can happen to a request: sent, answered, known already, become a story, settled, opened again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.audiences.services.records import change_record, restore_record, write_record
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import Phrase, say
from implementor.governance.services.links import link_records
from implementor.history.services import name_action
from implementor.stories.models import Story
from implementor.stories.services import create_story
from implementor.support import clocks, queries
from implementor.support.events import RequestMoved, RequestWaits
from implementor.support.models import ANSWERED, DONE, KNOWN, OPEN, PLANNED, SupportRequest

LONGEST_LINE, LONGEST_BODY, LONGEST_PAGE = 160, 4000, 500
TYPES = {"how_to": "process", "fault": "function", "wish": "function"}
"""What kind of story a request becomes."""


class NobodyListens(Refusal):
    """No rollout is in progress that could hear of it."""


class NotOpen(Refusal):
    """Something became of the request already, or it is not there any more."""


def ask(
    session: Session,
    *,
    name: str,
    body: str,
    kind: str,
    page: str | None,
    about: RecordRef | None,
    by: Actor,
    at: datetime,
) -> SupportRequest:
    """Send a request to the rollout that hears of this person. Raises InvalidInput, NobodyListens."""
    line, text = clean_line(name), clean(body).strip()
    if not line:
        raise InvalidInput({"name": say("Say in one line what it is about.")})
    longest = {"name": (line, LONGEST_LINE), "body": (text, LONGEST_BODY)}
    faults = {field: say("At most %(longest)s characters.", longest=most)
              for field, (given, most) in longest.items() if len(given) > most}  # fmt: skip
    if faults:
        raise InvalidInput(faults)
    project_id = session.scalars(queries.project_that_hears(user_id=by.user_id or 0).limit(1)).first()
    if project_id is None:
        raise NobodyListens(say("No rollout is in progress that could hear of it. Ask your administrator."))
    made = SupportRequest(
        project_id=project_id, name=line, body=text, kind=kind, page=page, about_kind=about and about.kind,
        about_id=about and about.id,
        area_id=session.scalar(queries.area_of_sender(project_id=project_id, user_id=by.user_id or 0)),
    )  # fmt: skip
    session.add(made)
    name_action(session, say("Sent a request"), verb="support_request.ask", project_id=project_id)
    session.flush()
    clocks.begin(session, made, at)
    publish(session, RequestWaits(made, say("Somebody asks: %(title)s", title=made.name), at))
    return made


def write_down(
    session: Session, project_id: int, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> SupportRequest:
    """Write down what somebody asked by telephone or in person. `values` are catalogue values. Raises InvalidInput."""
    made: SupportRequest = write_record(session, SupportRequest, project_id=project_id, values=values, by=by, at=at)
    clocks.begin(session, made, at)
    return made


def change(session: Session, found: SupportRequest, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Describe a request anew; another priority promises other times. Raises InvalidInput."""
    before = found.priority
    change_record(session, found, values, by=by, at=at)
    clocks.follow_priority(session, found, before, at)


def restore(session: Session, found: SupportRequest, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a request earlier values by attribute; its clocks follow as from any change.

    Another priority promises other times again, and what is put away or comes back rests or goes on. Raises Refusal.
    """
    before, was_away = found.priority, found.is_archived
    restore_record(session, found, values, by, at)
    clocks.follow_priority(session, found, before, at)
    if found.is_archived and not was_away:
        clocks.rest(session, clocks.record_of(found), at)
    elif was_away and not found.is_archived:
        clocks.go_on(session, clocks.record_of(found), at)


def answer(session: Session, found: SupportRequest, text: str, *, by: Actor, at: datetime) -> None:
    """Answer a request and those that say the same; their senders are told. Raises InvalidInput."""
    said = clean(text).strip()
    if not said:
        raise InvalidInput({"answer": say("Write the answer.")})
    if len(said) > LONGEST_BODY:
        raise InvalidInput({"answer": say("At most %(longest)s characters.", longest=LONGEST_BODY)})
    found.owner_id = found.owner_id or by.user_id
    if found.state == OPEN:
        found.state = ANSWERED
    clocks.answered(session, found, at)
    same = _with_copies(session, found)
    for one in same:
        one.answer, one.answered_at = said, at
    _name(session, found, "answer", say("Answered a request"))
    for one in same:
        publish(session, RequestMoved(one, say("Your request was answered: %(title)s", title=one.name), at))


def mark_known(session: Session, found: SupportRequest, earlier: SupportRequest, *, by: Actor, at: datetime) -> None:
    """Point a request at an earlier one that says the same; its sender hears what became of that. Raises NotOpen."""
    if found.id == earlier.id or earlier.known_id is not None or found.story_id is not None:
        raise NotOpen(say("Choose another request that stands for itself."))
    for copy in session.scalars(queries.copies_of(project_id=found.project_id, request_id=found.id)):
        copy.known_id = earlier.id
    found.known_id, found.state, found.answer = earlier.id, KNOWN, earlier.answer
    clocks.settled(session, found, at)
    _name(session, found, "known", say("Marked a request as known already"))
    publish(session, RequestMoved(found, say("Your request is known already: %(title)s", title=found.name), at))


def become_story(session: Session, found: SupportRequest, *, by: Actor, at: datetime) -> Story:
    """Write a request as a story of the backlog that stays linked with it; its senders are told. Raises NotOpen."""
    if found.story_id is not None:
        raise NotOpen(say("%(name)s is a story already.", name=found.name))
    scope = Scope(found.project_id, by)
    values = {"title": found.name, "type": TYPES[found.kind], "description": found.body}
    story = create_story(session, scope, values, by=by, at=at)
    session.flush()
    found.story_id, found.state, found.owner_id = story.id, PLANNED, found.owner_id or by.user_id
    clocks.passed_on(session, found, at)
    link_records(session, project_id=found.project_id, record=RecordRef("story", story.id), relation="came_from",
                 other=RecordRef("support_request", found.id))  # fmt: skip
    for one in _with_copies(session, found):
        sentence = say("Your request became a story of the rollout: %(title)s", title=one.name)
        publish(session, RequestMoved(one, sentence, at))
    session.flush()
    return story


def settle(session: Session, found: SupportRequest, *, by: Actor, at: datetime) -> None:
    """Nothing more is to be done, for nobody who asked it; they are told. Raises NotOpen."""
    if found.state == DONE:
        raise NotOpen(say("%(name)s is settled already.", name=found.name))
    found.state = DONE
    clocks.settled(session, found, at)
    _name(session, found, "settle", say("Settled a request"))
    for one in _with_copies(session, found):
        publish(session, RequestMoved(one, say("Your request is settled: %(title)s", title=one.name), at))


def open_again(session: Session, found: SupportRequest, *, by: Actor, at: datetime) -> None:
    """It is to be taken up anew, by its sender or by those who answer, also once its story was put away.

    Raises NotOpen.
    """
    story = session.get(Story, found.story_id) if found.story_id is not None else None
    if found.state == OPEN or (story is not None and not story.is_archived):
        raise NotOpen(say("%(name)s is open already, or became a story.", name=found.name))
    found.state, found.known_id, found.story_id = OPEN, None, None
    clocks.begin(session, found, at, clocks.SETTLED)
    _name(session, found, "reopen", say("Opened a request again"))
    publish(session, RequestWaits(found, say("A request is open again: %(title)s", title=found.name), at))


def _with_copies(session: Session, found: SupportRequest) -> list[SupportRequest]:
    """The request and those that say the same."""
    return [found, *session.scalars(queries.copies_of(project_id=found.project_id, request_id=found.id))]


def _name(session: Session, found: SupportRequest, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=f"support_request.{verb}", project_id=found.project_id)
    session.flush()
