"""One's own meetings in every project, and the address under which calendar programs read them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature

from implementor.committees.models import Meeting, MeetingFeed
from implementor.committees.queries.meetings import feed_by_id, feed_that_works, meetings_of_person
from implementor.committees.services.feeds import end_feed, open_feed
from implementor.foundation.errors import NotFound
from implementor.foundation.invitation import Invitation, calendar_file
from implementor.foundation.permissions import ANYONE, SIGNED_IN
from implementor.foundation.words import say, speaking
from implementor.web.guard import actor, allow
from implementor.web.language import speech_of
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.seals import seal
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("my_meetings", __name__)
SALT = "meeting-feed"
KEPT_FOR = timedelta(days=90)
RECENT = timedelta(hours=12)


@blueprint.get("/my-meetings")
@allow(SIGNED_IN)
def index() -> Response:
    """The coming meetings of the committees one sits on."""
    since, on = now() - RECENT, now().date()
    feed = session().scalars(feed_that_works(user_id=actor().user_id)).one_or_none()
    return draw(
        "committees/own.html", meetings=session().execute(
            meetings_of_person(actor().user_id, since=since, on=on)
        ).all(), address=address_of(feed) if feed is not None else None,
    )  # fmt: skip


@blueprint.post("/my-meetings/address")
@allow(SIGNED_IN)
def make_address() -> ResponseReturnValue:
    """Make a new address; the one before works no more."""
    open_feed(session(), by=actor(), at=now())
    tell(say("Your calendar has an address. Give it to your calendar program alone."))
    return redirect(url_for("my_meetings.index"), 303)


@blueprint.post("/my-meetings/address/end")
@allow(SIGNED_IN)
def end_address() -> ResponseReturnValue:
    """Take the address back."""
    end_feed(session(), by=actor(), at=now())
    tell(say("The address works no more."))
    return redirect(url_for("my_meetings.index"), 303)


@blueprint.get("/calendar-feeds/<token>")
@allow(ANYONE)
def feed(token: str) -> Response:
    """The meetings of the person whose address it is, for any calendar program; whatever else is nobody's."""
    found, person = _feed_of(token)
    rows = session().execute(
        meetings_of_person(found.user_id, since=now() - KEPT_FOR, on=now().date(), called_off=True)
    ).all()  # fmt: skip
    with speaking(speech_of(person.language, person.time_zone)):
        name = str(say("Meetings of %(person)s", person=person.name))
        text = calendar_file(*(invitation_of(row.Meeting, row.of, row.programme_id) for row in rows), name=name,
                             refreshed="PT1H")  # fmt: skip
    return as_calendar(text, "meetings")


def address_of(feed: MeetingFeed) -> str:
    """The address of a feed; it is signed, so that nobody makes one who does not know the key of the installation."""
    return url_for("my_meetings.feed", token=seal(SALT).dumps([feed.id, feed.secret]), _external=True)


def invitation_of(meeting: Meeting, of: str, programme_id: int | None) -> Invitation:
    """A meeting as calendars know it, `of` a project's key or a programme's name; nothing of its agenda is said."""
    page = (
        url_for("committees.meeting", project_key=of, meeting_id=meeting.id, _external=True)
        if programme_id is None
        else url_for("programmes.committees.meeting", programme_id=programme_id, meeting_id=meeting.id, _external=True)
    )
    return Invitation(
        uid=f"meeting-{meeting.id}@{request.host}", revision=meeting.version, made_at=meeting.updated_at,
        starts_at=meeting.starts_at, ends_at=meeting.ends_at, title=f"{of}: {meeting.title}",
        place=meeting.place, notes=meeting.link, is_cancelled=meeting.is_archived,
        url=page,
    )  # fmt: skip


def as_calendar(text: str, name: str) -> Response:
    """The answer that calendar programs take."""
    answer = make_response(text)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}.ics"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _feed_of(token: str) -> tuple[MeetingFeed, Any]:
    """The feed that works and its person. Raises NotFound for any other token."""
    try:
        feed_id, secret = seal(SALT).loads(token)
    except (BadSignature, TypeError, ValueError):
        raise NotFound("feed") from None
    row = session().execute(feed_by_id(feed_id=feed_id)).one_or_none() if isinstance(feed_id, int) else None
    if row is None or row.MeetingFeed.secret != secret:
        raise NotFound("feed")
    return row.MeetingFeed, row.User
