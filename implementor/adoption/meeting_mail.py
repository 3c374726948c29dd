"""What calendars are told of an appointment for help: a mail with a file that puts it in, moves it or takes it out.

A calendar knows an appointment by its UID, which stays, and by SEQUENCE, which goes up with each change (RFC 5546).
Neither mail nor file names the project or what is said of the help: the person may stand outside the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.adoption.help_news import NEWS
from implementor.adoption.intervention_models import Intervention
from implementor.auth.models import User
from implementor.foundation.invitation import CANCEL, PUBLISH, REQUEST, Guest, Invitation, calendar_file
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say, speaking
from implementor.notifications.mail import PagePath
from implementor.notifications.news import News
from implementor.notifications.notices import tell_people
from implementor.notifications.services import send_mail
from implementor.training.moments import differs, moment_there
from implementor.web.language import show_moment, speech_of

OWN_PAGE = "/use/"
AGREED, MOVED, OFF = "agreed", "moved", "off"


@dataclass(frozen=True)
class Meeting:
    """An appointment as calendars know it; `starts_at` in UTC, `zone` that of whom the person meets."""

    uid: str
    person_id: int
    with_id: int
    starts_at: datetime
    minutes: int
    zone: str
    place: str | None
    link: str | None

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


def meeting_of(made: Intervention) -> Meeting | None:
    """The appointment of help that is not put away; None without one."""
    return None if made.is_archived else kept_in(made)


def kept_in(made: Intervention) -> Meeting | None:
    """The same, put away or not."""
    if made.meets_at is None or made.meets_minutes is None or made.meets_zone is None or made.meets_with_id is None:
        return None
    uid = f"help-{made.id}-{made.meets_number}-{made.created_at:%Y%m%d%H%M%S}@implementor"
    return Meeting(uid, made.person_id, made.meets_with_id, made.meets_at, made.meets_minutes, made.meets_zone,
                   made.meets_place, made.meets_link)  # fmt: skip


def tell_of_change(session: Session, made: Intervention, before: Meeting | None, *, by: Actor, at: datetime) -> None:
    """Tell calendars how the appointment differs from `before`; one that is over stays in them as it is."""
    session.flush()  # each change counts the version up, which is the sequence
    present = meeting_of(made)
    if present == before:
        return
    if before is not None and present is not None and _is_same(before, present):
        if max(before.starts_at, present.starts_at) > at:
            _tell(session, made, present, MOVED, by=by, at=at)
        return
    if before is not None and before.starts_at > at:
        _tell(session, made, before, OFF, by=by, at=at)
    if present is not None and present.starts_at > at:
        _tell(session, made, present, AGREED, by=by, at=at)


def file_of(session: Session, made: Intervention, meeting: Meeting, method: str = PUBLISH) -> str:
    """The text of its calendar file, in the present language."""
    host, guest = (session.get_one(User, user_id) for user_id in (meeting.with_id, meeting.person_id))
    event = Invitation(
        uid=meeting.uid, revision=made.version, made_at=made.updated_at, starts_at=meeting.starts_at,
        ends_at=meeting.ends_at, title=str(say("Help with the CRM: %(who)s and %(whom)s", who=host.name,
                                               whom=guest.name)),
        place=meeting.place or meeting.link, notes=meeting.link, is_cancelled=method == CANCEL,
        organiser=Guest(host.name, host.email), guests=(Guest(guest.name, guest.email),),
    )  # fmt: skip
    return calendar_file(event, method=method)


def _is_same(one: Meeting, other: Meeting) -> bool:
    """Whether calendars hold them as one appointment."""
    return (one.uid, one.person_id, one.with_id) == (other.uid, other.person_id, other.with_id)


def _tell(session: Session, made: Intervention, meeting: Meeting, what: str, *, by: Actor, at: datetime) -> None:
    """A mail with the file and a notice for the person, a mail for whom they meet where somebody else changed it.

    Accounts that are disabled hear nothing.
    """
    host, guest = (session.get_one(User, user_id) for user_id in (meeting.with_id, meeting.person_id))
    for reader in (guest,) if host.id == by.user_id else (guest, host):
        if reader.is_disabled:
            continue
        with speaking(speech_of(reader.language, reader.time_zone)):
            sentence = _sentence(what, host, guest, show_moment(meeting.starts_at))
            text = file_of(session, made, meeting, CANCEL if what == OFF else REQUEST)
            lines = _lines(meeting, what, host, reader)
        hello = say("Hello %(name)s,", name=reader.name)
        send_mail(session, reader.email, sentence, [hello, sentence, *lines], language=reader.language, at=at,
                  user_id=reader.id, calendar=text)  # fmt: skip
        if reader is guest:
            news = News(NEWS, f"adoption.meet-{made.id}-{made.version}-{what}", sentence, RecordRef("user", guest.id),
                        guest.name, OWN_PAGE, at, may_mail=False)  # fmt: skip
            tell_people(session, [guest.id], news)


def _sentence(what: str, host: User, guest: User, moment: str) -> Phrase:
    told: dict[str, Any] = {"who": host.name, "whom": guest.name, "moment": moment}
    if what == OFF:
        return say("Called off: %(who)s and %(whom)s, %(moment)s, help with the CRM", **told)
    if what == MOVED:
        return say("Changed: %(who)s and %(whom)s meet on %(moment)s, help with the CRM", **told)
    return say("%(who)s and %(whom)s meet on %(moment)s, help with the CRM", **told)


def _lines(meeting: Meeting, what: str, host: User, reader: User) -> list[Phrase | str]:
    """How long, on which clock, where, and whom to answer."""
    if what == OFF:
        return [say("Your calendar takes it out when you open the file.")]
    lines: list[Phrase | str] = [say("It takes %(minutes)s minutes.", minutes=meeting.minutes)]
    if differs(meeting.starts_at, meeting.zone, reader.time_zone):
        lines.append(say("On the clock of %(who)s: %(moment)s", who=host.name,
                         moment=moment_there(meeting.starts_at, meeting.zone)))  # fmt: skip
    if meeting.place:
        lines.append(say("Place: %(place)s", place=meeting.place))
    if meeting.link:
        lines.append(say("Link: %(link)s", link=meeting.link))
    if reader is not host:
        lines += [say("If it does not suit you, answer to %(email)s.", email=host.email), PagePath(OWN_PAGE)]
    return lines
